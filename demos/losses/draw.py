"""Figures of losses."""

import numpy as np

from demos.core.charts import strips
from demos.core.style import (
    INK,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)
from demos.losses.pairs import BELONG, BINARY, CLASSES, PAIRS, SIGMOID_SQUARES, SQUARES

LEVEL = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 1}
LOOK = {  # of a pair: its name in a figure, colour, dash
    SQUARES: ("none", NETWORK, "-"),
    BINARY: ("sigmoid", REGULARIZED, "-"),
    CLASSES: ("dashed: softmax", SIGNAL, "--"),
    SIGMOID_SQUARES: ("sigmoid, squares", OVERFIT, "-"),
}
FAR = 8.0  # logits are drawn from -FAR to FAR


def along(name, z, target=1.0, other=0.0):
    """Prediction, loss and slope of a pair's first logit, at logits z (n,): three of (n,). A softmax has
    two more, `other` and 0, which share what the target leaves."""
    pair, z = PAIRS[name], np.asarray(z, float)[:, None]
    t = np.array([target])
    if name == CLASSES:
        z = np.concatenate([z, np.full_like(z, other), np.zeros_like(z)], 1)
        t = np.array([target, (1 - target) / 2, (1 - target) / 2])
    return pair.predict(z)[:, 0], pair.loss(z, t), pair.slope(z, t)[:, 0]


@styled
def pushes(height=416):
    """Left the loss against the logit, right its slope, of four pairs; the target is 1."""
    figure, (cost, push) = canvas(2, height=height)
    z = np.linspace(-FAR, FAR, 321)
    for name, (_, color, dash) in LOOK.items():
        _, loss, slope = along(name, z)
        cost.plot(z, loss, color=color, linestyle=dash)
        push.plot(z, slope, color=color, linestyle=dash)
    push.axhline(0, **LEVEL)
    cost.set(xlabel="logit", ylabel="loss", ylim=(0, 9.5), xlim=(-FAR, FAR))
    push.set(xlabel="logit", ylabel="gradient", ylim=(-2.2, 1.2), xlim=(-FAR, FAR))
    for axes in (cost, push):
        axes.set_xticks([-6, -3, 0, 3, 6])
    for n, (text, color, _) in enumerate(LOOK.values()):
        label(push, 7.8, -0.8 - 0.36 * n, text, color, ha="right")
    label(cost, -7.8, 1.3, "sigmoid, squares", OVERFIT)
    return figure


@styled
def steps_needed(starts, rows, height=430):
    """Steps until right against the first logit, log scale. `rows`: (text, steps, colour) each."""
    figure, axes = canvas(height=height)
    for text, steps, color in rows:
        (line,) = axes.plot(starts, steps, color=color, marker="o", markersize=10)
        label_line(line, text, at=2, dy=26, dx=12)
    log_axis(axes.yaxis, 0, 5)
    axes.set(xlabel="first logit; right is above 0", ylabel="steps (log scale)")
    axes.set_xticks(starts)
    return figure


@styled
def step_by_step(loss, accuracy, height=416):
    """One network's loss and accuracy, (steps + 1,) each; a dot where accuracy moved."""
    figure, (left, right) = canvas(2, height=height)
    steps = np.arange(len(loss))
    moved = 1 + np.flatnonzero(np.abs(np.diff(accuracy)) > 1e-6)
    left.plot(steps, loss, color=NETWORK)
    right.plot(steps, 100 * accuracy, color=NETWORK, drawstyle="steps-post", linewidth=3)
    right.plot(steps[moved], 100 * accuracy[moved], "o", color=SIGNAL, markersize=9)
    low = 100 * accuracy.min() - 4
    left.set(xlabel="step", ylabel="loss", ylim=(0, None))
    right.set(xlabel="step", ylabel="accuracy, in %", ylim=(low, 101))
    label(left, steps[-1], loss[0], "falls in every step", NETWORK, ha="right")
    label(right, steps[-1], low + 6, "dots: it moved", SIGNAL, ha="right")
    for axes in (left, right):
        axes.set_xticks(np.linspace(0, steps[-1], 4).round())
    return figure


@styled
def sums(mean, scaled, away, height=416):
    """Errors against the step, (steps + 1,) each: of the mean, of the sum at rate lr / n, and at lr."""
    figure, axes = canvas(height=height)
    steps = np.arange(len(mean))
    axes.plot(steps, away, color=OVERFIT)
    axes.plot(steps, mean, color=NETWORK, linewidth=9, alpha=0.45)
    axes.plot(steps, scaled, color=REGULARIZED, linestyle="--")
    label(axes, 2, 1.85, "sum, lr: away at once", OVERFIT)
    label(axes, steps[-1], 0.2, "wide: mean, lr", NETWORK, ha="right")
    label(axes, steps[-1], 0.75, "dashed: sum, lr/n", REGULARIZED, ha="right")
    axes.set(ylim=(0, 2), yticks=[0, 0.5, 1, 1.5, 2])
    axes.set(xlabel="step", ylabel="squared error", xlim=(0, steps[-1]))
    return figure


@styled
def curves(looks, panels, height=358):
    """Loss on the trained points and on fresh ones against the step, a panel a network.

    `panels`: (text, train, fresh) each, (L,); the dot is the fresh points' lowest loss.
    """
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (text, train, fresh) in zip(axes[0], panels, strict=True):
        panel.plot(looks, train, color=NETWORK, linestyle="--", linewidth=3)
        panel.plot(looks, fresh, color=SIGNAL)
        best = fresh.argmin()
        panel.plot([looks[best]], [fresh[best]], "o", color=REGULARIZED, markersize=14)
        panel.set(xlabel="step", xlim=(0, looks[-1]), ylim=(0, 1.9))
        label(panel, looks[-1], 1.77, text, INK, ha="right")
        panel.set_xticks(np.linspace(0, looks[-1], 3))
    axes[0, 0].set_ylabel("loss")
    end = looks[-1] * 0.98
    label(axes[0, 0], end, 1.4, "fresh points", SIGNAL, ha="right")
    label(axes[0, 0], end, 1.12, "dashed: its own points", NETWORK, ha="right")
    label(axes[0, 0], end, 0.84, "dot: lowest", REGULARIZED, ha="right")
    return figure


@styled
def rows(panels, height=416):
    """Strips side by side, names on the left. `panels`: (xlabel, ticks, [(name, values, colour)]) each."""
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for n, (panel, (xlabel, ticks, groups)) in enumerate(zip(axes[0], panels, strict=True)):
        named = groups if n == 0 else [(None, *rest) for _, *rest in groups]
        strips(panel, named)
        panel.set(xlabel=xlabel, xlim=(ticks[0], ticks[-1]), xticks=ticks)
    return figure


@styled
def pushed(logit, target=1.0, other=0.0, height=400):
    """Three losses against the logit, with the tangent where it stands: its slope is the gradient."""
    figure, axes = canvas(3, height=height, sharey=True)
    z = np.linspace(-6, 6, 241)
    for panel, name in zip(axes, BELONG, strict=True):
        panel.plot(z, along(name, z, target, other)[1], color=NETWORK)
        prediction, loss, slope = (each[0] for each in along(name, [logit], target, other))
        reach = np.array([-1.5, 1.5])
        panel.plot(logit + reach, loss + slope * reach, color=OVERFIT, linewidth=3)
        panel.plot([logit], [loss], "o", color=INK, markersize=12)
        panel.set(xlabel="logit", ylim=(0, 9), xlim=(-6, 6), xticks=[-6, -3, 0, 3, 6])
        label(panel, 1, 8.4, PAIRS[name].output, INK, ha="center")
        label(panel, 1, 7.2, f"gradient {slope:.2f}".replace("-", "−"), OVERFIT, ha="center")
    axes[0].set_ylabel("loss")
    return figure
