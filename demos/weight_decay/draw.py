"""Figures of L2, blue, and weight decay, green; a formula's word is dashed grey."""

import numpy as np

from demos.core.charts import strips
from demos.core.style import (
    DATA,
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)
from demos.weight_decay import flat

L2, DECAY, PLAIN = NETWORK, REGULARIZED, OVERFIT
DASHED = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2))}
EACH = 20  # of a way's steps: more than an eye can tell apart


@styled
def ways(panels, height=296):
    """Weights against the step, a panel a rule: (name, path (steps + 1, d), where it ends (d,), colour)."""
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (name, path, goal, color) in zip(axes[0], panels, strict=True):
        steps = len(path) - 1
        panel.axhline(0, color=TRUTH, linewidth=1.5, zorder=0)
        panel.plot(path, color=color, linewidth=3)
        panel.plot(np.full(len(goal), 1.04 * steps), goal, **DATA)
        panel.set(xlim=(0, 1.06 * steps), xlabel="step", yticks=[-2, 0, 2])
        label(panel, 0.5, 0.93, name, color, transform=panel.transAxes, ha="center")
    axes[0, 0].set_ylabel("weights")
    return figure


@styled
def noises(sizes, walks, said, height=296):
    """What is left of a weight against the step: left Adam with L2, a line a noise, right AdamW.

    walks: {way: (steps + 1, sizes)}, L2's first. said: the same by the formula, dashed.
    """
    figure, panels = canvas(2, height=height, sharey=True)
    for panel, way, color in zip(panels, walks, (L2, DECAY), strict=True):
        steps = np.arange(len(walks[way]))[::EACH]
        for n, size in enumerate(sizes):
            (line,) = panel.plot(steps, walks[way][::EACH, n], color=color, linewidth=3)
            panel.plot(steps, said[way][::EACH, n], **DASHED)
            if color == L2:
                label_line(line, f"s = {size:g}", dy=(9, 16, -2, -3, 12)[n])
        panel.set(xlim=(0, 1.35 * steps[-1]), ylim=(0, 1.3), yticks=[0, 0.5, 1], xlabel="step")
        panel.set_xticks([0, steps[-1] // 2, steps[-1]])
    label(panels[0], 0.03, 0.93, "Adam with L2", L2, transform=panels[0].transAxes)
    label(panels[1], 0.03, 0.93, "AdamW, any s", DECAY, transform=panels[1].transAxes)
    label(panels[1], 0.03, 0.1, "dashed: by the formula", MUTED, transform=panels[1].transAxes)
    panels[0].set_ylabel("weight")
    return figure


@styled
def live(size, walks, said, sizes, kept, formula, height=430):
    """What the page draws: both ways at one noise against the step, and what is left by the noise.

    walks, said: {way: (steps + 1,)}; kept: {way: (sizes,)}; formula: (noises, {way: kept there}).
    """
    figure, (left, right) = canvas(2, height=height, sharey=True)
    for way, color in zip(walks, (L2, DECAY), strict=True):
        steps = np.arange(len(walks[way]))[::EACH]
        left.plot(steps, walks[way][::EACH], color=color)
        left.plot(steps, said[way][::EACH], **DASHED)
        right.plot(formula[0], formula[1][way], **DASHED)
        right.plot(sizes, kept[way], color=color)
    left.set(ylim=(0, 1.15), yticks=[0, 0.5, 1], ylabel="weight", xlabel="step")
    log_axis(right.xaxis, -1.1, 1.1)
    right.set_xlabel("noise s (log scale)")
    right.axvline(size, color=TRUTH, linewidth=2)
    label(left, 0.03, 0.94, "Adam with L2", L2, transform=left.transAxes)
    label(left, 0.97, 0.94, "AdamW", DECAY, transform=left.transAxes, ha="right")
    label(right, 0.03, 0.94, "dashed: by the formula", MUTED, transform=right.transAxes)
    label(right, 0.97, 0.07, "upright: this s", MUTED, transform=right.transAxes, ha="right")
    return figure


@styled
def box(paths, free, inside, ends, height=296, decay=1.0):
    """Left two weights: the box, rings of equal loss, both ways of Adam. Right, weights by their number.

    paths: {way: (k, 2)}. free, inside, ends (d,): least squares, the same in the box, where AdamW ends.
    """
    figure, (left, right) = canvas(2, height=height, width_ratios=[1.35, 1])
    square = np.array([[-1, 1, 1, -1], [-1, -1, 1, 1]]) / decay
    left.fill(*square, color=DECAY, alpha=0.18, linewidth=0)
    best = flat.boxed(decay)
    for through in (best, (best + flat.BEST) / 2):
        left.plot(*flat.level(through).T, color=TRUTH, linewidth=2)
    for way, color in zip(paths, (L2, DECAY), strict=True):
        left.plot(*paths[way][::EACH].T, color=color, linewidth=5)
        left.plot(*paths[way][-1], "o", color=color, markersize=16, zorder=6)
    left.plot(*flat.BEST, **DATA)
    left.set(xlim=(-1.6, 3.6), ylim=(-1.15, 1.15), aspect="equal", xlabel="weight w₁")
    left.set(ylabel="weight w₂", yticks=[-1, 0, 1])
    for x, y, words, color, side in (
        (2.3, 0.2, "least squares", INK, "left"),
        (-0.95, 0.8, "|w| ≤ 1/λ", DECAY, "left"),
        (1.12, -0.85, "AdamW", DECAY, "left"),
        (0.95, 0.3, "Adam with L2", L2, "right"),
    ):
        label(left, x, y, words, color, ha=side)
    number = np.arange(1, len(free) + 1)
    right.axhspan(-1 / decay, 1 / decay, color=DECAY, alpha=0.18, linewidth=0)
    right.plot(number, free, "x", color=PLAIN, markersize=13, markeredgewidth=4)
    right.plot(number, inside, "_", color=INK, markersize=34, markeredgewidth=4, zorder=5)
    right.plot(number, ends, "o", color=DECAY, markersize=12, zorder=4)
    label(right, 0.97, 0.93, "× least squares", PLAIN, transform=right.transAxes, ha="right")
    label(right, 0.97, 0.76, "– in the box", INK, transform=right.transAxes, ha="right")
    label(right, 0.97, 0.07, "● AdamW", DECAY, transform=right.transAxes, ha="right")
    right.set(xlim=(0.4, 6.6), ylim=(-2.6, 3.6), yticks=[-2, 0, 2], xlabel="number of the weight")
    right.set_xticks(number)
    return figure


@styled
def about(panels, height=296):
    """Strips about a dashed line, a panel a quantity: (xlabel, where the line is, ticks, groups) each.

    groups: (name, values, colour) from top to bottom.
    """
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (xlabel, place, ticks, groups) in zip(axes[0], panels, strict=True):
        panel.axvline(place, **DASHED)
        strips(panel, groups)
        panel.set(xlabel=xlabel, xlim=(ticks[0], ticks[-1]))
        panel.set_xticks(ticks)
    return figure
