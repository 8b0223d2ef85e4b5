"""The demos as one writes them first: one sample, one point, one call at a time.

Nobody has to use these: benchmarks time the demos against them, and tests check the two agree.
"""

import numpy as np
import torch
from torch import nn


def dropout_demo(steps=1000, seed=0, dropout=0.5, probe=True):
    """Dropout: batches made a sample at a time, the probe a point at a time. Returns (101, 101)."""
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
