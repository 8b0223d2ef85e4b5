"""Neurons and small networks that tell points apart: with and without a bias, a bend, a hidden layer."""

from dataclasses import dataclass

import numpy as np
import torch

from demos.core.engine import losses
from demos.core.engine.batches import Data
from demos.core.engine.layers import Linear
from demos.core.engine.network import Network, mlp
from demos.core.engine.optimizers import Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train
from demos.from_neuron_to_network import points

POINTS, TESTED = 200, 5000  # of a data set: to learn from; fresh ones
BOTTLENECK, WIDE = (2, 16, 1, 1), (2, 16, 16, 1)  # the course's network; without its narrow layer


@dataclass(frozen=True)
class Fit:
    """How a network is trained: SGD on all points in every step."""

    lr: float = 0.1
    steps: int = 1000


FIT = Fit()


def straight(widths):
    """A network without bends: linear layers alone."""
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return Network(tuple(Linear(inputs, outputs) for inputs, outputs in pairs))


def one_neuron(bias=True, inputs=2):
    """A weighted sum, with a bias or without."""
    return Network((Linear(inputs, 1, bias),))


def recipe(network):
    """Logistic loss where there is one output, cross-entropy where there are more; SGD."""
    outputs = network.layers[-1].outputs
    loss = losses.binary_cross_entropy if outputs == 1 else losses.cross_entropy
    return Recipe(network, loss, Sgd())


def trained(network, seeds, data, fit=FIT):
    """Parameters after training, {name: (N, ...)}; one network per seed."""
    return train(recipe(network), seeds, data, {"lr": fit.lr}, Plan(fit.steps)).parameters


def share_right(out, y):
    """Of each network's answers, (N,) float64."""
    measure = losses.binary_accuracy if out.shape[-1] == 1 else losses.accuracy
    return measure(out, y).numpy().astype(float)


def right(network, seeds, data, fresh, fit=FIT):
    """Share of fresh points on the right side after training, (N,)."""
    parameters = trained(network, seeds, data, fit)
    return share_right(network.predict(parameters, fresh.x), fresh.y)


def of_blobs(seeds, kind, count=POINTS, tested=TESTED):
    """`Data` of blobs, to learn from and fresh: a pair."""
    classes = len(kind[0])
    return tuple(
        points.stacked([points.blobs(seed, number, kind, whose) for seed in seeds], classes)
        for number, whose in ((count, points.TRAINED), (tested, points.FRESH))
    )


def of_rings(seeds, noise, count=POINTS, tested=TESTED):
    """Likewise of rings."""
    return tuple(
        points.stacked([points.rings(seed, number, noise, whose) for seed in seeds])
        for number, whose in ((count, points.TRAINED), (tested, points.FRESH))
    )


def on_blobs(seeds, fit=FIT):
    """Two blobs beside the origin: share right of one neuron with a bias and without one."""
    data, fresh = of_blobs(seeds, points.OFF)
    return {
        name: right(one_neuron(bias), seeds, data, fresh, fit)
        for name, bias in (("bias", True), ("none", False))
    }


def on_three(seeds, hidden=4, fit=FIT):
    """Three blobs: share right of three neurons alone, and behind a hidden layer."""
    data, fresh = of_blobs(seeds, points.THREE)
    return {
        "lines": right(mlp((2, 3)), seeds, data, fresh, fit),
        "hidden": right(mlp((2, hidden, 3)), seeds, data, fresh, fit),
    }


def lifted(data):
    """The same points with their squared distance from the origin as a third input."""
    return Data(torch.from_numpy(points.squared(data.x.numpy())), data.y)


def on_rings(seeds, noise=0.1, hidden=16, fit=FIT):
    """Rings: share right of one neuron, of one that sees the squared distance too, of a hidden layer."""
    data, fresh = of_rings(seeds, noise)
    return {
        "line": right(one_neuron(), seeds, data, fresh, fit),
        "squared": right(one_neuron(inputs=3), seeds, lifted(data), lifted(fresh), fit),
        "hidden": right(mlp((2, hidden, 1)), seeds, data, fresh, fit),
    }


def on_corners(seeds, hidden, fit=FIT):
    """XOR: share right of its four corners behind hidden layers of so many units, (seeds,)."""
    whole = points.stacked([(points.CORNERS.astype(np.float32), points.truth_table(points.XOR))])
    each = Data(whole.x, whole.y.expand(len(seeds), -1, -1))
    return right(mlp((2, *hidden, 1)), seeds, whole, each, fit)


def on_xor(seeds, units=(2, 16), fit=FIT):
    """The same of one hidden layer, {units: (seeds,)}."""
    return {f"{n}": on_corners(seeds, (n,), fit) for n in units}


def xor_solved(seeds, several, fit=FIT):
    """On what share of seeds each of several networks has all four corners right."""
    return [float((on_corners(seeds, hidden, fit) > 0.9).mean()) for hidden in several]


def bends(seeds, lr, steps):
    """The course's blobs: share right of its network and of a wider one, each with ReLU and without."""
    data, fresh = of_blobs(seeds, points.COURSE)
    nets = {"bottleneck": mlp(BOTTLENECK), "wide": mlp(WIDE)}
    nets |= {"straight": straight(BOTTLENECK), "straight wide": straight(WIDE)}
    fit = Fit(lr, steps)
    return {name: right(net, seeds, data, fresh, fit) for name, net in nets.items()}
