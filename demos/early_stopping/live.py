"""What there is to slide: patience, noise, rate, seed."""

import numpy as np

from demos.core.curve import curve, rmse
from demos.core.live import RATES, SEEDS, Live
from demos.early_stopping.compute import (
    GRID,
    LIVE,
    LIVE_EVERY,
    LIVE_WIDTHS,
    NOISE_SD,
    kept,
)

NET = "-".join(map(str, LIVE_WIDTHS))
WAITS = [20, 40, 60, 100, 200, 400, 1000, 4000]  # steps
NOISES = [0.0, 0.05, 0.1, 0.2, 0.3, 0.4]


def demo(instead, seed=2, noise=NOISE_SD, lr=LIVE.lr, patience=100, steps=LIVE.steps, stored=None):
    """A network in training, its error at the dots and at held-out points, and the step that is kept.

    patience: in steps. `stored`: what the talk's run kept, a curve.
    """
    choices = {"patience": WAITS, "noise": NOISES, "lr": RATES, "seed": SEEDS}
    talk = {"patience": patience, "noise": noise, "lr": lr, "seed": seed}
    fixed = {"momentum": LIVE.momentum, "weight_decay": 0.0, "every": LIVE_EVERY}
    return Live("early-stopping", instead, talk, choices, fixed, steps, stored, [NET])


def readouts(run, patience):
    """What the page says of a run (`compute.in_the_page`): held-out RMSE now, the lowest before patience
    ended, its step, and the RMSE to the curve of what was kept."""
    looks, _, held, fits = run
    best, _ = kept(held, patience // LIVE_EVERY)
    found = {"now": held[-1], "lowest": held[best], "at": looks[best]}
    return {name: float(value) for name, value in found.items()} | {
        "kept": float(rmse(np.asarray(fits[best]), curve(GRID)))
    }
