"""Figures of `demos.primer.compute`: two diagrams of circles and arrows, and plots."""

import numpy as np
from matplotlib.patches import Circle

from demos.core.charts import data, strips, true_curve
from demos.core.curve import TRAIN_X, curve
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    PAPER,
    canvas,
    label,
    label_line,
    log_axis,
    shade_outside,
    styled,
)
from demos.primer.compute import HAND_SET, X, Y, forward, knob_loss


def blank(axes, width, height):
    """No axes: a sheet `width` by `height` to draw circles on."""
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")


def circle(axes, x, y, text, radius=0.55, color=NETWORK):
    """A unit: a circle with its text in the middle."""
    axes.add_patch(Circle((x, y), radius, facecolor=PAPER, edgecolor=color, linewidth=4, zorder=3))
    axes.text(x, y, text, ha="center", va="center", color=INK, zorder=4)


def arrow(axes, start, end, text=None, at=0.5, above=0.32):
    """A connection from `start` to `end`, its weight written along the way."""
    axes.annotate(
        "", end, start, arrowprops={"arrowstyle": "-|>", "color": MUTED, "linewidth": 3}, zorder=1
    )
    if text:
        x, y = (1 - at) * np.array(start) + at * np.array(end)
        label(axes, x, y + above, text, INK, weight="normal", ha="center")


def signed(value):
    """A number with its sign, the minus as long as the plus."""
    return f"{value:+g}".replace("-", "−")


@styled
def neuron():
    """Left a neuron with three inputs; right the function it ends with, ReLU."""
    figure, (left, right) = canvas(2, height=430, width_ratios=[1.7, 1])
    blank(left, 10, 6)
    for index, y in enumerate((5.2, 3.0, 0.8)):
        name = "₁₂₃"[index]
        circle(left, 0.7, y, f"x{name}", color=MUTED)
        arrow(left, (1.25, y), (3.9, 3 + 0.3 * (y - 3)), f"w{name}", at=0.4)
    circle(left, 4.9, 3, "Σ + b", radius=1.0)
    arrow(left, (5.9, 3), (7.1, 3), "s")
    circle(left, 7.9, 3, "ReLU", radius=0.8)
    arrow(left, (8.7, 3), (9.9, 3))
    s = np.linspace(-2, 2, 5)
    right.plot(s, np.maximum(s, 0), color=NETWORK)
    right.set(xlabel="s", ylabel="ReLU(s)", xticks=[-2, 0, 2], yticks=[0, 2], ylim=(-0.2, 2.2))
    return figure


@styled
def with_and_without(x, fitted):
    """The same layers trained without and with ReLU. `fitted`: (name, outputs at x, color)."""
    figure, axes = canvas(len(fitted), sharey=True)
    for panel, (name, values, color) in zip(axes, fitted, strict=True):
        true_curve(panel)
        panel.plot(x, values, color=color)
        data(panel, TRAIN_X, curve(TRAIN_X))
        panel.set(xlim=(x[0], x[-1]), ylim=(-0.85, 1.3), xlabel="x", xticks=[0, 0.5, 1])
        shade_outside(panel)
        label(panel, 0.5, -0.7, name, color, ha="center")
    axes[0].set(ylabel="output", yticks=[-0.5, 0, 0.5, 1])
    return figure


@styled
def hand_network(p=HAND_SET):
    """The 1-2-1 network with its seven numbers; right what it draws."""
    figure, (left, right) = canvas(2, width_ratios=[1.35, 1])
    w1, w2, b1, b2, v1, v2, c = p
    blank(left, 10, 7.6)
    circle(left, 0.8, 3.8, "x", radius=0.6, color=MUTED)
    circle(left, 4.6, 5.9, signed(b1), radius=0.85)
    circle(left, 4.6, 1.7, signed(b2), radius=0.85)
    circle(left, 8.9, 3.8, signed(c), radius=0.95)
    arrow(left, (1.35, 4.1), (3.82, 5.5), f"× {signed(w1)}", above=0.62, at=0.36)
    arrow(left, (1.35, 3.5), (3.82, 2.1), f"× {signed(w2)}", above=-0.7, at=0.36)
    arrow(left, (5.4, 5.6), (8.05, 4.25), f"× {signed(v1)}", above=0.68, at=0.57)
    arrow(left, (5.4, 2.0), (8.05, 3.35), f"× {signed(v2)}", above=-0.74, at=0.57)
    label(left, 4.6, 3.8, "ReLU", NETWORK, ha="center")
    label(left, 8.9, 5.3, "g(x)", NETWORK, ha="center")
    x = np.array([-2, -1, 0.5, 2.5])
    right.plot(x, forward(p, x)[0], color=NETWORK)
    for at, dx, dy in ((-1, 0.1, -0.13), (0.5, 0, 0.12), (1, 0.2, 0.06)):
        (value,) = forward(p, np.array([at]))[0]
        text = f"g({at:g}) = {value:.4g}".replace("-", "−")
        right.plot(at, value, "s", color=NETWORK, markersize=12)
        label(
            right,
            at + dx,
            value + dy,
            text,
            NETWORK,
            weight="normal",
        )
    right.texts[1].set_ha("center")
    right.set(xlim=(-2, 2.5), ylim=(-0.2, 1.6), xlabel="x", ylabel="g(x)")
    right.set(xticks=[-2, -1, 0, 1, 2], yticks=[0, 1])
    return figure


@styled
def residuals(p=HAND_SET):
    """Three points, the network, and the distances that the loss squares and adds."""
    figure, axes = canvas(height=430)
    x = np.array([-1.5, -1, 0.5, 1.5])
    (line,) = axes.plot(x, forward(p, x)[0], color=NETWORK)
    outputs = forward(p, X)[0]
    axes.vlines(X, Y, outputs, color=OVERFIT, linewidth=6)
    for at, target, value in zip(X, Y, outputs, strict=True):
        low = min(target, value)
        text = f"{value - target:.3g}² = {(value - target) ** 2:.3g}"
        label(axes, at + 0.05, low - 0.1, text, OVERFIT, va="center")
    data(axes, X, Y)
    label_line(line, "g(x)")
    axes.set(xlim=(-1.5, 1.75), ylim=(0, 1.5), xlabel="x", ylabel="y", yticks=[0, 0.5, 1])
    axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    return figure


@styled
def learning_rates(paths):
    """One knob, its loss a parabola, and where the steps go. `paths`: (name, positions, color)."""
    figure, axes = canvas(len(paths), height=430, sharey=True)
    c = np.linspace(-2.7, 2.9, 81)
    for panel, (name, positions, color) in zip(axes, paths, strict=True):
        panel.plot(c, knob_loss(c), color=MUTED, linewidth=2.5)
        panel.plot(positions, knob_loss(positions), "o-", color=color, linewidth=2, markersize=10)
        panel.plot(*positions[:1], *knob_loss(positions[:1]), "o", color=INK, markersize=13)
        panel.set(xlabel="output bias c", xticks=[-2, 0, 2], xlim=(-2.8, 3))
        label(panel, 0, 27, name, color, ha="center")
    axes[0].set(ylabel="loss", ylim=(-1, 30), yticks=[0, 10, 20])
    return figure


@styled
def robust(groups):
    """Test errors over seeds for ways to spoil the steps. `groups`: (name, values, color)."""
    figure, axes = canvas(height=358)
    log_axis(axes.xaxis, -2.3, 0.3)
    strips(axes, groups)
    axes.set_xlabel("test RMSE (log scale)")
    return figure
