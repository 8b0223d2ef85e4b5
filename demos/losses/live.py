"""What there is to slide: a logit, its target, and one more logit of the softmax."""

import numpy as np

from demos.core.live import Live
from demos.losses.draw import along
from demos.losses.pairs import BELONG

LOGITS = [n / 2 for n in range(-12, 13)]
TARGETS = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]
OTHERS = [float(n) for n in range(-4, 5)]
GRID = np.linspace(-6, 6, 121)
LOGIT = -3.0  # of the slide: wrong, and sure of it


def demo(instead, logit=LOGIT, target=1.0, other=0.0, stored=None):
    """Three losses against a logit, and the push on it; nothing trains.

    `stored`: the slide's binary cross-entropy along GRID, a curve.
    """
    choices = {"logit": LOGITS, "target": TARGETS, "other": OTHERS}
    talk = {"logit": logit, "target": target, "other": other}
    return Live("losses", instead, talk, choices, {}, 0, stored)


def readouts(logit=LOGIT, target=1.0, other=0.0):
    """What the page says: {"prediction_PAIR", "loss_PAIR", "gradient_PAIR": number}."""
    found = {}
    for name in BELONG:
        values = along(name, [logit], target, other)
        keys = (f"{what}_{name}" for what in ("prediction", "loss", "gradient"))
        found |= dict(zip(keys, (float(each[0]) for each in values), strict=True))
    return found


def curve(target=1.0):
    """The binary cross-entropy along GRID, as `stored`."""
    return GRID, along("binary", GRID, target)[1]
