"""Descent beside a cliff: (x - 0.7)² where x went through the same weight 30 times, and clipping.

From 1 on, x <- w x + b, 30 times; without b that is w³⁰. Pascanu et al. 2013 (arXiv:1211.5063) show the
cliff of a recurrent network with such a w and b, and cut the gradient's length. A gradient is a row (w, b).
"""

import numpy as np

from demos.core import checks, rounding

TIMES, TARGET = 30, 0.7
LR, STEPS, LONGEST = 1e-3, 1000, 1.0
FROM, TO = 1.0, 1.5  # where descents start, evenly
GOAL = TARGET ** (1 / TIMES)
FAR = 1e6  # whoever got farther, or nowhere, counts as this far away


def loss(w, b=0.0):
    """(x - 0.7)² at w and b, numbers or arrays: their shape."""
    x = np.ones_like(w)
    for _ in range(TIMES):
        x = w * x + b
    return (x - TARGET) ** 2


def gradient(w, b=0.0):
    """Slopes of the loss along w and along b: (..., 2)."""
    x, along_w, along_b = np.ones_like(w), np.zeros_like(w), np.zeros_like(w)
    for _ in range(TIMES):
        along_w, along_b = x + w * along_w, 1 + w * along_b
        x = w * x + b
    return 2 * (x - TARGET)[..., None] * np.stack([along_w, along_b], -1)


def by_norm(gradients, longest=LONGEST):
    """No longer than `longest`, all together, as torch's clip_grad_norm_: (..., k)."""
    length = np.linalg.norm(gradients, axis=-1, keepdims=True)
    return gradients * np.minimum(longest / (length + 1e-6), 1)


def by_value(gradients, longest=LONGEST):
    """Each number within [-longest, longest], as torch's clip_grad_value_: (..., k)."""
    return np.clip(gradients, -longest, longest)


def starts(seeds):
    """A w per seed, evenly from FROM to TO: (seeds,)."""
    drawn = [np.random.default_rng(seed).uniform(FROM, TO) for seed in seeds]
    return rounding.nudge(np.array(drawn))


def descent(w, clip=None, lr=LR, steps=STEPS):
    """Gradient descent on w alone, b = 0: the path, (steps + 1, starts). clip: `by_norm` or `by_value`."""
    checks.number("lr", lr, least=0)
    checks.whole("steps", steps, least=0)
    path = [np.asarray(w, float)]
    with np.errstate(over="ignore", invalid="ignore"):  # that it runs away is the point
        for _ in range(steps):
            slopes = gradient(path[-1])[..., :1]
            path.append(path[-1] - lr * (clip(slopes) if clip else slopes)[..., 0])
    return np.array(path)


def distance(w):
    """How far w is from where the loss is 0, at most FAR; FAR where it is no number."""
    return np.minimum(np.nan_to_num(np.abs(w - GOAL), nan=FAR), FAR)


def turned(gradients, clipped):
    """The angle between gradients and what became of them, in degrees: (..., 2) each give (...)."""
    directions = [np.arctan2(each[..., 1], each[..., 0]) for each in (gradients, clipped)]
    return np.degrees(np.abs(np.subtract(*directions)))
