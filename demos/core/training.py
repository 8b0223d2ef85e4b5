"""The training loop, written once: plain PyTorch, one network. `ensemble` is its fast twin."""

from dataclasses import dataclass

import torch
from tqdm import trange

from demos.core import checks
from demos.core.networks import column


@dataclass(frozen=True)
class Settings:
    """How to train. The defaults are the talk's (Firner 2025); the loss is a sum over all points."""

    lr: float = 0.004
    momentum: float = 0.05
    weight_decay: float = 0.0
    steps: int = 4000

    def __post_init__(self):
        checks.number("lr, the learning rate,", self.lr, least=0)
        checks.number("momentum", self.momentum, least=0, below=1)
        checks.number("weight_decay", self.weight_decay, least=0)
        checks.whole("steps", self.steps, least=0)


def sgd(network, settings):
    """PyTorch's SGD with these settings. Its `weight_decay` λ adds λw to the gradient of every w."""
    return torch.optim.SGD(
        network.parameters(),
        lr=settings.lr,
        momentum=settings.momentum,
        weight_decay=settings.weight_decay,
    )


def train(network, x, y, settings, optimizer=None):
    """Full-batch gradient descent on the sum of squared errors; changes `network` in place.

    x, y: (n,) or (n, d). `optimizer` defaults to `sgd` with `settings`.
    Returns the loss before each step and after the last: an array of shape (steps + 1,).
    """
    x, y = column(x), column(y)
    optimizer = optimizer or sgd(network, settings)
    losses = []
    for _ in trange(settings.steps, desc="training", leave=False):
        optimizer.zero_grad()
        loss = ((network(x) - y) ** 2).sum()  # forward
        loss.backward()  # backward: one gradient per parameter
        optimizer.step()  # a small step downhill
        losses.append(loss.detach())
    losses.append(((network(x) - y) ** 2).sum().detach())
    return torch.stack(losses).numpy()
