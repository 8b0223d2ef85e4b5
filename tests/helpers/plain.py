"""Loops as a textbook writes them, one network at a time: what tests hold the demos against."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def network(widths, seed):
    """A ReLU network of PyTorch's own layers, drawn from `seed`."""
    torch.manual_seed(seed)
    layers = [nn.Linear(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True)]
    pairs = [part for layer in layers for part in (layer, nn.ReLU())]
    return nn.Sequential(*pairs[:-1])


def as_column(values):
    return torch.tensor(np.asarray(values), dtype=torch.float32).reshape(len(values), -1)


def sgd(net, x, y, steps, lr=0.004, momentum=0.05, decay=0.0):
    """Full-batch steps on the sum of squared errors: the loss before each and after the last."""
    x, y, losses = as_column(x), as_column(y), []
    optimizer = torch.optim.SGD(net.parameters(), lr, momentum, weight_decay=decay)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = ((net(x) - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return np.array([*losses, ((net(x) - y) ** 2).sum().item()])


def outputs(net, x):
    """What a network says at x: (n,)."""
    with torch.no_grad():
        return net(as_column(x))[:, 0].numpy()


def weights(net):
    """All parameters of a network, one after the other."""
    return torch.cat([p.detach().flatten() for p in net.parameters()]).numpy()


def classifier(x, y, seed, settings, decay=0.0, dropout=0.0, input_dropout=0.0, change=None):
    """AdamW on mini-batches of the 256-64-1 network, its dropout written out. Returns the network.

    change(inputs, targets) as in the demos. Dice: those of `seed`, thrown in the demos' order.
    """
    net = network((256, 64, 1), seed)
    first, _, last = net
    x, y = as_column(x), as_column(y)[:, 0]
    optimizer = torch.optim.AdamW(net.parameters(), settings.lr, weight_decay=decay)
    torch.manual_seed(seed)
    for _ in range(settings.epochs):
        order = torch.randperm(len(x))
        for start in range(0, len(x), settings.batch):
            rows = order[start : start + settings.batch]
            inputs, targets = change(x[rows], y[rows]) if change else (x[rows], y[rows])
            optimizer.zero_grad()
            hidden = torch.relu(first(F.dropout(inputs, input_dropout)))
            z = last(F.dropout(hidden, dropout))[:, 0]
            # -log of the probability of the right answer, of both in their shares
            loss = (targets * F.softplus(-z) + (1 - targets) * F.softplus(z)).mean()
            loss.backward()
            optimizer.step()
    return net


def masked(batch, dropout):
    """A step's inputs, labels and masks (None without dropout), from `Data` and the coins of layers."""
    (x, y), coins = batch
    kept = [(each.double() + 32768) / 65536 < 1 - dropout for each in coins]
    return x, y, [each.float() / (1 - dropout) for each in kept] or None


def on_batches(batches, widths, seed, steps, lr=0.004):
    """SGD of a network with two hidden layers on `batches(step)`, of `dropout.compute.Batches`."""
    net = network(widths, seed)
    first, _, second, _, last = net
    optimizer = torch.optim.SGD(net.parameters(), lr, momentum=0.05, weight_decay=0.01)
    for step in range(steps):
        x, y, masks = masked(batches(step), batches.dropout)
        one, two = [mask[0] for mask in masks] if masks else (1, 1)
        out = last(torch.relu(second(torch.relu(first(x[0])) * one)) * two)
        optimizer.zero_grad()
        ((out - y[0]) ** 2).sum().backward()
        optimizer.step()
    return net


def share_right(net, x, y):
    """Share of inputs whose sign is the label's, counted one by one."""
    answers = zip(outputs(net, x), y, strict=True)
    return sum((z > 0) == bool(label) for z, label in answers) / len(y)
