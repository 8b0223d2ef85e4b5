"""One way through a network: which parameters, which settings, and who tosses the coins.

Whatever chance decides is asked for by name and kind, and comes from outside: the same sums then serve one
network or many, the run, the tests and a tracer. `Asked` only writes down what is asked for.
"""

import math
from dataclasses import dataclass, field

import torch


@dataclass(frozen=True)
class Draw:
    """What a training step wants of chance, per network.

    kind: "uniform" over multiples of 2^-16 in [0, 1), "normal", or "beta": Beta(a, a) with the
    a that `hyper` holds under the name `of`. `shape` is that of one network.
    """

    kind: str
    shape: tuple
    of: str = ""

    @property
    def size(self):
        return math.prod(self.shape)


class Given:
    """Numbers drawn beforehand, by name: (N, *shape), or (*shape) for one network."""

    def __init__(self, numbers):
        self.numbers = numbers

    def __call__(self, name, kind, shape, of=""):
        return self.numbers[name]


class Asked:
    """Gives halves and notes what was asked for: `draws`, {name: Draw}. For a pass of one network."""

    def __init__(self):
        self.draws = {}

    def __call__(self, name, kind, shape, of=""):
        if name in self.draws:
            raise ValueError(f"two parts ask chance for {name!r}: give one another name")
        self.draws[name] = Draw(kind, tuple(shape), of)
        return torch.full(tuple(shape), 0.5)


@dataclass
class Run:
    """A pass: parameters and buffers by name, settings, chance. `buffers` ends as what it becomes."""

    parameters: dict
    buffers: dict
    hyper: dict = field(default_factory=dict)
    chance: object = None
    training: bool = False
    stacked: bool = True

    def given(self, name, part):
        """A layer's parameter or buffer."""
        key = f"{name}.{part}"
        return self.parameters[key] if key in self.parameters else self.buffers[key]

    def follow(self, name, part, value, rate):
        """Move a running average towards a value."""
        key = f"{name}.{part}"
        self.buffers[key] = torch.lerp(self.buffers[key], value.detach(), rate)


def spread(value, like):
    """A setting, () or (N,), as something that multiplies `like`, (N, ...)."""
    value = value.to(like.dtype)
    return value.reshape(value.shape + (1,) * (like.ndim - value.ndim)) if value.ndim else value


def last(values, x, stacked):
    """Values per feature, (N, features) or (features,), along the last dimension of x."""
    return values.reshape(len(values), *[1] * (x.ndim - 2), -1) if stacked else values
