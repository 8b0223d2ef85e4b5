"""Mixup and noise on points of a plane and on scikit-learn's small sets: networks that learn mixtures.

Zhang et al. 2018, "mixup: Beyond empirical risk minimization" (arXiv:1710.09412). The sets of the plane
are scikit-learn's, blown up to the same size; point n of them is of class n % classes.
"""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.datasets import make_blobs

from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.batches import Data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Sgd
from demos.core.engine.parts import InputNoise, Mixup
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

ALPHA = 1.0  # of Beta(alpha, alpha): any share is as likely as any other
ANGLES = np.pi / 2 + 2 * np.pi * np.arange(3) / 3
CENTRES = 1.5 * np.stack([np.cos(ANGLES), np.sin(ANGLES)], 1)
CLASSES = 3  # outputs on the plane: two of the sets leave one without points
PLANE = {"blobs": 3, "moons": 2, "rings": 2}  # classes
REAL = {"iris": 30, "wine": 30, "breast cancer": 30}  # training points
LOOKED = 10  # validation points of those, unused: `sets.split` wants some
TRAINED, FRESH = 0, 1_000_000  # added to a seed: whose points


@dataclass(frozen=True)
class Fit:
    """How a network is fitted: SGD with momentum, all points in every step."""

    points: int = 60
    hidden: tuple = (64, 64)
    steps: int = 1000
    lr: float = 0.03
    momentum: float = 0.9
    tested: int = 1200


FIT = Fit()
WIDTHS = (2, *FIT.hidden, CLASSES)


def plane(name, seed, count, whose=TRAINED):
    """One of PLANE: x (count, 2) and classes (count,), taking turns."""
    checks.one_of("name", name, tuple(PLANE))
    checks.whole("seed", seed, least=0)
    seed = seed + whose
    if name == "blobs":
        x, y = make_blobs(count, centers=CENTRES, cluster_std=1.0, random_state=seed)
    elif name == "moons":
        x, y, _ = sets.moons(count, 0.3, seed)
        x = 2 * (x - [0.5, 0.25])
    else:
        x, y, _ = sets.rings(count, 0.1, seed)
        x = 2.5 * x
    turns = np.stack([x[y == k] for k in range(PLANE[name])], 1).reshape(-1, 2)
    return turns, np.arange(len(turns)) % PLANE[name]


def points(name, seeds, count, whose=TRAINED):
    """`Data` of one network per seed."""
    rows = [plane(name, seed, count, whose) for seed in seeds]
    x, y = (torch.from_numpy(np.stack(each)) for each in zip(*rows, strict=True))
    return Data(x.float(), losses.one_hot(y, CLASSES))


def real(name, seeds):
    """Training and test part of one of REAL, `Data` of one network per seed."""
    whole = sets.bundled(name)
    parts = [sets.split(whole, seed, REAL[name], LOOKED) for seed in seeds]
    return joined(part.train for part in parts), joined(part.test for part in parts)


def recipe(widths=WIDTHS, parts=()):
    """Cross-entropy, SGD with momentum."""
    return Recipe(mlp(widths), losses.cross_entropy, Sgd("momentum"), tuple(parts))


def trained(seeds, data, alpha=0.0, noise=0.0, fit=FIT, look=None):
    """Networks on `data`, mixed by Beta(alpha, alpha) (0: never), noise on inputs: network, `Trained`."""
    checks.number("alpha", alpha, least=0)
    checks.number("noise", noise, least=0)
    parts = [Mixup("alpha")] if alpha else []
    parts += [InputNoise("noise")] if noise else []
    made = recipe((data.x.shape[-1], *fit.hidden, data.y.shape[-1]), parts)
    hyper = {"lr": fit.lr, "momentum": fit.momentum}
    hyper |= {"alpha": alpha} if alpha else {}
    hyper |= {"noise": noise} if noise else {}
    return made.network, train(made, seeds, data, hyper, Plan(fit.steps), look)


def scores(seeds, data, test, alpha, fit=FIT):
    """Accuracy and log loss on `test` after training on `data`: {name: (seeds,)}."""
    network, done = trained(seeds, data, alpha, fit=fit)
    out = network.predict(done.parameters, test.x)
    return {
        "accuracy": losses.accuracy(out, test.y).numpy(),
        "nll": losses.nll(out, test.y).numpy(),
    }


def parts_of(name, seeds, fit=FIT):
    """Training and test part of a set by its name."""
    if name in REAL:
        return real(name, seeds)
    return points(name, seeds, fit.points), points(name, seeds, fit.tested, FRESH)


def gains(name, seeds, alpha=ALPHA, fit=FIT):
    """What mixup adds, and what there is without: {"accuracy": (seeds,), "accuracy_plain", "nll", …}."""
    data, test = parts_of(name, seeds, fit)
    plain, mixed = (scores(seeds, data, test, each, fit) for each in (0.0, alpha))
    found = {what: mixed[what] - plain[what] for what in plain}
    return found | {f"{what}_plain": values for what, values in plain.items()}


def watched(name, seed, fresh, alpha=0.0, noise=0.0, every=20, fit=FIT):
    """Log loss on `fresh` points along one run: steps (L,), losses (L,); the network and `Trained`."""
    data = points(name, [seed], fit.points)
    network, done = trained([seed], data, alpha, noise, fit, Look(fresh, every))
    return done.looks, done.seen["nll"][:, 0], network, done
