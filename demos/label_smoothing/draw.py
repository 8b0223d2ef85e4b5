"""Figures of label smoothing."""

import numpy as np

from demos.core.charts import dashes, strips
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)

CLASSES = 3
HARD, SMOOTHED = OVERFIT, REGULARIZED
GOAL = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 3}


@styled
def satisfied(hard, formula, smoothed, end):
    """Gaps of one point's logits against the step: descended, the formula's, and where smoothing ends.

    hard, smoothed: (steps + 1,); formula: (steps + 1,); end: a number.
    """
    figure, axes = canvas(height=358)
    steps = np.unique(np.geomspace(1, len(hard) - 1, 160).astype(int))
    for gaps, text, color in ((hard, "hard", HARD), (smoothed, "smoothed by 0.1", SMOOTHED)):
        (line,) = axes.plot(steps, gaps[steps], color=color)
        label_line(line, text)
    axes.plot(steps, formula[steps], **GOAL)
    axes.plot(steps[[0, -1]], [end, end], **GOAL)
    label(axes, 1.1, end + 0.5, "log(1 + K(1 − s)/s)", TRUTH)
    label(axes, steps[-40], formula[steps[-40]] + 0.9, "exp(g) + 2g = 3t + 1", TRUTH, ha="right")
    axes.set(xscale="log", xlim=(1, 7 * steps[-1]), ylim=(0, 1.12 * hard[-1]))
    ticks = 10 ** np.arange(0, int(np.log10(steps[-1])) + 1)
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="step (log scale)", ylabel="gap of logits")
    return figure


@styled
def stopped(steps, hard, smoothed, end):
    """Gaps of networks on their own points, a thin line a seed: (looks, seeds) each."""
    figure, axes = canvas(height=416)
    for gaps, text, color in ((hard, "hard", HARD), (smoothed, "smoothed by 0.1", SMOOTHED)):
        for one in gaps.T:
            axes.plot(steps, one, color=color, linewidth=1.5, alpha=0.5)
        (line,) = axes.plot(steps, np.median(gaps, 1), color=color, linewidth=5)
        label_line(line, text)
    axes.plot(steps[[0, -1]], [end, end], **GOAL)
    label(axes, steps[-1], end - 1.8, "log 28", TRUTH, ha="right")
    axes.set(xlim=(0, 1.28 * steps[-1]), ylim=(0, 1.02 * hard.max()))
    axes.set_xticks(
        np.linspace(0, steps[-1], 5), [f"{tick:,.0f}" for tick in np.linspace(0, steps[-1], 5)]
    )
    axes.set(xlabel="step", ylabel="mean gap, own points")
    return figure


@styled
def sure(cells, points, reach, bins):
    """A map of confidence, (side, side) from below; share right and share of points per bin of it."""
    figure, axes = canvas(3, height=400, squeeze=False)
    shaded, right, often = axes[0]
    confidence_map(shaded, cells, points, reach)
    reliability(right, bins, NETWORK)
    bars(often, bins.share.numpy(), NETWORK)
    often.set(xlabel="confidence", ylabel="share of points", ylim=(0, 1), yticks=[0, 0.5, 1])
    return figure


def confidence_map(axes, cells, points, reach):
    """A dash a cell, as long as the network is sure; its points, a marker a class."""
    dashes(axes, (cells - 1 / CLASSES) / (1 - 1 / CLASSES), reach, NETWORK)
    for k, marker in enumerate("os^"):
        x = points.x[points.y == k]
        axes.plot(*x.T, marker, color=INK, markersize=8)
    axes.set(xlabel="first input", ylabel="second input")
    axes.set(xticks=[-3, 0, 3], yticks=[-3, 0, 3])


def bars(axes, heights, color):
    """A bar per bin from 0 to 1."""
    edges = np.linspace(0, 1, len(heights) + 1)
    width = edges[1]
    axes.bar(edges[:-1] + width / 2, heights, 0.8 * width, color=color, alpha=0.75)
    axes.set(xlim=(0, 1))
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])


def reliability(axes, bins, color):
    """Share right per bin of confidence, and the diagonal: as sure as right."""
    bars(axes, bins.right.numpy(), color)
    axes.plot([0, 1], [0, 1], **GOAL)
    axes.set(xlabel="confidence", ylabel="share right", ylim=(0, 1), yticks=[0, 0.5, 1])


@styled
def diagrams(panels, height=358):
    """Reliability diagrams side by side. `panels`: (text, `Bins`, colour) each.

    A dot's place says how sure and how often right, its size how many points are in its bin.
    """
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (text, bins, color) in zip(axes[0], panels, strict=True):
        panel.plot([0, 1], [0, 1], **GOAL)
        share, confidence, right = (each.numpy() for each in bins)
        for part, x, y in zip(share, confidence, right, strict=True):
            if part > 0:
                panel.plot([x, x], [x, y], color=color, linewidth=2, alpha=0.6)
                size = 8 + 34 * np.sqrt(part)
                panel.plot(x, y, "o", color=color, markersize=size, alpha=0.8, clip_on=False)
        panel.set(xlim=(0, 1.04), ylim=(0, 1.04), xlabel="confidence")
        panel.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        panel.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        label(panel, 0.03, 0.95, text, color)
    axes[0, 0].set_ylabel("share right")
    label(axes[0, 0], 0.3, 0.2, "as sure as right", TRUTH)
    label(axes[0, -1], 1.02, 0.1, "large dot: many points", MUTED, ha="right", weight="normal")
    return figure


@styled
def differences(panels, height=300):
    """Strips about a dashed line at 0, a panel a quantity. `panels`: (xlabel, ticks, values, colour) each.

    The picture is as wide as its ticks, whatever rounding does to the marks.
    """
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (xlabel, ticks, values, color) in zip(axes[0], panels, strict=True):
        panel.axvline(0, color=TRUTH, linewidth=3, linestyle=(0, (4, 2)))
        strips(panel, [(None, values, color)])
        panel.set(xlabel=xlabel, xticks=ticks, xlim=(ticks[0], ticks[-1]))
    return figure


@styled
def rows(groups, xlabel, height=416):
    """Strips one above the other. `groups`: (name, values, colour) from top to bottom."""
    figure, axes = canvas(height=height)
    strips(axes, groups)
    axes.set_xlabel(xlabel)
    axes.set_xlim(0, None)
    return figure
