"""Figures of `demos.bump_error.compute`."""

import numpy as np

from demos.bump_error.compute import GRID, POINTS
from demos.core.charts import data, strips, true_curve
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    canvas,
    label,
    label_line,
    log_axis,
    shade_outside,
    styled,
)


@styled
def outputs(y, panels, height=428):
    """Networks on the same six points side by side. `panels`: (name, outputs on GRID, color)."""
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (name, values, color) in zip(axes[0], panels, strict=True):
        true_curve(panel)
        panel.plot(GRID, values, color=color)
        data(panel, POINTS, y)
        panel.set(xlim=(-0.25, 1.25), ylim=(-0.22, 1.62), xlabel="x", xticks=[0, 0.5, 1])
        shade_outside(panel)
        label(panel, 0.5, -0.12, name, color, ha="center")
    axes[0, 0].set(ylabel="output", yticks=[0, 0.5, 1, 1.5])
    return figure


@styled
def one_by_one(y, sums, first, height=180):
    """A network growing by a unit a panel. `sums`: (panels, 151) on GRID; `first`: the first's number."""
    figure, axes = canvas(len(sums), height=height, sharey=True)
    for number, (panel, values) in enumerate(zip(axes, sums, strict=True), first):
        panel.plot(GRID, values, color=NETWORK if number <= len(POINTS) else OVERFIT)
        data(panel, POINTS, y)
        panel.set(xlim=(-0.25, 1.25), ylim=(-0.1, 1.62), xticks=[], yticks=[])
        panel.set_xlabel(f"with unit {number}" if number > 1 else "unit 1")
    return figure


@styled
def three_units(x, contributions, first=7):
    """What each unit of the bump adds to the output, (len(x), 3), and their sum."""
    figure, axes = canvas(height=485)
    styles = ((REGULARIZED, "--"), (OVERFIT, "-."), (REGULARIZED, ":"))
    on = np.isin(np.round(x, 3), np.round(POINTS, 3))
    for index, (color, dash) in enumerate(styles):
        (line,) = axes.plot(x, contributions[:, index], dash, color=color)
        axes.plot(x[on], contributions[on, index], "o", color=color, markersize=10)
        label_line(line, f"unit {first + index}")
    (total,) = axes.plot(x, contributions.sum(1), color=NETWORK)
    label_line(total, "their sum")
    axes.plot(x[on], contributions[on].sum(1), "o", color=INK, markersize=10, zorder=5)
    axes.set(xlim=(x[0], x[-1] + 0.13), xlabel="x", ylabel="added to the output")
    axes.set_xticks([0.4, 0.5, 0.6, 0.8, 1.0])
    return figure


@styled
def longest_step(over_limit, left):
    """What is left of each bump, (N,), against its step size over the longest stable one, (N, 2).

    Two sides of a kink, two limits: a line from one to the other, and the mark in the middle.
    """
    figure, axes = canvas(height=380)
    low, high = over_limit.T
    axes.axhline(1, color=MUTED, linewidth=2, linestyle=(0, (1, 2)), zorder=0)
    axes.axvline(1, color=INK, linewidth=3)
    for these, marker, color in ((high < 1, "o", NETWORK), (high >= 1, "X", OVERFIT)):
        axes.hlines(left[these], low[these], high[these], color=color, linewidth=3, alpha=0.6)
        axes.plot(
            np.sqrt(low * high)[these],
            left[these],
            marker,
            color=color,
            markersize=13,
            alpha=0.6,
            mew=0,
        )
    log_axis(axes.xaxis, -1, 1.3)
    label(axes, 0.12, 0.75, "stays", NETWORK)
    label(axes, 19, 0.75, "thrown out", OVERFIT, ha="right")
    axes.set(xlabel="step size / longest stable step", ylabel="height left / built")
    axes.set(ylim=(-0.65, 1.15), yticks=[-0.5, 0, 0.5, 1])
    return figure


@styled
def heights(curves, expected):
    """Height against training steps, log. `curves`: (name, steps, heights, color, dash)."""
    figure, axes = canvas(height=485)
    (formula,) = axes.plot(*expected, color=MUTED, linewidth=10, alpha=0.3)
    label_line(formula, "formula")
    for name, steps, values, color, dash in curves:
        (line,) = axes.plot(steps, values, dash, color=color)
        label_line(line, name, dy=10)
    log_axis(axes.yaxis, -3, 0)
    axes.set(xlim=(0, 10600), xlabel="training steps", ylabel="height of the bump")
    axes.set_xticks([0, 2000, 4000, 6000, 8000])
    return figure


@styled
def left_strips(groups):
    """Height left over height built, one dot per construction. `groups`: (name, values, color)."""
    figure, axes = canvas(height=380)
    strips(axes, groups)
    axes.set(xlabel="height left / height built", xlim=(-0.35, 1.1), xticks=[0, 0.5, 1])
    return figure
