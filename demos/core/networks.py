"""The networks of the talk: fully connected, as deep and as wide as you ask."""

import torch
from torch import nn

from demos.core import checks, rounding


class Sine(nn.Module):
    """sin(x) as an activation (Sitzmann et al. 2020, arXiv:2006.09661)."""

    def forward(self, x):
        return torch.sin(x)


def mlp(widths, seed, activation=nn.ReLU, dropout=0.0):
    """A fully connected network, PyTorch's default initialisation drawn from `seed`.

    `widths` lists units per layer, input and output included: (1, 1000, 1000, 1) has two hidden
    layers. With `dropout` > 0, nn.Dropout follows every hidden activation.
    The caller's random state is left alone.
    """
    checks.whole("seed", seed, least=0)
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
            layers += [nn.Linear(inputs, outputs), activation()]
            if dropout:
                layers.append(nn.Dropout(dropout))
    while not isinstance(layers[-1], nn.Linear):  # the output is linear
        layers.pop()
    network = nn.Sequential(*layers)
    if dropout:  # a coin belongs to a unit's place: units stay where they are
        rounding.nudge_parameters(network)
    else:
        rounding.start(network[::2])
    return network


def parameter_count(network):
    """How many numbers training may change."""
    return sum(p.numel() for p in network.parameters())


def column(values):
    """A float32 tensor with one row per value: shape (n,) becomes (n, 1); (n, d) stays."""
    tensor = rounding.nudge(torch.as_tensor(values, dtype=torch.float32))
    return tensor[:, None] if tensor.ndim == 1 else tensor


def predict(network, x):
    """Outputs in evaluation mode as a NumPy array: x (n,) or (n, d) gives (n,)."""
    mode = network.training
    network.eval()
    with torch.no_grad():
        out = network(column(x))[:, 0].numpy()
    network.train(mode)
    return out
