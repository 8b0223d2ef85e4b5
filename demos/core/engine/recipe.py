"""One training step, as a function: parameters, state, batch and settings in, parameters and state out.

`Recipe.step` is the step of the plain loop, of N networks at once and of a tracer: it changes nothing in
place, draws nothing, and every setting is a tensor. Parameters and state of one network, or stacked, N of
them, each with its own batch or a shared one (x: (N or 1, B, ...)); settings () or one per network, (N,).
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch.func import grad_and_value

from demos.core.engine import losses
from demos.core.engine.network import Network
from demos.core.engine.optimizers import Sgd
from demos.core.engine.passes import Asked, Given, spread


class State(NamedTuple):
    """What a step hands to the next: steps done (float64), what the optimizer keeps, buffers, average."""

    count: torch.Tensor
    kept: dict
    buffers: dict
    average: dict


class Batch(NamedTuple):
    """What a step trains on: x, y, and what chance decides in it, by name (`Recipe.draws`)."""

    x: torch.Tensor
    y: torch.Tensor
    draws: dict = {}


@dataclass(frozen=True)
class Recipe:
    """How networks are trained, but for numbers: those are `hyper`, with at least the learning rate "lr".

    loss: of `losses`, a number per point; a step descends its mean over the batch, or its sum.
    parts: of `parts`, in the order in which they act. average: of `averages`, or None.
    """

    network: Network
    loss: Any = losses.squared_error
    optimizer: Any = Sgd()
    parts: tuple = ()
    mean: bool = True
    average: Any = None

    def start(self, seeds):
        """Parameters and state of one network per seed, stacked."""
        parameters, buffers = self.network.start(seeds)
        return parameters, self.state(parameters, buffers)

    def state(self, parameters, buffers=None):
        """The state before the first step, of one network or many."""
        average = {n: p.clone() for n, p in parameters.items()} if self.average else {}
        count = torch.zeros((), dtype=torch.float64)
        return State(count, self.optimizer.start(parameters), buffers or {}, average)

    def step(self, parameters, state, batch, hyper):
        """One step. Returns parameters, state, and the loss before it: (N,), or () for one network."""
        gradients, loss, buffers = self.gradients(parameters, state.buffers, batch, hyper)
        stacked = self.network.is_stacked(parameters)
        for part in self.parts:
            gradients = part.gradients(gradients, parameters, hyper, stacked)
        count = state.count + 1
        directions, kept = self.optimizer(gradients, state.kept, count, hyper)
        for part in self.parts:
            also = part.also(parameters, hyper)
            directions = directions | {n: directions[n] + d for n, d in also.items()}
        parameters = moved(parameters, directions, hyper["lr"])
        for part in self.parts:
            parameters = part.parameters(parameters, hyper)
        average = self.average(state.average, parameters, count) if self.average else {}
        return parameters, State(count, kept, buffers, average), loss

    def gradients(self, parameters, buffers, batch, hyper):
        """Gradients of the loss by name, the loss, and what the buffers become."""
        chance = Given(batch.draws)
        x, y, parameters = self.prepared(batch.x, batch.y, parameters, chance, hyper)

        def total(parameters):
            out, after = self.network.apply(parameters, x, buffers, hyper, chance, training=True)
            points = self.loss(out, y)
            loss = points.mean(-1) if self.mean else points.sum(-1)
            return loss.sum(), (loss, after)

        gradients, (_, (loss, after)) = grad_and_value(total, has_aux=True)(parameters)
        return gradients, loss, after

    def prepared(self, x, y, parameters, chance, hyper):
        """Data and weights as the pass sees them."""
        for part in self.parts:
            x, y = part.data(x, y, chance, hyper)
            parameters = part.weights(parameters, chance, hyper)
        return x, y, parameters

    def draws(self, x, y, hyper):
        """What a step asks of chance: {name: Draw}. x (B, ...), y (B, k): a batch of one network."""
        asked = Asked()
        parameters, buffers = (
            {n: t[0] for n, t in each.items()} for each in self.network.start([0])
        )
        hyper = {name: torch.as_tensor(value).flatten()[0] for name, value in hyper.items()}
        x, y, parameters = self.prepared(x.float(), y.float(), parameters, asked, hyper)
        with torch.no_grad():
            self.network.apply(parameters, x, buffers, hyper, asked, training=True)
        return asked.draws


def moved(parameters, directions, lr):
    """A step along directions."""
    return {n: p - spread(lr, p) * directions[n] for n, p in parameters.items()}
