"""Deep networks on two moons: which starts, and which additions, let them learn at all."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from demos.core.engine import layers, losses, sets
from demos.core.engine.batches import data, joined
from demos.core.engine.network import Network
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.parts import L2
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

POINTS, NOISE = 100, 0.1
WIDTH, EVERY = 32, 10
LEARNED = 0.95  # of its points right: the best straight line gets some 0.88
PLAIN, RESIDUAL, NORMALIZED = "plain", "residual", "normalized"


@dataclass(frozen=True)
class Fit:
    """How a network is built and trained.

    init: of `Network`, or "tiny". kind: PLAIN, RESIDUAL or NORMALIZED. momentum: SGD's; None for Adam.
    """

    activation: str = "relu"
    init: str = "he"
    depth: int = 20
    kind: str = PLAIN
    steps: int = 300
    lr: float = 1e-3
    momentum: float | None = None
    l2: float = 0.0


@dataclass(frozen=True)
class Tiny(Network):
    """Weights normal with a standard deviation of 0.01, whatever the width; biases 0."""

    sd: float = 0.01

    def module(self, seed=None, hyper=None):
        """Raises ValueError as `Network.module` does."""
        module = super().module(seed, hyper)
        dice = torch.Generator().manual_seed(0 if seed is None else seed)
        for layer in module:
            if isinstance(layer, nn.Linear):
                nn.init.normal_(layer.weight, 0, self.sd, generator=dice)
                nn.init.zeros_(layer.bias)
        return module


def network(fit):
    """Two inputs, `depth` hidden layers of WIDTH units, one output."""
    rows = [layers.Linear(2, WIDTH), layers.Activation(fit.activation)]
    for _ in range(fit.depth - 1):
        norm = [layers.BatchNorm(WIDTH)] if fit.kind == NORMALIZED else []
        body = layers.Linear(WIDTH, WIDTH), *norm, layers.Activation(fit.activation)
        rows += [layers.Residual(body)] if fit.kind == RESIDUAL else body
    rows = (*rows, layers.Linear(WIDTH, 1))
    return Tiny(rows) if fit.init == "tiny" else Network(rows, fit.init)


def moons(seed):
    """Training points of a seed, standardised: `Data` of one network, y 0 or 1."""
    whole = sets.moons(POINTS, NOISE, seed)
    return data((whole.x - whole.x.mean(0)) / whole.x.std(0), whole.y)


def recipe(fit):
    """Network, loss, optimizer, penalty."""
    optimizer = Adam() if fit.momentum is None else Sgd("momentum")
    parts = (L2(),) if fit.l2 else ()
    return Recipe(network(fit), losses.binary_cross_entropy, optimizer, parts)


def right(seeds, fit):
    """Share of training points right, before the first step and after every EVERY: (looks, seeds)."""
    points = joined(moons(seed) for seed in seeds)
    hyper = {"lr": fit.lr, "momentum": fit.momentum or 0.0, "l2": fit.l2}
    look = Look(points, EVERY, {"right": losses.binary_accuracy})
    return train(recipe(fit), seeds, points, hyper, Plan(fit.steps), look).seen["right"]


def until(shares):
    """After how many steps LEARNED was reached first, shares (looks, seeds); never: one look more."""
    reached = shares >= LEARNED
    return EVERY * np.where(reached.any(0), reached.argmax(0), len(shares))
