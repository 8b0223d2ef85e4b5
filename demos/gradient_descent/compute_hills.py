"""More dimensions: a surface with three hills and three hollows, a sum of valleys, random Hessians.

The surface is MATLAB's `peaks`. That most random symmetric matrices are no minimum's: Dauphin et al. 2014,
"Identifying and attacking the saddle point problem" (arXiv:1406.2572), after Bray and Dean 2007.
"""

import numpy as np

from demos.core import checks, rounding
from demos.gradient_descent import compute

LR, STEPS = 0.05, 150
STARTS = 1500
DEEPEST = np.array([0.22827891, -1.62553495])  # where peaks is lowest, -6.5511
NEAR = 0.01
BEST_OF = 5
DIMENSIONS = (1, 2, 3, 4, 5)


def peaks(points):
    """Heights of points (..., 2): (...)."""
    return sum(factor * bell for factor, _, bell, _ in hills(points))


def gradient(points):
    """Partial derivatives: points (..., 2) give (..., 2)."""
    return sum(
        (slope - factor[..., None] * pull) * bell[..., None]
        for factor, slope, bell, pull in hills(points)
    )


def hills(points):
    """The three terms factor * exp(-u): (factor, its gradient, the bell exp(-u), gradient of u) each."""
    x, y = points[..., 0], points[..., 1]
    none = np.zeros_like(x)
    factors = (
        (3 * (1 - x) ** 2, (-6 * (1 - x), none), (0, 1)),
        (-10 * (x / 5 - x**3 - y**5), (-2 + 30 * x**2, 50 * y**4), (0, 0)),
        (-1 / 3 + none, (none, none), (1, 0)),
    )
    for factor, slope, (a, b) in factors:
        bell = np.exp(-((x + a) ** 2) - (y + b) ** 2)
        yield factor, np.stack(slope, -1), bell, 2 * np.stack([x + a, y + b], -1)


def found(starts, lr=LR, steps=STEPS):
    """Which starts (..., 2) end within NEAR of the deepest point: bool (...)."""
    end = compute.descended(gradient, starts, lr, steps)
    return np.linalg.norm(end - DEEPEST, axis=-1) < NEAR


def uphill(starts, lr=LR, steps=STEPS):
    """Two ways to climb, (steps + 1, ..., 2) each: the step's sign flipped, and the function's."""
    by_step = [np.array(starts, dtype=float)]
    for _ in range(steps):
        by_step.append(by_step[-1] + lr * gradient(by_step[-1]))
    return np.stack(by_step), compute.path(lambda x: -gradient(x), starts, lr, steps)


def best_of(hits, each=BEST_OF):
    """Share of groups of `each` starts in which one or more is a hit: hits (n,), n a multiple of each."""
    return hits.reshape(-1, each).any(-1).mean()


def one_of(p, each=BEST_OF):
    """The formula: chance that of `each` independent tries one or more succeeds."""
    return 1 - (1 - p) ** each


def symmetric(seed, dimension, draws):
    """Random symmetric matrices, normal entries, off the diagonal with half the variance: (draws, d, d)."""
    checks.whole("dimension", dimension, least=1)
    entries = np.random.default_rng([seed, dimension]).normal(size=(draws, dimension, dimension))
    return rounding.nudge((entries + entries.swapaxes(-1, -2)) / 2)


def least_squares(seed, dimension, draws, points=20):
    """Hessians XᵀX of squared errors of linear models on random points: (draws, d, d)."""
    x = np.random.default_rng([seed, dimension, 1]).normal(size=(draws, points, dimension))
    return rounding.nudge(x.swapaxes(-1, -2) @ x)


def minima(hessians):
    """Share of them that bend upwards in every direction: a minimum's."""
    return (np.linalg.eigvalsh(hessians)[:, 0] > 0).mean()


def valley_of(x):
    """Which of the four valleys on a line an end lies in, 0 to 3 from the left: int like x."""
    middles = np.array([-compute.HIGHER, -compute.BOTTOM, compute.BOTTOM, compute.HIGHER])
    return np.abs(x[..., None] - middles).argmin(-1)


def sums_of_valleys(seed, dimension, starts=STARTS, lr=0.01, steps=500):
    """Descent on the sum of `compute.valleys` over all coordinates, from random starts.

    Returns the share that ends at a lowest point, and in how many different minima all of them end.
    """
    start = compute.random_starts([seed, dimension], starts, dimension)
    end = compute.descended(compute.valleys_slope, start, lr, steps)
    return compute.arrived(end).all(-1).mean(), len(np.unique(valley_of(end), axis=0))
