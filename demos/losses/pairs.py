"""Outputs and losses in pairs: what a logit predicts, what that costs, and how it is pushed.

Arrays z of logits and t of targets, (..., k); targets may be soft, those of a softmax sum to 1. After
M. Straka, NPFL138, lectures 2 and 3 (Charles University); Bishop 2006, sections 4.3 and 5.2.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logsumexp, softmax

from demos.core import checks

SQUARES, BINARY, CLASSES = "squares", "binary", "classes"  # the pairs that belong together
SIGMOID_SQUARES, SOFTMAX_SQUARES, TWICE = "sigmoid squares", "softmax squares", "twice"
STENCIL = {-2: 1 / 12, -1: -8 / 12, 1: 8 / 12, 2: -1 / 12}  # a slope, but for step⁴


class Pair(NamedTuple):
    """An output and a loss. predict(z): (..., k); loss(z, t): (...), in nats or half squares;
    slope(z, t): the loss's derivative by z, (..., k)."""

    output: str
    of: str
    predict: Callable
    loss: Callable
    slope: Callable


def none(z):
    """No output function: the logit is the prediction."""
    return z


def softmaxed(z):
    return softmax(z, -1)


def half_squares(p, t):
    """The half makes its slope p - t; PyTorch's MSELoss has none, and takes the mean over outputs."""
    return 0.5 * np.square(p - t).sum(-1)


def binary_cross_entropy(z, t):
    """-t log p - (1 - t) log(1 - p) with p = sigmoid(z), from logits: log(1 + exp(z)) - t z."""
    return (np.logaddexp(0, z) - t * z).sum(-1)


def cross_entropy(z, t):
    """-Σ t log p with p = softmax(z), from logits: log Σ exp(z) - Σ t z, for Σ t = 1."""
    return logsumexp(z, -1) - (t * z).sum(-1)


def through_softmax(p, push):
    """A push on probabilities p = softmax(z) as one on z: both (..., k)."""
    return p * (push - (p * push).sum(-1, keepdims=True))


def sigmoid_squares_slope(z, t):
    p = expit(z)
    return (p - t) * p * (1 - p)


def softmax_squares_slope(z, t):
    p = softmaxed(z)
    return through_softmax(p, p - t)


def twice_slope(z, t):
    p = softmaxed(z)
    return through_softmax(p, softmaxed(p) - t)


PAIRS = {
    SQUARES: Pair("none", "squared error", none, half_squares, lambda z, t: z - t),
    BINARY: Pair(
        "sigmoid", "binary cross-entropy", expit, binary_cross_entropy, lambda z, t: expit(z) - t
    ),
    CLASSES: Pair(
        "softmax", "cross-entropy", softmaxed, cross_entropy, lambda z, t: softmaxed(z) - t
    ),
    SIGMOID_SQUARES: Pair(
        *("sigmoid", "squared error", expit),
        lambda z, t: half_squares(expit(z), t),
        sigmoid_squares_slope,
    ),
    SOFTMAX_SQUARES: Pair(
        *("softmax", "squared error", softmaxed),
        lambda z, t: half_squares(softmaxed(z), t),
        softmax_squares_slope,
    ),
    TWICE: Pair(
        *("softmax", "softmax + cross-entropy", softmaxed),
        lambda z, t: cross_entropy(softmaxed(z), t),
        twice_slope,
    ),
}
BELONG = (SQUARES, BINARY, CLASSES)


def differences(loss, z, step=1e-3):
    """Slope of `loss`, a function of arrays like z (k,), at z, by differences of fourth order: (k,)."""
    moves = step * np.eye(len(z))
    slopes = [
        weight * np.array([loss(z + n * move) for move in moves]) for n, weight in STENCIL.items()
    ]
    return sum(slopes) / step


def descent(name, logit, lr=1.0, target=1.0):
    """One logit that descends its loss, step by step, without end: a generator of numbers."""
    checks.one_of("name", name, (SQUARES, BINARY, SIGMOID_SQUARES))  # of one output
    checks.number("lr, the learning rate,", lr, least=0)
    checks.number("target", target, least=0, most=1)
    while True:
        yield logit
        logit = logit - lr * PAIRS[name].slope(logit, target)


def until_right(name, start, lr=1.0):
    """Steps until a logit that starts below 0 is above it; its target is 1."""
    return next(n for n, logit in enumerate(descent(name, float(start), lr)) if logit > 0)
