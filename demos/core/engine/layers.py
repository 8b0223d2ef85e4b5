"""What networks are made of: frozen descriptions, each with its plain PyTorch module and its arithmetic.

A layer is a value: hashable, equal to its like, and without parameters. `module` gives the `torch.nn`
module that it describes, `layer(run, name, x)` does the same sums with parameters from outside: for one
network, x (B, ...), or for N at once on stacked parameters, x (N or 1, B, ...). `run`: a `passes.Run`.
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from demos.core.engine.passes import last, spread
from demos.core.networks import Sine


@dataclass(frozen=True)
class Linear:
    """x W^T + b on the last dimension."""

    inputs: int
    outputs: int
    bias: bool = True

    def module(self, hyper):
        return nn.Linear(self.inputs, self.outputs, self.bias)

    def __call__(self, run, name, x):
        out = x @ run.given(name, "weight").mT
        return out + run.given(name, "bias").unsqueeze(-2) if self.bias else out


@dataclass(frozen=True)
class Conv1d:
    """A convolution, x (..., channels, length)."""

    inputs: int
    outputs: int
    kernel: int
    stride: int = 1
    padding: int = 0
    bias: bool = True
    dimensions = 1

    def module(self, hyper):
        kind = (nn.Conv1d, nn.Conv2d)[self.dimensions - 1]
        sizes = self.kernel, self.stride, self.padding
        return kind(self.inputs, self.outputs, *sizes, bias=self.bias)

    def __call__(self, run, name, x):
        weight = run.given(name, "weight")
        bias = run.given(name, "bias") if self.bias else None
        plain = (F.conv1d, F.conv2d)[self.dimensions - 1]
        if not run.stacked:
            return plain(x, weight, bias, self.stride, self.padding)
        count, channels = len(weight), weight.shape[1]
        side_by_side = x.expand(count, *x.shape[1:]).transpose(0, 1).flatten(1, 2)  # (B, N C, ...)
        bias = None if bias is None else bias.flatten()
        out = plain(
            side_by_side, weight.flatten(0, 1), bias, self.stride, self.padding, groups=count
        )
        return out.unflatten(1, (count, channels)).transpose(0, 1)


@dataclass(frozen=True)
class Conv2d(Conv1d):
    """A convolution, x (..., channels, height, width)."""

    dimensions = 2


ACTIVATIONS = {
    "relu": (nn.ReLU, torch.relu),
    "tanh": (nn.Tanh, torch.tanh),
    "sigmoid": (nn.Sigmoid, torch.sigmoid),
    "sine": (Sine, torch.sin),
}


@dataclass(frozen=True)
class Activation:
    """One of ACTIVATIONS, by name."""

    name: str = "relu"

    def module(self, hyper):
        return ACTIVATIONS[self.name][0]()

    def __call__(self, run, name, x):
        return ACTIVATIONS[self.name][1](x)


@dataclass(frozen=True)
class Flatten:
    """All of a point's numbers in a row."""

    def module(self, hyper):
        return nn.Flatten()

    def __call__(self, run, name, x):
        return x.flatten(2 if run.stacked else 1)


@dataclass(frozen=True)
class Dropout:
    """Units fall silent with a probability that `hyper` holds under the name `rate`; none: never.

    Srivastava et al. 2014. Who stays is divided by the probability to stay.
    """

    rate: str = "dropout"

    def module(self, hyper):
        return nn.Dropout(float(hyper.get(self.rate, 0.0)))

    def __call__(self, run, name, x):
        if not run.training or self.rate not in run.hyper:
            return x
        keep = spread(1 - run.hyper[self.rate], x)
        kept = run.chance(name, "uniform", x.shape) < keep
        return x * kept / keep


@dataclass(frozen=True)
class BatchNorm:
    """Each feature (or channel) over the batch and all places: mean 0, variance 1, then scaled.

    Ioffe and Szegedy 2015 (arXiv:1502.03167). In evaluation with running averages, as PyTorch does it.
    """

    features: int
    places: int = 0  # dimensions behind the channels: 0, 1 or 2
    momentum = 0.1
    eps = 1e-5

    def module(self, hyper):
        kinds = nn.BatchNorm1d, nn.BatchNorm1d, nn.BatchNorm2d
        return kinds[self.places](self.features)

    def __call__(self, run, name, x):
        feature = 2 if run.stacked else 1
        over = [d for d in range(1 if run.stacked else 0, x.ndim) if d != feature]
        if run.training:
            mean, var = x.mean(over), x.var(over, correction=0)
            count = x[0, :, 0].numel() if run.stacked else x[:, 0].numel()
            run.follow(name, "running_mean", mean, self.momentum)
            run.follow(name, "running_var", var * (count / (count - 1)), self.momentum)
        else:
            mean, var = run.given(name, "running_mean"), run.given(name, "running_var")
        scale = run.given(name, "weight") * torch.rsqrt(var + self.eps)
        shift = run.given(name, "bias") - mean * scale
        return x * along(scale, x, feature) + along(shift, x, feature)


@dataclass(frozen=True)
class LayerNorm:
    """Each point over its features: mean 0, variance 1, then scaled. Ba et al. 2016 (arXiv:1607.06450)."""

    features: int

    def module(self, hyper):
        return nn.LayerNorm(self.features)

    def __call__(self, run, name, x):
        scale, shift = (last(run.given(name, each), x, run.stacked) for each in ("weight", "bias"))
        return F.layer_norm(x, (self.features,)) * scale + shift


@dataclass(frozen=True)
class Residual:
    """x + f(x), f: layers in a row. He et al. 2015 (arXiv:1512.03385)."""

    layers: tuple

    def module(self, hyper):
        return Block(modules(self.layers, hyper))

    def share(self, run, name, x):
        """How much of f counts: 1."""
        return 1

    def __call__(self, run, name, x):
        return x + self.share(run, name, x) * in_a_row(self.layers, run, f"{name}.body", x)


@dataclass(frozen=True)
class Skipped(Residual):
    """A residual block that is left out of a training step with a probability: stochastic depth.

    Huang et al. 2016 (arXiv:1603.09382). `hyper` holds under the name `survival` the probability with
    which the last block is in; that of a block at `depth` (0 to 1) is 1 - depth (1 - survival). One coin
    per network and step. In evaluation f counts as often as it was in. Left out, its gradient is 0.
    """

    depth: float = 1.0
    survival: str = "survival"

    def module(self, hyper):
        return SkippedBlock(
            modules(self.layers, hyper), 1 - self.depth * (1 - float(hyper.get(self.survival, 1)))
        )

    def share(self, run, name, x):
        if self.survival not in run.hyper:
            return 1
        survival = spread(1 - self.depth * (1 - run.hyper[self.survival]), x)
        if not run.training:
            return survival
        coin = run.chance(name, "uniform", x.shape[:1] if run.stacked else ())
        return (spread(coin, x) < survival).to(x.dtype)


class Block(nn.Module):
    """x + body(x)."""

    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return x + self.body(x)


class SkippedBlock(Block):
    """In training x + body(x) with probability `survival`, else x; in evaluation the mean of both."""

    def __init__(self, body, survival):
        super().__init__(body)
        self.survival = survival

    def forward(self, x):
        if not self.training:
            return x + self.survival * self.body(x)
        return x + self.body(x) if torch.rand(()) < self.survival else x


def modules(layers, hyper):
    """Plain PyTorch of layers in a row."""
    return nn.Sequential(*(layer.module(hyper) for layer in layers))


def in_a_row(layers, run, name, x):
    """Layers one after the other, named as nn.Sequential names them."""
    for number, layer in enumerate(layers):
        x = layer(run, f"{name}.{number}" if name else str(number), x)
    return x


def along(values, x, dimension):
    """(..., features) as something that fits x, whose features stand in that dimension."""
    return values.reshape(*values.shape, *[1] * (x.ndim - dimension - 1)).unsqueeze(dimension - 1)
