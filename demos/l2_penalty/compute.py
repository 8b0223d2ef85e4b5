"""The L2 penalty: what it adds to the gradient, and what it does where there is no data.

Demo and settings: B. Firner (2025): clean targets on [0, 1], the network drawn on [-1, 2].
"""

from dataclasses import replace

import numpy as np
import torch

from demos.core import checks
from demos.core import ensemble as many
from demos.core.curve import OUTSIDE_X, TRAIN_X, curve, rmse
from demos.core.networks import column

TWO_LAYERS, THREE_LAYERS = (1, 1000, 1000, 1), (1, 1000, 1000, 1000, 1)
QUICK_TWO, QUICK_THREE = (1, 100, 100, 1), (1, 100, 100, 100, 1)
OUTSIDE = (OUTSIDE_X < 0) | (OUTSIDE_X > 1)  # the points of OUTSIDE_X where there is no data


def penalty(parameters):
    """Σ w² over all parameters, biases too: a number that can be differentiated."""
    return sum((p**2).sum() for p in parameters)


def penalized_gradient(network, x, y, alpha):
    """Gradient of the sum of squared errors + alpha Σ w²: a list, one tensor per parameter."""
    parameters = list(network.parameters())
    loss = ((network(column(x)) - column(y)) ** 2).sum() + alpha * penalty(parameters)
    return list(torch.autograd.grad(loss, parameters))


def descend(network, gradient, lr, weight_decay=0.0, method=torch.optim.SGD):
    """One step of a PyTorch optimizer with a given gradient; changes `network` in place."""
    optimizer = method(network.parameters(), lr=lr, weight_decay=weight_decay)
    for parameter, slope in zip(network.parameters(), gradient, strict=True):
        parameter.grad = slope.clone()
    optimizer.step()


def largest_difference(one, other):
    """Largest difference between the parameters of two networks of one shape."""
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return max(float((p - q).detach().abs().max()) for p, q in pairs)


def fit(widths, seeds, decays, settings, target=curve):
    """One network per weight decay and seed, trained on noise-free targets.

    Returns predictions on OUTSIDE_X (decays, seeds, 121) and last losses (decays, seeds).
    """
    checks.number("weight_decay", decays, least=0)
    return checkpoints(widths, seeds, decays, settings, [settings.steps], target)[-1]


def checkpoints(widths, seeds, decays, settings, steps, target=curve):
    """The same for growing numbers of steps along one run: a list of (predictions, losses)."""
    shape = (len(decays), len(seeds))
    networks = many.Ensemble(widths, [*seeds] * len(decays))
    strength = np.repeat(np.asarray(decays, dtype=float), len(seeds))
    seen = []
    for leg in np.diff(steps, prepend=0):
        leg_settings = replace(settings, steps=int(leg))
        losses = many.train(networks, TRAIN_X, target(TRAIN_X), leg_settings, strength)
        seen.append((networks.predict(OUTSIDE_X).reshape(*shape, -1), losses[-1].reshape(shape)))
    return seen


def outside_error(predictions, target=curve):
    """RMSE to the target where there is no data: (..., 121) gives (...)."""
    return rmse(predictions[..., OUTSIDE], target(OUTSIDE_X[OUTSIDE]))


def end_slope(predictions):
    """Mean steepness |dy/dx| at x = -1 and x = 2: (..., 121) gives (...)."""
    step = OUTSIDE_X[1] - OUTSIDE_X[0]
    ends = np.diff(predictions, axis=-1)[..., [0, -1]] / step
    return np.abs(ends).mean(axis=-1)


def bend(predictions):
    """Largest distance from a straight line between x = 1.25 and x = 2: (..., 121) gives (...)."""
    x = OUTSIDE_X[OUTSIDE_X >= 1.25]
    tail = predictions[..., -len(x) :]
    along = (x - x[0]) / (x[-1] - x[0])
    chord = tail[..., :1] + (tail[..., -1:] - tail[..., :1]) * along
    return np.abs(tail - chord).max(axis=-1)


def tail_slopes(predictions):
    """Steepness |dy/dx| right beyond the data, and at x = 2: (..., 121) gives two of (...)."""
    step = OUTSIDE_X[1] - OUTSIDE_X[0]
    slopes = np.abs(np.diff(predictions[..., OUTSIDE_X > 1], axis=-1)) / step
    return slopes[..., 0], slopes[..., -1]
