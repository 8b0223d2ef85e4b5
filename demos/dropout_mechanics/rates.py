"""What a rate costs and brings where a network has too little data or too little width: iris, moons, and
MNIST-1D (Greydanus and Kobak 2024, arXiv:2011.14439)."""

from dataclasses import dataclass, replace

import numpy as np

from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.batches import joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train
from demos.dropout_mechanics.compute import repeated, through_masks

IRIS, MOONS, MNIST1D = "iris", "moons", "mnist1d"
NOISE, MADE = 0.3, 1500  # of the moons
HELD = 10  # validation points that nobody looks at


@dataclass(frozen=True)
class Fit:
    """Which set, how many points to learn from and to be tested on, and how."""

    name: str
    points: int
    tested: int
    hidden: int
    steps: int = 1000
    batch: int | None = 32
    lr: float = 0.001
    adam: bool = True


NARROW_IRIS = Fit(IRIS, 60, 75, 12, 2000, 16, 0.005, adam=False)
WIDE_IRIS = replace(NARROW_IRIS, hidden=128)
NARROW_MOONS = Fit(MOONS, 400, 1000, 8, lr=0.01)
WIDE_MOONS = Fit(MOONS, 40, 1000, 128, batch=None)
SHAPES = Fit(MNIST1D, 400, 1000, 128)


def whole(name, seed):
    """A set; moons are drawn anew for each seed."""
    checks.one_of("name", name, (IRIS, MOONS, MNIST1D))
    if name == MOONS:
        return sets.moons(MADE, NOISE, seed)
    return sets.bundled(name) if name == IRIS else sets.mnist1d()


def parts(seeds, fit):
    """`Data` to learn from and to be tested on, a seed a network."""
    split = [
        sets.split(whole(fit.name, seed), seed, fit.points, HELD, fit.tested) for seed in seeds
    ]
    return joined(one.train for one in split), joined(one.test for one in split)


def recipe(data, fit):
    """Cross-entropy, two hidden layers with dropout after each."""
    widths = data.x.shape[-1], fit.hidden, fit.hidden, data.y.shape[-1]
    optimizer = Adam() if fit.adam else Sgd()
    return Recipe(mlp(widths, dropout="dropout"), losses.cross_entropy, optimizer)


def scores(seeds, rates, fit):
    """Per rate and seed, (rates, seeds) each: accuracy and log loss on test points, and accuracy on the
    training points with dropout on (one mask a point) and off: {"accuracy", "nll", "on", "off"}."""
    checks.number("dropout", list(rates), least=0, below=1)
    data, tested = parts(seeds, fit)
    many, made = len(rates), recipe(data, fit)
    every = [*seeds] * many
    dropped = np.repeat(rates, len(seeds)).astype(float)
    own = repeated(data, many)
    plan = Plan(fit.steps, fit.batch, block=32)
    done = train(made, every, own, {"lr": fit.lr, "dropout": dropped}, plan)
    out, off = (made.network.predict(done.parameters, x) for x in (repeated(tested, many).x, own.x))
    (on,) = through_masks(made, done.parameters, own.x, dropped, every, masks=1)
    return {
        "accuracy": by_rate(losses.accuracy, out, tested, many),
        "nll": by_rate(losses.nll, out, tested, many),
        "on": by_rate(losses.accuracy, on, data, many),
        "off": by_rate(losses.accuracy, off, data, many),
    }


def by_rate(metric, out, data, many):
    """A metric of outputs (many seeds, n, k) against the targets of `Data`: (many, seeds)."""
    each = out.unflatten(0, (many, len(data.y)))
    return np.stack([metric(one, data.y).numpy() for one in each])
