"""Wide and deep networks on scikit-learn's iris: how often right on fresh flowers, along the training."""

from dataclasses import dataclass

import numpy as np

from demos.core.engine import losses, sets
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train
from demos.from_neuron_to_network.twice import parameter_count

FLOWERS, LEFT = 90, 3  # to learn from; looked at by nobody; the other 57 are fresh
FRESH = 57
INPUTS, CLASSES = 4, 3
UNITS = (1, 2, 4, 8, 16, 32, 128)  # in each of the course's two hidden layers
EQUAL_UNITS = ((48,), (24, 24), (16, 16, 16), (12, 12, 12, 12))
EQUAL_PARAMETERS = ((62,), (18, 18), (13, 13, 13), (11, 11, 11, 11))  # 471 to 499


@dataclass(frozen=True)
class Fit:
    """How a network is trained, all flowers in every step."""

    steps: int
    lr: float
    adam: bool = False


COURSE = Fit(150, 0.01)
PATIENT = Fit(500, 0.01, adam=True)
DEPTH = Fit(1000, 0.1)


def flowers(seeds):
    """`Data` to learn from and fresh, standardised by the former: a pair."""
    whole = sets.bundled("iris")
    parts = sets.stacked([sets.split(whole, seed, FLOWERS, LEFT) for seed in seeds])
    return parts.train, parts.test


def shape(hidden):
    """Units per layer: (4, 48, 3) of (48,)."""
    return (INPUTS, *hidden, CLASSES)


def watched(seeds, hidden, fit, every):
    """Steps of the looks (L,) and the share of fresh flowers named rightly, (L, seeds)."""
    data, fresh = flowers(seeds)
    made = Recipe(mlp(shape(hidden)), losses.cross_entropy, Adam() if fit.adam else Sgd())
    look = Look(fresh, every, {"right": losses.accuracy})
    done = train(made, list(seeds), data, {"lr": fit.lr}, Plan(fit.steps), look)
    return done.looks, done.seen["right"]


def widths(seeds, fit, units=UNITS):
    """Share right after all steps of two hidden layers of so many units: (len(units), seeds)."""
    return np.stack([watched(seeds, (n, n), fit, fit.steps)[1][-1] for n in units])


def depths(seeds, shapes, fit=DEPTH, every=50):
    """Steps (L,) and shares right (L, shapes, seeds)."""
    seen = [watched(seeds, hidden, fit, every) for hidden in shapes]
    return seen[0][0], np.stack([right for _, right in seen], 1)


def sizes(shapes):
    """Numbers to train of each shape."""
    return [parameter_count(shape(hidden)) for hidden in shapes]
