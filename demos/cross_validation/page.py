"""What the page gets of this topic: a few data sets, and what their models get right of fresh points."""

from demos.cross_validation import compute as cv

SETS = 4


def data():
    """Arrays by their names in `live.js`: x (sets, points, 2), y (sets, points), truth (sets,)."""
    drawn = [cv.moons(seed) for seed in range(SETS)]
    return {
        "x": [x for x, _ in drawn],
        "y": [y for _, y in drawn],
        "truth": [cv.truth(*both, seed) for seed, both in enumerate(drawn)],
    }
