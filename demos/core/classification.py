"""Two classes and mini-batches: the one loop that fits every classifier of the talk.

`training` fits curves with squared errors; a class label wants the logistic loss instead, and a
thousand images want mini-batches and Adam. Each network has one output, the logit: positive means
"class 1".
"""

from dataclasses import dataclass

import numpy as np
import torch
from tqdm import trange

from demos.core import checks
from demos.core.networks import column, predict

logistic_loss = torch.nn.functional.binary_cross_entropy_with_logits


@dataclass(frozen=True)
class Settings:
    """How to fit: AdamW (arXiv:1711.05101), where a step shrinks weights by lr * weight_decay."""

    lr: float = 0.001
    weight_decay: float = 0.0
    epochs: int = 30
    batch: int = 50

    def __post_init__(self):
        checks.number("lr, the learning rate,", self.lr, least=0)
        checks.number("weight_decay", self.weight_decay, least=0)
        checks.whole("epochs", self.epochs, least=1)
        checks.whole("batch", self.batch, least=1)


def fit(network, x, y, settings, seed=0, change=None):
    """Fit `network`, in place, to inputs x (n, d) and labels y (n,), 0 or 1.

    `seed` draws the order of the samples, the dropout masks and whatever `change` draws.
    Returns the mean loss of each pass over the data, (epochs,).
    """
    x, y = column(x), torch.as_tensor(y, dtype=torch.float32)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=settings.lr, weight_decay=settings.weight_decay, fused=True
    )
    network.train()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        losses = [
            one_pass(network, optimizer, x, y, settings.batch, change)
            for _ in trange(settings.epochs, desc="fitting", leave=False)
        ]
    network.eval()
    return np.array(losses)


def one_pass(network, optimizer, x, y, batch, change=None):
    """One pass over the data in mini-batches of a random order. Returns the mean loss.

    `change(inputs, targets)` may give the network something else to learn from: inputs (batch, d)
    and targets (batch,) between 0 and 1, for mixup, erasing or label smoothing.
    """
    total = 0.0
    for rows in torch.randperm(len(x)).split(batch):
        inputs, targets = x[rows], y[rows]
        if change:
            inputs, targets = change(inputs, targets)
        optimizer.zero_grad()
        loss = logistic_loss(network(inputs)[:, 0], targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
    return total / len(x)


def accuracy(network, x, y):
    """Share of inputs x (n, d) on the right side of the boundary, 0 to 1."""
    return float(np.mean((predict(network, x) > 0) == (np.asarray(y) > 0.5)))
