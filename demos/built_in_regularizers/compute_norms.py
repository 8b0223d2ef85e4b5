"""Batch and layer normalization on few digits, from small to large learning rates.

Ioffe and Szegedy 2015 (arXiv:1502.03167): larger learning rates, and less need for other regularizers.
Ba et al. 2016 (arXiv:1607.06450) normalize each point over its features instead.
"""

from dataclasses import dataclass

from demos.core.engine import layers, losses, sets
from demos.core.engine.batches import joined
from demos.core.engine.network import Network
from demos.core.engine.optimizers import Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

NORMS = {"none": None, "batch": layers.BatchNorm, "layer": layers.LayerNorm}


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to digits: plain SGD on batches."""

    points: int = 100
    tested: int = 1000
    width: int = 64
    hidden: int = 2
    steps: int = 200
    batch: int = 32


FIT = Fit()
RATES = (0.01, 0.1, 1.0)
TOO_LARGE = 3.0  # where what happens to layer normalization is decided by the last bit


def network(norm, fit=FIT):
    """Fully connected, normalized before each bend, or not."""
    rows, inputs = [], 64
    for _ in range(fit.hidden):
        rows += [layers.Linear(inputs, fit.width)]
        rows += [NORMS[norm](fit.width)] if NORMS[norm] else []
        rows += [layers.Activation()]
        inputs = fit.width
    return Network((*rows, layers.Linear(inputs, 10)))


def scores(seeds, rates=RATES, too_large=TOO_LARGE, fit=FIT):
    """Share of test digits right: {"none_0.01": (seeds,), …}, for each of NORMS at each rate.

    At `too_large` without layer normalization.
    """
    each = [sets.split(sets.bundled("digits"), seed, fit.points, 10, fit.tested) for seed in seeds]
    learned, test = (joined(getattr(part, name) for part in each) for name in ("train", "test"))
    found = {}
    for norm in NORMS:
        recipe = Recipe(network(norm, fit), losses.cross_entropy, Sgd())
        for lr in rates if norm == "layer" else (*rates, too_large):
            done = train(recipe, seeds, learned, {"lr": lr}, Plan(fit.steps, fit.batch))
            out = recipe.network.predict(done.parameters, test.x, done.buffers)
            found[f"{norm}_{lr:g}"] = losses.accuracy(out, test.y).numpy()
    return found
