"""MNIST-1D's signals rolled round while a network learns them, and what else helps beside that.

A signal of MNIST-1D (Greydanus and Kobak 2024, arXiv:2011.14439) is a shape put somewhere on a ring of 40
places: rolled by a few places it is as good an example of the same class.
"""

from dataclasses import dataclass

import numpy as np
import torch

from demos.augmentation.compute import repeated
from demos.core.engine import losses, sets
from demos.core.engine.batches import joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.parts import Augment, Decay, Smoothing
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

MOST = 8  # places that a signal is rolled, to either side
DECAY, SMOOTHING, MEMBERS = 0.1, 0.1, 5


@dataclass(frozen=True)
class Fit:
    """How a network is fitted: so many training points, Adam on batches of them."""

    points: int = 400
    widths: tuple = (40, 128, 128, 10)
    steps: int = 800
    batch: int = 32
    lr: float = 0.001


FIT = Fit()


def rolled(x, lot):
    """Signals x (..., B, n), each rolled by -MOST to MOST places as its lot (..., B) in [0, 1) says."""
    by = (lot * (2 * MOST + 1)).long() - MOST
    n = x.shape[-1]
    return x.gather(-1, (torch.arange(n) - by[..., None]) % n)


def starts(seeds, members):
    """Seeds of so many networks each, all different."""
    return [1000 * seed + member for seed in seeds for member in range(members)]


def on_signals(seeds, fit=FIT, members=MEMBERS):
    """Share right on test points: plain, rolled, rolled with decay and smoothing, five of these in a mean.

    Returns {"plain": (seeds,), "rolled", "both", "five"}. "both" is the first of the five; as many steps
    for each network.
    """
    parts = [sets.split(sets.mnist1d(), seed, fit.points, fit.points) for seed in seeds]
    data, test = joined(part.train for part in parts), joined(part.test for part in parts)
    each = 2 + members  # networks of a seed: plain, rolled, and the members
    many = {name: tensor(each, len(seeds), v) for name, v in settings(members).items()}
    regularizers = Augment(rolled, "roll"), Decay("decay"), Smoothing("smoothing")
    recipe = Recipe(mlp(fit.widths), losses.cross_entropy, Adam(), regularizers)
    alike = [
        start for member in range(members) for start in starts(seeds, members)[member::members]
    ]
    first = alike[: len(seeds)]
    seeds_of_all = [*first, *first, *alike]
    plan = Plan(fit.steps, fit.batch)
    done = train(recipe, seeds_of_all, repeated(data, each), {"lr": fit.lr} | many, plan)
    out = recipe.network.predict(done.parameters, repeated(test, each).x)
    return scores(out.unflatten(0, (each, len(seeds))).softmax(-1), test.y)


def settings(members):
    """Settings of a seed's networks, plain, rolled, and the members': {name: (2 + members,)}."""
    return {
        "roll": [0, 1] + [1] * members,
        "decay": [0, 0] + [DECAY] * members,
        "smoothing": [0, 0] + [SMOOTHING] * members,
    }


def tensor(each, count, values):
    """One value a network, in the order of `on_signals`."""
    return np.repeat(np.array(values, float).reshape(each), count)


def scores(p, y):
    """Share right of probabilities p (2 + members, seeds, n, k)."""
    kinds = {"plain": p[0], "rolled": p[1], "both": p[2], "five": p[2:].mean(0)}
    return {name: losses.accuracy(each, y).numpy() for name, each in kinds.items()}
