"""Dropout of the inputs of a linear regression is ridge, scaled by the data (Wager et al. 2013,
arXiv:1307.1493; Srivastava et al. 2014, section 9.1): the mean over all masks of the squared error is

    |y - X w|² + p / (1 - p) Σ_j |x_j|² w_j²

so each input pays in its own units.
"""

import numpy as np
import torch
from sklearn.linear_model import Ridge

from demos.core import checks
from demos.core.engine import sets

POINTS, MASKS = 60, 5000


def some(seed, count=POINTS):
    """Some of scikit-learn's diabetes patients: x (count, 10) standardised, y (count,) about its mean."""
    part = sets.split(sets.bundled("diabetes"), seed, count, 10).train
    x, y = (each[0].numpy().astype(float) for each in part)
    return x, y[:, 0] - y[:, 0].mean()


def by_formula(x, y, p):
    """The weights that dropout p of the inputs ends at: (d,)."""
    checks.number("p", p, least=0, below=1)
    gram = x.T @ x
    return np.linalg.solve(gram + p / (1 - p) * np.diag(np.diag(gram)), x.T @ y)


def by_masks(x, y, p, masks=MASKS, seed=0):
    """Least squares on every row so many times, each with a mask of its own from `nn.Dropout`: (d,)."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        gram, right = np.zeros((x.shape[1], x.shape[1])), np.zeros(x.shape[1])
        for row, target in zip(torch.from_numpy(x), y, strict=True):
            dropped = torch.nn.functional.dropout(row.expand(masks, -1), p).numpy()
            gram, right = gram + dropped.T @ dropped, right + dropped.sum(0) * target
    return np.linalg.solve(gram, right)


def path(x, y, rates, masks=MASKS, seed=0):
    """Weights at each rate, by the formula and from masks: (rates, d) each."""
    formula = np.stack([by_formula(x, y, p) for p in rates])
    return formula, np.stack([by_masks(x, y, p, masks, seed) for p in rates])


def ridge(x, y, strength):
    """The weights of plain ridge: |y - X w|² + strength Σ w², by scikit-learn: (d,)."""
    return Ridge(alpha=strength, fit_intercept=False, solver="cholesky").fit(x, y).coef_


def as_strong(x, p):
    """The ridge penalty that is as strong as dropout p, on average over the inputs."""
    return p / (1 - p) * np.square(x).sum(0).mean()


def units_moved(x, y, p, units):
    """By how much predictions move, as a share, where inputs are measured in other units (d,).

    {"dropout": by the formula, "ridge": plain ridge as strong}.
    """
    other, strength = x * units, as_strong(x, p)
    ways = {
        "dropout": (by_formula(x, y, p), by_formula(other, y, p)),
        "ridge": (ridge(x, y, strength), ridge(other, y, strength)),
    }
    return {name: apart(x @ before, other @ after) for name, (before, after) in ways.items()}


def apart(first, second):
    """How far the second is from the first, over how long that is."""
    return np.linalg.norm(second - first) / np.linalg.norm(first)
