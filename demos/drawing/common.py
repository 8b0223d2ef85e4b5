"""Pieces that figures of several topics share."""

import numpy as np

from demos.curve import curve
from demos.style import DATA, TRUE_CURVE, label


def true_curve(axes, x=None):
    """The curve behind the data, dashed grey."""
    x = np.linspace(0, 1, 301) if x is None else x
    return axes.plot(x, curve(x), **TRUE_CURVE)[0]


def data(axes, x, y):
    """The points a fit was given: black dots."""
    return axes.plot(x, y, **DATA)[0]


def strip(axes, row, values, color, name=None, marker="o"):
    """One dot per seed on a horizontal line, its median as a bar, its name on the left."""
    spread = 0.6 * (np.arange(len(values)) * 0.618 % 1 - 0.5)  # fixed, so that no dot hides others
    axes.plot(
        values, row + spread, marker, color=color, markersize=8, alpha=0.45, markeredgewidth=0
    )
    axes.plot([np.median(values)] * 2, [row - 0.38, row + 0.38], color=color, linewidth=5)
    if name:
        label(axes, -0.02, row, name, color, transform=axes.get_yaxis_transform(), ha="right")


def strips(axes, groups):
    """Strips one above the other. `groups`: (name, values, color) from top to bottom."""
    for row, (name, values, color) in enumerate(reversed(groups)):
        strip(axes, row, values, color, name)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.6, len(groups) - 0.4)
