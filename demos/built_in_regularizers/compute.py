"""Shapes at a place in a noisy signal: one filter slid along it, and one weight for every place.

A signal has LENGTH places; a shape covers KERNEL of them. Sliding a filter (LeCun et al. 1989) is a dense
layer whose matrix has the same KERNEL numbers in every row, a place further each time, and 0 elsewhere.
"""

import numpy as np
import torch

from demos.core import checks
from demos.core.engine import losses
from demos.core.engine.batches import Data

LENGTH, KERNEL = 40, 8
PLACES = LENGTH - KERNEL + 1  # where a shape can begin
HOME = 16  # where it begins in all training signals
AWAY = tuple(place for place in range(PLACES) if place != HOME)
NAMES = ("step up", "step down", "bump", "dip")
SHAPES = np.array(
    [
        [-1, -1, -1, -1, 1, 1, 1, 1],
        [1, 1, 1, 1, -1, -1, -1, -1],
        [-1, -1, 1, 1, 1, 1, -1, -1],
        [1, 1, -1, -1, -1, -1, 1, 1],
    ],
    dtype=float,
)
CLASSES = len(SHAPES)
TRAINED, AT_HOME, SHIFTED = range(3)  # what signals are drawn for


def placed(shapes, places):
    """Signals without noise: shapes (n, KERNEL), beginning at places (n,), give (n, LENGTH).

    Raises ValueError for a place from which a shape leaves the signal.
    """
    places = np.asarray(places)
    if places.size and not (places.min() >= 0 and places.max() < PLACES):
        raise ValueError(
            f"a shape can begin at 0 to {PLACES - 1}: {places.tolist()} leave the signal"
        )
    x = np.zeros((len(places), LENGTH))
    np.put_along_axis(x, places[:, None] + np.arange(KERNEL), shapes, 1)
    return x


def signals(seed, count, noise_sd, whose=TRAINED):
    """x (count, LENGTH), classes (count,) in turn, places (count,): HOME unless whose is SHIFTED."""
    checks.whole("seed", seed, least=0)
    checks.whole("count", count, least=1)
    checks.number("noise_sd", noise_sd, least=0)
    dice = np.random.default_rng([seed, whose])
    y = np.arange(count) % CLASSES
    places = dice.choice(AWAY if whose == SHIFTED else (HOME,), count)
    return placed(SHAPES[y], places) + noise_sd * dice.standard_normal((count, LENGTH)), y, places


def data(seed, count, noise_sd, whose=TRAINED):
    """The same as `Data` of one network: float32, classes one-hot."""
    x, y, _ = signals(seed, count, noise_sd, whose)
    return Data(
        torch.as_tensor(x, dtype=torch.float32)[None],
        losses.one_hot(torch.from_numpy(y), CLASSES)[None],
    )


def permuted(data, seeds):
    """The same `Data` (N, n, places), the places of each network's signals in an order of its own.

    The order comes from the seed alone: training and test signals of a seed share it.
    """
    orders = [np.random.default_rng([seed, 3]).permutation(data.x.shape[-1]) for seed in seeds]
    orders = torch.from_numpy(np.stack(orders))[:, None]
    return Data(data.x.gather(-1, orders.expand(data.x.shape)), data.y)


def tied(weights, length=LENGTH):
    """The dense layer that slides a filter: weights (k,) give the matrix (length - k + 1, length)."""
    weights = np.asarray(weights, float)
    checks.whole("length", length, least=len(weights))
    matrix = np.zeros((length - len(weights) + 1, length))
    for row in range(len(matrix)):
        matrix[row, row : row + len(weights)] = weights
    return matrix


def slid(weights, x):
    """What a filter answers at every place: weights (k,), x (length,) give (length - k + 1,)."""
    return np.lib.stride_tricks.sliding_window_view(x, len(weights)) @ weights


def noise(seed):
    """What noise of size 1 a live signal has: (LENGTH,), four digits, as the page gets it."""
    return np.random.default_rng([seed, 4]).standard_normal(LENGTH).round(4)


def found(shape, noise_sd, seed):
    """What two detectors of a shape answer, for every place it may stand at: three arrays (PLACES,).

    That with a weight for every place, which looks at HOME; the largest answer of a filter that slides; and
    where that was. Both answers are divided by what the shape itself gives, so that 1 is a sure find.
    """
    checks.whole("shape", shape, least=0, most=CLASSES - 1)
    checks.number("noise_sd", noise_sd, least=0)
    weights = SHAPES[shape] / (SHAPES[shape] ** 2).sum()
    rows = placed(np.tile(SHAPES[shape], (PLACES, 1)), np.arange(PLACES)) + noise_sd * noise(seed)
    answers = np.array([slid(weights, row) for row in rows])  # (where it stands, where one looks)
    return answers[:, HOME], answers.max(1), answers.argmax(1)
