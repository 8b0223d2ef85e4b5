"""Runs of plain PyTorch that other implementations are held to, whatever the processor.

Two trainings that differ by a rounding may part: above the stable step they do, below it where a unit turns
on in one and not in the other. So no test compares the ends of long runs by value. `legs` gives states
along one long run, from which both implementations do a few steps; `train` is the plain loop for a short
run, and complains of one that rounding might decide.
"""

from collections import namedtuple
from contextlib import contextmanager

import numpy as np
import torch
from torch import nn

from demos.core import training

EPS = float(torch.finfo(torch.float32).eps)
NEAR = (
    32 * EPS
)  # of a layer's largest value; two implementations differ by a few EPS after some steps

State = namedtuple(
    "State", "parameters kept"
)  # kept: a list like parameters per number of the optimizer
Leg = namedtuple("Leg", "start before after losses clear")
KEPT = {torch.optim.SGD: ("momentum_buffer",), torch.optim.Adam: ("exp_avg", "exp_avg_sq")}


@contextmanager
def watched(network):
    """Notes how near a hidden ReLU comes to its kink, over its layer's largest value: [nearest]."""
    nearest = [np.inf]

    def note(layer, inputs, out):
        size = out.detach().abs()
        nearest[0] = min(nearest[0], float(size.min() / size.max()))

    hidden = [layer for layer in network.modules() if isinstance(layer, nn.Linear)][:-1]
    hooks = [layer.register_forward_hook(note) for layer in hidden]
    yield nearest
    for hook in hooks:
        hook.remove()


@contextmanager
def off_kinks(network, near=NEAR):
    """For a run that is compared by value: fails when rounding could turn a unit on."""
    with watched(network) as nearest:
        yield
    assert nearest[0] > near, (
        f"a unit comes within {nearest[0]:.1e} of its kink: fewer steps or another seed"
    )


def train(network, x, y, settings):
    """`training.train` on a run that no rounding decides."""
    with off_kinks(network):
        return training.train(network, x, y, settings)


def state(network, optimizer):
    """Parameters, and what the optimizer keeps of each: copies."""
    parameters, names = list(network.parameters()), KEPT[type(optimizer)]
    kept = [[optimizer.state[p].get(name) for p in parameters] for name in names]
    kept = [
        [
            torch.zeros_like(p) if t is None else t.clone()
            for t, p in zip(row, parameters, strict=True)
        ]
        for row in kept
    ]
    return State([p.detach().clone() for p in parameters], kept)


def legs(network, optimizer, advance, steps, count=20, few=4, near=NEAR):
    """`count` Legs of `few` steps, spread evenly over a run of `steps` steps.

    advance(start, number) does steps start, start + 1, ... and returns the losses before them. A leg is
    clear when no unit comes near its kink: then no rounding decides. AssertionError when half are not.
    """
    found, every = [], steps // count
    for start in range(0, every * count, every):
        before = state(network, optimizer)
        with watched(network) as nearest:
            losses = np.asarray(advance(start, few))
        found.append(Leg(start, before, state(network, optimizer), losses, nearest[0] > near))
        advance(start + few, every - few)
    assert sum(leg.clear for leg in found) > count / 2, "too many states near a kink: another seed"
    return found


def put(tensors, values):
    """Copy values into tensors, in place: how a state gets into an implementation."""
    with torch.no_grad():
        for tensor, value in zip(tensors, values, strict=True):
            tensor.copy_(value)


def apart(mine, theirs):
    """Largest difference of two lists of tensors, over the largest value of the second."""
    size = max(float(t.abs().max()) for t in theirs)
    return (
        max(float((m.detach() - t).abs().max()) for m, t in zip(mine, theirs, strict=True)) / size
    )


def loss_rounding(loss, points, size=1.0):
    """How far a sum of squared errors may be off when outputs as large as `size` are rounded.

    Residuals off by e each: |Σ (r + e)² - Σ r²| <= 2 e √(n Σ r²) + n e² (Cauchy and Schwarz).
    """
    off = 16 * EPS * size
    return 2 * off * np.sqrt(points * loss) + points * off**2
