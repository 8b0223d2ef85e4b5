"""What the page gets of this topic: a network that learns mixed and noisy points, the points, the dice."""

import math

import torch

from demos.augmentation.compute_mixup import FIT, FRESH, PLANE, WIDTHS, plane, recipe
from demos.core.engine.parts import InputNoise, Mixup
from demos.core.engine.recipe import Batch
from demos.core.live import SEEDS
from demos.core.page import Call, Net, Stream, named

NAME = "mixed-" + named(WIDTHS)
POINTS, SHOWN = FIT.points, 600  # trained; fresh ones, on which the slide scores
FRESH_SEED = 0  # whose they are, the same for all seeds
DICE, CHUNK = 22_000, 20  # added to a network's seed; steps drawn at a time
CALLS = (
    Call({"mixed": (1,), "share": (1,)}),
    Call({"partner": (POINTS,)}),
    Call({"far": (POINTS, 2)}),
    Call({"turn": (POINTS, 2)}),
)


def mixed(taken, hyper):
    """A step's points and what chance decides in it, made of uniform numbers.

    hyper: "mixup", the share of steps that mix, by Beta(1, 1); "noise", the sd of what is added to inputs.
    Each point is mixed with one of all points, drawn anew, where `Mixup` deals them all out: the page
    cannot sort. Normal numbers: Box and Muller 1958.
    """
    partner = (POINTS * taken["partner"]).long()
    share = torch.where(taken["mixed"] < hyper["mixup"], taken["share"], torch.ones(1))
    normal = (-2 * torch.log(1 - taken["far"])).sqrt() * torch.cos(2 * math.pi * taken["turn"])
    x, y = (Mixup().mix(taken[name], partner, share.reshape(())) for name in "xy")
    return Batch(x, y, {"noise": normal})


NETS = [
    Net(
        NAME,
        recipe(parts=(InputNoise("noise"),)),
        given={"x": (POINTS, WIDTHS[0]), "y": (POINTS, WIDTHS[-1])},
        rest={"lr": 0.0, "momentum": 0.0, "mixup": 0.0, "noise": 0.0},
        batch=mixed,
        streams=(Stream(DICE, CALLS),),
        chunk=CHUNK,
    )
]


def data():
    """Per set of points: x of each seed, (POINTS, 2), and fresh ones; point n is of class n % classes."""
    return {
        "classes": PLANE,
        "points": {
            name: [plane(name, seed, POINTS)[0].round(4) for seed in SEEDS] for name in PLANE
        },
        "fresh": {name: plane(name, FRESH_SEED, SHOWN, FRESH)[0].round(4) for name in PLANE},
    }
