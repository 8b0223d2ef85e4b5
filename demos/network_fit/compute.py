"""A network a thousand times too big for 21 points: why it does not blow up, and when it does.

Targets are rows, one per network: (networks, points). Demo and settings: B. Firner (2025), with the
noise in the targets and not only in the picture.
"""

from dataclasses import replace

import numpy as np
import torch
from tqdm import trange

from demos.core import ensemble as many
from demos.core import wide
from demos.core.curve import TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.networks import Sine, mlp, predict
from demos.core.training import Settings, train

WIDE = (1, 1000, 1000, 1)
QUICK = (1, 100, 100, 1)  # for many seeds, and for you
MIDDLE = (1, 300, 300, 1)


def noisy_targets(seeds):
    """Noisy targets at the training points, one row per seed: (len(seeds), 21)."""
    return np.stack([sample(seed) for seed in seeds])


def fit(widths, seeds, y, settings):
    """One trained network per seed, as an ensemble. y: (21,) for all or (len(seeds), 21)."""
    networks = many.Ensemble(widths, seeds)
    many.train(networks, TRAIN_X, y, settings)
    return networks


def untrained(widths, seeds, x):
    """Outputs of networks as they start, one a seed, at x of shape (points,): (seeds, points)."""
    return many.Ensemble(widths, seeds).predict(x)


def test_error(networks):
    """RMSE to the true curve on the test grid, one per network."""
    return rmse(networks.predict(TEST_X), curve(TEST_X))


def first_steps(widths, seeds, lr, steps):
    """The first steps on noisy targets, seed by seed.

    Returns the losses (steps + 1, seeds), and how many units of the last hidden layer are on for at
    least one test point, before and after: two arrays (seeds,).
    """
    networks = many.Ensemble(widths, seeds)
    before = networks.active(TEST_X)[:, -1]
    settings = Settings(lr=lr, steps=steps)
    losses = many.train(networks, TRAIN_X, noisy_targets(seeds), settings)
    return losses, before, networks.active(TEST_X)[:, -1]


def waking(widths, seeds, settings, early):
    """Train on noisy targets; look at units of the last hidden layer that are off after `early` steps.

    Returns the networks, and the highest that one of those units gets in the end before its ReLU, over
    the test points: (seeds,). Above zero it is on again; -1 where no unit was off.
    """
    networks, y = many.Ensemble(widths, seeds), noisy_targets(seeds)
    many.train(networks, TRAIN_X, y, replace(settings, steps=early))
    off = networks.reach(TEST_X)[-1] <= 0
    many.train(networks, TRAIN_X, y, replace(settings, steps=settings.steps - early))
    return networks, networks.reach(TEST_X)[-1].max(axis=1, where=off, initial=-1.0)


def error_path(widths, seeds, settings, checkpoints):
    """Test and training errors along one run, at growing numbers of steps.

    The training error is the RMSE to the noisy targets. Returns two arrays (checkpoints, seeds).
    Raises ValueError when `checkpoints` do not grow.
    """
    legs = np.diff(checkpoints, prepend=0)
    if (legs <= 0).any():
        raise ValueError(f"checkpoints must grow: {checkpoints}")
    networks, y = many.Ensemble(widths, seeds), noisy_targets(seeds)
    test, training = [], []
    for leg in legs:
        many.train(networks, TRAIN_X, y, replace(settings, steps=int(leg)))
        test.append(test_error(networks))
        training.append(rmse(networks.predict(TRAIN_X), y))
    return np.stack(test), np.stack(training)


def join_dots(y, x):
    """Straight lines from point to point. y: (21,) or (n, 21), gives (len(x),) or (n, len(x))."""
    return np.apply_along_axis(lambda row: np.interp(x, TRAIN_X, row), -1, np.asarray(y))


def off_straight(outputs):
    """Largest distance from the straight line between the ends of TEST_X: (n, 41) gives (n,)."""
    ends = outputs[:, :1], outputs[:, -1:]
    return np.abs(outputs - ends[0] - (ends[1] - ends[0]) * TEST_X).max(axis=1)


def between(outputs):
    """Largest distance, halfway between two dots, from the output's own straight line from dot to dot.

    outputs: on TEST_X, where every second point has a dot: (n, 41) gives (n,).
    """
    at_dots = outputs[:, ::2]
    halfway = (at_dots[:, 1:] + at_dots[:, :-1]) / 2
    return np.abs(outputs[:, 1::2] - halfway).max(axis=1)


def leaning(networks, y):
    """Correlation of the error at the dots with the noise of the dots y (n, 21), per network."""
    noise, errors = y - curve(TRAIN_X), networks.predict(TRAIN_X) - curve(TRAIN_X)
    return np.array([np.corrcoef(a, b)[0, 1] for a, b in zip(errors, noise, strict=True)])


def fit_adam(widths, seed, y, lr, steps):
    """A ReLU network trained by Adam. Returns the network."""
    network = mlp(widths, seed)
    with trange(steps, desc="training", leave=False) as bar:
        wide.train(network.parameters(), TRAIN_X, y, wide.Adam(lr), steps, bar=bar)
    return network


def fit_sine(widths, seed, y, scale, settings):
    """Sine activations, first weights times `scale`: the network starts out wavy.

    Returns the network and its loss after training.
    """
    network = mlp(widths, seed, Sine)
    with torch.no_grad():
        network[0].weight.mul_(scale)  # sin(scale · w x + b): many waves between two points
    losses = train(network, TRAIN_X, y, settings)
    return network, float(losses[-1])


def network_error(network):
    """RMSE of one network to the true curve on the test grid."""
    return float(rmse(predict(network, TEST_X), curve(TEST_X)))
