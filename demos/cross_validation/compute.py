"""How good is a model? Estimates from held-out points, and how far they move when the split is reshuffled.

A split is a mask over the points, true where a point is held out; an estimate is the share of held-out
points that a model is right about, mean over splits. The model is scikit-learn's LogisticRegression with
its own penalty, fitted to many splits at once by Newton's method: tests hold it to the original.
"""

import numpy as np
import torch
from sklearn.model_selection import KFold, ShuffleSplit

from demos.core import checks, rounding
from demos.core.engine import sets

POINTS, NOISE_SD = 100, 0.3  # of a data set
FRESH = 10_000  # points that stand for all there are
SHUFFLES, TESTED = 64, 20  # reshufflings of a data set; points in a single test set
WAYS = ("one", "five_splits", "five_folds", "ten_folds")


def moons(seed, points=POINTS, noise_sd=NOISE_SD):
    """A data set: x (points, 2), y (points,), classes 0 and 1."""
    checks.whole("points", points, least=4)
    checks.number("noise_sd", noise_sd, least=0)
    x, y, _ = sets.moons(points, noise_sd, seed)
    return rounding.nudge(x), y


def fresh(seed, points=FRESH, noise_sd=NOISE_SD):
    """Points from the same source that no data set has."""
    return sets.moons(points, noise_sd, seed + 500_000)[:2]


def shuffled(seed, count):
    """The order that a seed gives: a permutation of range(count), as the page draws it too."""
    lots = torch.rand(count, generator=torch.Generator().manual_seed(seed))
    return np.argsort(lots.numpy(), kind="stable")


def single(order, tested=TESTED):
    """One split: the first `tested` points of an order are held out. (1, len(order))."""
    checks.whole("tested", tested, least=1, most=len(order) - 1)
    return masks([order[:tested]], len(order))


def folds(order, count):
    """Cross-validation: the order cut in `count` parts, each held out once. (count, len(order))."""
    checks.whole("folds", count, least=2, most=len(order))
    return masks([order[test] for _, test in KFold(count).split(order)], len(order))


def several(seed, points, count=5, tested=TESTED):
    """Random splits, each drawn anew: (count, points)."""
    splitter = ShuffleSplit(count, test_size=tested, random_state=seed)
    return masks([test for _, test in splitter.split(np.empty(points))], points)


def masks(places, points):
    """Splits from which points each holds out: (len(places), points), bool."""
    held = np.zeros((len(places), points), bool)
    for row, test in zip(held, places, strict=True):
        row[test] = True
    return held


def fitted(x, y, held, steps=12):
    """Logistic regressions on what each split does not hold out: held (N, n) gives (N, 1 + features).

    x (n, features), y (n,) 0 or 1. Minimises the sum of log losses plus half the squared weights, the
    intercept's left out, as LogisticRegression(C=1) does.
    """
    design = with_one(x)
    outer = (design[:, :, None] * design[:, None, :]).reshape(len(x), -1)
    penalty = np.eye(design.shape[1])
    penalty[0, 0] = 0
    weights = np.zeros((len(held), design.shape[1]))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-weights @ design.T))
        slope = ((p - y) * ~held) @ design + weights @ penalty
        curvature = ((p * (1 - p) * ~held) @ outer).reshape(-1, *penalty.shape) + penalty
        weights = weights - np.linalg.solve(curvature, slope[..., None])[..., 0]
    return weights


def with_one(x):
    """Features with a 1 in front of each, for the intercept."""
    return np.column_stack([np.ones(len(x)), x])


def right(weights, x, y):
    """Which points each model is right about: weights (N, 1 + features) give (N, n), bool."""
    return (weights @ with_one(x).T > 0) == (y > 0)


def estimate(x, y, held):
    """Share of held-out points that are right, mean over splits held (..., splits, n): (...)."""
    flat = held.reshape(-1, held.shape[-1])
    hits = (right(fitted(x, y, flat), x, y) & flat).sum(-1) / flat.sum(-1)
    return hits.reshape(held.shape[:-1]).mean(-1)


def truth(x, y, seed, noise_sd=NOISE_SD):
    """Share right on fresh points of the model that all points made."""
    everything = fitted(x, y, np.zeros((1, len(y)), bool))
    return right(everything, *fresh(seed, noise_sd=noise_sd)).mean()


def splits(way, seed, points, tested=TESTED):
    """The splits of one of WAYS after a shuffle's seed: (splits, points)."""
    checks.one_of("way", way, WAYS)
    if way == "five_splits":
        return several(seed, points, tested=tested)
    order = shuffled(seed, points)
    if way == "one":
        return single(order, tested)
    return folds(order, 5 if way == "five_folds" else 10)


def reshuffled(x, y, way, shuffles=SHUFFLES, tested=TESTED):
    """The same data, estimated after one shuffle after another: (shuffles,)."""
    every = [splits(way, seed, len(y), tested) for seed in range(shuffles)]
    return estimate(x, y, np.stack(every))
