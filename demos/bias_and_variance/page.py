"""What the page gets of this topic: where fits are compared, and the true curve there."""

from demos.bias_and_variance.compute import GRID
from demos.core.curve import curve


def data():
    """Arrays by the names that `live.js` has for them."""
    return {"grid": GRID, "truth": curve(GRID)}
