"""Noise in every step of a training: on inputs, on weights, on labels; and on a linear model's inputs.

Bishop 1995, "Training with noise is equivalent to Tikhonov regularization": for a linear model noise of
variance s² on the inputs adds n s² |w|² to the expected sum of squared errors, which is Ridge.
"""

from dataclasses import dataclass

import numpy as np

from demos.core import checks, rounding
from demos.core.curve import curve, rmse, sample
from demos.core.engine import losses, sets
from demos.core.engine.batches import data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.parts import InputNoise, TargetNoise, WeightNoise
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

GRID = np.linspace(0, 1, 101)  # where fits are scored and drawn
KINDS = {
    "none": (),
    "inputs": (InputNoise("sd"),),
    "weights": (WeightNoise("sd"),),
    "labels": (TargetNoise("sd"),),
}
SDS = {"none": 0.0, "inputs": 0.1, "weights": 0.1, "labels": 1.0}


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to the bump: Adam, all points a step; tanh, which last bits move little."""

    points: int = 20
    noise_sd: float = 0.5
    widths: tuple = (1, 50, 50, 1)
    steps: int = 1000
    lr: float = 0.01


FIT = Fit()


def noisy(seed, fit=FIT):
    """One data set: x and y (points,)."""
    checks.whole("points", fit.points, least=2)
    x = np.linspace(0, 1, fit.points)
    return x, sample(seed, x, fit.noise_sd)


def fits(seeds, kind, sd=None, fit=FIT):
    """Outputs on GRID of a network per seed, trained with noise of a kind: (seeds, 101)."""
    checks.one_of("kind", kind, tuple(KINDS))
    parts = KINDS[kind]
    recipe = Recipe(mlp(fit.widths, "tanh"), losses.squared_error, Adam(), parts)
    hyper = {"lr": fit.lr} | ({"sd": SDS[kind] if sd is None else sd} if parts else {})
    points = joined(data(*noisy(seed, fit)) for seed in seeds)
    done = train(recipe, seeds, points, hyper, Plan(fit.steps))
    return recipe.network.predict(done.parameters, data(GRID, GRID).x)[..., 0].numpy()


def errors(seeds, fit=FIT):
    """RMSE to the true curve per kind of noise: {"none": (seeds,), "inputs": …}."""
    return {kind: rmse(fits(seeds, kind, fit=fit), curve(GRID)) for kind in KINDS}


PATIENTS, SD = 30, 0.5  # of diabetes; noise on their standardised features


def patients(seed, count=PATIENTS):
    """x (count, 10), each feature with mean 0 and variance 1, and y (count,) with mean 0, float64."""
    part = sets.split(sets.bundled("diabetes"), seed, count, 10).train
    x, y = rounding.nudge(part.x[0].double().numpy()), part.y[0, :, 0].double().numpy()
    return x - x.mean(0), y - y.mean()


def ridge(x, y, sd):
    """Coefficients of scikit-learn's Ridge with alpha = n sd², no intercept; 0 is least squares."""
    return np.linalg.solve(x.T @ x + len(x) * sd**2 * np.eye(x.shape[1]), x.T @ y)


def on_copies(x, y, sd, counts, seed):
    """Least squares on noisy copies of x (n, d), after each of `counts` copies, rising: (counts, d).

    All copies of a smaller count are among those of a larger one.
    """
    dice, found = np.random.default_rng(seed), []
    square, product, done = np.zeros((x.shape[1],) * 2), np.zeros(x.shape[1]), 0
    for count in counts:
        for _ in range(count - done):
            copy = x + sd * dice.standard_normal(x.shape)
            square, product = square + copy.T @ copy, product + copy.T @ y
        done = count
        found.append(np.linalg.solve(square, product))
    return np.array(found)


def off(seed, counts, sd=SD, count=PATIENTS):
    """How far least squares on noisy copies is from Ridge, over how far it is without noise: (counts,)."""
    x, y = patients(seed, count)
    goal = ridge(x, y, sd)
    away = np.linalg.norm(on_copies(x, y, sd, counts, seed) - goal, axis=-1)
    return away / np.linalg.norm(ridge(x, y, 0.0) - goal)
