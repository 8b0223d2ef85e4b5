"""Two noisy rings, networks with dropout, and two ways to ask them afterwards: once, as `eval()` does, or
through many masks whose answers are averaged.

Rings, raw inputs and SGD in small batches are those of a learner's notes on M. X. Cohen's course "A deep
understanding of deep learning" (2023). Dropout: Srivastava et al. 2014, JMLR 15; its section 7.5 averages
masks, too.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch

from demos.core import checks
from demos.core.engine import losses
from demos.core.engine.batches import Data
from demos.core.engine.chance import Dice, numbers
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.passes import Given
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

RADII, ALONG, ACROSS = (10, 15), 3, 1  # of the rings; how far points are off, per axis
TRAINED, FRESH = "trained", "fresh"  # whose points
POINTS, TESTED = 320, 1000  # of one data set
MASKS = 40  # answers in a mean
RATES = (0.0, 0.25, 0.5, 0.75)
ASKED = 1_000_000  # added to a seed: masks after training are not those in training


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to the rings: SGD on raw inputs, or Adam on inputs divided by a number."""

    widths: tuple = (2, 32, 32, 1)
    steps: int = 4000
    batch: int = 16
    lr: float = 0.02
    divided: float = 1.0
    adam: bool = False


RAW = Fit()
SCALED = Fit(steps=2000, lr=0.005, divided=10.0, adam=True)


def rings(seed, count, whose=TRAINED):
    """x (count, 2) float32, the inner and the outer ring in turn, and which it is, y (count,), 0 or 1.

    The inner one is blurred along the first axis, the outer one along the second: they overlap.
    """
    checks.whole("seed", seed, least=0)
    checks.whole("points", count, least=2)
    dice = np.random.default_rng([seed, (TRAINED, FRESH).index(whose)])
    y = np.arange(count) % 2
    angle = 2 * np.pi * dice.random(count)
    middle = np.array(RADII)[y][:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    spread = np.array([[ALONG, ACROSS], [ACROSS, ALONG]])[y]
    return (middle + spread * dice.standard_normal((count, 2))).astype(np.float32), y


def points(seeds, count, whose=TRAINED, divided=1.0):
    """`Data` of one network per seed: x (seeds, count, 2), y (seeds, count, 1)."""
    rows = [rings(seed, count, whose) for seed in seeds]
    x, y = (torch.from_numpy(np.stack(each)) for each in zip(*rows, strict=True))
    return Data(x / divided, y.float()[..., None])


def recipe(fit=RAW):
    """The logistic loss, dropout after both hidden layers."""
    optimizer = Adam() if fit.adam else Sgd()
    return Recipe(mlp(fit.widths, dropout="dropout"), losses.binary_cross_entropy, optimizer)


def repeated(data, many):
    """The same data for each of several sets of networks."""
    return Data(*(each.repeat(many, *[1] * (each.ndim - 1)) for each in data))


def trained(seeds, rates=RATES, fit=RAW, count=POINTS):
    """Networks on rings, all seeds at the first rate, then at the next: their parameters, stacked."""
    checks.number("dropout", list(rates), least=0, below=1)
    data = repeated(points(seeds, count, divided=fit.divided), len(rates))
    hyper = {"lr": fit.lr, "dropout": np.repeat(rates, len(seeds)).astype(float)}
    plan = Plan(fit.steps, fit.batch, block=64)
    return train(recipe(fit), [*seeds] * len(rates), data, hyper, plan).parameters


def asked_once(made, parameters, x):
    """What networks say with nothing dropped, `eval()`: logits (N, n, k) at x (N, n, d)."""
    return made.network.predict(parameters, x)


def through_masks(made, parameters, x, rates, seeds, masks=MASKS):
    """Logits through one mask after another, another one for each point, as `train()` does: (N, n, k) each.

    rates, seeds: (N,), one per network.
    """
    hyper = {"dropout": torch.as_tensor(rates, dtype=torch.float64)}
    asked = made.draws(x[0], torch.zeros(x.shape[1], 1), hyper)
    dice = Dice(asked, [ASKED + seed for seed in seeds], hyper, ahead=1)
    for _ in range(masks):
        chance = Given(numbers(next(dice)))
        with torch.no_grad():
            yield made.network.apply(parameters, x, None, hyper, chance, training=True)[0]


def mean_answer(made, parameters, x, rates, seeds, masks=MASKS):
    """The mean of the probabilities through so many masks: (N, n, 1)."""
    checks.whole("masks", masks, least=1)
    return sum(map(torch.sigmoid, through_masks(made, parameters, x, rates, seeds, masks))) / masks


def asked_both_ways(seeds, rates=RATES, fit=RAW, count=POINTS, masks=MASKS, tested=TESTED):
    """Share right on fresh points, asked once, and as a mean of masks: {"once": (rates, seeds), "mean"}."""
    made, parameters = recipe(fit), trained(seeds, rates, fit, count)
    fresh = points(seeds, tested, FRESH, fit.divided)
    x, many = repeated(fresh, len(rates)).x, len(rates)
    once = asked_once(made, parameters, x)
    dropped = np.repeat(rates, len(seeds)).astype(float)
    mean = mean_answer(made, parameters, x, dropped, [*seeds] * many, masks)
    sides = {"once": once, "mean": mean - 0.5}
    return {name: right(out, fresh.y, many) for name, out in sides.items()}


def right(out, y, many):
    """Share of points on the right side of 0: out (many seeds, n, 1), y (seeds, n, 1): (many, seeds)."""
    each = out.unflatten(0, (many, len(y)))
    return np.stack([losses.binary_accuracy(one, y).numpy() for one in each])


def wide(units, fit=RAW):
    """The same with so many units in each hidden layer."""
    return replace(fit, widths=(2, units, units, 1))
