"""Networks and their losses: step by step on irises, two curves on moons, and pairs on digits."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from demos.core.engine import losses, sets
from demos.core.engine.batches import Data
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

IRISES, IRIS_LR, IRIS_STEPS = 75, 0.1, 300
MOONS, NOISE, MOONS_LR, MOONS_STEPS, EVERY = 100, 0.3, 0.01, 400, 10
VALID = 250  # moons on which the second curve is measured
STRAIGHT, WIDE = (2, 2), (2, 64, 64, 2)
DIGITS, DIGITS_WIDTHS, DIGITS_STEPS, RATE = 100, (64, 32, 10), 100, 0.1
TESTED = 1000  # digits
METRICS = {"loss": losses.nll, "accuracy": losses.accuracy}


def irises(seeds):
    """75 irises for each of N networks, standardised: `Data`."""
    whole = sets.bundled("iris")
    return sets.stacked([sets.split(whole, seed, IRISES, 30) for seed in seeds]).train


def step_by_step(seeds, lr=IRIS_LR, steps=IRIS_STEPS):
    """Loss and accuracy of networks on their own 75 irises, before the first step and after each:
    two of (steps + 1, N)."""
    points = irises(seeds)
    recipe = Recipe(mlp((4, 16, 3)), losses.cross_entropy, Sgd())
    done = train(recipe, seeds, points, {"lr": lr}, Plan(steps), Look(points, 1, METRICS))
    return done.seen["loss"], done.seen["accuracy"]


def moves(loss, accuracy):
    """Of the steps, (steps + 1, N) each: the shares in which the loss falls; in which accuracy moves
    while it does; in which accuracy falls with it. Three of (N,)."""
    falls, change = np.diff(loss, axis=0) < 0, np.diff(accuracy, axis=0)
    moved, down = np.abs(change) > 1e-6, change < -1e-6  # a point more or less is 1 / 75
    return falls.mean(0), (falls & moved).mean(0), (falls & down).mean(0)


def two_curves(seeds, widths, steps=MOONS_STEPS, count=MOONS, every=EVERY):
    """Looks (L,), and {"train", "valid", "accuracy"}: loss on the trained points and on fresh ones, and
    accuracy there, (L, N) each."""
    made = [sets.split(sets.moons(count + 2 * VALID, NOISE, s), s, count, VALID) for s in seeds]
    parts = sets.stacked(made)
    both = Data(*(torch.cat(pair, 1) for pair in zip(parts.valid, parts.train, strict=True)))
    recipe = Recipe(mlp(widths), losses.cross_entropy, Adam())

    def of(part, metric):
        return lambda out, y: metric(out[:, part], y[:, part])

    fresh, own = slice(VALID), slice(VALID, None)
    metrics = {
        "train": of(own, losses.nll),
        "valid": of(fresh, losses.nll),
        "accuracy": of(fresh, losses.accuracy),
    }
    look = Look(both, every, metrics)
    done = train(recipe, seeds, parts.train, {"lr": MOONS_LR}, Plan(steps), look)
    return done.looks, done.seen


def read_off(seen):
    """What two curves say at the end, {name: (N,)}: `rise`, the fresh points' loss over its lowest;
    `lost`, the accuracy that went since then."""
    valid, accuracy = seen["valid"], seen["accuracy"]
    best, nets = valid.argmin(0), np.arange(valid.shape[1])
    return {
        "train": seen["train"][-1],
        "valid": valid[-1],
        "rise": valid[-1] / valid[best, nets],
        "lost": accuracy[best, nets] - accuracy[-1],
    }


class Way(NamedTuple):
    """A loss of raw outputs, and the learning rate that suited it best on seeds 200 to 231, of seven."""

    loss: Callable
    best: float


def half_squares(out, y):
    return losses.squared_error(out, y) / 2


WAYS = {
    "binary": Way(losses.binary_cross_entropy, 1.0),
    "sigmoid_squares": Way(lambda out, y: half_squares(out.sigmoid(), y), 5.0),
    "classes": Way(losses.cross_entropy, 1.0),
    "twice": Way(lambda out, y: losses.cross_entropy(out.softmax(-1), y), 5.0),
    "squares": Way(half_squares, 0.2),
}


def on_digits(seeds, rate=RATE, steps=DIGITS_STEPS, points=DIGITS):
    """Share of fresh digits that are right, {"same_WAY", "best_WAY": (N,)}: all ways at one rate, and
    each at its own."""
    whole = sets.bundled("digits")
    parts = sets.stacked([sets.split(whole, seed, points, 200, TESTED) for seed in seeds])
    found = {}
    for name, way in WAYS.items():
        recipe = Recipe(mlp(DIGITS_WIDTHS), way.loss, Sgd())
        for which, lr in (("same", rate), ("best", way.best)):
            done = train(recipe, seeds, parts.train, {"lr": lr}, Plan(steps))
            out = recipe.network.predict(done.parameters, parts.test.x)
            found[f"{which}_{name}"] = losses.accuracy(out, parts.test.y).numpy()
    return found
