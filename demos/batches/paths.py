"""A line fitted to 64 points by batches: two weights, so that the path can be drawn; many seeds at once.

By one of two clocks: EPOCHS, as many passes over the points whatever the batch, or STEPS, as many steps.
"""

import numpy as np
import torch

from demos.core import checks

COUNT, RUNS = 64, 32  # points; paths of one seed, each in orders of its own
PASSES, MOVES = 8, 64  # of a walk, by the one clock or the other
EPOCHS, STEPS = "epochs", "steps"
START = (-1.0, 2.0)  # intercept and slope
ALIKE = 1e-6  # losses closer than this share are the same: sums in another order


def points():
    """x (COUNT,) and y (COUNT,), to four digits: 0.5 x + 0.5, and noise of sd 0.8."""
    dice = np.random.default_rng(0)
    x = 0.7 * dice.standard_normal(COUNT)
    y = 0.5 + 0.5 * x + 0.8 * dice.standard_normal(COUNT)
    return x.round(4), y.round(4)


def bottom(x, y):
    """The best line (intercept, slope), and the matrix of second derivatives of half the squared error."""
    rows = np.stack([np.ones_like(x), x], 1)
    return np.linalg.lstsq(rows, y, rcond=None)[0], rows.T @ rows / len(x)


def epochs(batch, clock):
    """How often a walk goes through the points."""
    checks.one_of("clock", clock, (EPOCHS, STEPS))
    checks.whole("batch", batch, least=1, most=COUNT)
    if COUNT % batch:
        raise ValueError(f"batch is {batch}: say a number that divides {COUNT}")
    return PASSES if clock == EPOCHS else MOVES * batch // COUNT


def walks(batch, lr, clock=EPOCHS, seed=0, runs=RUNS):
    """Where each path is before and after every step: (runs, steps + 1, 2)."""
    x, y = points()
    dice = torch.Generator().manual_seed(seed)
    passes = epochs(batch, clock)
    order = torch.rand(runs, passes, COUNT, generator=dice).argsort(stable=True).numpy()
    rows = order.reshape(runs, passes * COUNT // batch, batch)
    w = np.tile(np.array(START), (runs, 1))
    found = [w]
    for some in rows.transpose(1, 0, 2):
        off = w[:, :1] + w[:, 1:] * x[some] - y[some]
        w = w - lr * np.stack([off.mean(1), (off * x[some]).mean(1)], 1)
        found.append(w)
    return np.stack(found, 1)


def excess(w):
    """Half the mean squared error over that of the best line: w (..., 2) gives (...)."""
    best, curved = bottom(*points())
    return ((w - best) @ curved * (w - best)).sum(-1) / 2


def everything(lr, clock=EPOCHS):
    """The path by all points at once: (steps + 1, 2)."""
    return walks(COUNT, lr, clock, runs=1)[0]


def below(lost, whole):
    """How many of some losses (runs,) are below another."""
    return int((lost < whole * (1 - ALIKE)).sum())


def ellipse(level, count=73):
    """Where the excess is `level`: intercepts and slopes, (2, count)."""
    best, curved = bottom(*points())
    turned = np.linalg.inv(np.linalg.cholesky(curved)).T
    angles = np.linspace(0, 2 * np.pi, count)
    return best[:, None] + np.sqrt(2 * level) * turned @ np.stack([np.cos(angles), np.sin(angles)])
