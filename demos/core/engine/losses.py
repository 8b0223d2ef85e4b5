"""Losses and metrics: outputs and targets in, a number per point or per network out.

Targets have the shape of the outputs: classes come as probabilities, (..., B, classes), so that soft labels
are nothing special. Losses take raw outputs; softmax and sigmoid are inside, where they cannot overflow.
"""

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional as F

Points = Float[Tensor, "*n b k"]
Targets = Float[Tensor, "*m b k"]  # m: n, or 1 for targets that all networks share
Classes = Int[Tensor, "*n b"]
PerPoint = Float[Tensor, "*n b"]
PerNetwork = Float[Tensor, "*n"]


def squared_error(out: Points, y: Targets) -> PerPoint:
    """Summed over the outputs of a point."""
    return (out - y).square().sum(-1)


def cross_entropy(out: Points, y: Targets) -> PerPoint:
    """-Σ y log softmax(out), in nats."""
    return -(y * torch.log_softmax(out, -1)).sum(-1)


def binary_cross_entropy(out: Points, y: Targets) -> PerPoint:
    """-y log p - (1 - y) log(1 - p) with p = sigmoid(out), in nats, summed over the outputs."""
    return (F.softplus(out) - y * out).sum(-1)


def accuracy(out: Points, y: Targets) -> PerNetwork:
    """Share of points whose largest output stands where the largest target does."""
    return (out.argmax(-1) == y.argmax(-1)).to(out.dtype).mean(-1)


def binary_accuracy(out: Points, y: Targets) -> PerNetwork:
    """Share of points whose output has the sign that the target, 0 or 1, asks for."""
    return ((out > 0) == (y > 0.5)).to(out.dtype).mean((-2, -1))


def rmse(out: Points, y: Targets) -> PerNetwork:
    """Root of the mean squared error."""
    return (out - y).square().mean((-2, -1)).sqrt()


def nll(out: Points, y: Targets) -> PerNetwork:
    """Mean cross-entropy, in nats a point."""
    return cross_entropy(out, y).mean(-1)


def one_hot(classes: Classes, count: int) -> Points:
    """Classes as probabilities, float32."""
    return F.one_hot(classes, count).float()
