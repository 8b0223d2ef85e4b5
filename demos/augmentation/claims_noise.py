"""What is claimed of mixup and of noise.

Told: that mixup generalizes better (Zhang et al. 2018, arXiv:1710.09412), on large data; that noise on the
inputs of a linear model is Ridge (Bishop 1995).
"""

from dataclasses import replace

import numpy as np

from demos.augmentation import compute_mixup, compute_noise
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, TOLD, USUALLY

TITLE = "Mixup and noise"
NAMES = (*compute_mixup.PLANE, *compute_mixup.REAL)


def sets(seeds, points, steps, lr, alpha):
    """What mixup adds to accuracy and log loss on six sets."""
    fit = replace(compute_mixup.FIT, points=points, steps=steps, lr=lr)
    found = {}
    for name in NAMES:
        gained = compute_mixup.gains(name, seeds, alpha, fit)
        found |= {f"{what}_{name.replace(' ', '_')}": values for what, values in gained.items()}
    return found


def bump(seeds, points, noise_sd, steps, lr):
    """RMSE of networks on a noisy bump, with noise on nothing, inputs, weights, labels."""
    return compute_noise.errors(
        seeds, replace(compute_noise.FIT, points=points, noise_sd=noise_sd, steps=steps, lr=lr)
    )


def linear(seeds, sd, patients, counts):
    """How far from Ridge least squares on noisy copies is, per number of copies."""
    rows = np.array([compute_noise.off(seed, counts, sd, patients) for seed in seeds])
    return {f"off_{count}": row for count, row in zip(counts, rows.T, strict=True)}


SETS = Study(
    "augmentation-mixup",
    sets,
    {
        **{"points": compute_mixup.FIT.points, "steps": compute_mixup.FIT.steps},
        **{"lr": compute_mixup.FIT.lr, "alpha": compute_mixup.ALPHA},
    },
    count=48,
    batch=24,
)
BUMP = Study(
    "augmentation-noise",
    bump,
    {
        **{"points": compute_noise.FIT.points, "noise_sd": compute_noise.FIT.noise_sd},
        **{"steps": compute_noise.FIT.steps, "lr": compute_noise.FIT.lr},
    },
    count=64,
    batch=32,
)
LINEAR = Study(
    "augmentation-ridge",
    linear,
    {
        **{"sd": compute_noise.SD, "patients": compute_noise.PATIENTS},
        "counts": (1, 10, 100, 1000, 10_000),
    },
    count=128,
    batch=32,
)
REAL = [f"accuracy_{name.replace(' ', '_')}" for name in compute_mixup.REAL]
ALL = [f"accuracy_{name.replace(' ', '_')}" for name in NAMES]


def mean(names):
    """The mean of some quantities."""
    return lambda q: np.mean([q[name] for name in names], 0)


def gain(what, name):
    """What mixup adds on one set."""
    return lambda q: q[f"{what}_{name}"]


MIXED = "share right, mixup minus plain"
CLAIMS = (
    Claim(
        "augmentation-mixup",
        "Mixup makes a network right more often: mean of six sets",
        SETS,
        value=mean(ALL),
        rule=">",
        bound=0,
        unit=MIXED,
        kind=TOLD,
    ),
    Claim(
        "augmentation-mixup-blobs",
        "Mixup on blobs that overlap: more are right",
        SETS,
        value=gain("accuracy", "blobs"),
        rule=">",
        bound=0,
        unit=MIXED,
        word=USUALLY,
    ),
    Claim(
        "augmentation-mixup-rings",
        "Mixup on a ring within a ring: fewer are right",
        SETS,
        value=gain("accuracy", "rings"),
        rule="<",
        bound=0,
        unit=MIXED,
        word=USUALLY,
    ),
    Claim(
        "augmentation-mixup-real",
        "Mixup on irises, wines, tumours: fewer are right",
        SETS,
        value=mean(REAL),
        rule="<",
        bound=0,
        unit="mean share right, minus plain",
        word=USUALLY,
    ),
    Claim(
        "augmentation-mixup-loss",
        "Mixup on blobs that overlap: the smaller log loss",
        SETS,
        value=gain("nll", "blobs"),
        rule="<",
        bound=0,
        unit="log loss, mixup minus plain",
        word=USUALLY,
    ),
    Claim(
        "augmentation-noise-inputs",
        "A noisy bump: noise on inputs, the smaller error",
        BUMP,
        value=lambda q: q["inputs"] / q["none"],
        rule="<",
        bound=1,
        unit="RMSE to the bump, over none's",
        word=USUALLY,
    ),
    Claim(
        "augmentation-noise-weights",
        "A noisy bump: noise on weights, the smaller error",
        BUMP,
        value=lambda q: q["weights"] / q["none"],
        rule="<",
        bound=1,
        unit="RMSE to the bump, over none's",
        word=MOSTLY,
    ),
    Claim(
        "augmentation-noise-labels",
        "A noisy bump: noise on labels, the smaller error",
        BUMP,
        value=lambda q: q["labels"] / q["none"],
        rule="<",
        bound=1,
        unit="RMSE to the bump, over none's",
        word=MOSTLY,
    ),
    Claim(
        "augmentation-is-ridge",
        "10,000 noisy copies, least squares: Ridge, within 2 %",
        LINEAR,
        value=lambda q: q["off_10000"],
        rule="<",
        bound=0.02,
        unit="distance to Ridge, of no noise's",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "augmentation-few-copies",
        "One noisy copy is farther than 10 % from Ridge",
        LINEAR,
        value=lambda q: q["off_1"],
        rule=">",
        bound=0.1,
        unit="distance to Ridge, of no noise's",
        log=True,
        word=USUALLY,
    ),
    Claim(
        "augmentation-hundredfold",
        "100 times the copies: a third of the distance or less",
        LINEAR,
        value=lambda q: q["off_10000"] / q["off_100"],
        rule="<",
        bound=1 / 3,
        unit="distance, 10,000 over 100",
        word=USUALLY,
    ),
)
