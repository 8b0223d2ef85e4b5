"""What the page gets of this topic: the network that the bump is built into, and where it is drawn."""

from demos.bump_error.compute import GRID, POINTS
from demos.core.page import fit

WIDTHS = (1, 9, 1)
NETS = [fit(WIDTHS, len(POINTS), gradients=True)]


def data():
    """Arrays by the names that `live.js` has for them."""
    neurons = range(len(POINTS), WIDTHS[1])  # those of the bump come after one a dot
    return {"x": POINTS, "grid": GRID, "neurons": [*neurons]}
