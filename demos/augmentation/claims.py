"""What is claimed of moved digits, rolled signals, and of copies that were split apart.

Told: that invented copies make a network better (Goodfellow, Bengio and Courville 2016, section 7.4;
Soleymani 2024).
"""

from dataclasses import replace

import numpy as np

from demos.augmentation import compute, compute_signals
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, TOLD, USUALLY

TITLE = "More data out of the data"


def digits(seeds, points, steps, batch, lr):
    """Digits shifted never, half the time, always; turned upside down half the time."""
    fit = replace(compute.FIT, points=points, steps=steps, batch=batch, lr=lr)
    turned = compute.on_digits(seeds, {"turned": 0.5}, "turned", fit)
    return compute.on_digits(seeds, fit=fit) | {"centred_turned": turned["centred_turned"]}


def signals(seeds, points, steps, batch, lr, members):
    """MNIST-1D: plain, rolled, with decay and smoothing on top, five of these."""
    fit = replace(compute_signals.FIT, points=points, steps=steps, batch=batch, lr=lr)
    return compute_signals.on_signals(seeds, fit, members)


def leaks(seeds, many, sd, points, held):
    """Noisy copies of digits, split after copying and before."""
    rows = [compute.leak(seed, many, sd, points, held) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def settings(fit):
    """Of a fit, what a study varies."""
    return {"points": fit.points, "steps": fit.steps, "batch": fit.batch, "lr": fit.lr}


DIGITS = Study("augmentation-digits", digits, settings(compute.FIT), count=64, batch=32)
SIGNALS = Study(
    "augmentation-signals",
    signals,
    settings(compute_signals.FIT) | {"members": compute_signals.MEMBERS},
    count=48,
    batch=8,
    again=2,
)
LEAKS = Study(
    "augmentation-leaks",
    leaks,
    {"many": 9, "sd": 0.1, "points": compute.FIT.points, "held": 0.2},
    count=64,
    batch=32,
)


def more(one, other):
    """By how much one quantity is larger than another."""
    return lambda q: q[one] - q[other]


SHARE = "share right, minus that without"
CLAIMS = (
    Claim(
        "augmentation-helps",
        "Copies, always shifted, make a network right more often",
        DIGITS,
        value=more("centred_always", "centred_never"),
        rule=">",
        bound=0,
        unit=SHARE,
        kind=TOLD,
    ),
    Claim(
        "augmentation-shifted",
        "Always shifted: 40 points more of shifted digits right",
        DIGITS,
        value=more("shifted_always", "shifted_never"),
        rule=">",
        bound=0.4,
        unit=SHARE,
        word=USUALLY,
    ),
    Claim(
        "augmentation-turned",
        "Turned upside down half the time: fewer digits right",
        DIGITS,
        value=more("centred_turned", "centred_never"),
        rule="<",
        bound=0,
        unit=SHARE,
        word=USUALLY,
    ),
    Claim(
        "augmentation-rolled",
        "MNIST-1D, rolled round: five points more are right",
        SIGNALS,
        value=more("rolled", "plain"),
        rule=">",
        bound=0.05,
        unit=SHARE,
        word=USUALLY,
    ),
    Claim(
        "augmentation-both",
        "Decay and smoothing on top of rolling: more are right",
        SIGNALS,
        value=more("both", "rolled"),
        rule=">",
        bound=0,
        unit="share right, minus rolled alone",
        word=MOSTLY,
    ),
    Claim(
        "augmentation-five",
        "Five of these in a mean: more right than one of them",
        SIGNALS,
        value=more("five", "both"),
        rule=">",
        bound=0,
        unit="share right, minus that of one",
        word=USUALLY,
    ),
    Claim(
        "augmentation-leaks",
        "Copied, then split: validation says 5 points too much",
        LEAKS,
        value=more("before", "new_before"),
        rule=">",
        bound=0.05,
        unit="validation minus new digits",
        word=USUALLY,
    ),
)
