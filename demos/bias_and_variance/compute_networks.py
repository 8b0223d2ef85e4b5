"""The same of networks: two hidden tanh layers, by width, by how long they train, by L2.

tanh, not ReLU: after so many steps a last bit has moved a ReLU network's error by some percent.
"""

import numpy as np
import torch

from demos.bias_and_variance.compute import GRID, training_sets
from demos.core import checks
from demos.core.engine import losses
from demos.core.engine.batches import Data, data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.parts import L2
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

WIDTHS = (2, 4, 8, 16, 32)
STEPS = (300, 1000, 3000)  # when we look
DECAYS = (0.0, 0.001, 0.003, 0.01, 0.1)
WIDE, MIDDLE = 32, 1000  # width and steps of the networks with L2
LR = 0.01
SETS = 6  # training sets of a seed; bias² and variance are right on average for any number


def parameters(width):
    """How many weights and biases a network 1-w-w-1 has."""
    return 2 * width + width * (width + 1) + width + 1


def recipe(width, decay=0.0):
    """How each network is fitted: Adam on the mean squared error, with L2 as optim.Adam has it."""
    penalty = (L2("decay"),) if decay else ()
    return Recipe(mlp((1, width, width, 1), "tanh"), losses.squared_error, Adam(), penalty)


def answers(seeds, width, steps=STEPS, decay=0.0, sets=SETS, points=20):
    """What networks say on GRID after so many steps: (len(steps), len(seeds), sets, len(GRID)).

    Each training set has a network of its own, with its own start. steps: all multiples of the first.
    """
    checks.whole("width", width, least=1)
    checks.number("decay", decay, least=0)
    drawn = [training_sets(seed, sets, points) for seed in seeds]
    shown = joined(data(*one) for x, y in drawn for one in zip(x, y, strict=True))
    starts = [1000 * seed + member for seed in seeds for member in range(sets)]
    look = Look(data(GRID, GRID), np.gcd.reduce(steps), {"rmse": losses.rmse}, outputs=True)
    hyper = {"lr": LR} | ({"decay": decay} if decay else {})
    run = train(recipe(width, decay), starts, Data(*shown), hyper, Plan(max(steps)), look)
    chosen = run.outputs[np.searchsorted(run.looks, steps)]
    return chosen[..., 0].reshape(len(steps), len(seeds), sets, len(GRID)).astype(float)


def torch_sets(sets, points=20, seed=0):
    """Training sets as the loop on the slide takes them, one after the other: x, y (points, 1), float32."""
    for both in zip(*training_sets(seed, sets, points), strict=True):
        yield tuple(torch.tensor(each, dtype=torch.float32)[:, None] for each in both)
