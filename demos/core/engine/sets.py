"""Data that is already here: scikit-learn's bundled sets, its generators, and MNIST-1D's. No download.

A set is x (n, ...) and y (n,) as NumPy arrays: classes as whole numbers, or a number to predict. `split`
standardises by the training part alone.
"""

import random
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from sklearn import datasets
from sklearn.model_selection import train_test_split

from demos.core import checks
from demos.core.engine.batches import Data, joined
from demos.core.engine.losses import one_hot

BUNDLED = {
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
    "breast cancer": datasets.load_breast_cancer,
    "digits": datasets.load_digits,
    "diabetes": datasets.load_diabetes,
}


class Set(NamedTuple):
    """x (n, ...) float64; y (n,); how many classes, 0 where a number is to be predicted."""

    x: np.ndarray
    y: np.ndarray
    classes: int


class Parts(NamedTuple):
    """Training, validation and test part, each `Data` of one network, x standardised, float32."""

    train: Data
    valid: Data
    test: Data


@cache
def bundled(name):
    """One of BUNDLED. Diabetes, whose y is a number, has y standardised over all points."""
    checks.one_of("name", name, tuple(BUNDLED))
    x, y = BUNDLED[name](return_X_y=True)
    if name == "diabetes":
        return Set(x, (y - y.mean()) / y.std(), 0)
    return Set(x, y, int(y.max()) + 1)


def moons(count, noise, seed):
    """Two half circles."""
    return Set(*datasets.make_moons(count, noise=noise, random_state=seed), 2)


def rings(count, noise, seed, factor=0.5):
    """A circle within another."""
    return Set(*datasets.make_circles(count, noise=noise, factor=factor, random_state=seed), 2)


def blobs(count, sd, seed, classes=3, features=2):
    """Round heaps whose centres are drawn, too."""
    heaps = datasets.make_blobs(
        count, features, centers=classes, cluster_std=sd, random_state=seed, return_centers=False
    )
    return Set(*heaps, classes)


@cache
def mnist1d(seed=42, count=5000):
    """Ten shapes of 40 places, moved, stretched, noisy (Greydanus and Kobak 2024, arXiv:2011.14439).

    Seed 42 is the published set, whose first 4,000 points are for training. About a second.
    """
    from mnist1d import data  # late: it loads matplotlib

    options = data.get_dataset_args()
    options.seed, options.num_samples = seed, count
    with undisturbed():
        made = data.make_dataset(options)
    x, y = (np.concatenate([made[key], made[f"{key}_test"]]) for key in "xy")
    return Set(x, y, 10)


class undisturbed:
    """Inside, Python's and NumPy's global dice may be thrown: afterwards they stand as before."""

    def __enter__(self):
        self.states = random.getstate(), np.random.get_state()

    def __exit__(self, *_):
        random.setstate(self.states[0])
        np.random.set_state(self.states[1])


def split(whole, seed, train, valid, test=None):
    """`Parts` of a Set: so many points each, None for all that are left, classes in equal shares.

    Each feature has mean 0 and variance 1 over the training part; a feature that never moves there is 0.
    """
    classes = whole.y if whole.classes else None
    places = np.arange(len(whole.y))
    fit, rest = train_test_split(places, train_size=train, random_state=seed, stratify=classes)
    inner = None if classes is None else classes[rest]
    look, left = train_test_split(rest, train_size=valid, random_state=seed, stratify=inner)
    left = left[:test]  # in random order already
    mean, sd = whole.x[fit].mean(0), whole.x[fit].std(0)
    x = (whole.x - mean) / np.where(sd > 0, sd, 1) * (sd > 0)
    return Parts(*(chosen(x, whole, some) for some in (fit, look, left)))


def chosen(x, whole, places):
    """Some points as `Data` of one network: classes become probabilities."""
    y = torch.as_tensor(whole.y[places])
    y = one_hot(y.long(), whole.classes) if whole.classes else y.float()[:, None]
    return Data(torch.as_tensor(x[places], dtype=torch.float32)[None], y[None])


def stacked(several):
    """The `Parts` of N networks as one, stacked."""
    return Parts(*map(joined, zip(*several, strict=True)))
