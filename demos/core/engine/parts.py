"""Regularizers, as parts that act at one place of a training step.

    data(x, y, chance, hyper)          before the forward pass: noise, smoothing, mixup, augmentation
    weights(parameters, chance, hyper) the weights that the pass sees: noise on them
    gradients(gradients, parameters, hyper, stacked)   before the optimizer: penalties, clipping
    also(parameters, hyper)            beside its direction, a further one: decoupled decay
    parameters(parameters, hyper)      after the step: the proximal L1

A part holds the name of its strength in `hyper`; `on` are the names of the parameters it touches, all if
None (`Network.groups` has the usual ones). The same part serves one network and many.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from demos.core.engine.passes import spread


class Part:
    """A part that does nothing. Which places a part acts at is what its class defines.

    `each`: it does the same to every number of a parameter, whatever stands beside it.
    """

    each = False

    def acts(self, place):
        """Whether the part does anything at a place, a method's name."""
        return getattr(type(self), place) is not getattr(Part, place)

    def data(self, x, y, chance, hyper):
        return x, y

    def weights(self, parameters, chance, hyper):
        return parameters

    def gradients(self, gradients, parameters, hyper, stacked):
        return gradients

    def also(self, parameters, hyper):
        return {}

    def parameters(self, parameters, hyper):
        return parameters


def on(part, name):
    """Whether a part touches a parameter."""
    return part.on is None or name in part.on


def touched(part, tensors, change):
    """`change(name, tensor)` for those a part is on, the others as they are."""
    return {n: change(n, t) if on(part, n) else t for n, t in tensors.items()}


@dataclass(frozen=True)
class L2(Part):
    """The penalty λ/2 Σ w²: λ w on the gradient, PyTorch's `weight_decay` of SGD and Adam."""

    strength: str = "l2"
    on: frozenset | None = None
    each = True

    def gradients(self, gradients, parameters, hyper, stacked):
        value = hyper[self.strength]
        return touched(
            self, gradients, lambda n, g: torch.addcmul(g, spread(value, g), parameters[n])
        )


@dataclass(frozen=True)
class L1(Part):
    """The penalty λ Σ |w|, by its subgradient: λ sign(w). No weight ever stays at 0."""

    strength: str = "l1"
    on: frozenset | None = None
    each = True

    def gradients(self, gradients, parameters, hyper, stacked):
        value = hyper[self.strength]
        return touched(
            self, gradients, lambda n, g: torch.addcmul(g, spread(value, g), parameters[n].sign())
        )


@dataclass(frozen=True)
class ProximalL1(Part):
    """The penalty λ Σ |w|, by the proximal step: lr λ nearer to 0, and at 0 where that is nearer.

    Daubechies et al. 2004 (arXiv:math/0307152). With momentum or Adam it is the same step after theirs.
    """

    strength: str = "l1"
    on: frozenset | None = None
    each = True

    def parameters(self, parameters, hyper):
        by = hyper["lr"] * hyper[self.strength]
        return touched(self, parameters, lambda n, p: p.sign() * (p.abs() - spread(by, p)).relu())


@dataclass(frozen=True)
class Decay(Part):
    """Decoupled weight decay: w <- w - lr λ w beside the step. Loshchilov and Hutter 2019, 1711.05101."""

    strength: str = "decay"
    on: frozenset | None = None
    each = True

    def also(self, parameters, hyper):
        value = hyper[self.strength]
        return {n: spread(value, p) * p for n, p in parameters.items() if on(self, n)}


@dataclass(frozen=True)
class Clip(Part):
    """Gradients of a network no longer than `most`, all together: torch's `clip_grad_norm_`.

    Pascanu et al. 2013 (arXiv:1211.5063).
    """

    most: str = "clip"
    on: frozenset | None = None

    def gradients(self, gradients, parameters, hyper, stacked):
        most = hyper[self.most]
        chosen = [g for n, g in gradients.items() if on(self, n)]
        squares = sum(g.square().flatten(int(stacked)).sum(-1) for g in chosen)
        factor = (most.to(squares.dtype) / (squares.sqrt() + 1e-6)).clamp(max=1.0)
        return touched(self, gradients, lambda n, g: g * spread(factor, g))


@dataclass(frozen=True)
class ClipValue(Part):
    """Every number of the gradient within [-most, most]: it turns the direction."""

    most: str = "clip_value"
    on: frozenset | None = None
    each = True

    def gradients(self, gradients, parameters, hyper, stacked):
        def clipped(_, g):
            most = spread(hyper[self.most], g)
            return torch.minimum(torch.maximum(g, -most), most)

        return touched(self, gradients, clipped)


@dataclass(frozen=True)
class InputNoise(Part):
    """x + σ n in every step, n normal."""

    strength: str = "input_noise"

    def data(self, x, y, chance, hyper):
        normal = chance(self.strength, "normal", x.shape)
        return x + spread(hyper[self.strength], normal) * normal, y


@dataclass(frozen=True)
class TargetNoise(Part):
    """y + σ n in every step, n normal: label noise of a regression."""

    strength: str = "target_noise"

    def data(self, x, y, chance, hyper):
        normal = chance(self.strength, "normal", y.shape)
        return x, y + spread(hyper[self.strength], normal) * normal


@dataclass(frozen=True)
class Flip(Part):
    """In every step a share of the labels is replaced by another class: none redraws the right one."""

    share: str = "flip"

    def data(self, x, y, chance, hyper):
        classes = y.shape[-1]
        coin = chance(self.share, "uniform", y.shape[:-1])
        lot = chance(f"{self.share} to", "uniform", y.shape[:-1])
        by = 1 + (lot * (classes - 1)).long()  # 1 ... classes - 1 places further
        by = torch.where(coin < spread(hyper[self.share], coin), by, 0)[..., None]
        where = (torch.arange(classes) - by) % classes
        return x, y.expand(where.shape).gather(-1, where)


@dataclass(frozen=True)
class Smoothing(Part):
    """(1 - s) y + s / classes. Szegedy et al. 2016 (arXiv:1512.00567)."""

    strength: str = "smoothing"

    def data(self, x, y, chance, hyper):
        s = spread(hyper[self.strength], y)
        return x, (1 - s) * y + s / y.shape[-1]


@dataclass(frozen=True)
class Mixup(Part):
    """Every point with a share of another one of the batch, labels too. Zhang et al. 2018, 1710.09412.

    The share comes from Beta(α, α), one per step and network, α in `hyper` under the name `alpha`.
    """

    alpha: str = "mixup"

    def data(self, x, y, chance, hyper):
        lot = chance(f"{self.alpha} with", "uniform", y.shape[:-1])
        order = lot.argsort(dim=-1, stable=True)
        share = chance(self.alpha, "beta", y.shape[:-2], of=self.alpha)
        mixed = [self.mix(each, order, share) for each in (x, y)]
        return mixed[0], mixed[1]

    def mix(self, values, order, share):
        """values (N or 1, B, ...), order (N, B), share (N,); or all without the N."""
        behind = values.shape[order.ndim :]
        values = values.expand(*order.shape, *behind)
        where = order.reshape(*order.shape, *[1] * len(behind)).expand(values.shape)
        share = spread(share, values)
        return share * values + (1 - share) * values.gather(order.ndim - 1, where)


@dataclass(frozen=True)
class Augment(Part):
    """Each point changed with a probability: `change(x, lot)`, lot (..., B) uniform, says how.

    The probability stands in `hyper` under the name `share`.
    """

    change: Callable
    share: str = "augment"

    def data(self, x, y, chance, hyper):
        coin = chance(self.share, "uniform", y.shape[:-1])
        lot = chance(f"{self.share} how", "uniform", y.shape[:-1])
        on = coin < spread(hyper[self.share], coin)
        on = on.reshape(*on.shape, *[1] * (x.ndim - on.ndim))
        return torch.where(on, self.change(x.expand(*lot.shape, *x.shape[lot.ndim :]), lot), x), y


@dataclass(frozen=True)
class WeightNoise(Part):
    """The pass sees w + σ n, n normal and new in every step; the gradient moves w."""

    strength: str = "weight_noise"
    on: frozenset | None = None

    def weights(self, parameters, chance, hyper):
        def noisy(name, p):
            normal = chance(f"{self.strength} {name}", "normal", p.shape)
            return p + spread(hyper[self.strength], p) * normal

        return touched(self, parameters, noisy)
