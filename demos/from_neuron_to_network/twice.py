"""The same network written twice, `nn.Sequential` and a class; and how many numbers it has."""

import torch
from torch import nn

from demos.core.networks import mlp

SHAPES = [
    (2, *[units] * layers, outputs)
    for layers in (0, 1, 2, 3)
    for units in (1, 4, 16)
    for outputs in (1, 3)
]


class Written(nn.Module):
    """A fully connected ReLU network, its way written out. widths: units per layer, ends included."""

    def __init__(self, widths):
        super().__init__()
        pairs = zip(widths[:-1], widths[1:], strict=True)
        self.layers = nn.ModuleList(nn.Linear(inputs, outputs) for inputs, outputs in pairs)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def parameter_count(widths):
    """Weights and biases: each unit has one weight an input, and a bias."""
    return sum(
        (inputs + 1) * outputs for inputs, outputs in zip(widths[:-1], widths[1:], strict=True)
    )


def apart(widths, seed=0, points=50):
    """The farthest two answers of both, with the same weights, on the same points."""
    one, other = mlp(widths, seed), Written(widths)
    names = zip(other.state_dict(), one.state_dict().values(), strict=True)  # the same order
    other.load_state_dict(dict(names))
    x = torch.randn(points, widths[0], generator=torch.Generator().manual_seed(seed))
    with torch.no_grad():
        return (one(x) - other(x)).abs().max().item()
