"""What the page gets of this topic: the points, the best line, and how the loss is curved there."""

import numpy as np

from demos.batches import paths

LEVELS = (0.03, 0.2, 0.6, 1.2)  # of the loss over the best, drawn as rings


def data():
    """Arrays by the names that `live.js` has for them."""
    x, y = paths.points()
    best, curved = paths.bottom(x, y)
    rings = np.array([paths.ellipse(level) for level in LEVELS]).round(4)
    return {"x": x, "y": y, "best": best, "curved": curved, "rings": rings}
