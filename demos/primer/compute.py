"""What a neural network is, on one with seven numbers that can be worked out by hand.

g(x) = 0.25 + 0.75 ReLU(1 + x) - 0.75 ReLU(-1 + 2x), layer sizes 1-2-1 (B. Firner, 2025). Forward,
backward and the SGD step are written out in NumPy (float64), to be held against PyTorch. Any
textbook has the method: Goodfellow, Bengio, Courville, "Deep Learning" (2016), chapters 6 and 8.
"""

import numpy as np
import torch
from torch import nn

from demos.core.curve import TEST_X, TRAIN_X, curve, rmse
from demos.core.engine.batches import Data
from demos.core.ensemble import Ensemble, run
from demos.core.networks import column, mlp
from demos.core.training import Settings, train

NAMES = ("w₁", "w₂", "b₁", "b₂", "v₁", "v₂", "c")  # in the order PyTorch keeps them
HAND_SET = np.array([1.0, 2.0, 1.0, -1.0, 0.75, -0.75, 0.25])
X, Y = np.array([-0.5, 0.0, 1.0]), np.array([0.5, 1.0, 0.5])  # three points to aim at


def layer(x, weights, bias):
    """A fully connected layer: every output sums every input. x (n, inputs) to (n, outputs)."""
    return x @ weights.T + bias


def merge(first, second):
    """The one layer that does what two in a row do. A layer is (weights, bias)."""
    (w1, b1), (w2, b2) = first, second
    return w2 @ w1, w2 @ b1 + b2


def random_layer(rng, inputs, outputs):
    """A layer of normal numbers: weights (outputs, inputs), bias (outputs,)."""
    return rng.standard_normal((outputs, inputs)), rng.standard_normal(outputs)


def forward(p, x):
    """The 1-2-1 network p (7,) at x (n,): outputs (n,) and what its two neurons say (n, 2)."""
    w, b, v, c = p[0:2], p[2:4], p[4:6], p[6]
    hidden = np.maximum(np.outer(x, w) + b, 0)  # a sum each, then ReLU
    return hidden @ v + c, hidden


def loss(p, x, y):
    """The sum of squared errors: one number."""
    return ((forward(p, x)[0] - y) ** 2).sum()


def backward(p, x, y):
    """d loss / d p, (7,): the chain rule, from the output back to the input."""
    g, hidden = forward(p, x)
    to_output = 2 * (g - y)  # how the loss feels each output
    to_hidden = np.outer(to_output, p[4:6]) * (hidden > 0)  # ReLU: where it is on
    to_w, to_b = x @ to_hidden, to_hidden.sum(0)
    return np.concatenate([to_w, to_b, to_output @ hidden, [to_output.sum()]])


def nudge(p, x, y, size=1e-6):
    """The same gradient with no calculus: move each number a little both ways, look at the loss."""
    moves = size * np.eye(len(p))
    return np.array([(loss(p + m, x, y) - loss(p - m, x, y)) / (2 * size) for m in moves])


def to_network(p):
    """The same network in PyTorch (float32)."""
    network = mlp((1, 2, 1), seed=0)
    with torch.no_grad():
        nn.utils.vector_to_parameters(torch.as_tensor(p, dtype=torch.float32), network.parameters())
    return network


def to_vector(network):
    """The parameters of a network, one after the other: (7,) for a 1-2-1."""
    return nn.utils.parameters_to_vector(network.parameters()).detach().numpy().copy()


def autograd(p, x, y):
    """The gradient as PyTorch sees it, (7,)."""
    network = to_network(p)
    total = ((network(column(x)) - column(y)) ** 2).sum()
    return np.concatenate(
        [g.flatten() for g in torch.autograd.grad(total, list(network.parameters()))]
    )


def sgd_step(p, gradient, velocity, lr, momentum=0.0, weight_decay=0.0):
    """One step downhill: new parameters and new velocity, as torch.optim.SGD defines them."""
    velocity = momentum * velocity + gradient + weight_decay * p
    return p - lr * velocity, velocity


def turn_one_knob(lr, steps, start=1.5):
    """Train only the output bias c, from `start`: c and loss, (steps + 1,) each."""
    network = to_network(np.append(HAND_SET[:6], start))
    knob = network[2].bias
    optimizer, positions = torch.optim.SGD([knob], lr=lr), [knob.item()]
    for _ in range(steps):
        train(network, X, Y, Settings(steps=1), optimizer)
        positions.append(knob.item())
    return np.array(positions), knob_loss(positions)


def knob_loss(c):
    """The loss as a function of the output bias c alone: a parabola. Same shape as c."""
    return np.array([loss(np.append(HAND_SET[:6], value), X, Y) for value in np.ravel(c)])


def all_points(rng):
    """What a step learns from: all 21 points, x and y (21,) each."""
    return TRAIN_X, curve(TRAIN_X)


def few_points(rng, points=7):
    """Only a few of the 21 points: x and y (points,) each."""
    x = rng.permutation(TRAIN_X)[:points]
    return x, curve(x)


def wrong_answers(rng, sd=0.2):
    """All points, but every answer is off by noise."""
    return TRAIN_X, curve(TRAIN_X) + sd * rng.standard_normal(len(TRAIN_X))


def high_answers(rng, by=0.2):
    """All points, and every answer too high by as much: a bug in the data."""
    return TRAIN_X, curve(TRAIN_X) + by


def taught(supply, seeds, settings, anew=True, widths=(1, 20, 20, 1)):
    """Networks trained on what `supply(rng)` gives, one per seed, each with dice of its own.

    `anew`: ask at every step; else once, and every step learns from that.
    """
    networks, dice = Ensemble(widths, seeds), [np.random.default_rng([s, 7]) for s in seeds]

    def draw():
        x, y = (np.stack(each) for each in zip(*map(supply, dice), strict=True))
        return Data(*(torch.as_tensor(a, dtype=torch.float32)[..., None] for a in (x, y))), ()

    once = draw()
    run(networks, lambda step: draw() if anew and step else once, settings)
    return networks


def learn_from(supply, seeds, settings, anew=True):
    """Test errors of the networks so taught: (seeds,)."""
    return rmse(taught(supply, seeds, settings, anew).predict(TEST_X), curve(TEST_X))
