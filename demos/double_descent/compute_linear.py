"""Linear regression past as many features as points: a closed form, and what its peak is made of.

Hastie et al. 2019 (arXiv:1903.08560): p features and n points, all standard normal, y = x·β + noise. With
γ = p / n fixed and n without bound, the mean squared distance of the prediction from x·β is
    σ² γ / (1 - γ)                                below γ = 1,
    ‖β‖² (1 - 1 / γ) + σ² / (γ - 1)               above it, of the shortest weights that fit.
Schaeffer et al. 2023 (arXiv:2303.14151): the peak takes three things at once, and goes with any of them.
"""

from functools import cache

import numpy as np

from demos.core import checks, rounding
from demos.core.engine import sets
from demos.double_descent.compute import inverse

POINTS, NOISE_SD = 100, 0.5
RATIOS = (0.5, 2.0, 4.0)  # features a point, where the closed form is held to what happens
SETS = 100  # training sets of which a mean is taken
PATIENTS = (2, 3, 5, 7, 10, 13, 20, 40, 100)
SMALL = 2.0  # singular values below it are left out
SPAN = 3  # directions in which training points lie most: test points are put there
TESTED = 142  # patients, of 442
ALL, NO_SMALL, IN_SPAN, NO_NOISE = "all three", "no small", "in span", "no noise"
WAYS = (ALL, NO_SMALL, IN_SPAN, NO_NOISE)


def limit(ratio, noise_sd=NOISE_SD, size=1.0):
    """The closed form; `size` is ‖β‖². Raises ValueError at a ratio of 1, where there is no number."""
    checks.number("ratio", ratio, least=0)
    if ratio == 1:
        raise ValueError("ratio is 1: there the error has no bound")
    if ratio < 1:
        return noise_sd**2 * ratio / (1 - ratio)
    return size * (1 - 1 / ratio) + noise_sd**2 / (ratio - 1)


def limit_ridge(ratio, noise_sd=NOISE_SD, size=1.0):
    """The same with ridge of the best strength, σ² p / ‖β‖²: σ² γ m, m the Stieltjes transform of the
    Marchenko-Pastur law at minus the strength over n (Dobriban and Wager 2018; Hastie et al., corollary 6).
    """
    checks.number("ratio", ratio, least=0)
    at = noise_sd**2 * ratio / size
    middle = 1 - ratio + at
    return noise_sd**2 * (np.sqrt(middle**2 + 4 * ratio * at) - middle) / (2 * at)


def best_strength(features, noise_sd=NOISE_SD, size=1.0):
    """The ridge that is best on average, where every β of that length is as likely."""
    return noise_sd**2 * features / size


def errors(seed, features, sets=SETS, points=POINTS, noise_sd=NOISE_SD, strength=0.0):
    """Squared distance of the fit's weights from the true ones, of so many training sets: (sets,).

    Features are standard normal, so that is the mean squared distance of predictions from the truth.
    """
    checks.whole("features", features, least=1)
    dice = np.random.default_rng([seed, features])
    x = rounding.nudge(dice.standard_normal((sets, points, features)))
    truth = np.ones(features) / np.sqrt(features)
    y = x @ truth + noise_sd * dice.standard_normal((sets, points))
    return ((solved(x, y, strength) - truth) ** 2).sum(-1)


def solved(x, y, strength=0.0):
    """Weights (sets, p) of least squares with ridge, the shortest where several fit: x (sets, n, p).

    By normal equations, of features or of points, whichever are fewer.
    """
    points, features = x.shape[-2:]
    if features <= points:
        gram = x.mT @ x + strength * np.eye(features)
        return np.linalg.solve(gram, x.mT @ y[..., None])[..., 0]
    gram = x @ x.mT + strength * np.eye(points)
    return (x.mT @ np.linalg.solve(gram, y[..., None]))[..., 0]


@cache
def diabetes():
    """scikit-learn's patients: x (442, 10) standardised, y (442,), and what the best linear model says."""
    x, y, _ = sets.bundled("diabetes")
    x = (x - x.mean(0)) / x.std(0)
    return x, y, x @ np.linalg.lstsq(x, y)[0]


def patients(seed, counts=PATIENTS, way=ALL):
    """Mean squared error on other patients, of least squares on the first of a shuffled row: (counts,).

    way: NO_SMALL leaves out singular values below SMALL; IN_SPAN keeps of test patients only what lies
    in the SPAN directions in which the training patients vary most; NO_NOISE trains on what the best
    linear model says, and tests on real patients all the same.
    """
    checks.one_of("way", way, WAYS)
    x, y, best = diabetes()
    order = np.random.default_rng(seed).permutation(len(y))
    x, y, best = x[order], y[order], best[order]
    targets = rounding.nudge(best if way == NO_NOISE else y)
    fresh = slice(len(y) - TESTED, None)
    return np.array([tested(x[:n], targets[:n], x[fresh], y[fresh], way) for n in counts])


def tested(x, y, fresh, truth, way):
    """Mean squared error at `fresh` of one fit."""
    if way == IN_SPAN:
        most = np.linalg.svd(x, full_matrices=False)[2][:SPAN]
        fresh = fresh @ most.T @ most
    return np.mean((fresh @ inverse(x, least=SMALL * (way == NO_SMALL)) @ y - truth) ** 2)


tested.__test__ = False  # no test, whatever pytest reads in its name
