"""What a penalty on the bias does: the same temperatures, in °C and in kelvin."""

import numpy as np

from demos.core import checks, rounding

KELVIN = 273.15
DAYS, DECAY = 60, 0.1
MEAN, SWING, NOISE_SD = 12.0, 8.0, 2.0  # °C


def weather(seed, days=DAYS):
    """A year's days x (days,), as sine and cosine (days, 2), and their noisy temperatures in °C (days,)."""
    checks.whole("seed", seed, least=0)
    dice = np.random.default_rng([seed, 3])
    year = 2 * np.pi * dice.random(days)
    x = rounding.nudge(np.stack([np.sin(year), np.cos(year)], 1))
    return x, MEAN - SWING * x[:, 1] + NOISE_SD * dice.standard_normal(days)


def fitted(x, y, decay=DECAY, bias_too=False):
    """Weights (d,) and bias of least squares with decay/2 Σ w², of the bias too or not, on half the mean
    squared error."""
    ones = np.ones((len(x), 1))
    z = np.hstack([x, ones])
    pulled = np.diag([1.0] * x.shape[1] + [float(bias_too)])
    solved = np.linalg.solve(z.T @ z / len(z) + decay * pulled, z.T @ y / len(z))
    return solved[:-1], solved[-1]


def compared(seed, decay=DECAY):
    """Root mean squared error to the true temperature over the year, per unit, bias decayed or not; and how
    far the unit moves the fit, where it is not."""
    x, celsius = weather(seed)
    year = 2 * np.pi * np.arange(365) / 365
    days = np.stack([np.sin(year), np.cos(year)], 1)
    true = MEAN - SWING * days[:, 1]
    found, fits = {}, {}
    for unit, zero in (("celsius", 0.0), ("kelvin", KELVIN)):
        for way, bias_too in (("free", False), ("decayed", True)):
            weights, bias = fitted(x, celsius + zero, decay, bias_too)
            fits[unit, way] = days @ weights + bias - zero
            found[f"{unit}_{way}"] = np.sqrt(np.mean((fits[unit, way] - true) ** 2))
    moved = np.abs(fits["kelvin", "free"] - fits["celsius", "free"]).max()
    return found | {"moved": moved}
