"""What the page gets of this topic: the network it trains, points to learn from, and points held out."""

from demos.core.curve import TRAIN_X, curve
from demos.core.live import SEEDS
from demos.core.page import fit
from demos.early_stopping.compute import GRID, HELD_X, LIVE_WIDTHS, POINTS, noisy

NETS = [fit(LIVE_WIDTHS, POINTS)]


def data():
    """Arrays by the names that `live.js` has for them; noise of each seed at sd 1."""
    noise = []
    for seed in SEEDS:
        x, y = noisy(seed, noise_sd=1.0)
        noise.append(y - curve(x))
    return {
        "x": TRAIN_X,
        "clean": curve(TRAIN_X),
        "noise": [each[:POINTS] for each in noise],
        "heldX": HELD_X,
        "heldClean": curve(HELD_X),
        "heldNoise": [each[POINTS:] for each in noise],
        "testX": GRID,
        "testY": curve(GRID),
    }
