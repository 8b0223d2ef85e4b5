"""Figures of descent on the surface with three hills, and of minima by dimension."""

import numpy as np
from matplotlib.figure import Figure

from demos.core.style import (
    MUTED,
    NETWORK,
    OVERFIT,
    PAPER,
    REGULARIZED,
    SIGNAL,
    TRUE_CURVE,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)
from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills

EDGE = 3.0  # the surface is shown from -EDGE to EDGE
LEVELS = (-6, -4, -2, -0.5, 0.5, 2, 4, 6)


def contours(side=61):
    """Level lines of the surface: a list of (points, 2)."""
    along = np.linspace(-EDGE, EDGE, side)
    heights = hills.peaks(np.stack(np.meshgrid(along, along), -1))
    drawn = Figure().subplots().contour(along, along, heights, levels=LEVELS)
    return [part for level in drawn.allsegs for part in level if len(part)]


def surface(axes):
    """Level lines, and arrows downhill."""
    for part in contours():
        axes.plot(*part.T, color=TRUTH, linewidth=1.6)
    along = np.linspace(-2.5, 2.5, 11)
    places = np.stack(np.meshgrid(along, along), -1)
    down = -hills.gradient(places)
    length = np.linalg.norm(down, axis=-1, keepdims=True)
    steep = length[..., 0] > 0.3
    axes.quiver(
        *places[steep].T,
        *(0.36 * down / length)[steep].T,
        **{"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.005, "color": MUTED},
    )
    axes.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xlabel="x", ylabel="y")
    axes.set_xticks([-2, 0, 2])
    axes.set_yticks([-2, 0, 2])


@styled
def restarts(paths, counts, shares, formula, height=416):
    """Left five starts on the surface, green those that find the deepest hollow; right, against how many
    starts there are, the share of tries in which one does, on the formula.

    paths: (steps + 1, starts, 2). counts, shares, formula: (n,) each.
    """
    figure, (left, right) = canvas(2, height=height, width_ratios=[1.05, 1])
    surface(left)
    finds = np.linalg.norm(paths[-1] - hills.DEEPEST, axis=-1) < hills.NEAR
    for walked, found in zip(paths.swapaxes(0, 1), finds, strict=True):
        color, marker = (REGULARIZED, "o") if found else (OVERFIT, "s")
        left.plot(*walked.T, color=color)
        left.plot(
            *walked[0], marker, color=color, markersize=13, markerfacecolor=PAPER, markeredgewidth=3
        )
        left.plot(*walked[-1], marker, color=color, markersize=13)
    right.plot(counts, formula, **TRUE_CURVE)
    (line,) = right.plot(counts, shares, "o", color=NETWORK, markersize=11)
    right.set(xlim=(0.5, counts[-1] + 0.5), ylim=(0, 1.05), xlabel="starts", yticks=[0, 0.5, 1])
    right.set(ylabel="deepest hollow found")
    right.set_xticks(counts[::2] if len(counts) > 6 else counts)
    label(right, counts[-1] + 0.3, 0.3, "dashed: 1 − (1 − p)ⁿ", MUTED, ha="right")
    label(right, counts[-1] + 0.3, 0.16, "dots: the best of n", NETWORK, ha="right")
    return figure


@styled
def by_dimension(dimensions, random, squares, minima, height=358):
    """Left the share of Hessians that are a minimum's, right in how many minima descent ended on a sum of
    valleys, and how many there are (dashed). All (dimensions,), log scales."""
    figure, (left, right) = canvas(2, height=height)
    for panel, low, high in ((left, -4.3, 0.5), (right, 0, 3.5)):
        log_axis(panel.yaxis, low, high)
        panel.set(xlim=(0.8, dimensions[-1] + 0.4), xlabel="dimensions")
        panel.set_xticks(dimensions)
    left.plot(dimensions, squares, "s-", color=REGULARIZED, markersize=11)
    left.plot(dimensions, random, "o-", color=NETWORK, markersize=11)
    label(left, dimensions[-1] + 0.3, 0.45, "least squares", REGULARIZED, ha="right", va="top")
    label(left, 1.0, 0.004, "random Hessians", NETWORK)
    left.set_ylabel("share of minima")
    (line,) = right.plot(dimensions, 4.0 ** np.array(dimensions), **TRUE_CURVE)
    label_line(line, "all: 4ᵈ", at=2, dx=-14, dy=12, ha="right")
    right.plot(dimensions, minima, "o", color=SIGNAL, markersize=12)
    label(right, dimensions[-1] + 0.3, 3, "found, sum of valleys", SIGNAL, ha="right")
    right.set_ylabel("minima")
    return figure


@styled
def both_paths(line, plane, height=430):
    """One start on the curve (steps + 1,) and on the surface (steps + 1, 2): ring at the start, dot at the
    end."""
    figure, (left, right) = canvas(2, height=height)
    fine = np.linspace(-gd.REACH, gd.REACH, 401)
    left.plot(fine, gd.valleys(fine), **TRUE_CURVE)
    surface(right)
    for axes, xs, ys in ((left, line, gd.valleys(line)), (right, *plane.T)):
        axes.plot(xs, ys, color=NETWORK)
        axes.plot(xs[0], ys[0], "o", color=SIGNAL, markersize=13, markerfacecolor=PAPER)
        axes.plot(xs[-1], ys[-1], "o", color=REGULARIZED, markersize=13)
    left.set(
        xlim=(-2.1, 2.1), ylim=(-1.2, 5.2), xlabel="x", ylabel="cos(2πx) + x²", yticks=[0, 2, 4]
    )
    left.set_xticks([-2, -1, 0, 1, 2])
    label(left, 0, 4.8, "ring: start", SIGNAL, ha="center")
    label(left, 0, 4.1, "dot: end", REGULARIZED, ha="center")
    return figure
