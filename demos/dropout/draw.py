"""Figures of `demos.dropout.compute`."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from demos.core.charts import strip, strips
from demos.core.style import (
    DATA,
    INK,
    MUTED,
    NETWORK,
    ON_PICTURE,
    PAPER,
    REGULARIZED,
    SIGNAL,
    TRUE_CURVE,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)

FIRST, SECOND, BOTH = (NETWORK, "o"), (SIGNAL, "s"), (INK, "D")  # which input speaks
SHADES = LinearSegmentedColormap.from_list("reliance", [PAPER, NETWORK])


@styled
def thinned_networks(kept):
    """A small network, whole and thinned. `kept`: (name, on), on (layers, units) of bool."""
    figure, axes = canvas(len(kept), height=430)
    for panel, (name, on) in zip(axes, kept, strict=True):
        layers = [np.ones(2, bool), *on, np.ones(1, bool)]
        for depth, (left, right) in enumerate(zip(layers[:-1], layers[1:], strict=True)):
            for y1 in heights(left)[left]:
                for y2 in heights(right)[right]:
                    panel.plot([depth, depth + 1], [y1, y2], color=NETWORK, linewidth=1.4)
        for depth, layer in enumerate(layers):
            x, y = np.full(len(layer), depth), heights(layer)
            panel.plot(x[layer], y[layer], "o", color=NETWORK, markersize=20, zorder=3)
            panel.plot(x[~layer], y[~layer], "x", color=MUTED, markersize=13, markeredgewidth=2.5)
        label(panel, 1.5, -0.75, name, INK, ha="center", weight="normal")
        panel.set(xlim=(-0.35, 3.35), ylim=(-0.9, 5.3))
        panel.axis("off")
    return figure


def heights(layer):
    """Where the units of a layer sit, centred on 2.5."""
    return np.arange(len(layer)) - (len(layer) - 1) / 2 + 2.5


@styled
def halves(sums, says, by_hand, theirs):
    """What halves of some units say together, and what a mask leaves of each unit.

    sums: {name: sum}. says, by_hand, theirs: a number per unit, before dropout and after it, by a mask of
    one's own and by PyTorch's.
    """
    says, by_hand, theirs = (np.asarray(each, dtype=float) for each in (says, by_hand, theirs))
    figure, (left, right) = canvas(2, height=258, width_ratios=[6, 5])
    half, at = says.sum() / 2, np.arange(len(says))
    left.bar(range(len(sums)), sums.values(), width=0.6, color=NETWORK)
    left.axhline(half, color=INK, linestyle="--", linewidth=3)
    left.set_xticks(range(len(sums)), sums)
    label(left, 0.03, 0.93, "their mean is half of all four", INK, transform=left.transAxes)
    right.bar(at - 0.2, says, width=0.36, color=TRUTH)
    right.bar(at + 0.2, by_hand, width=0.36, color=NETWORK)
    right.plot(at + 0.2, theirs, "o", color=REGULARIZED, markersize=14, clip_on=False)
    right.set_xticks(at, "abcd"[: len(at)])
    words = (("before", TRUTH), ("mask by hand", NETWORK), ("nn.Dropout", REGULARIZED))
    for x, (word, color) in zip((0.03, 0.27, 0.68), words, strict=True):
        label(right, x, 0.93, word, color, transform=right.transAxes)
    for axes, values in ((left, [*sums.values(), half]), (right, [*says, *by_hand])):
        low, high = min(0, *values), max(0, *values)
        axes.set_ylim(1.1 * low, 1.45 * high or 1)  # room for words above the bars
        axes.locator_params(axis="y", nbins=4)
    return figure


@styled
def thinned_answers(values, whole):
    """What thinned networks answer, their average, and the whole network's answer."""
    figure, axes = canvas(width=570, height=430)
    axes.hist(values, bins=24, color=NETWORK, alpha=0.35)
    high = axes.get_ylim()[1]
    for x, gap, name, color, dash, side in (
        (whole, -0.02, f"whole {whole:.2f}", INK, ":", "right"),
        (values.mean(), 0.02, f"average {values.mean():.2f}", NETWORK, "-", "left"),
    ):
        axes.plot([x, x], [0, 1.12 * high], color=color, linestyle=dash)
        label(axes, x + gap, 1.12 * high, name, color, ha=side)
    middle = (whole + values.mean()) / 2
    axes.set(xlim=(middle - 0.65, middle + 0.65), ylim=(0, 1.2 * high), yticks=[])
    axes.set_xlabel("thinned networks' answers to (1, 1)")
    axes.spines["left"].set_visible(False)
    return figure


@styled
def maps(panels):
    """f(a, b) over the unit square. `panels`: (name, grid); the training data is the diagonal."""
    figure, axes = canvas(len(panels), height=485, sharey=True)
    side = np.linspace(0, 1, 11)
    for panel, (name, grid) in zip(axes, panels, strict=True):
        panel.imshow(grid, origin="lower", extent=(0, 1, 0, 1), cmap=SHADES, vmin=0, vmax=1.2)
        ticks = np.linspace(0, 1, len(grid))
        lines = panel.contour(
            ticks, ticks, grid, [0.2, 0.4, 0.6, 0.8], colors=ON_PICTURE, linewidths=2
        )
        panel.clabel(lines, fmt=lambda level: f"{level:.1f}", fontsize=24)
        panel.plot(side, side, **DATA | {"markersize": 7, "clip_on": False, "color": ON_PICTURE})
        panel.set(xlabel="first input", xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        panel.set_title(name, color=INK, fontsize=24)
    axes[0].set_ylabel("second input")
    return figure


@styled
def answer_panels(panels, loud=1, height=416):
    """Answers over seeds, side by side. `panels`: (name, says), says (3, seeds) from `answers`."""
    figure, axes = canvas(len(panels), height=height, sharey=True)
    rows = [(f"f(1, {loud})", BOTH), (f"f(0, {loud})", SECOND), ("f(1, 0)", FIRST)]
    for panel, (name, says) in zip(axes, panels, strict=True):
        panel.plot([1, 1], [-0.6, 2.6], **TRUE_CURVE)
        for row, ((_, (color, marker)), values) in enumerate(zip(rows, says[::-1], strict=True)):
            strip(panel, row, values, color, marker=marker)
        panel.set(xlim=(-0.12, 1.2), ylim=(-0.6, 3.1), xticks=[0, 0.5, 1])
        label(panel, 0.54, 2.95, name, INK, ha="center")
        panel.tick_params(left=False)
        panel.spines["left"].set_visible(False)
    axes[0].set_yticks(range(3), [name for name, _ in rows])
    for tick, (_, (color, _)) in zip(axes[0].get_yticklabels(), rows, strict=True):
        tick.set(color=color, weight="bold")
    return figure


@styled
def asymmetry_strips(groups):
    """How unequally the two inputs are trusted, over seeds. `groups`: (name, values, color)."""
    figure, axes = canvas(height=90 * len(groups) + 130)
    strips(axes, groups)
    axes.set_xlim(-0.03, 1)
    axes.set_xlabel("|f(1, 0) − f(0, 1)| / f(1, 1)")
    return figure


@styled
def linear_theory(p, shares, plain, formula):
    """Shares of the answer against the dropout probability: trained points on the closed form.

    p (k,), shares (k, N, 2), plain (2,): the shares without dropout, formula: p to share.
    """
    figure, axes = canvas(height=428)
    grid = np.linspace(0.001, 0.9, 200)
    (line,) = axes.plot(grid, formula(grid), color=REGULARIZED)
    label_line(line, "1 / (2 + p / (1 − p))", at=100, dx=16, dy=26)
    for (color, marker), side, size, value in zip(
        (FIRST, SECOND), (0, 1), (17, 9), plain, strict=True
    ):
        style = {"color": color, "marker": marker, "linestyle": "none", "markersize": size}
        axes.plot(np.repeat(p, shares.shape[1]), shares[..., side].ravel(), **style)
        axes.plot([0], [value], clip_on=False, **style)
        name = ("quiet input, no dropout", "loud input, no dropout")[side]
        label(axes, 0.025, value, name, color)
    axes.set(xlim=(0, 0.92), ylim=(0, 1), xlabel="input dropout p", ylabel="share of the answer")
    axes.set_yticks([0, 0.5, 1])
    return figure
