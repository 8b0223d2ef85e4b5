"""Dropout, and whether it makes a network trust two inputs that say the same equally.

The demo is that of B. Firner, "Regularization in Deep Neural Networks" (2025): two inputs carry one
signal, either may be missing, and afterwards the network is asked what it says with one of them
gone. Dropout is from Hinton et al. 2012, "Improving neural networks by preventing co-adaptation of
feature detectors" (arXiv:1207.0580).

Everything trains for many seeds at once. Each seed has two random streams of its own, one for the
batches and one for the dropout masks, so that the same seed sees the same data with and without
dropout, alone or among others.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch

from demos.core import checks, rounding
from demos.core.engine.batches import Data
from demos.core.engine.chance import threshold
from demos.core.ensemble import Ensemble, run
from demos.core.networks import mlp
from demos.core.training import Settings

WIDTHS = (2, 100, 100, 1)
BATCH = 64
CHUNK = 20  # steps drawn at a time: few Python calls, and the masks still fit the cache
ORIGINAL = Settings(weight_decay=0.01, steps=10_000)
LOUD = Settings(lr=0.001, weight_decay=0.01, steps=2000)
DATA_STREAM, MASK_STREAM = 1_000_000, 2_000_000  # added to the seed


@dataclass(frozen=True)
class Signals:
    """What the two inputs carry: (y, loud * y + noise), the label is y, uniform on [0, 1].

    `missing`: each input is 0 with this probability, on its own, and never rescaled: input dropout
    and missing data are the same thing. `leak`: the original's slip, labels that are a view.
    """

    loud: float = 1.0
    noise: float = 0.0  # standard deviation, on the second input only
    missing: float = 0.001
    leak: bool = False

    def __post_init__(self):
        checks.number("loud", self.loud)
        checks.number("noise", self.noise, least=0)
        checks.number("missing, a probability,", self.missing, least=0, below=1)


def draw_examples(signals, count, generator):
    """Inputs (count, 2) and labels (count, 1)."""
    x = torch.rand(count, 1, generator=generator).repeat(1, 2)
    y = x[:, :1] if signals.leak else x[:, :1].clone()  # a view, or a copy
    x[:, 1] *= signals.loud
    x[:, 1] += signals.noise * torch.randn(count, generator=generator)
    present = torch.rand(count, 2, generator=generator) >= signals.missing
    x *= present  # in place: a view of x loses its value too
    return x, y


def coins(shape, generator):
    """A coin per unit as the engine has them (`chance`): 16 bits each, much cheaper than bernoulli_."""
    count = int(np.prod(shape))
    bits = torch.empty(-(-count // 4), dtype=torch.int64)
    dice = bits.random_(-(2**63), None, generator=generator).view(torch.int16)[:count]
    return dice.bitwise_not_().view(shape)


def kept(coins, p):
    """Who stays where units are dropped with probability p (met to 1/65536): a tensor of bool.

    Raises ValueError unless 0 <= p < 1.
    """
    if not 0 <= p < 1:
        raise ValueError(f"p is the share of units to drop, 0 <= p < 1, not {p}")
    return coins < threshold(1 - torch.tensor(p, dtype=torch.float64))


class Batches:
    """`batch(step)` for `ensemble.run`: inputs (N, B, 2), labels (N, B, 1), and coins with dropout.

    Draws CHUNK steps per network at a time; to be asked for steps 0, 1, 2, ... in order.
    """

    def __init__(self, signals, seeds, dropout=0.0):
        self.signals, self.dropout = signals, dropout
        self.data = [torch.Generator().manual_seed(seed + DATA_STREAM) for seed in seeds]
        self.dice = [torch.Generator().manual_seed(seed + MASK_STREAM) for seed in seeds]

    def __call__(self, step):
        now = step % CHUNK
        if now == 0:
            self.draw()
        return Data(self.x[now], self.y[now]), self.coins[now] if self.dropout else ()

    def draw(self):
        """The next CHUNK steps, step first: x, y and, with dropout, the units' coins."""
        drawn = [draw_examples(self.signals, CHUNK * BATCH, data) for data in self.data]
        x, y = (rounding.nudge(torch.stack(same)) for same in zip(*drawn, strict=True))
        self.x = x.view(len(x), CHUNK, BATCH, 2).transpose(0, 1).contiguous()
        self.y = y.view(len(y), CHUNK, BATCH, 1).transpose(0, 1).contiguous()
        if self.dropout:
            shape = (CHUNK, len(WIDTHS) - 2, BATCH, WIDTHS[1])
            tossed = torch.stack([coins(shape, dice) for dice in self.dice], dim=2)
            self.coins = rounding.reorder(
                tossed, 4
            )  # (CHUNK, layers, N, BATCH, units): with its unit


def train(signals, seeds, dropout=0.0, settings=ORIGINAL):
    """Networks 2-100-100-1, one per seed, trained together. `dropout` follows both hidden ReLUs."""
    checks.number("dropout, a probability,", dropout, least=0, below=1)
    ensemble = Ensemble(WIDTHS, seeds)
    run(ensemble, Batches(signals, seeds, dropout), settings, dropout=dropout)
    return ensemble


def answers(ensemble, loud=1.0):
    """f(1, 0), f(0, loud), f(1, loud): one row each, one column per network. All should be 1."""
    return ensemble.predict([[1, 0], [0, loud], [1, loud]]).T


def asymmetry(says):
    """|f(1, 0) - f(0, 1)| / f(1, 1) from `answers`: 0 when both inputs are trusted equally."""
    return np.abs(says[0] - says[1]) / says[2]


def errors(ensemble, loud=1.0):
    """RMSE over labels in [0, 1], with both signals and with the worse one alone: two of (N,)."""
    y = np.linspace(0, 1, 101)
    inputs = [np.stack([a * y, b * loud * y], axis=1) for a, b in ((1, 1), (1, 0), (0, 1))]
    both, first, second = (np.sqrt(np.mean((ensemble.predict(x) - y) ** 2, 1)) for x in inputs)
    return both, np.maximum(first, second)


def reliance_map(ensemble, points=101):
    """f(a, b) on a grid over the unit square: (N, points, points), indexed [network, b, a]."""
    a, b = np.meshgrid(np.linspace(0, 1, points), np.linspace(0, 1, points))
    return ensemble.predict(np.stack([a, b], axis=-1).reshape(-1, 2)).reshape(-1, points, points)


def run_demo(seed, dropout=0.5, leak=False, steps=ORIGINAL.steps):
    """The original's demo, one network: train, then probe it on the 101 x 101 grid. (101, 101)."""
    settings = replace(ORIGINAL, steps=steps)
    return reliance_map(train(Signals(leak=leak), [seed], dropout, settings))[0]


def dips(ensemble, loud=1.0, off=0.1):
    """How far f(1, loud) falls when a share `off` of one input is taken away: of the first, the second.

    Two of (N,).
    """
    points = [[1, loud], [1 - off, loud], [1, (1 - off) * loud]]
    whole, without_first, without_second = ensemble.predict(points).T
    return whole - without_first, whole - without_second


def thinned(ensemble, point, dropout, count, seed):
    """What `count` thinned networks say at `point` (a, b), units dropped at random: (N, count).

    The coins are the same for every network, so that none sees the others.
    """
    generator = torch.Generator().manual_seed(seed)
    tossed = [coins((1, count, width), generator) for width in WIDTHS[1:-1]]
    tossed = [rounding.reorder(each, 2) for each in tossed]
    return ensemble.thinned(np.tile(np.float32(point), (count, 1)), tossed, dropout)


def linear_data(p, loud):
    """Four masks times y = -1, 1, each row weighted by √probability: sums become expectations.

    Dropout on the inputs, rescaled by 1 / (1 - p). Inputs (8, 2), targets (8,).
    """
    masks = np.array([(i, j) for i in (0, 1) for j in (0, 1)])
    weight = np.sqrt(np.prod(np.where(masks, 1 - p, p), axis=1))
    x = weight[:, None] * masks / (1 - p) * (1, loud)
    return np.concatenate([x, -x]), np.concatenate([weight, -weight])


def linear_shares(p, loud, seeds=None, weight_decay=0.0, steps=2000):
    """Train ŷ = w₁a + w₂b with b = loud * a, in float64; what each input adds at a = 1: (N, 2).

    One pair of weights per seed, or with `seeds=None` a single one that starts from zero. No output
    bias: on this data it should stay zero, and rounding makes it grow where the step is too long for it.
    """
    weights = np.zeros((1, 2)) if seeds is None else linear_starts(seeds)
    x, y = linear_data(p, loud)
    lr = 0.2 * (1 - p) / (1 + loud**2)
    for _ in range(steps):
        weights = weights - lr * (2 * (weights @ x.T - y) @ x + weight_decay * weights)
    return weights * (1, loud)


def linear_starts(seeds):
    """PyTorch's start for two inputs and one output, (seeds, 2)."""
    return np.stack([mlp((2, 1), seed)[0].weight.detach().double()[0].numpy() for seed in seeds])


def linear_closed_form(p):
    """Both shares under input dropout p > 0: minimise (c₁ + c₂ - 1)² + p / (1 - p) (c₁² + c₂²)."""
    return 1 / (2 + p / (1 - p))
