"""What the page gets of this topic: the curve, and level lines of the surface."""

from demos.gradient_descent import compute as gd
from demos.gradient_descent import draw_hills
from demos.gradient_descent.draw import FINE


def data():
    """Arrays by the names that `live.js` has for them; a level line is its xs and its ys."""
    return {
        "grid": FINE,
        "heights": gd.valleys(FINE),
        "levels": [part.T.round(3) for part in draw_hills.contours()],
    }
