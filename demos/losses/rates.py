"""Sum or mean of the squared errors: linear regression on some of scikit-learn's 442 diabetes patients."""

import numpy as np

from demos.core import checks, rounding
from demos.core.engine import sets

PATIENTS = 60
LR = 0.1
STEPS = 60


def patients(seed, count=PATIENTS):
    """x (count, 10) and y (count,), standardised, float64."""
    train = sets.split(sets.bundled("diabetes"), seed, count, 100).train
    x, y = (each[0].numpy().astype(float) for each in train)
    return rounding.nudge(x), y[:, 0]


def descended(x, y, lr=LR, steps=STEPS, mean=True):
    """Mean squared errors before each step and after the last, (steps + 1,): descending the mean of the
    squared errors, or their sum, from weights of 0."""
    checks.number("lr, the learning rate,", lr, least=0)
    checks.whole("steps", steps, least=0)
    weights, found = np.zeros(x.shape[1]), []
    for _ in range(steps + 1):
        residual = x @ weights - y
        found.append(np.mean(residual**2))
        slope = 2 * x.T @ residual
        weights = weights - lr * (slope / len(x) if mean else slope)
    return np.array(found)


def largest_rate(x):
    """From this rate on descending the mean of squared errors runs away: 2 over the largest curvature."""
    return 1 / np.linalg.eigvalsh(x.T @ x / len(x))[-1]
