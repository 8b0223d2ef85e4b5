"""Pieces that figures of several topics share."""

import numpy as np

from demos.core.curve import TRAIN_X, curve
from demos.core.style import DATA, TRUE_CURVE, canvas, label, log_axis, styled

GRID = np.linspace(0, 1, 501)  # where fits are drawn


def true_curve(axes, x=None):
    """The curve behind the data, dashed grey."""
    x = np.linspace(0, 1, 301) if x is None else x
    return axes.plot(x, curve(x), **TRUE_CURVE)[0]


def data(axes, x, y):
    """The points a fit was given: black dots."""
    return axes.plot(x, y, **DATA)[0]


def strip(axes, row, values, color, name=None, marker="o", crossed=None):
    """One dot per seed on a horizontal line, its median as a bar, its name on the left.

    crossed: (seeds,), true for those that are drawn as a cross instead.
    """
    spread = 0.6 * (np.arange(len(values)) * 0.618 % 1 - 0.5)  # fixed, so that no dot hides others
    crossed = np.zeros(len(values), bool) if crossed is None else np.asarray(crossed)
    look = {"color": color, "markersize": 8}
    for chosen, kind, more in (
        (~crossed, marker, {"alpha": 0.45, "markeredgewidth": 0}),
        (crossed, "x", {"markeredgewidth": 2.5}),
    ):
        if chosen.any():
            axes.plot(np.asarray(values)[chosen], row + spread[chosen], kind, **look, **more)
    axes.plot([np.median(values)] * 2, [row - 0.38, row + 0.38], color=color, linewidth=5)
    if name:
        label(axes, -0.02, row, name, color, transform=axes.get_yaxis_transform(), ha="right")


def strips(axes, groups):
    """Strips one above the other. `groups`: (name, values, color) from top to bottom, or also crossed."""
    for row, (name, values, color, *crossed) in enumerate(reversed(groups)):
        strip(axes, row, values, color, name, "o", *crossed)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.6, len(groups) - 0.4)


def dashes(axes, strengths, reach, color, linewidth=11):
    """A map of the square from -reach to reach: in every cell a dash, as long as its number says.

    strengths: (side, side) from below, 0 to 1. Lengths, no shades: what a check compares are places.
    """
    side = len(strengths)
    width = 2 * reach / side
    middles = width * (np.arange(side) + 0.5) - reach
    half = width / 2 * strengths
    gaps = np.full_like(strengths, np.nan)
    ends = np.stack([middles - half, middles + half, gaps], -1)
    up = np.broadcast_to(middles[:, None, None], ends.shape)
    look = {"color": color, "linewidth": linewidth, "alpha": 0.7, "solid_capstyle": "butt"}
    axes.plot(ends.ravel(), up.ravel(), **look)
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach))


@styled
def fits(panels, width=1184, height=520, ylim=(-0.35, 1.35)):
    """Fits side by side. `panels`: (name, targets shown as dots, values on GRID, color) each."""
    figure, axes = canvas(len(panels), width, height, sharey=True, squeeze=False)
    for panel, (name, y, values, color) in zip(axes[0], panels, strict=True):
        true_curve(panel)
        panel.plot(GRID, values, color=color)
        data(panel, TRAIN_X, y)
        panel.set(ylim=ylim, xlim=(-0.03, 1.03), xlabel="x", yticks=[0, 0.5, 1])
        panel.set_xticks([0, 0.5, 1])
        label(panel, 0.5, ylim[0] + 0.06, name, color, ha="center", va="bottom")
    axes[0, 0].set_ylabel("y")
    return figure


@styled
def error_strips(groups, height=385):
    """Test errors, one dot per seed, log scale. `groups`: (name, values, color)."""
    figure, axes = canvas(height=height)
    log_axis(axes.xaxis, -2, 1.5)
    strips(axes, groups)
    axes.set_xlabel("test RMSE (log scale)")
    return figure


def strips_about(place, groups, xlabel, height):
    """Strips, a dot a seed, about a dashed line: (figure, axes). `groups` as in `strips`."""
    figure, axes = canvas(height=height)
    axes.axvline(place, color=TRUE_CURVE["color"], linewidth=3, linestyle=(0, (4, 2)))
    strips(axes, groups)
    axes.set_xlabel(xlabel)
    return figure, axes
