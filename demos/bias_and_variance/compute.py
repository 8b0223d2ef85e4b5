"""Polynomials fitted to many training sets: bias², variance, noise, and the error on fresh points.

Of S fits at x, with mean m(x) and truth f(x): variance is that of the fits about m (divided by S - 1),
bias² is (m - f)², less variance / S, which a mean of S still carries. So bias² plus variance is the
mean squared distance of the fits from f, whatever S is; with the noise's variance it is the expected
squared error on fresh points (Geman, Bienenstock and Doursat 1992, "Neural networks and the
bias/variance dilemma").
"""

import numpy as np
import torch
from numpy.polynomial import legendre

from demos.core import checks, rounding
from demos.core.curve import curve

POINTS, NOISE_SD = 20, 0.3
SETS = 200
DEGREES = (1, 3, 5, 9)
FRESH = 1000  # test points of each training set
GRID = (
    np.arange(200) + 0.5
) / 200  # where fits are compared and drawn: a mean over it is one over x
RANDOM, EVEN = "random", "even"  # where training points lie


def uniform(dice, *shape):
    """Numbers in [0, 1) as torch.rand draws them, in double precision: what the page draws, too."""
    return torch.rand(*shape, generator=dice).double().numpy()


def normal(first, second):
    """Standard normal numbers from pairs of uniform ones (Box and Muller 1958)."""
    return np.sqrt(-2 * np.log1p(-first)) * np.cos(2 * np.pi * second)


def training_sets(seed, sets=SETS, points=POINTS, noise_sd=NOISE_SD, where=RANDOM):
    """Training sets: x and y, (sets, points) each. The first k of them are the same for any `sets`.

    where: RANDOM, anywhere on [0, 1], or EVEN, the same evenly spaced points in every set.
    """
    checks.whole("sets", sets, least=1)
    checks.whole("points", points, least=2)
    checks.number("noise_sd", noise_sd, least=0)
    checks.one_of("where", where, (RANDOM, EVEN))
    lots = uniform(torch.Generator().manual_seed(seed), sets, 3, points)
    x = lots[:, 0] if where == RANDOM else np.tile(np.linspace(0, 1, points), (sets, 1))
    x = rounding.nudge(x)
    return x, rounding.nudge(curve(x) + noise_sd * normal(lots[:, 1], lots[:, 2]))


def basis(x, degree):
    """Legendre polynomials up to a degree, on [0, 1]: x (...) gives (..., degree + 1)."""
    return legendre.legvander(2 * np.asarray(x) - 1, degree)


def fitted(x, y, degree):
    """Weights of the polynomial closest to each set's points: x, y (sets, points) give (sets, degree + 1).

    By QR: Legendre polynomials lose fewer digits than powers, the polynomial is the same.
    """
    checks.whole("degree", degree, least=0, most=x.shape[-1] - 1)
    q, r = np.linalg.qr(basis(x, degree))
    return np.linalg.solve(r, q.swapaxes(-1, -2) @ y[..., None])[..., 0]


def values(weights, at=GRID):
    """Each set's polynomial at `at`: weights (sets, d + 1), at (n,) or (sets, n), give (sets, n)."""
    return np.einsum("...nd,...d->...n", basis(at, weights.shape[-1] - 1), weights)


def squared_errors(answers):
    """Squared distance from the true curve of answers on GRID, its mean over x: (..., GRID) gives (...)."""
    return ((answers - curve(GRID)) ** 2).mean(-1)


def parts(answers):
    """Bias² and variance of answers (..., sets, GRID), means over x: two arrays (...)."""
    sets = answers.shape[-2]
    variance = answers.var(-2, ddof=1).mean(-1)
    return squared_errors(answers.mean(-2)) - variance / sets, variance


def test_errors(weights, seed, noise_sd=NOISE_SD, fresh=FRESH):
    """Mean squared error of each set's polynomial on `fresh` new noisy points of its own: (sets,)."""
    lots = uniform(torch.Generator().manual_seed(seed + 500_000), len(weights), 3, fresh)
    x, noise = lots[:, 0], noise_sd * normal(lots[:, 1], lots[:, 2])
    return ((values(weights, x) - curve(x) - noise) ** 2).mean(-1)


test_errors.__test__ = False  # no test, whatever pytest reads in its name
