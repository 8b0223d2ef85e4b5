"""Forward and backward written out for a row of linear layers, activations and dropout.

The twin of `Recipe.gradients`, about twice as fast: no graph is built and nothing is allocated; products go
straight into the gradients' place. A test holds it to autograd.
"""

import torch

from demos.core.engine import layers, losses
from demos.core.engine.chance import threshold
from demos.core.engine.passes import spread

aten = torch.ops.aten


class Buffers:
    """Tensors that are made once for each use and shape."""

    def __init__(self):
        self.kept = {}

    def __call__(self, use, shape, like):
        kept = self.kept.get(use)
        if kept is None or kept.shape != shape:
            kept = self.kept[use] = like.new_empty(shape)
        return kept


class Linear:
    """x W^T + b, and its way back."""

    def __init__(self, name, gradients):
        self.weight, self.bias = f"{name}.weight", f"{name}.bias"
        self.of_weight, self.of_bias = gradients[self.weight], gradients[self.bias]
        self.buffer = Buffers()

    def forward(self, x, parameters, coins, hyper):
        weight, bias = parameters[self.weight], parameters[self.bias]
        self.x, self.w = x.expand(len(weight), *x.shape[1:]), weight
        out = self.buffer("out", (len(weight), x.shape[1], weight.shape[1]), weight)
        if x.shape[2] == 1:  # a product of a column and a row: quicker number by number
            return torch.addcmul(bias.unsqueeze(1), self.x, weight.mT, out=out)
        return torch.baddbmm(bias.unsqueeze(1), self.x, weight.mT, out=out)

    def backward(self, delta, first):
        torch.bmm(delta.mT, self.x, out=self.of_weight)
        torch.sum(delta, 1, out=self.of_bias)
        if first:
            return None
        product = torch.mul if delta.shape[2] == 1 else torch.bmm
        return product(delta, self.w, out=self.buffer("x", self.x.shape, delta))


class Relu:
    """In the place of its input."""

    def forward(self, x, parameters, coins, hyper):
        self.out = x.relu_()
        return self.out

    def backward(self, delta, first):
        return aten.threshold_backward.grad_input(delta, self.out, 0, grad_input=delta)


class Tanh(Relu):
    def forward(self, x, parameters, coins, hyper):
        self.out = x.tanh_()
        return self.out

    def backward(self, delta, first):
        return aten.tanh_backward.grad_input(delta, self.out, grad_input=delta)


class Sigmoid(Relu):
    def forward(self, x, parameters, coins, hyper):
        self.out = x.sigmoid_()
        return self.out

    def backward(self, delta, first):
        return aten.sigmoid_backward.grad_input(delta, self.out, grad_input=delta)


class Sine(Relu):
    def forward(self, x, parameters, coins, hyper):
        self.out = torch.cos(x)
        return x.sin_()

    def backward(self, delta, first):
        return delta.mul_(self.out)


class Dropout:
    """Coins become a mask of 0 and 1 / (1 - rate)."""

    def __init__(self, name, rate):
        self.name, self.rate, self.buffer = name, rate, Buffers()

    def forward(self, x, parameters, coins, hyper):
        self.mask = None
        if self.rate not in hyper:
            return x
        keep = (1 - hyper[self.rate]).to(x.dtype)
        self.mask = self.buffer("mask", x.shape, x).copy_(coins[self.name])
        torch.lt(self.mask, spread(threshold(keep), x), out=self.mask)
        self.mask.div_(spread(keep, x))
        return torch.mul(x, self.mask, out=self.buffer("out", x.shape, x))

    def backward(self, delta, first):
        return delta if self.mask is None else delta.mul_(self.mask)


def squared(out, y):
    """Sum of the squared errors of each network, (N,), and its slope by the outputs."""
    residual = out - y
    return residual.square().sum((1, 2)), residual.mul_(2)


def cross(out, y):
    """Likewise of cross-entropies."""
    out, y = (
        each.mT.contiguous() for each in (out, y)
    )  # classes ahead of points: many times quicker
    log = torch.log_softmax(out, 1)
    loss = -(y * log).sum((1, 2))
    return loss, log.exp_().mul_(y.sum(1, keepdim=True)).sub_(y).mT


def binary(out, y):
    """Likewise of binary cross-entropies."""
    return losses.binary_cross_entropy(out, y).sum(-1), torch.sigmoid(out).sub_(y)


LOSSES = {
    losses.squared_error: squared,
    losses.cross_entropy: cross,
    losses.binary_cross_entropy: binary,
}
ACTIVATIONS = {"relu": Relu, "tanh": Tanh, "sigmoid": Sigmoid, "sine": Sine}


class Chain:
    """A network's layers, ready to go through. `gradients`: {name: (N, ...)}, where they end."""

    def __init__(self, network, loss, mean, gradients):
        self.loss, self.mean = LOSSES[loss], mean
        self.links = [link(layer, str(n), gradients) for n, layer in enumerate(network.layers)]

    def __call__(self, parameters, x, y, coins, hyper):
        """Fill the gradients; the loss before the step, (N,)."""
        for each in self.links:
            x = each.forward(x, parameters, coins, hyper)
        loss, delta = self.loss(x, y)
        if self.mean:
            loss, delta = loss / x.shape[1], delta.div_(x.shape[1])
        for number in reversed(range(len(self.links))):
            delta = self.links[number].backward(delta, number == 0)
        return loss


def link(layer, name, gradients):
    """The way through one layer."""
    if isinstance(layer, layers.Linear):
        return Linear(name, gradients)
    if isinstance(layer, layers.Dropout):
        return Dropout(name, layer.rate)
    return ACTIVATIONS[layer.name]()


def fits(network, loss):
    """Whether a network and a loss are written out here."""
    kinds = layers.Linear, layers.Activation, layers.Dropout
    rows = network.layers
    whole = all(type(layer) in kinds and getattr(layer, "bias", True) for layer in rows)
    return whole and isinstance(rows[0], layers.Linear) and loss in LOSSES
