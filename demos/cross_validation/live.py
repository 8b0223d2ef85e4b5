"""What there is to slide: how often the split is reshuffled, how many folds, how large the test set is."""

import numpy as np

from demos.core.live import Live
from demos.cross_validation import compute as cv
from demos.cross_validation.page import SETS

SHUFFLES = [*range(2, 21), 24, 28, 32, 40, 48, 56, 64]
FOLDS = [2, 3, 4, 5, 8, 10, 15, 20]
TESTED = [5, 10, 15, 20, 30, 40, 50]
ALONG = (-1.6, 2.6)  # where the model's boundary is drawn: its first feature


def demo(instead, shuffles=10, folds=5, tested=cv.TESTED, data=0, stored=None):
    """One data set split anew again and again: each model is solved in the page, nothing trains.

    `stored`: where the slide's last model changes its mind, a line.
    """
    choices = {"shuffles": SHUFFLES, "folds": FOLDS, "tested": TESTED, "data": range(SETS)}
    talk = {"shuffles": shuffles, "folds": folds, "tested": tested, "data": data}
    return Live("cross-validation", instead, talk, choices, {"along": ALONG}, 0, stored)


def strips(shuffles, folds, tested, data):
    """Estimates after each shuffle: by one split, by folds, (shuffles,) each."""
    x, y = cv.moons(data)
    orders = [cv.shuffled(seed, len(y)) for seed in range(shuffles)]
    one = cv.estimate(x, y, np.stack([cv.single(order, tested) for order in orders]))
    return one, cv.estimate(x, y, np.stack([cv.folds(order, folds) for order in orders]))


def last(shuffles, tested, data):
    """The last shuffle's single split (points,), its model (3,), and the boundary, a line on ALONG."""
    x, y = cv.moons(data)
    held = cv.single(cv.shuffled(shuffles - 1, len(y)), tested)
    (weights,) = cv.fitted(x, y, held)
    along = np.array(ALONG)
    return held[0], weights, (along, -(weights[0] + weights[1] * along) / weights[2])


def readouts(shuffles, folds, tested, data):
    """What the page says: the last estimates, how far each kind moves, and what is true."""
    one, many = strips(shuffles, folds, tested, data)
    moves = {"one_moves": one.std(ddof=1), "folds_move": many.std(ddof=1)}
    truth = cv.truth(*cv.moons(data), data)
    return {"one": one[-1], "folds": many[-1], **moves, "fresh": truth}
