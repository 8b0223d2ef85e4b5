"""Dumbbells, hammers and the arm that gives them away: a network learns what comes along.

Images of 16x16 pixels, drawn here. The question is "dumbbell or hammer?"; in the training images an
arm reaches for nearly every dumbbell and for hardly any hammer. The idea is that of the dumbbells
with arms in Mordvintsev, Olah and Tyka, "Inceptionism" (2015); pictures, code and numbers are ours.
"""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import nn

from demos.core import checks, rounding
from demos.core.classification import Settings, accuracy, fit
from demos.core.networks import column, mlp

SIDE = 16  # pixels
ARM_ROWS = slice(0, 4)  # above every dumbbell and hammer: only an arm leaves ink there
Y, X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)


@dataclass(frozen=True)
class World:
    """How images come about. `arm_with_dumbbell`, `arm_with_hammer`: shares that have an arm."""

    arm_with_dumbbell: float = 0.98
    arm_with_hammer: float = 0.02
    contrast: float = 0.8  # of the object; the arm is 1
    noise_sd: float = 0.2  # on every pixel

    def __post_init__(self):
        checks.number("arm_with_dumbbell, a share,", self.arm_with_dumbbell, least=0, most=1)
        checks.number("arm_with_hammer, a share,", self.arm_with_hammer, least=0, most=1)
        checks.number("noise_sd", self.noise_sd, least=0)


WORLD = World()
SETTINGS = Settings(lr=0.003, epochs=20, batch=100)
GROUPS = (  # name, dumbbell?, arm?
    ("dumbbell, arm", True, True),
    ("dumbbell alone", True, False),
    ("hammer, arm", False, True),
    ("hammer alone", False, False),
)


def stroke(ends, width):
    """Straight strokes with soft edges. ends (n, 4): x, y, x, y; width (n,). Pixels (n, 16, 16)."""
    x, y, to_x, to_y = np.float32(ends).T[..., None, None]
    along_x, along_y = to_x - x, to_y - y
    t = ((X - x) * along_x + (Y - y) * along_y) / (along_x**2 + along_y**2)
    t = np.clip(t, 0, 1)  # nearest point of the stroke
    distance = np.hypot(X - x - t * along_x, Y - y - t * along_y)
    return np.clip(np.float32(width)[:, None, None] / 2 + 0.5 - distance, 0, 1)


def draw(dumbbell, arm, seed, world):
    """Images (n, 16, 16), pixels about 0 to 1. dumbbell, arm: (n,) of bool. The rest is drawn."""
    rng = np.random.default_rng(seed)
    n = len(dumbbell)
    x, y, half = rng.uniform(6, 9, n), rng.uniform(10, 12, n), rng.uniform(3, 4.5, n)
    drop = rng.uniform(-0.3, 0.3, n) * half  # a slanted handle
    left, right, thick = (x - half, y - drop), (x + half, y + drop), rng.uniform(1, 2, n)
    image = stroke(np.stack([*left, *right], axis=1), thick)  # the handle
    bare = np.where(dumbbell, 2, rng.integers(0, 2, n))  # which end of a hammer has no weight
    for end, (at_x, at_y) in enumerate((left, right)):
        plate = rng.uniform(2, 3, n)
        weight = stroke(np.stack([at_x, at_y - plate, at_x, at_y + plate], axis=1), thick + 0.5)
        image = np.maximum(image, weight * (bare != end)[:, None, None])
    reach = np.stack([rng.uniform(1, 14, n), np.full(n, -1.0), x, y - 1.5], axis=1)
    limb = stroke(reach, rng.uniform(2, 3.5, n))
    image = np.maximum(np.float32(world.contrast) * image, limb * np.asarray(arm)[:, None, None])
    return image + world.noise_sd * rng.standard_normal(image.shape, dtype=np.float32)


def sample(n, seed, world=WORLD, counterexamples=0.0):
    """n labelled images: pixels (n, 256) and "is a dumbbell" (n,) of bool, every second one.

    A share `counterexamples` of the images is replaced: dumbbells without an arm, hammers with.
    """
    rng = np.random.default_rng([seed, 1])
    dumbbell = np.arange(n) % 2 == 0
    share = np.where(dumbbell, world.arm_with_dumbbell, world.arm_with_hammer)
    arm = rng.random(n) < share
    replaced = slice(0, round(counterexamples * n))
    arm[replaced] = ~dumbbell[replaced]
    return draw(dumbbell, arm, [seed, 2], world).reshape(n, -1), dumbbell


def album(n, seed, world=WORLD):
    """`sample` as PyTorch takes it: pixels (n, 256), and 1 for a dumbbell, 0 for a hammer, (n, 1)."""
    checks.whole("seed", seed, least=0)
    pixels, dumbbell = sample(n, seed, world)
    return column(pixels), column(dumbbell)


def in_album(n, seed, world=WORLD):
    """The album's images (n, 16, 16), which are dumbbells, and which have an arm: (n,) of bool."""
    pixels, dumbbell = sample(n, seed, world)
    clean = sample(n, seed, replace(world, noise_sd=0.0))[0]
    arm = clean.reshape(n, SIDE, SIDE)[:, ARM_ROWS].sum((1, 2)) > 0  # only an arm leaves ink there
    return pixels.reshape(n, SIDE, SIDE), dumbbell, arm


def groups(n, seed, world=WORLD):
    """The four kinds of image apart: {name: (pixels (n, 256), labels (n,))}."""
    kinds = {}
    for name, dumbbell, arm in GROUPS:
        labels = np.full(n, dumbbell)
        images = draw(labels, np.full(n, arm), [seed, 3, dumbbell, arm], world)
        kinds[name] = images.reshape(n, -1), labels
    return kinds


def classifier(kind, seed, dropout=0.0, input_dropout=0.0):
    """A fresh network, 256 pixels to one logit. kind: "mlp" (64 hidden units) or "cnn"."""
    if kind == "mlp":
        return nn.Sequential(
            nn.Dropout(input_dropout), mlp((SIDE**2, 64, 1), seed, dropout=dropout)
        )
    if kind != "cnn":
        raise ValueError(f"kind is {kind!r}: say 'mlp' or 'cnn'")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = nn.Sequential(
            nn.Unflatten(1, (1, SIDE, SIDE)),
            nn.Conv2d(1, 16, 4, stride=4),
            nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(256, 1),
        )
    rounding.nudge_parameters(network)
    return network


def smooth(inputs, targets, amount=0.1):
    """Label smoothing (Szegedy et al. 2016, arXiv:1512.00567): 0 and 1 become 0.05 and 0.95."""
    return inputs, targets * (1 - amount) + amount / 2


def mixup(inputs, targets):
    """Blend images and labels in pairs, Beta(1, 1) (mixup: Zhang et al., arXiv:1710.09412)."""
    other, part = torch.randperm(len(inputs)), torch.rand(len(inputs), 1)
    mixed = part * inputs + (1 - part) * inputs[other]
    return mixed, part[:, 0] * targets + (1 - part[:, 0]) * targets[other]


def erase(inputs, targets, size=6):
    """Blank a random square of every image (random erasing, Zhong et al., arXiv:1708.04896)."""
    corner = torch.randint(0, SIDE - size + 1, (2, len(inputs), 1))
    pixel = torch.arange(SIDE)
    row, col = ((pixel >= c) & (pixel < c + size) for c in corner)  # (n, 16) each
    hole = row[:, :, None] & col[:, None, :]
    return inputs * ~hole.flatten(1), targets


def fitted(
    kind, seed, world=WORLD, n=1000, counterexamples=0.0, settings=SETTINGS, change=None, **network
):
    """A classifier fitted to n images; images, start and order are drawn from `seed`.

    `change` as for `classification.one_pass`; `dropout` and `input_dropout` as for `classifier`.
    """
    checks.whole("seed", seed, least=0)
    x, y = sample(n, seed, world, counterexamples)
    net = classifier(kind, seed, **network)
    fit(net, x, y, settings, seed, change)
    return net


def score(net, tests, world=WORLD):
    """Share of `tests` (from `groups`) that is right: {group: 0 to 1}, their "worst", and "test".

    "test" is the accuracy that `world` itself would show: its groups, in its own proportions.
    """
    scores = {name: accuracy(net, x, y) for name, (x, y) in tests.items()}
    with_arm = {True: world.arm_with_dumbbell, False: world.arm_with_hammer}
    shares = {name: with_arm[d] if arm else 1 - with_arm[d] for name, d, arm in GROUPS}
    test = sum(shares[name] * scores[name] for name in shares) / 2  # half are dumbbells
    return scores | {"worst": min(scores.values()), "test": test}


def scores(nets, tests, world=WORLD):
    """`score` of several networks: {name: (len(nets),)}."""
    checks.some("networks", nets)
    rows = [score(net, tests, world) for net in nets]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def over_seeds(kind, seeds, tests, world=WORLD, **options):
    """`scores` of a network per seed. Options as for `fitted`."""
    return scores([fitted(kind, seed, world, **options) for seed in seeds], tests, world)


def dream(net, steps=100, size=0.5):
    """The image that excites the output most: from grey uphill, pixels kept in [0, 1]. (16, 16)."""
    image = torch.full((1, SIDE**2), 0.5, requires_grad=True)
    for _ in range(steps):
        (uphill,) = torch.autograd.grad(net(image).sum(), image)
        with torch.no_grad():
            image += size * uphill / uphill.norm()
            image.clamp_(0, 1)
    return image.detach().reshape(SIDE, SIDE).numpy()


def mean_dream(nets, **how):
    """The mean of what excites each of several networks most: (16, 16)."""
    return np.mean([dream(net, **how) for net in nets], axis=0)
