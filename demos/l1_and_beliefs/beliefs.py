"""Penalties as beliefs: what was likely before any data, times what the data say, at its highest.

Weights believed to be normal with sd τ, noise normal with sd σ: the most likely weights are ridge's, with
|y - Xw|²/2 + (σ²/τ²)/2 |w|². Believed to be Laplace with scale b: the lasso's, with σ²/b Σ|w|. A Laplace of
scale b has sd b √2. (MacKay 1992, "Bayesian interpolation"; Tibshirani 1996, section 5.)

That a penalty is somebody's most likely guess does not make it the best guess where the belief is true:
Gribonval 2011, "Should penalized least squares regression be interpreted as maximum a posteriori
estimation?" (IEEE Transactions on Signal Processing 59).
"""

import numpy as np

from demos.core import checks, rounding
from demos.l1_and_beliefs.compute import elastic, ridge, soft

GAUSS, LAPLACE, FEW = "Gauss", "Laplace", "few"  # how true weights are drawn
SD = 0.3  # of a weight, whichever way it is drawn; noise has sd 1
SHARE = 1 / 8  # of the weights that are not 0, where few are
POINTS, FEATURES = 50, 40


def drawn(seed, way, sd=SD, points=POINTS):
    """True weights (FEATURES,), drawn in one of three ways with the same sd; points x, and y with noise."""
    checks.one_of("way", way, (GAUSS, LAPLACE, FEW))
    checks.number("sd", sd, least=0)
    dice = np.random.default_rng([seed, 17])
    x, noise = dice.standard_normal((points, FEATURES)), dice.standard_normal(points)
    normal = dice.standard_normal(FEATURES)
    if way == LAPLACE:
        weights = sd * dice.laplace(0, 1 / np.sqrt(2), FEATURES)
    else:
        kept = dice.random(FEATURES) < SHARE if way == FEW else np.ones(FEATURES)
        weights = sd * normal * kept / np.sqrt(SHARE if way == FEW else 1)
    x = rounding.nudge(x)
    return weights, x, rounding.nudge(x @ weights + noise)


def strengths(sd, points=POINTS):
    """The α of ridge and of the lasso that are σ²/τ² and σ²/b, noise with σ = 1, weights with sd `sd`."""
    return 1 / sd**2 / points, np.sqrt(2) / sd / points


def guesses(x, y, sd=SD):
    """The most likely weights to who believes in Gauss, and in Laplace: ridge's and the lasso's."""
    for_ridge, for_lasso = strengths(sd, len(x))
    return ridge(x, y, for_ridge), elastic(x, y, for_lasso)


def gauss_by_conditioning(x, y, sd=SD):
    """The same for Gauss by another way: weights and targets are jointly normal, y is observed."""
    together = sd**2 * x @ x.T + np.eye(len(x))  # the covariance of y
    return sd**2 * x.T @ np.linalg.solve(together, y)


def laplace_by_climbing(x, y, sd=SD, steps=3000):
    """The same for Laplace by another way: up the log posterior, accelerated (Beck and Teboulle 2009)."""
    rate = 1 / np.linalg.eigvalsh(x.T @ x)[-1]
    weights = ahead = np.zeros(x.shape[1])
    t = 1.0
    for _ in range(steps):
        before = weights
        weights = soft(ahead + rate * x.T @ (y - x @ ahead), rate * np.sqrt(2) / sd)
        if (ahead - weights) @ (
            weights - before
        ) > 0:  # too fast: begin again (O'Donoghue and Candès)
            t = 1.0
        after = (1 + np.sqrt(1 + 4 * t * t)) / 2
        ahead = weights + (t - 1) / after * (weights - before)
        t = after
    return weights


def compared(seed, way, sd=SD):
    """Root mean squared error on fresh points of both guesses, and the lasso's share of zeros."""
    weights, x, y = drawn(seed, way, sd)
    believed = guesses(x, y, sd)
    gauss, laplace = (np.linalg.norm(guess - weights) for guess in believed)
    return {"gauss": gauss, "laplace": laplace, "zeros": np.mean(believed[1] == 0)}
