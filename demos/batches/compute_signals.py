"""MNIST-1D by batches and by all points at once, compared at equal training loss."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from demos.batches.variance import gradients
from demos.core.engine import losses, sets
from demos.core.engine.batches import Data
from demos.core.engine.network import mlp, one_of
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

OPTIMIZERS = {"sgd": Sgd(), "adam": Adam()}


@dataclass(frozen=True)
class Fit:
    """How networks are fitted. early, late: training losses at which they are compared; every: steps
    between looks at the training loss, in batches and with all points; most: steps at most."""

    optimizer: str = "sgd"
    points: int = 400
    tested: int = 1000
    widths: tuple = (40, 100, 100, 10)
    batch: int = 8
    lr: float = 0.1
    early: float = 1.5
    late: float = 0.1
    every: tuple = (25, 10)
    most: int = 6000


SGD = Fit()
ADAM = Fit("adam", lr=0.001, every=(25, 4))
PATIENCE = 8  # looks without a smaller distance to the level: it has been reached


class Reached(NamedTuple):
    """Where N networks stood when their training loss had come down to a level.

    parameters: {name: (N, ...)}, late. early, late: {"loss", "accuracy", "nll": (N,)}, the last two on
    test points. steps (N,): how many late took.
    """

    parameters: dict
    early: dict
    late: dict
    steps: np.ndarray


def points(seeds, fit):
    """`Data` of training points and of both parts end to end, training points first."""
    whole = sets.mnist1d()
    parts = sets.stacked([sets.split(whole, seed, fit.points, 100, fit.tested) for seed in seeds])
    both = (torch.cat(pair, 1) for pair in zip(parts.train, parts.test, strict=True))
    return parts.train, Data(*both)


def metrics(fit, level):
    """Of outputs on both parts: training loss, how far it is above the level, and scores on the test.

    level: a number, or one a network (N,).
    """
    cut, level = fit.points, torch.as_tensor(level)
    return {
        "loss": lambda out, y: losses.nll(out[:, :cut], y[:, :cut]),
        "above": lambda out, y: (losses.nll(out[:, :cut], y[:, :cut]) - level).clamp(min=0),
        "accuracy": lambda out, y: losses.accuracy(out[:, cut:], y[:, cut:]),
        "nll": lambda out, y: losses.nll(out[:, cut:], y[:, cut:]),
    }


def recipe(fit):
    """Cross-entropy, by plain SGD or Adam."""
    return Recipe(mlp(fit.widths), losses.cross_entropy, OPTIMIZERS[fit.optimizer])


def reached(seeds, fit, batch, level, every):
    """Train until the training loss is down to `level` at a look, one number or one a network."""
    data, both = points(seeds, fit)
    look = Look(both, every, metrics(fit, level), "above", PATIENCE)
    plan = Plan(fit.most, batch, block=len(seeds))  # one block: the levels are of all its networks
    done = train(recipe(fit), seeds, data, {"lr": fit.lr}, plan, look)
    seen = {name: values for name, values in done.seen.items() if name != "above"}
    early = (seen["loss"] <= fit.early).argmax(0)
    late = (done.looks[:, None] == done.best_at).argmax(0)
    one = np.arange(len(seeds))
    at = [{name: values[rows, one] for name, values in seen.items()} for rows in (early, late)]
    return Reached(done.best, *at, done.best_at)


def pairs(seeds, fit=SGD):
    """`Reached` in batches, down to `fit.late`; then by all points, down to just where that stopped."""
    some = reached(seeds, fit, fit.batch, fit.late, fit.every[0])
    level = some.late["loss"].astype(np.float32)
    return some, reached(seeds, fit, None, level, fit.every[1])


def disagreement(seeds, parameters, fit=SGD):
    """By how much training points disagree: variance of their losses, and of their gradients: (N,) each.

    A batch's is `variance.share` of that, the same share for all networks.
    """
    data, _ = points(seeds, fit)
    network, found = mlp(fit.widths), []
    for n, (x, y) in enumerate(zip(*data, strict=True)):
        own = one_of(parameters, n)
        each = losses.cross_entropy(network.predict(own, x), y)
        apart = gradients(network, own, x, y).var(0, correction=0).sum()
        found.append((each.var(correction=0).item(), apart.item()))
    return np.array(found).T


def compared(seeds, fit=SGD):
    """What studies measure: {"accuracy_early_batches": (seeds,), …}, "all" for all points."""
    found = {}
    for way, done in zip(("batches", "all"), pairs(seeds, fit), strict=True):
        for when, scores in (("early", done.early), ("late", done.late)):
            found |= {f"{what}_{when}_{way}": values for what, values in scores.items()}
        losses_vary, gradients_vary = disagreement(seeds, done.parameters, fit)
        found |= {f"losses_{way}": losses_vary, f"gradients_{way}": gradients_vary}
        found |= {f"steps_{way}": done.steps}
    return found
