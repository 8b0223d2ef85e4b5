"""What its slides quote, and the grids of its figures."""

import numpy as np

from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "a small rate is too calm for hills, and speed from the slope behind carries starts over them",
    "the rate is large enough to leave every valley but the lowest; momentum throws starts out of that too",
)
SHOWN = 801  # starts drawn on a map; shares are those of all gd.STARTS
RATES = np.geomspace(0.002, 0.3, 15)
FORK_RATES = np.arange(1, 65) / 1000
SIDE = 10
DOUBLED = 0.001 * 2.0 ** np.arange(SIDE), 2 * 2 ** np.arange(SIDE)  # rates, steps
STILL = 0.1  # a slope below it counts as none
TRIES = 2520  # can be split in groups of 1 to 10
COUNTS = np.arange(1, 11)


def mapped(lr, momentum, steps=gd.STEPS):
    """Of starts along the curve: the starts, and which of them arrive."""
    starts = gd.every_start(SHOWN)
    return starts, gd.arrived(gd.descended(gd.valleys_slope, starts, lr, steps, momentum))


def by_rate(momentum=0.0, kind=gd.FIXED, rates=RATES):
    """Share of all starts that arrive at each rate: (rates,)."""
    return np.array([gd.share(gd.every_start(), lr, momentum=momentum, kind=kind) for lr in rates])


def forks(starts, rates=FORK_RATES):
    """Where starts are after each of the last two steps: (starts, 2, rates)."""
    paths = [gd.path(gd.valleys_slope, start, rates, gd.STEPS) for start in starts]
    return np.array([walked[-2:] for walked in paths])


def standing(rates, steps, count=201):
    """Share of starts on a slope under STILL after so many steps, and one before: (steps, rates)."""
    shares = np.empty((len(steps), len(rates)))
    for column, lr in enumerate(rates):
        walked = gd.path(gd.valleys_slope, gd.every_start(count), lr, int(steps[-1]))
        flat = np.abs(gd.valleys_slope(walked)) < STILL
        shares[:, column] = (flat[steps] & flat[steps - 1]).mean(1)
    return shares


def best_of_each(seed, counts=COUNTS):
    """Share of random starts that find the deepest hollow, and of groups of so many in which one does."""
    hits = hills.found(gd.random_starts(seed, TRIES, 2))
    return hits.mean(), np.array([hills.best_of(hits, count) for count in counts])


def numbered(name, values):
    """{name_1: first value, ...}, for a record."""
    return {f"{name}_{n}": value for n, value in enumerate(values, 1)}
