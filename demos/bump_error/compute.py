"""A bump between two data points that the loss cannot see, built by hand into a network.

The first network joins the dots with one ReLU per change of slope. The second has three more, for a
bump inside one gap that cancels at every data point: equal loss, zero gradient. Only weight decay
moves it, or a step too long for units so steep. Idea and settings: B. Firner (2025). The longest
stable step, 2 (1 + momentum) / sharpness, is that of momentum on a quadratic (Polyak 1964).
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from torch import nn

from demos.core import checks, ensemble, rounding, training
from demos.core.curve import curve
from demos.core.networks import column, mlp, predict

POINTS = np.linspace(0, 1, 6)  # the data: x = 0, 0.2 ... 1
GRID = np.linspace(-0.25, 1.25, 151)  # where outputs are kept, data points and middles included


@dataclass(frozen=True)
class Construction:
    """What a bump is made from: the targets' shape, which gap it sits in, and how steep it is."""

    shape: str = "curve"
    gap: int = 2  # between data points gap and gap + 1, counted from 0
    slope: float = 10.0

    def __post_init__(self):
        checks.one_of("shape", self.shape, list(SHAPES))
        checks.whole("gap, counted from 0 between six points,", self.gap, least=0, most=4)
        checks.number("slope", self.slope)

    def targets(self):
        """Values at POINTS: (6,)."""
        return SHAPES[self.shape](POINTS)


SHAPES = {
    "curve": curve,
    "sine": lambda x: 0.5 + 0.5 * np.sin(2 * np.pi * x),
    "parabola": lambda x: x**2,
    "random": lambda x: np.random.default_rng(0).uniform(0, 1, len(x)),
}


THE_TALKS = Construction()


def points(made=THE_TALKS):
    """The six points as PyTorch takes them: x and y, one row a point, (6, 1) each."""
    return column(POINTS), column(made.targets())


def join_the_dots(x, y):
    """Kinks of the line through the points, flat outside: positions and changes of slope, (n,)."""
    return x, np.diff(np.diff(y) / np.diff(x), prepend=0, append=0)


def bump(left, right, slope=10.0):
    """Kinks of a bump between two points: up at 1/5 of the gap, over the top, back at 4/5."""
    at = left + (right - left) * np.array([0.2, 0.5, 0.8])
    return at, slope * np.array([1.0, -2.0, 1.0])


def by_hand(at, change, start=0.0):
    """A 1-n-1 ReLU network that starts at `start` and changes its slope by change[k] at at[k]."""
    network = mlp((1, len(at), 1), seed=0)
    steepness, sign = np.abs(change), np.where(change < 0, -1.0, 1.0)
    values = steepness[:, None], -steepness * at, sign[None], [start]
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), values, strict=True):
            parameter.copy_(torch.as_tensor(value))
    return network


def without_bump(made=THE_TALKS):
    """The 1-6-1 network that joins the dots."""
    y = made.targets()
    network = by_hand(*join_the_dots(POINTS, y), start=y[0])
    rounding.nudge_parameters(network)
    return network


def with_bump(made=THE_TALKS):
    """The 1-9-1 network: the same six units, and three for the bump."""
    y = made.targets()
    dots, extra = join_the_dots(POINTS, y), bump(*POINTS[made.gap : made.gap + 2], made.slope)
    network = by_hand(*np.concatenate([dots, extra], axis=1), start=y[0])
    rounding.nudge_parameters(network)
    return network


class Sum(nn.Module):
    """Two networks side by side, outputs added: one network whose halves can be told apart."""

    def __init__(self, rest, bump):
        super().__init__()
        self.rest, self.bump = rest, bump

    def forward(self, x):
        return self.rest(x) + self.bump(x)


def in_two_parts(made=THE_TALKS):
    """`with_bump` as a Sum, so that an optimizer can treat the bump's units by themselves."""
    three = by_hand(*bump(*POINTS[made.gap : made.gap + 2], made.slope))
    three[2].bias = None  # one output bias is enough
    return Sum(without_bump(made), three)


def decay_bump_only(network, settings):
    """SGD whose weight decay acts on the three units of the bump and on nothing else."""
    groups = [
        {"params": network.rest.parameters(), "weight_decay": 0.0},
        {"params": network.bump.parameters(), "weight_decay": settings.weight_decay},
    ]
    return torch.optim.SGD(groups, lr=settings.lr, momentum=settings.momentum)


def height(outputs, gap=2):
    """How far outputs on GRID (..., 151) stand above the straight line in the middle of the gap."""
    left, right = POINTS[gap], POINTS[gap + 1]
    at = [np.abs(GRID - x).argmin() for x in (left, (left + right) / 2, right)]
    low, middle, high = np.moveaxis(np.asarray(outputs)[..., at], -1, 0)
    return middle - (low + high) / 2


def follow(network, y, settings, every, optimizer=None):
    """Train with the plain loop, stopping to look: outputs on GRID (T, 151) and losses (T,).

    T is steps / every + 1. settings.steps has to be a multiple of `every`
    (or ValueError). `optimizer` as for `training.train`.
    """
    if settings.steps % every:
        raise ValueError(f"{settings.steps} steps cannot be cut into pieces of {every}")
    optimizer = optimizer or training.sgd(network, settings)  # its momentum survives a stop
    piece = training.Settings(steps=every)
    outputs, losses = [predict(network, GRID)], []
    for _ in range(settings.steps // every):
        during = training.train(network, POINTS, y, piece, optimizer)
        losses.append(during[0])
        outputs.append(predict(network, GRID))
    return np.stack(outputs), np.array([*losses, during[-1]])


def decayed(height, settings, steps):
    """The height left when decay is alone: each of two layers shrinks by lr λ / (1 - momentum)."""
    rate = settings.lr * settings.weight_decay / (1 - settings.momentum)
    return height * np.exp(-2 * rate * np.asarray(steps))


def largest_gradient(network, y):
    """The largest |d loss / d parameter| over all parameters."""
    loss = ((network(column(POINTS)) - column(y)) ** 2).sum()
    gradients = torch.autograd.grad(loss, list(network.parameters()))
    return max(float(g.abs().max()) for g in gradients)


def units(network, x):
    """What each hidden unit adds to the output at x, (len(x), units): weight times ReLU."""
    with torch.no_grad():
        return (network[1](network[0](column(x))) * network[2].weight).numpy()


def sums(network):
    """The output on GRID with the first unit, with two, and so on to all: (units, 151)."""
    return network[2].bias.item() + np.cumsum(units(network, GRID), axis=1).T


def sharpness(network, near=1e-3):
    """Largest eigenvalue of the loss's Hessian where every residual is zero: 2 J Jᵀ, J = dg/dw.

    A unit that bends at a data point (a kink nearer than `near` in x) has one slope left of it, another
    right, and rounding would choose. So both, in float64: (2,), all such units off there, and all on.
    Any mixture lies between: for x >= 0 no entry of J Jᵀ is negative, and a unit turned on only adds.
    """
    first, _, last = network
    weight, bias, out = (
        p.detach().double().numpy().ravel() for p in (first.weight, first.bias, last.weight)
    )
    x, values = POINTS[:, None], []
    inputs, edge = weight * x + bias, near * np.abs(weight)
    for on in (inputs > edge, inputs >= -edge):
        jacobian = np.hstack([on * out * x, on * out, on * inputs, np.ones_like(x)])
        values.append(2 * np.linalg.eigvalsh(jacobian @ jacobian.T)[-1])
    return np.array(values)


def step_over_limit(network, settings):
    """lr over the longest stable step, (2,): for the lower and the higher of `sharpness`.

    Both below 1: a small disturbance dies out. Both above: it grows. Else its side of a kink decides.
    """
    return settings.lr * sharpness(network) / (2 * (1 + settings.momentum))


def stack(networks, nudge=0.0, seed=0):
    """Networks of one shape as an Ensemble; every weight times 1 + nudge * (a normal number)."""
    widths = (1, *[layer.out_features for layer in networks[0] if isinstance(layer, nn.Linear)])
    together, draw = (
        ensemble.Ensemble(widths, range(len(networks))),
        torch.Generator().manual_seed(seed),
    )
    for index, network in enumerate(networks):
        for layer, linear in enumerate(network[::2]):
            together.weights[layer][index] = linear.weight.detach()
            together.biases[layer][index] = linear.bias.detach()
    for parameter in (*together.weights, *together.biases):
        parameter.mul_(1 + nudge * torch.randn(parameter.shape, generator=draw))
    return together


def heights(together, made):
    """The bump's height in each network of an ensemble: (N,)."""
    outputs = together.predict(GRID)
    return np.array([height(o, m.gap) for o, m in zip(outputs, made, strict=True)])


def variations(slopes=(5.0, 10.0, 20.0)):
    """Every shape, every gap, every slope: a list of Constructions."""
    return [Construction(*each) for each in product(SHAPES, range(len(POINTS) - 1), slopes)]


def outlast(made, settings, nudge=1e-4, seed=0):
    """Nudge bumps a little, train, and see what is left: height left / height built, (N,)."""
    networks = [with_bump(each) for each in made]
    together = stack(networks, nudge, seed)
    ensemble.train(together, POINTS, np.stack([each.targets() for each in made]), settings)
    return heights(together, made) / heights(stack(networks), made)
