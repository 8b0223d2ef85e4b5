"""What the page gets of this topic: the noises at which it walks, and those along the formula's curve."""

import numpy as np

SIZES = [0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0]
ALONG = np.geomspace(0.08, 12.5, 41)


def data():
    """Arrays by the names that `live.js` has for them."""
    return {"sizes": SIZES, "along": ALONG}
