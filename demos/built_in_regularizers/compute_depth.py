"""Stochastic depth: residual blocks that sit out training steps (Huang et al. 2016, arXiv:1603.09382)."""

from dataclasses import dataclass

import numpy as np
import torch

from demos.core.engine import layers, losses, sets
from demos.core.engine.batches import joined
from demos.core.engine.network import Network
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

BLOCKS, SURVIVAL = 8, 0.5


@dataclass(frozen=True)
class Fit:
    """How networks are fitted: which set, how many training points, Adam on batches of them."""

    name: str = "digits"
    points: int = 100
    width: int = 32
    steps: int = 300
    batch: int = 32
    lr: float = 0.002


DIGITS = Fit()
SIGNALS = Fit("mnist1d", points=400, steps=200, batch=50)


def network(inputs, classes, width, blocks=BLOCKS):
    """Residual blocks of two layers each, between a layer in and a layer out."""
    rows = [layers.Linear(inputs, width), layers.Activation()]
    for number in range(1, blocks + 1):
        body = layers.Linear(width, width), layers.Activation(), layers.Linear(width, width)
        rows.append(layers.Skipped(body, number / blocks))
    return Network((*rows, layers.Linear(width, classes)))


def survivals(survival=SURVIVAL, blocks=BLOCKS):
    """How likely each block is in, from the first to the last: (blocks,)."""
    return 1 - np.arange(1, blocks + 1) / blocks * (1 - survival)


def parts(seeds, fit):
    """Training and test points of one network per seed."""
    whole = sets.mnist1d() if fit.name == "mnist1d" else sets.bundled(fit.name)
    each = [sets.split(whole, seed, fit.points, whole.classes, 1000) for seed in seeds]
    return joined(part.train for part in each), joined(part.test for part in each)


def without(parameters, number):
    """The same parameters but for block `number`, from 0: it adds nothing any more."""
    gone = f"{2 + number}."
    return {n: torch.zeros_like(p) if n.startswith(gone) else p for n, p in parameters.items()}


def trained(seeds, survival, fit=DIGITS):
    """Networks whose last block is in with probability `survival`: what they answer.

    Returns logits (1 + BLOCKS, seeds, n, classes) on test points, with all blocks and without each, and
    the labels (seeds, n, classes).
    """
    learned, test = parts(seeds, fit)
    made = network(learned.x.shape[-1], learned.y.shape[-1], fit.width)
    recipe = Recipe(made, losses.cross_entropy, Adam())
    hyper = {"lr": fit.lr, "survival": survival}
    done = train(recipe, seeds, learned, hyper, Plan(fit.steps, fit.batch))
    ways = [done.parameters, *(without(done.parameters, number) for number in range(BLOCKS))]
    at_test = {"survival": torch.tensor(survival, dtype=torch.float64)}
    return torch.stack([made.predict(way, test.x, hyper=at_test) for way in ways]), test.y


def scores(seeds, survival=SURVIVAL, fit=DIGITS):
    """Share right, log loss, and what deleting each block costs, with all blocks in training and with some.

    {"accuracy_all": (seeds,), "nll_all", "without_all_1" … "without_all_8", "worst_all", the same "_some"}.
    """
    found = {}
    for way, rate in (("all", 1.0), ("some", survival)):
        out, y = trained(seeds, rate, fit)
        right = np.stack([losses.accuracy(each, y).numpy() for each in out])
        lost = right[0] - right[1:]
        found |= {f"accuracy_{way}": right[0], f"nll_{way}": losses.nll(out[0], y).numpy()}
        found |= {f"without_{way}_{number}": row for number, row in enumerate(lost, 1)}
        found[f"worst_{way}"] = lost.max(0)
    return found
