"""Polynomials by least squares: how many coefficients is too many, and what helps.

Every function takes targets for one seed, shape (n,), or for many at once, shape (n, seeds): a
thousand fits are one call. Method: any numerical linear algebra text; the demo's settings are those
of B. Firner (2025).
"""

import numpy as np
from numpy.polynomial import legendre

from demos.core.curve import NOISE_SD, TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.polynomials import fit, predict, test_error


def ridge(x, y, coefficients, strength):
    """Least squares plus strength * Σ w²: rows √strength * w = 0 added to the system."""
    powers = np.vander(x, coefficients, increasing=True)
    pull = np.sqrt(strength) * np.eye(coefficients)
    targets = np.concatenate([y, np.zeros((coefficients, *np.shape(y)[1:]))])
    return np.linalg.lstsq(np.vstack([powers, pull]), targets, rcond=0.0)[0]


def legendre_predict(x, y, coefficients, at, taper=0.0):
    """Values at `at` of the least-squares (or smallest) Legendre series through the points.

    With more coefficients than points the weights w with the least Σ (w_k (k+1)^taper)² are chosen;
    taper = 1 asks high degrees to stay small.
    """
    scale = (np.arange(coefficients) + 1.0) ** -taper
    basis = legendre.legvander(2 * np.asarray(x) - 1, coefficients - 1) * scale
    weights = np.linalg.lstsq(basis, y, rcond=1e-13)[0]
    return legendre.legvander(2 * np.asarray(at) - 1, coefficients - 1) * scale @ weights


def powers_predict(x, y, coefficients, at):
    """Values at `at` of the polynomial in 2x - 1 through the points whose weights are smallest (Σ w²)."""
    powers = np.vander(2 * np.asarray(x) - 1, coefficients, increasing=True)
    weights = np.linalg.lstsq(powers, y, rcond=1e-13)[0]
    return np.vander(2 * np.asarray(at) - 1, coefficients, increasing=True) @ weights


def noisy_targets(seeds, sd=NOISE_SD):
    """Targets at the training points, one column per seed: (21, len(seeds))."""
    return np.stack([sample(seed, sd=sd) for seed in seeds], axis=1)


def training_error(weights, y):
    """RMSE to the noisy targets the fit was given, one per seed."""
    return rmse(predict(weights, TRAIN_X).T, y.T)


def largest_error(weights, low, high):
    """Largest distance from the true curve for x in [low, high], on a fine grid, one per seed."""
    x = np.linspace(low, high, 301)
    return np.abs(predict(weights, x).T - curve(x)).max(axis=-1)


def compare(few, many, y):
    """What the talk says of two fits to the same targets: `few`, `many` are their weights."""
    errors = {"few": test_error(few), "many": test_error(many)}
    low, high = np.percentile(errors["many"], [5, 95])
    return {
        "seeds": y.shape[1],
        "many_worse": int((errors["many"] > errors["few"]).sum()),
        "low_many": low,
        "high_many": high,
        **{f"median_{name}": np.median(error) for name, error in errors.items()},
        "train_few": np.median(training_error(few, y)),
        "train_many": np.median(training_error(many, y)),
    }


def degree_sweep(seeds, counts):
    """Median test error over `seeds` for each number of coefficients in `counts`."""
    y = noisy_targets(seeds)
    return np.array([np.median(test_error(fit(TRAIN_X, y, count))) for count in counts])


def beyond_sweep(seeds, counts):
    """The same for smallest-norm Legendre series (taper 1), past the point of interpolation."""
    y = noisy_targets(seeds)
    values = [legendre_predict(TRAIN_X, y, count, TEST_X, taper=1.0) for count in counts]
    return np.array([np.median(rmse(v.T, curve(TEST_X))) for v in values])


def ridge_sweep(seeds, coefficients, strengths):
    """Test errors of ridge for each strength and seed: (len(strengths), len(seeds))."""
    y = noisy_targets(seeds)
    return np.stack([test_error(ridge(TRAIN_X, y, coefficients, s)) for s in strengths])
