"""Figures of early stopping."""

import numpy as np

from demos.core.charts import data, strips, strips_about, true_curve
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    PAPER,
    REGULARIZED,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)
from demos.early_stopping.compute import GRID, POINTS
from demos.early_stopping.compute_path import ridge, stopped

HELD = {"marker": "o", "linestyle": "none", "markersize": 11, "color": SIGNAL, "zorder": 5}
RING = {"markerfacecolor": PAPER, "markeredgewidth": 4}


@styled
def kept_and_last(points, fits, path, ends, height=430):
    """Left the fit that was kept and the last one, right the errors along the run.

    points: x, y (31,), held-out ones last. fits: kept and last, two of (101,). path: looks, training and
    held-out error, three of (L,). ends: the step that is kept, and the one at which patience ends.
    """
    figure, (left, right) = canvas(2, height=height, width_ratios=[1, 1.15])
    true_curve(left)
    left.plot(GRID, fits[1], color=OVERFIT, linewidth=3)
    left.plot(GRID, fits[0], color=REGULARIZED, linewidth=5)
    x, y = points
    data(left, x[:POINTS], y[:POINTS])
    left.plot(x[POINTS:], y[POINTS:], **HELD, **RING)
    left.set(xlim=(-0.03, 1.03), ylim=(-0.9, 2.1), xlabel="x", ylabel="y", yticks=[0, 1])
    left.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    label(left, 0.02, 1.98, "last step", OVERFIT)
    label(left, 0.5, 1.98, "kept", REGULARIZED)
    label(left, 0.02, -0.75, "● trained on", INK)
    label(left, 0.5, -0.75, "○ held out", SIGNAL)
    looks, training, held = path
    along = looks > 0
    (dots,) = right.plot(looks[along], training[along], color=NETWORK, linewidth=3, linestyle="--")
    (rings,) = right.plot(looks[along], held[along], color=SIGNAL)
    best, end = ends
    right.plot([best], held[looks == best], "o", color=REGULARIZED, markersize=16)
    right.axvline(end, color=TRUTH, linewidth=3, linestyle=(0, (4, 2)))
    label_line(dots, "trained on", dy=14)
    label_line(rings, "held out")
    highest = max(held[along].max(), training[along].max())
    label(right, end * 1.12, 1.2 * highest, "patience ends", MUTED)
    right.set(
        xscale="log",
        xlim=(0.9 * looks[along][0], 12 * looks[-1]),
        ylim=(0, 1.3 * highest),
        yticks=[0, 0.1, 0.2],
    )
    right.set(xlabel="step (log scale)", ylabel="squared error")
    right.set_xticks([100, 1000], ["100", "1,000"])
    right.set_xticks([], minor=True)
    return figure


@styled
def ratios(groups, xlabel, height=330):
    """Ratios on a logarithmic axis; left of the line at 1 it is better.

    `groups`: (name, values, colour) from top to bottom.
    """
    figure, axes = strips_about(1, groups, xlabel, height)
    axes.set_xscale("log", base=2)
    values = np.concatenate([values for _, values, _ in groups])
    low, high = np.floor(np.log2(values.min())), np.ceil(np.log2(values.max()))
    ticks = 2.0 ** np.arange(low, high + 1, max(1, (high - low) // 6))
    axes.set_xticks(ticks, [f"{tick:g}" if tick >= 1 else f"1/{1 / tick:g}" for tick in ticks])
    return figure


@styled
def gains(groups, xlabel, height=330):
    """What each way gains; right of the line at 0 it is better.

    `groups`: (name, values, colour) from top to bottom.
    """
    return strips_about(0, groups, xlabel, height)[0]


@styled
def real(errors, gained, height=300):
    """Left, ratios of errors: left of one is better. Right, points of accuracy gained: right of zero is.

    `errors`, `gained`: (name, values, colour) from top to bottom.
    """
    figure, (left, right) = canvas(2, height=height, width_ratios=[1, 1.25])
    for axes, place, groups in ((left, 1, errors), (right, 0, gained)):
        axes.axvline(place, color=TRUTH, linewidth=3, linestyle=(0, (4, 2)))
        strips(axes, groups)
    left.set(xlim=(0, 1.4), xlabel="squared error, stopped / all")
    left.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    right.set_xlabel("points of accuracy gained")
    return figure


@styled
def shares(products, height=400):
    """Share of the way to the solution against x = lr t λ: stopping, and Ridge, α = product / (lr t)."""
    figure, axes = canvas(height=height)
    x = np.geomspace(0.01, 100, 201)
    axes.plot(x, stopped(x), color=NETWORK)
    label(axes, 0.85, 0.72, "stopped: 1 − exp(−x)", NETWORK, ha="right")
    for product, color, dash in zip(products, (OVERFIT, REGULARIZED), ("--", ":"), strict=True):
        axes.plot(x, ridge(x, product), color=color, linestyle=dash)
    label(axes, 2.6, 0.6, f"Ridge, α = {products[0]:g}/(lr · t)", OVERFIT)
    label(axes, 2.6, 0.45, f"Ridge, α = {products[1]:.2f}/(lr · t)", REGULARIZED)
    axes.set(xscale="log", xlim=(0.01, 100), ylim=(0, 1.04))
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_xticks([0.01, 0.1, 1, 10, 100], ["0.01", "0.1", "1", "10", "100"])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="x = lr · t · λ, λ the curvature in that direction", ylabel="share of the way")
    return figure


@styled
def two_paths(places, rows, best, height=400):
    """Test errors along both paths. `places`: lr t (k,); `rows`: (name, errors (k,), colour, dash) each;
    `best`: (lr t, error) of each row's lowest."""
    figure, axes = canvas(height=height)
    for (name, values, color, dash), (x, y), dy in zip(rows, best, (26, -26), strict=True):
        (line,) = axes.plot(places, values, color=color, linestyle=dash)
        axes.plot([x], [y], "o", color=color, markersize=16)
        label_line(line, name, dy=dy)
    axes.set(xscale="log", xlim=(places[0], 60 * places[-1]))
    axes.set(xlabel="lr · t for stopping, 1/α for Ridge (log scale)", ylabel="test error")
    ticks = 10.0 ** np.arange(np.ceil(np.log10(places[0])), np.floor(np.log10(places[-1])) + 1)
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    return figure
