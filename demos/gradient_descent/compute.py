"""Gradient descent on functions of one number: a parabola, and a curve with four valleys.

The rule x <- x - lr f'(x), with momentum as PyTorch writes it: v <- momentum v + f'(x), x <- x - lr v.
Functions, experiments and schedules after a learner's notes on M. X. Cohen, "A deep understanding of
deep learning", 2023.
"""

import numpy as np
from scipy.optimize import brentq

from demos.core import checks, rounding

REACH = 2.0  # starts lie on [-REACH, REACH]
STARTS, STEPS = 2001, 1000
NEAR = 1e-3  # so near to the lowest point is arrived
MOMENTUM = 0.9
PARABOLA_MINIMUM, PARABOLA_CURVATURE = 0.5, 6.0


def parabola(x):
    """3x² - 3x + 4, lowest at one half."""
    return 3 * x**2 - 3 * x + 4


def parabola_slope(x):
    """Its derivative."""
    return 6 * x - 3


def shrunk(lr, steps):
    """Closed form: what the parabola's error x - 1/2 is multiplied by in so many steps."""
    return (1 - PARABOLA_CURVATURE * lr) ** steps


def valleys(x):
    """cos(2πx) + x²: on [-2, 2] four valleys, two of them lowest, and a top at 0."""
    return np.cos(2 * np.pi * x) + x**2


def valleys_slope(x):
    """Its derivative."""
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def valleys_curvature(x):
    """Its second derivative."""
    return -((2 * np.pi) ** 2) * np.cos(2 * np.pi * x) + 2


BOTTOM = brentq(valleys_slope, 0.4, 0.5)  # the lowest points are this and its negative
HIGHER = brentq(valleys_slope, 1.3, 1.5)  # the other two valleys
EDGE = 2 / valleys_curvature(BOTTOM)  # from this rate on, a bottom lets everything go


def to_bottom(x):
    """Distance to the nearer of the lowest points."""
    return np.abs(np.abs(x) - BOTTOM)


# what the rate is multiplied by at x, when a share `done` of the steps is behind
SCHEDULES = {
    "fixed": lambda x, done: 1.0,
    "by step": lambda x, done: 1 - done,
    "by slope": lambda x, done: np.abs(valleys_slope(x)),
    "by loss": lambda x, done: valleys(x),
    "by distance": lambda x, done: to_bottom(x),
}
FIXED, BY_STEP, BY_SLOPE, BY_LOSS, BY_DISTANCE = SCHEDULES


def walk(slope, start, lr, steps, momentum=0.0, schedule=SCHEDULES[FIXED]):
    """Where descent stands after 0, 1, ... steps: a generator of steps + 1 arrays.

    slope: function of x, same shape. start, lr: numbers or arrays, broadcast with each other. What
    runs away is inf or nan in the end. Raises ValueError for a rate or momentum that makes no sense.
    """
    checks.whole("steps", steps, least=0)
    checks.number("lr", lr, least=0)
    checks.number("momentum", momentum, least=0, below=1)
    x, velocity = np.array(np.broadcast_arrays(start, lr)[0], dtype=float), 0.0
    yield x
    for step in range(steps):
        with np.errstate(over="ignore", invalid="ignore"):
            velocity = momentum * velocity + slope(x)
            x = x - lr * schedule(x, step / steps) * velocity
        yield x


def path(*args, **kwargs):
    """All of `walk`: (steps + 1, ...)."""
    return np.stack(list(walk(*args, **kwargs)))


def descended(*args, **kwargs):
    """The end of `walk`."""
    for x in walk(*args, **kwargs):
        end = x
    return end


def every_start(count=STARTS):
    """Evenly spaced starts on [-REACH, REACH]; an odd number of them has the top, 0, in the middle."""
    return rounding.nudge(np.linspace(-REACH, REACH, count))


def random_starts(seed, *shape):
    """Starts drawn evenly from [-REACH, REACH]."""
    return rounding.nudge(np.random.default_rng(seed).uniform(-REACH, REACH, shape))


def arrived(x):
    """Which ends lie within NEAR of a lowest point: bool like x. What ran away does not."""
    return to_bottom(x) < NEAR


def share(starts, lr, steps=STEPS, momentum=0.0, kind=FIXED):
    """Share of starts (..., starts) that end at a lowest point of `valleys`: (...)."""
    checks.one_of("kind", kind, SCHEDULES)
    end = descended(valleys_slope, starts, lr, steps, momentum, SCHEDULES[kind])
    return arrived(end).mean(-1)


def needed(starts, lr, steps, flat=NEAR):
    """Steps until the slope stays under `flat`: like starts; `steps` where it does not within them."""
    steep = [np.abs(valleys_slope(x)) >= flat for x in walk(valleys_slope, starts, lr, steps)]
    return steps - np.argmax(np.array(steep)[::-1], axis=0)
