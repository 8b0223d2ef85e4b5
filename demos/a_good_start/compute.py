"""A deep network before its first step: how large its activations and gradients are, layer by layer.

Layers of equal width n without a loss: inputs come in at one end, a random gradient at the other. Weights
are uniform with variance scale / n. Scale 1 is Glorot and Bengio's (2010, "Understanding the difficulty of
training deep feedforward neural networks": 2 over inputs plus outputs), 2 is He et al.'s (2015,
arXiv:1502.01852), 1/3 is PyTorch's default, which draws biases, too.
"""

from typing import NamedTuple

import numpy as np
import torch

from demos.core import checks, rounding

DEPTH, WIDTH, INPUTS = 30, 256, 16
GLOROT, HE, PYTORCH = 1.0, 2.0, 1 / 3  # the variance of a weight, times the width
SIGMOID, TANH, RELU = "sigmoid", "tanh", "relu"
BENDS = {SIGMOID: torch.sigmoid, TANH: torch.tanh, RELU: torch.relu}


class Numbers(NamedTuple):
    """What chance decides, evenly from [-1, 1).

    x, end: (inputs, n); weights: (depth, n, n); biases: (depth, n).
    """

    x: torch.Tensor
    end: torch.Tensor
    weights: torch.Tensor
    biases: torch.Tensor


class Passes(NamedTuple):
    """What each layer got, what it gave, and the gradient at its sums: (depth, inputs, n) each.

    Sums: what stands before the activation.
    """

    into: np.ndarray
    activations: np.ndarray
    gradients: np.ndarray


def numbers(seed, depth=DEPTH, width=WIDTH, inputs=INPUTS):
    """`Numbers`, float64. The first k layers are the same for any depth: the page draws them, too."""
    for name, value in {"depth": depth, "width": width, "inputs": inputs}.items():
        checks.whole(name, value, least=1)
    checks.whole("seed", seed, least=0)
    dice = torch.Generator().manual_seed(seed)
    ends = even(dice, 2, inputs, width)
    layers = even(dice, depth, width, width + 1)
    return Numbers(*map(rounding.nudge, (*ends, layers[..., :-1], layers[..., -1])))


def even(dice, *shape):
    """Numbers in [-1, 1), evenly."""
    return 2 * torch.rand(*shape, generator=dice).double() - 1


def slope(activation, out):
    """How steep an activation is where it gives `out`: the same shape."""
    if activation == RELU:
        return (out > 0).to(out.dtype)
    return 1 - out**2 if activation == TANH else out * (1 - out)


def passes(drawn, scale, activation=RELU, biases=False, residual=False):
    """Forwards and back through layers that start with a variance of scale / n: `Passes`.

    drawn: `Numbers`. biases: as PyTorch's default draws them, else 0. residual: every layer is added to
    what came into it.
    """
    checks.number("scale", scale, least=0)
    checks.one_of("activation", activation, tuple(BENDS))
    width = drawn.x.shape[-1]
    factor, shift = (3 * scale / width) ** 0.5, biases / width**0.5
    into, outs, h = [], [], 3**0.5 * drawn.x
    for weight, bias in zip(drawn.weights, drawn.biases, strict=True):
        into.append(h)
        outs.append(BENDS[activation](factor * (h @ weight.T) + shift * bias))
        h = h + outs[-1] if residual else outs[-1]
    deltas, gradient = [], 3**0.5 * drawn.end
    for weight, out in zip(drawn.weights.flip(0), outs[::-1], strict=True):
        deltas.append(gradient * slope(activation, out))
        before = factor * (deltas[-1] @ weight)
        gradient = gradient + before if residual else before
    into, gave, deltas = map(torch.stack, (into, [*into[1:], h], deltas[::-1]))
    return Passes(into.numpy(), gave.numpy(), deltas.numpy())


def spread(values):
    """Standard deviation of each layer's numbers, over inputs and units: (depth, ...) gives (depth,)."""
    return values.reshape(len(values), -1).std(1)


def apart(activations):
    """How far apart inputs are in each layer: standard deviation over them, root mean square of units."""
    return np.sqrt(activations.var(1).mean(-1))


def units(activations):
    """How far units are apart in each layer, whatever came in: standard deviation of their means."""
    return activations.mean(1).std(-1)


def weight_gradients(through):
    """Length of the gradient of each layer's weights, of `Passes`: (depth,)."""
    pairs = zip(through.gradients, through.into, strict=True)
    return np.array([np.linalg.norm(delta.T @ x) for delta, x in pairs])
