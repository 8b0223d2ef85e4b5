"""MNIST-1D (Greydanus and Kobak 2024, arXiv:2011.14439): linear, dense, convolutional; places permuted.

Published, with 4,000 training signals: 32, 68 and 94 % right. Here there are fewer, and fewer steps.
"""

from dataclasses import dataclass

from demos.built_in_regularizers.compute import permuted
from demos.built_in_regularizers.compute_networks import OneChannel
from demos.core.engine import layers, losses, sets
from demos.core.engine.batches import joined
from demos.core.engine.network import Network, mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

PUBLISHED = {"linear": 0.32, "dense": 0.68, "conv": 0.94}
INPUTS, CLASSES = 40, 10


@dataclass(frozen=True)
class Fit:
    """How networks are fitted: so many training signals, Adam on batches of them."""

    points: int = 1000
    tested: int = 1000
    hidden: int = 100
    channels: int = 16
    steps: int = 400
    batch: int = 50


FIT = Fit()
RATES = {"linear": 0.01, "dense": 0.005, "conv": 0.01}  # chosen on seeds below 1000


def network(kind, fit=FIT):
    """One of RATES. The convolutions and their strides are those of the paper, with fewer channels."""
    if kind == "linear":
        return mlp((INPUTS, CLASSES))
    if kind == "dense":
        return mlp((INPUTS, fit.hidden, fit.hidden, CLASSES))
    rows, channels = [OneChannel()], 1
    for kernel in (5, 3, 3):
        rows += [layers.Conv1d(channels, fit.channels, kernel, 2, 1), layers.Activation()]
        channels = fit.channels
    return Network((*rows, layers.Flatten(), layers.Linear(5 * channels, CLASSES)))


def parts(seeds, fit=FIT):
    """Training and test signals of one network per seed."""
    each = [sets.split(sets.mnist1d(), seed, fit.points, CLASSES, fit.tested) for seed in seeds]
    return joined(part.train for part in each), joined(part.test for part in each)


def scores(seeds, fit=FIT):
    """Share right per kind, places as they are and permuted: {"linear": (seeds,), "conv_permuted", …}."""
    plain = parts(seeds, fit)
    mixed = [permuted(each, seeds) for each in plain]
    found = {}
    for kind, lr in RATES.items():
        recipe = Recipe(network(kind, fit), losses.cross_entropy, Adam())
        for suffix, (learned, test) in (("", plain), ("_permuted", mixed)):
            if kind == "linear" and suffix:
                continue  # it has no places to lose
            done = train(recipe, seeds, learned, {"lr": lr}, Plan(fit.steps, fit.batch))
            out = recipe.network.predict(done.parameters, test.x)
            found[kind + suffix] = losses.accuracy(out, test.y).numpy()
    return found
