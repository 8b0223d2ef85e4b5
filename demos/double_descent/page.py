"""What the page gets of this topic: widths, and the noise of each seed; all else it draws itself."""

from demos.core.live import SEEDS
from demos.double_descent import compute as dd

MOST_POINTS = 80


def data():
    """Arrays by the names that `live.js` has for them."""
    return {
        "widths": list(dd.WIDTHS),
        "noise": [dd.noise(seed, MOST_POINTS).round(8) for seed in SEEDS],
        "sizes": {"most": dd.MOST, "fresh": dd.FRESH, "inputs": dd.INPUTS},
    }
