"""What the page gets of this topic: points to fit, and a grid to draw the polynomial on."""

import numpy as np

from demos.core.curve import curve
from demos.core.page import noisy_points

FINE = np.linspace(0, 1, 401)  # enough for a polynomial of degree 19 to look smooth


def data():
    """Arrays by the names that `live.js` has for them."""
    return noisy_points() | {"grid": FINE, "truth": curve(FINE)}
