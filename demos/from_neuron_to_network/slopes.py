"""A line through noisy points: how much is lost, and how far answers and targets go together.

x is normal, y = slope x + noise: an experiment of a learner's notes on M. X. Cohen's course (2023).
"""

import numpy as np
import torch

from demos.core import checks
from demos.core.engine import losses
from demos.core.engine.batches import Data
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

SLOPES = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
NOISE, POINTS = 0.5, 50
LINE, COURSE = (1, 1), (1, 1, 1)  # one neuron; the course's, with a ReLU between two


def line(seed, slope, noise=NOISE, count=POINTS):
    """x and y, (count,) each; a seed has the same x and noise at every slope."""
    checks.whole("seed", seed, least=0)
    checks.number("slope", slope)
    checks.number("noise", noise, least=0)
    dice = np.random.default_rng(seed)
    x, off = dice.standard_normal((2, count))
    return x, slope * x + noise * off


def correlation(out, y):
    """Pearson's, along the last axis; 0 where the answers are all the same."""
    out, y = (each - each.mean(-1, keepdims=True) for each in (out, y))
    both = np.sqrt(np.square(out).sum(-1) * np.square(y).sum(-1))
    return np.where(both > 1e-9, (out * y).sum(-1) / np.maximum(both, 1e-9), 0.0)


def expected(slope, noise=NOISE):
    """The correlation of a true line of this slope with its noisy points: |slope| / √(slope² + noise²)."""
    return np.abs(slope) / np.hypot(slope, noise)


def fitted(seeds, widths=LINE, slopes=SLOPES, lr=0.05, steps=500):
    """Mean squared error and correlation, each (seeds, slopes), on the trained points."""
    rows = [line(seed, slope) for seed in seeds for slope in slopes]
    x, y = (torch.tensor(np.array(each), dtype=torch.float32) for each in zip(*rows, strict=True))
    network, data = mlp(widths), Data(x[..., None], y[..., None])
    made = Recipe(network, losses.squared_error, Sgd())
    starts = np.repeat(list(seeds), len(slopes)).tolist()  # a seed starts alike at every slope
    done = train(made, starts, data, {"lr": lr}, Plan(steps))
    out = network.predict(done.parameters, data.x)[..., 0].numpy().astype(float)
    y = y.numpy().astype(float)
    shape = len(seeds), len(slopes)
    return np.square(out - y).mean(-1).reshape(shape), correlation(out, y).reshape(shape)
