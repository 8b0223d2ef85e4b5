"""Averages of the weights along a run, kept beside them: `average(old, parameters, count)`, count from 1.

With normalizations the running averages in the buffers are those of the weights, not of their average.
"""

from dataclasses import dataclass

import torch


class Average:
    """average <- average + rate (parameters - average); `rate(count)` is a tensor, count too."""

    def __call__(self, old, parameters, count):
        rate = self.rate(count)
        return {n: torch.lerp(old[n], p, rate.to(p.dtype)) for n, p in parameters.items()}


@dataclass(frozen=True)
class Exponential(Average):
    """Keeps `decay` of itself in every step, and begins with the parameters after the first."""

    decay: float = 0.99

    def rate(self, count):
        return 1 - self.decay * (count > 1).to(count.dtype)


@dataclass(frozen=True)
class Running(Average):
    """The mean of the parameters after every step from `start` on (Izmailov et al. 2018, 1803.05407)."""

    start: int = 1

    def rate(self, count):
        return 1 / (count - self.start + 1).clamp(min=1)
