"""What the page gets of this topic: networks to choose from, clean points, and the curve far outside."""

from demos.core.curve import OUTSIDE_X, TRAIN_X, curve
from demos.core.page import fit
from demos.l2_penalty.compute import QUICK_THREE, QUICK_TWO, TWO_LAYERS

NETS = [
    fit(widths, len(TRAIN_X)) for widths in ((1, 50, 50, 1), QUICK_TWO, TWO_LAYERS, QUICK_THREE)
]


def data():
    """Arrays by the names that `live.js` has for them."""
    outside = {"outsideX": OUTSIDE_X, "outsideY": curve(OUTSIDE_X)}
    return {"x": TRAIN_X, "clean": curve(TRAIN_X)} | outside
