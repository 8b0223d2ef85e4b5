"""How far the gradient of a batch is from that of all points, counted over every batch there is.

With s² the mean squared distance of one point's gradient from the mean of all N, a batch of B drawn with
replacement is off by s²/B, one drawn without by s²/B (N - B)/(N - 1) (Cochran 1977, Sampling Techniques,
theorem 2.2).
"""

from itertools import combinations, product

import numpy as np
import torch
from torch.func import grad, vmap

from demos.core import checks
from demos.core.engine import losses

WAYS = {"with": True, "without": False}  # replacement


def gradients(network, parameters, x, y):
    """The gradient of each point's cross-entropy: (n, parameters). x (n, d), y (n, k); one network."""
    network.is_stacked(parameters)  # here, where it may draw: it asks a module once

    def of_one(parameters, x, y):
        return losses.cross_entropy(network.apply(parameters, x[None])[0], y[None])[0]

    each = vmap(grad(of_one), (None, 0, 0))(parameters, x, y)
    return torch.cat([part.flatten(1) for part in each.values()], 1)


def of_one_point(points):
    """Mean squared distance from the mean, summed over coordinates: (n, d) gives a number."""
    points = np.asarray(points, float)
    return float(((points - points.mean(0)) ** 2).sum(1).mean())


def share(batch, count, replacement=False):
    """What a batch's variance is of one point's: 1/B, without replacement times (N - B)/(N - 1)."""
    checks.whole("batch", batch, least=1, most=None if replacement else count)
    left = 1 if replacement else (count - batch) / max(count - 1, 1)
    return left / batch


def of_every_batch(points, batch, replacement=False):
    """Mean squared distance of a batch's mean from the mean of all, over every batch: a number.

    points: (n, d). Drawn with replacement there are n^B, without n over B.
    """
    points = np.asarray(points, float)
    checks.whole("batch", batch, least=1, most=None if replacement else len(points))
    several = product(range(len(points)), repeat=batch)
    rows = np.array(list(several if replacement else combinations(range(len(points)), batch)))
    means = sum(points[column] for column in rows.T) / batch
    return float(((means - points.mean(0)) ** 2).sum(1).mean())


def of_drawn_batches(points, batch, draws, seed, replacement=False):
    """The same over so many batches that are drawn: a number."""
    points, dice = np.asarray(points, float), np.random.default_rng(seed)
    if replacement:
        rows = dice.integers(len(points), size=(draws, batch))
    else:
        rows = np.array([dice.permutation(len(points))[:batch] for _ in range(draws)])
    return float(((points[rows].mean(1) - points.mean(0)) ** 2).sum(1).mean())
