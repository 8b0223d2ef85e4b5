"""The curve that every fit in the talk is after, its noisy samples, and how far a fit is off.

The curve and the grids are those of B. Firner, "Regularization in Deep Neural Networks" (2025).
"""

import numpy as np

from demos.core import checks, rounding

TRAIN_X = rounding.nudge(np.linspace(0, 1, 21))  # where the data is
TEST_X = np.linspace(0, 1, 41)  # where fits are scored: the training points and between them
OUTSIDE_X = np.linspace(-1, 2, 121)  # where the loss has never looked
NOISE_SD = 0.05


def curve(x):
    """f(x) = 2^(-10 (x - 1/2)^2): a bump of height 1, as wide as the data. Any shape in, same out."""
    return 2.0 ** (-10 * (np.asarray(x) - 0.5) ** 2)


def sample(seed, x=TRAIN_X, sd=NOISE_SD):
    """Noisy targets at `x`: the curve plus normal noise of standard deviation `sd` (same shape as x).

    The same seed draws the same noise, scaled by `sd`.
    """
    checks.whole("seed", seed, least=0)
    noise = np.random.default_rng(seed).standard_normal(np.shape(x))
    return rounding.nudge(curve(x) + sd * noise)


def rmse(predicted, expected):
    """Root mean squared error, in units of y, over the last axis."""
    return np.sqrt(np.mean((np.asarray(predicted) - expected) ** 2, axis=-1))
