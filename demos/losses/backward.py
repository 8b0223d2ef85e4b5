"""Backpropagation by hand: a network of two layers, tanh and softmax, its gradients from back to front.

Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors", Nature 323.
"""

import numpy as np
import torch
from scipy.special import softmax
from torch.nn import functional as F

from demos.losses.pairs import differences

WIDTHS = (3, 8, 4)
BATCH = 10
STEP = 5e-4  # of the finite differences


def problem(seed, widths=WIDTHS, batch=BATCH):
    """Weights [w1, b1, w2, b2], inputs x (batch, first) and soft targets t (batch, last)."""
    dice = np.random.default_rng(seed)
    inputs, hidden, outputs = widths
    shapes = (inputs, hidden), (hidden,), (hidden, outputs), (outputs,)
    weights = [dice.standard_normal(shape) / np.sqrt(inputs) for shape in shapes]
    return weights, dice.standard_normal((batch, inputs)), dice.dirichlet(np.ones(outputs), batch)


def forward(x, w1, b1, w2, b2):
    """Hidden activations and probabilities, (n, hidden) and (n, outputs)."""
    h = np.tanh(x @ w1 + b1)
    p = softmax(h @ w2 + b2, axis=1)
    return h, p


def backward(x, t, h, p, w2):
    """Gradients of the mean cross-entropy by w1, b1, w2, b2."""
    dz2 = (p - t) / len(x)  # prediction - target; the loss is a mean
    dw2 = h.T @ dz2  # z2 = h @ w2 + b2
    db2 = dz2.sum(axis=0)
    dh = dz2 @ w2.T
    dz1 = dh * (1 - h**2)  # h = tanh(z1)
    dw1 = x.T @ dz1  # z1 = x @ w1 + b1
    db1 = dz1.sum(axis=0)
    return dw1, db1, dw2, db2


def by_hand(weights, x, t):
    """All gradients in one row."""
    h, p = forward(x, *weights)
    return flat(backward(x, t, h, p, weights[2]))


def by_autograd(weights, x, t):
    """The same by PyTorch, float64."""
    w1, b1, w2, b2 = parameters = [torch.tensor(w, requires_grad=True) for w in weights]
    logits = torch.tanh(torch.tensor(x) @ w1 + b1) @ w2 + b2
    F.cross_entropy(logits, torch.tensor(t)).backward()
    return flat(each.grad.numpy() for each in parameters)


def by_differences(weights, x, t):
    """The same by moving one weight at a time; takes four forward passes a weight."""
    shapes = [w.shape for w in weights]
    ends = np.cumsum([w.size for w in weights])[:-1]

    def loss(row):
        parts = np.split(row, ends)
        _, p = forward(x, *(part.reshape(s) for part, s in zip(parts, shapes, strict=True)))
        return -(t * np.log(p)).sum(1).mean()

    return differences(loss, flat(weights), STEP)


def flat(arrays):
    """Several arrays in one row."""
    return np.concatenate([np.ravel(each) for each in arrays])
