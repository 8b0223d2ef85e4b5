"""Every option of the engine, and the same thing said the way one says it to plain PyTorch."""

from dataclasses import dataclass, field

import torch
from by_hand import with_coins
from torch import nn
from torch.nn import functional as F

from demos.core.engine import losses, optimizers, parts

LOSSES = {
    "squared": (losses.squared_error, lambda out, y: F.mse_loss(out, y, reduction="none").sum(-1)),
    "cross": (losses.cross_entropy, lambda out, y: F.cross_entropy(out, y, reduction="none")),
    "binary": (
        losses.binary_cross_entropy,
        lambda out, y: F.binary_cross_entropy_with_logits(out, y, reduction="none").sum(-1),
    ),
}
OPTIMIZERS = {
    "sgd": (optimizers.Sgd(), lambda p, h: torch.optim.SGD(p, h["lr"])),
    "momentum": (
        optimizers.Sgd("momentum"),
        lambda p, h: torch.optim.SGD(p, h["lr"], momentum=h["momentum"]),
    ),
    "nesterov": (
        optimizers.Sgd("momentum", nesterov=True),
        lambda p, h: torch.optim.SGD(p, h["lr"], momentum=h["momentum"], nesterov=True),
    ),
    "adam": (optimizers.Adam(), lambda p, h: torch.optim.Adam(p, h["lr"])),
}


class Plain:
    """What an option does in the plain loop; most do nothing at most places."""

    def data(self, x, y, draws, h):
        return x, y

    def before(self, module, draws, h):
        """Before the forward pass; what it returns is called before the gradient is used."""
        return lambda: None

    def penalty(self, weights, h):
        return 0.0

    def clip(self, weights, h):
        pass

    def around(self, weights, h):
        """Before the optimizer's step; what it returns is called after it."""
        return lambda: None


class L2(Plain):
    def penalty(self, weights, h):
        return h["l2"] / 2 * sum((w**2).sum() for w in weights)


class L1(Plain):
    def penalty(self, weights, h):
        return h["l1"] * sum(w.abs().sum() for w in weights)


class Decay(Plain):
    def around(self, weights, h):
        with torch.no_grad():
            for w in weights:  # as torch.optim.AdamW begins its step
                w.mul_(1 - h["lr"] * h["decay"])
        return lambda: None


class Proximal(Plain):
    def around(self, weights, h):
        def shrink():
            with torch.no_grad():
                for w in weights:
                    w.copy_(F.softshrink(w, h["lr"] * h["prox"]))

        return shrink


class Clip(Plain):
    def clip(self, weights, h):
        nn.utils.clip_grad_norm_(weights, h["clip"])


class ClipValue(Plain):
    def clip(self, weights, h):
        nn.utils.clip_grad_value_(weights, h["clip_value"])


class InputNoise(Plain):
    def data(self, x, y, draws, h):
        return x + h["input_noise"] * draws["input_noise"], y


class TargetNoise(Plain):
    def data(self, x, y, draws, h):
        return x, y + h["target_noise"] * draws["target_noise"]


class Smoothing(Plain):
    def data(self, x, y, draws, h):
        return x, torch.lerp(y, torch.full_like(y, 1 / y.shape[-1]), h["smoothing"])


class Flip(Plain):
    def data(self, x, y, draws, h):
        y, classes = y.clone(), y.shape[-1]
        for n, (coin, lot) in enumerate(zip(draws["flip"], draws["flip to"], strict=True)):
            if coin < h["flip"]:
                others = [(k + int(y[n].argmax())) % classes for k in range(1, classes)]
                y[n] = F.one_hot(torch.tensor(others[int(lot * (classes - 1))]), classes)
        return x, y


class Mixup(Plain):
    def data(self, x, y, draws, h):
        partner = sorted(range(len(x)), key=lambda n: float(draws["mixup with"][n]))
        share = draws["mixup"]
        return share * x + (1 - share) * x[partner], share * y + (1 - share) * y[partner]


class Augment(Plain):
    def data(self, x, y, draws, h):
        rows = []
        for row, coin, lot in zip(x, draws["augment"], draws["augment how"], strict=True):
            rows.append(torch.roll(row, int(lot * len(row))) if coin < h["augment"] else row)
        return torch.stack(rows), y


class WeightNoise(Plain):
    def before(self, module, draws, h):
        clean = {name: p.detach().clone() for name, p in module.named_parameters()}
        with torch.no_grad():
            for name, p in module.named_parameters():
                p.add_(h["weight_noise"] * draws[f"weight_noise {name}"])

        def back():
            with torch.no_grad():
                for name, p in module.named_parameters():
                    p.copy_(clean[name])

        return back


def rolled(x, lot):
    """Each row of x (..., B, d) moved round by a part of its length."""
    by = (lot * x.shape[-1]).long()[..., None]
    return x.gather(-1, (torch.arange(x.shape[-1]) - by) % x.shape[-1])


# in the order in which they act; strengths: one per network
OPTIONS = {
    "flip": (parts.Flip(), Flip(), {"flip": (0.0, 0.2, 0.5)}),
    "smoothing": (parts.Smoothing(), Smoothing(), {"smoothing": (0.0, 0.1, 0.3)}),
    "augment": (parts.Augment(rolled), Augment(), {"augment": (0.5, 1.0, 0.0)}),
    "mixup": (parts.Mixup(), Mixup(), {"mixup": (0.2, 1.0, 3.0)}),
    "input noise": (parts.InputNoise(), InputNoise(), {"input_noise": (0.0, 0.1, 0.3)}),
    "target noise": (parts.TargetNoise(), TargetNoise(), {"target_noise": (0.1, 0.0, 0.3)}),
    "weight noise": (parts.WeightNoise(), WeightNoise(), {"weight_noise": (0.1, 0.0, 0.02)}),
    "l2": (parts.L2(), L2(), {"l2": (0.0, 0.01, 0.1)}),
    "l1": (parts.L1(), L1(), {"l1": (0.0, 0.001, 0.01)}),
    "clip": (parts.Clip(), Clip(), {"clip": (0.1, 0.3, 10.0)}),
    "clip value": (parts.ClipValue(), ClipValue(), {"clip_value": (0.01, 0.03, 10.0)}),
    "decay": (parts.Decay(), Decay(), {"decay": (0.0, 0.1, 1.0)}),
    "proximal": (parts.ProximalL1("prox"), Proximal(), {"prox": (0.1, 0.0, 0.01)}),
    "dropout": (None, Plain(), {"dropout": (0.1, 0.5, 0.0)}),
}
BASE = {"lr": (0.05, 0.02, 0.01), "momentum": (0.9, 0.5, 0.1)}


@dataclass
class Loop:
    """The plain loop of one network, with some options."""

    network: object
    seed: int
    hyper: dict
    loss: object
    optimizer: object
    options: tuple = ()
    mean: bool = True
    module: nn.Module = field(init=False)

    def __post_init__(self):
        self.module = self.network.module(self.seed, self.hyper).double().train()
        self.coins = with_coins(self.module)
        self.rule = self.optimizer(self.module.parameters(), self.hyper)

    def step(self, x, y, draws):
        """One step; returns the loss before it."""
        h, weights = self.hyper, list(self.module.parameters())
        for name, layer in self.coins.items():
            layer.coins = draws.get(name)
        for option in self.options:
            x, y = option.data(x, y, draws, h)
        self.rule.zero_grad(set_to_none=False)  # a skipped block has gradient 0, momentum goes on
        backs = [option.before(self.module, draws, h) for option in self.options]
        points = self.loss(self.module(x), y)
        loss = points.mean() if self.mean else points.sum()
        loss.backward()
        for back in backs:
            back()
        sum_of = sum(option.penalty(weights, h) for option in self.options)
        if isinstance(sum_of, torch.Tensor):
            sum_of.backward()
        for option in self.options:
            option.clip(weights, h)
        after = [option.around(weights, h) for option in self.options]
        self.rule.step()
        for each in after:
            each()
        return float(loss.detach())
