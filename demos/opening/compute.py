"""Overfitting in one picture: two noisy moons and a network that threads every point.

The same network twice: once left alone, once with weight decay. Small data (40 points), wide
network, as many test points as we like, because the moons are drawn here.
"""

from dataclasses import replace

import numpy as np

from demos.core import checks
from demos.core.classification import Settings, accuracy, fit
from demos.core.networks import mlp, predict

POINTS, NOISE_SD = 40, 0.3
WIDTHS = (2, 100, 100, 1)
PLAIN = Settings(lr=0.01, epochs=300, batch=POINTS)  # all points in every step
DECAYED = replace(PLAIN, weight_decay=4.0)


def moons(n, seed, noise_sd=NOISE_SD):
    """Two hooked half circles of radius 1, with noise: points x (n, 2), classes y (n,), 0 or 1."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    angle = np.pi * rng.random(n)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    x = np.where(y[:, None] == 0, upper, lower)
    return x + noise_sd * rng.standard_normal((n, 2)), y


def shown(seed):
    """The points of the opening's pictures: x (40, 2), y (40,), those that `fitted` fits."""
    checks.whole("seed", seed, least=0)
    return moons(POINTS, [seed, 0])


def fitted(seed, settings, n=POINTS, noise_sd=NOISE_SD):
    """A network fitted to the moons of `seed`, started from `seed`. Returns network, x, y."""
    checks.whole("seed", seed, least=0)
    x, y = moons(n, [seed, 0], noise_sd)
    network = mlp(WIDTHS, seed)
    fit(network, x, y, settings, seed)
    return network, x, y


def scores(seeds, settings, n=POINTS, noise_sd=NOISE_SD):
    """Accuracy on the training points and on 2,000 fresh ones: (len(seeds), 2)."""
    rows = []
    for seed in seeds:
        network, x, y = fitted(seed, settings, n, noise_sd)
        fresh = moons(2000, [seed, 1], noise_sd)
        rows.append((accuracy(network, x, y), accuracy(network, *fresh)))
    return np.array(rows)


def surface(network, low, high, steps=120):
    """The logit on a grid between two corners: x (steps,), y (steps,), logits (steps, steps)."""
    x, y = (np.linspace(a, b, steps) for a, b in zip(low, high, strict=True))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return x, y, predict(network, grid).reshape(steps, steps)
