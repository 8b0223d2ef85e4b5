"""The demo as one writes it first, one sample, one point, one call at a time, and how much faster ours is.

Nobody has to use the plain loop: the benchmark times the demo against it, and a test checks that the two
agree.
"""

from dataclasses import replace

import numpy as np
import torch
from torch import nn

from demos.dropout import compute

MANY = 32


def plain(steps=1000, seed=0, dropout=0.5, probe=True):
    """Batches made a sample at a time, the probe a point at a time. Returns (101, 101)."""
    torch.manual_seed(seed)
    dice = np.random.default_rng(seed)
    network = nn.Sequential(
        nn.Linear(2, 100), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(100, 100), nn.ReLU(), nn.Dropout(dropout),
        nn.Linear(100, 1),
    )  # fmt: skip
    optimizer = torch.optim.SGD(network.parameters(), lr=0.004, momentum=0.05, weight_decay=0.01)
    network.train()
    for _ in range(steps):
        inputs, labels = [], []
        for _ in range(64):
            value = dice.random()
            inputs.append([0.0 if dice.random() < 0.001 else value for _ in range(2)])
            labels.append([value])
        optimizer.zero_grad()
        loss = ((network(torch.tensor(inputs)) - torch.tensor(labels)) ** 2).sum()
        loss.backward()
        optimizer.step()
    network.eval()
    if not probe:
        return None
    grid = np.empty((101, 101))
    with torch.no_grad():
        for row, b in enumerate(np.linspace(0, 1, 101)):
            for column, a in enumerate(np.linspace(0, 1, 101)):
                grid[row, column] = network(torch.tensor([[a, b]], dtype=torch.float32)).item()
    return grid


def rows(seconds):
    """(what, times faster), per condition; seconds(run, tries): the shortest time of so many runs."""
    for drop in (0.0, 0.5):
        slow = seconds(lambda d=drop: plain(10_000, 0, d))
        ours = seconds(lambda d=drop: compute.run_demo(seed=0, steps=10_000, dropout=d))
        what = f"dropout demo, one network, dropout {drop}, 10,000 steps and the probe"
        yield what, slow / ours
    settings, signals = replace(compute.ORIGINAL, steps=600), compute.Signals()
    for drop in (0.0, 0.5):
        slow = seconds(lambda d=drop: plain(600, 0, d, probe=False))
        ours = seconds(lambda d=drop: compute.train(signals, range(MANY), d, settings), 2)
        what = f"dropout demo, {MANY} at once, dropout {drop}, per network, batches drawn included"
        yield what, slow / (ours / MANY)
