"""The same with networks: digits, some labels wrong, one hidden layer of so many units, trained to the end.

100 digits for training, as many others to look at for early stopping, 500 to test on; pixels from 0 to 1.
Squared error against 0 and 1 for each of ten classes, summed over them, or cross-entropy.
"""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.model_selection import train_test_split

from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.batches import Data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.parts import L2
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

PIXELS, CLASSES = 64, 10
SQUARED, CROSS = "squared error", "cross-entropy"
LOSSES = {SQUARED: losses.squared_error, CROSS: losses.cross_entropy}
WIDTHS = (4, 8, 16, 32, 100)
CROSS_WIDTHS, CROSS_STEPS = (4, 13), 1500
L2_STRENGTH = 0.01


@dataclass(frozen=True)
class Fit:
    """How a network is fitted: Adam, all points in every step. wrong: labels that are another class's."""

    points: int = 100
    wrong: int = 20
    valid: int = 100
    tested: int = 500
    steps: int = 3000
    every: int = 50
    lr: float = 0.003


FIT = Fit()


def parameters(width):
    """How many weights and biases a network 64-h-10 has."""
    return (PIXELS + 1) * width + (width + 1) * CLASSES


def some_wrong(y, seed, count):
    """Labels y (n, k), one-hot, of which `count` are another class's, which and whose by the seed."""
    checks.whole("wrong", count, least=0, most=len(y))
    dice = np.random.default_rng([seed, 16])
    y, rows = y.clone(), dice.permutation(len(y))[:count]
    for row, by in zip(rows, dice.integers(1, CLASSES, count), strict=True):
        y[row] = y[row].roll(int(by), -1)
    return y


def digits(seed, fit=FIT):
    """`Data` of one network: what it trains on, some labels wrong; what is looked at, valid before test."""
    whole = sets.bundled("digits")
    every = np.arange(len(whole.y))
    own, rest = train_test_split(every, train_size=fit.points, random_state=seed, stratify=whole.y)
    shown, looked = (
        sets.chosen(whole.x / 16, whole, some) for some in (own, rest[: fit.valid + fit.tested])
    )
    return Data(shown.x, some_wrong(shown.y[0], seed, fit.wrong)[None]), looked


def plain_digits(seed, wrong=FIT.wrong):
    """The same as plain tensors: x (100, 64), y (100, 10), and x, y of the test digits."""
    shown, looked = digits(seed, Fit(wrong=wrong))
    return shown.x[0], shown.y[0], looked.x[0, FIT.valid :], looked.y[0, FIT.valid :]


def along(seeds, width, fit=FIT, decay=0.0, kind=SQUARED):
    """Along the training of one network a seed: loss on the validation points, loss and share wrong on the
    test points, share wrong on the training points (labels as they are): {name: (looks, seeds)}."""
    checks.whole("width", width, least=1)
    checks.number("decay", decay, least=0)
    checks.one_of("kind", kind, tuple(LOSSES))
    shown, looked = map(joined, zip(*(digits(seed, fit) for seed in seeds), strict=True))
    both = Data(*(torch.cat(each, 1) for each in zip(shown, looked, strict=True)))
    recipe = Recipe(mlp((PIXELS, width, CLASSES)), LOSSES[kind], Adam(), (L2("decay"),))
    look = Look(both, fit.every, metrics(fit, LOSSES[kind]))
    return train(recipe, seeds, shown, {"lr": fit.lr, "decay": decay}, Plan(fit.steps), look).seen


def metrics(fit, loss):
    """What is looked at, of points that train, then validate, then test."""
    first = fit.points + fit.valid
    train_on, valid, test = slice(fit.points), slice(fit.points, first), slice(first, None)

    def of(some, function):
        return lambda out, y: function(out[:, some], y[:, some])

    def mean(out, y):
        return loss(out, y).mean(-1)

    def wrong(out, y):
        return 1 - losses.accuracy(out, y)

    return {
        "valid": of(valid, mean),
        "loss": of(test, mean),
        "rate": of(test, wrong),
        "training": of(train_on, wrong),
    }


def at_end(seeds, width, fit=FIT, decay=0.0, kind=SQUARED):
    """After the last step, and at the look of least validation loss ("stopped"): {name: (seeds,)}."""
    seen = along(seeds, width, fit, decay, kind)
    best = seen["valid"].argmin(0)[None]
    found = {name: seen[name][-1] for name in ("loss", "rate", "training")}
    for name in ("loss", "rate"):
        found[f"{name}_stopped"] = np.take_along_axis(seen[name], best, 0)[0]
    return found | {"stopped_at": best[0] * fit.every}
