"""What there is to slide: the points, mixup, noise on inputs, seed."""

import numpy as np

from demos.augmentation import compute_mixup as mix
from demos.augmentation.page import FRESH_SEED, NAME, SHOWN
from demos.core.engine import losses
from demos.core.live import SEEDS, Live

MIXUPS = [0.0, 0.25, 0.5, 0.75, 1.0]  # shares of the steps
NOISES = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0]
SIDE, REACH = 21, 4.0  # cells of the map in a row, and where it ends
EVERY = 20  # steps between two looks


def demo(instead, which="blobs", mixup=0.0, noise=0.0, seed=0, stored=None):
    """A network that learns mixed and noisy points: what it sees, how sure it is where, its log loss.

    `stored`: the talk's log loss on fresh points, a curve.
    """
    choices = {"which": [*mix.PLANE], "mixup": MIXUPS, "noise": NOISES, "seed": SEEDS}
    talk = {"which": which, "mixup": mixup, "noise": noise, "seed": seed}
    fixed = {"lr": mix.FIT.lr, "momentum": mix.FIT.momentum, "every": EVERY}
    fixed |= {"side": SIDE, "reach": REACH}
    return Live("augmentation", instead, talk, choices, fixed, mix.FIT.steps, stored, [NAME])


def shown(points="blobs", seed=0, alpha=0.0):
    """The page's run in PyTorch: steps (L,), log loss on its fresh points (L,), and its last words."""
    fresh = mix.points(points, [FRESH_SEED], SHOWN, mix.FRESH)
    steps, nll, network, done = mix.watched(points, seed, fresh, alpha, every=EVERY)
    out = network.predict(done.parameters, fresh.x)
    numbers = {"accuracy": losses.accuracy(out, fresh.y), "nll": losses.nll(out, fresh.y)}
    return steps, nll, {name: float(value) for name, value in numbers.items()}


def seen(points="blobs", seed=0, steps=2):
    """What some steps with mixup see of a seed's points, each with a share and partners: (steps n, 2)."""
    x, _ = mix.plane(points, seed, mix.FIT.points)
    dice = np.random.default_rng(seed)
    shares = dice.beta(mix.ALPHA, mix.ALPHA, steps)
    return np.concatenate(
        [share * x + (1 - share) * x[dice.permutation(len(x))] for share in shares]
    )
