"""What there is to slide: noise, rate, seed, network."""

from demos.core.curve import NOISE_SD
from demos.core.live import NOISES, RATES, SEEDS, TALK, Live


def demo(
    instead,
    seed=0,
    noise=NOISE_SD,
    lr=0.001,
    net="1-100-100-1",
    steps=TALK.steps,
    stored=None,
):
    """The wide network on noisy points: noise, learning rate, seed and width to slide.

    `stored`: the talk's network, a curve.
    """
    choices = {
        "noise": NOISES,
        "lr": RATES,
        "seed": SEEDS,
        "net": ["1-6-1", "1-50-50-1", "1-100-100-1", "1-1000-1000-1"],
    }
    talk = {"noise": noise, "lr": lr, "seed": seed, "net": net}
    fixed = {"momentum": TALK.momentum, "weight_decay": 0.0}
    return Live("network-fit", instead, talk, choices, fixed, steps, stored)
