"""Figures of dropout's mechanics."""

import numpy as np

from demos.core.charts import dashes, strips
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    PAPER,
    REGULARIZED,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)
from demos.dropout_mechanics.compute import RADII

ONCE, MEAN = OVERFIT, REGULARIZED  # asked once by `eval()`, and as a mean of masks
DASHED = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 3}


@styled
def asked(points, rates, once, mean, height=358):
    """Two rings; and share right against the rate, asked once and as a mean of masks, a dot a seed.

    points: (x (n, 2), y (n,)); once, mean: (rates, seeds).
    """
    figure, (rings, share) = canvas(2, height=height, width_ratios=[1, 2.2])
    two_rings(rings, *points)
    for values, color, text, aside, dy in (
        (once, ONCE, "eval()", -0.012, -8),
        (mean, MEAN, "mean of 40 masks", 0.012, 8),
    ):
        for rate, some in zip(rates, values, strict=True):
            look = {"color": color, "markersize": 7, "alpha": 0.3, "markeredgewidth": 0}
            share.plot(np.full(len(some), rate + aside), some, "o", **look)
        (line,) = share.plot(np.array(rates) + aside, np.median(values, 1), color=color)
        label_line(line, text, dx=14, dy=dy)
    share.plot([rates[0], rates[-1]], [0.5, 0.5], **DASHED | {"linewidth": 2})
    label(share, rates[0], 0.475, "a coin", TRUTH, va="top")
    share.set(xlim=(-0.04, rates[-1] + 0.42), ylim=(0.42, 0.95), yticks=[0.5, 0.75])
    share.set_xticks(rates, [f"{rate:g}" for rate in rates])
    share.set(xlabel="dropout rate in training", ylabel="share right")
    return figure


def two_rings(axes, x, y):
    """Points of the inner ring as dots, of the outer one as rings."""
    axes.plot(*x[y == 0].T, "o", color=INK, markersize=5)
    axes.plot(*x[y == 1].T, "o", color=NETWORK, markersize=6, fillstyle="none", markeredgewidth=2)
    axes.set(xlabel="first input", ylabel="second input", aspect="equal")
    axes.set(xlim=(-24, 24), ylim=(-24, 24), xticks=[-15, 0, 15], yticks=[-15, 0, 15])


@styled
def maps(panels, counts, once, means, reach, height=430):
    """Where a network says "outer ring", the surer the longer; then share right against masks in the mean.

    panels: (text, probabilities (side, side) from below, colour of the text) each; once: a number, means
    (counts,).
    """
    figure, axes = canvas(len(panels) + 1, height=height)
    turn = np.linspace(0, 2 * np.pi, 73)
    for panel, (text, cells, color) in zip(axes, panels, strict=False):
        dashes(panel, np.clip(2 * cells - 1, 0, 1), reach, NETWORK, linewidth=9)
        for radius in RADII:
            panel.plot(radius * np.cos(turn), radius * np.sin(turn), **DASHED)
        panel.set(xlabel="first input", xticks=[-15, 0, 15], yticks=[-15, 0, 15])
        panel.set_title(text, color=color, fontsize=24, weight="bold", loc="left")
    share = axes[-1]
    share.plot([counts[0], counts[-1]], [once, once], color=ONCE)
    share.plot(counts, means, color=MEAN)
    share.set(xscale="log", ylim=(0.45, 1), yticks=[0.5, 0.75, 1], xlabel="masks in the mean")
    ticks = [count for count in (1, 3, 10, 30, 100) if count <= counts[-1]]
    share.set_xticks(ticks, [f"{tick}" for tick in ticks])
    share.set_xticks([], minor=True)
    share.set_title("share right", fontsize=24, loc="left")
    axes[0].set_ylabel("second input")
    return figure


@styled
def all_masks(panels, height=358):
    """Probabilities of thinned networks, and what stands for them. `panels`, side by side each:

    (text, probabilities (masks,), chances (masks,), arithmetic mean, geometric mean, whole network).
    """
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (text, each, chances, mean, geometric, whole) in zip(axes[0], panels, strict=True):
        heights, edges = np.histogram(each, bins=20, range=(0, 1), weights=chances)
        panel.bar(edges[:-1], heights, 0.05, align="edge", color=NETWORK, alpha=0.35)
        high = 1.45 * heights.max()
        for place, color, marker, up, name in (
            (mean, REGULARIZED, "o", 0.95, "mean"),
            (geometric, INK, "D", 0.86, "geometric"),
            (whole, OVERFIT, "X", 0.77, "eval()"),
        ):
            panel.plot([place, place], [0, up * high], color=color, linewidth=2.5)
            panel.plot(place, up * high, marker, color=color, markersize=13)
            side = 1 if place < 0.6 else -1
            ha = "left" if side > 0 else "right"
            # on paper: the lines of the others may pass behind it
            box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
            label(panel, place + 0.03 * side, up * high, name, color, ha=ha, bbox=box, zorder=5)
        panel.set(xlim=(0, 1), ylim=(0, 1.02 * high), yticks=[], xlabel=text)
        panel.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        panel.spines["left"].set_visible(False)
    axes[0, 0].set_ylabel("share of masks")
    return figure


@styled
def ridge_path(rates, formula, masks, names, height=358):
    """Weights of a linear regression against the rate: lines by the formula, dots from masks.

    formula, masks: (rates, inputs); names: {input: name} of the lines that get one.
    """
    figure, axes = canvas(height=height)
    for one, (line, dots) in enumerate(zip(formula.T, masks.T, strict=True)):
        color = REGULARIZED if one in names else MUTED
        (drawn,) = axes.plot(rates, line, color=color, linewidth=3)
        axes.plot(rates, dots, "o", color=INK, markersize=7)
        if one in names:
            label_line(drawn, names[one], at=0, dx=-12, ha="right")
    axes.axhline(0, color=TRUTH, linewidth=2, linestyle=(0, (4, 2)))
    axes.set(xlim=(-0.16, rates[-1] + 0.03), xlabel="dropout rate", ylabel="weight")
    axes.set_xticks(rates[::2], [f"{rate:g}" for rate in rates[::2]])
    return figure


@styled
def rows(groups, xlabel, height=358, ticks=None, about=None):
    """Strips one above the other, about a dashed line. `groups`: (name, values, colour) from the top.

    ticks: the picture is as wide as they are, whatever rounding does to the marks.
    """
    figure, axes = canvas(height=height)
    if about is not None:
        axes.axvline(about, color=TRUTH, linewidth=3, linestyle=(0, (4, 2)))
    strips(axes, groups)
    axes.set_xlabel(xlabel)
    if ticks is not None:
        axes.set(xticks=ticks, xlim=(ticks[0], ticks[-1]))
    return figure
