"""Polynomials by least squares, and how far they are off.

Targets are those of one seed, shape (n,), or of many at once, shape (n, seeds): a thousand fits are one
call. Method: any numerical linear algebra text.
"""

import numpy as np

from demos.core import checks
from demos.core.curve import TEST_X, curve, rmse


def fit(x, y, coefficients, rcond=0.0):
    """Coefficients of the polynomial closest to the points, lowest power first: (coefficients, ...).

    Singular values below `rcond` times the largest are cut off; 0 keeps them all, None is NumPy's
    own choice.
    """
    checks.whole("coefficients", coefficients, least=1)
    powers = np.vander(x, coefficients, increasing=True)  # 1, x, x², ...
    return np.linalg.lstsq(powers, y, rcond=rcond)[0]


def predict(weights, x):
    """The polynomial's values at x: (len(x), ...)."""
    return np.vander(x, len(weights), increasing=True) @ weights


def test_error(weights):
    """RMSE to the true curve on the test grid, one per seed."""
    return rmse(predict(weights, TEST_X).T, curve(TEST_X))
