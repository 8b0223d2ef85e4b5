"""Optimizers: gradients in, a direction per parameter out; the step is parameter - lr * direction.

What one keeps is a dict {what: {name: tensor}}, begun as zeros by `start`. Settings are tensors, () or one
per network (N,), and stand in `hyper` by name.
"""

from dataclasses import dataclass

import torch

from demos.core.engine.passes import spread


@dataclass(frozen=True)
class Sgd:
    """Gradient descent; with `momentum`, the name of a setting, Polyak's heavy ball as PyTorch has it.

    v <- momentum v + gradient; the direction is v, or gradient + momentum v where `nesterov`.
    """

    momentum: str = ""
    nesterov: bool = False

    def start(self, parameters):
        return {"speed": zeros(parameters)} if self.momentum else {}

    def __call__(self, gradients, kept, count, hyper):
        if not self.momentum:
            return gradients, kept
        rate = hyper[self.momentum]
        speed = {n: spread(rate, g) * kept["speed"][n] + g for n, g in gradients.items()}
        ahead = {n: g + spread(rate, g) * speed[n] for n, g in gradients.items()}
        return ahead if self.nesterov else speed, {"speed": speed}


@dataclass(frozen=True)
class Adam:
    """Kingma and Ba 2015 (arXiv:1412.6980). `parts.Decay` after it makes it AdamW."""

    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def start(self, parameters):
        return {"mean": zeros(parameters), "square": zeros(parameters)}

    def __call__(self, gradients, kept, count, hyper):
        share1, share2 = 1 - self.beta1**count, 1 - self.beta2**count  # count: float64
        mean, square, direction = {}, {}, {}
        for name, g in gradients.items():
            mean[name] = m = torch.lerp(kept["mean"][name], g, 1 - self.beta1)
            square[name] = s = self.beta2 * kept["square"][name] + (1 - self.beta2) * g * g
            direction[name] = (m / share1) / ((s / share2).sqrt() + self.eps)
        return direction, {"mean": mean, "square": square}


def zeros(parameters):
    return {name: torch.zeros_like(value) for name, value in parameters.items()}
