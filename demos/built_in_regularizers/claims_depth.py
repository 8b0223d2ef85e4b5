"""What is claimed of stochastic depth and of normalization.

Told: that stochastic depth lowers the test error (Huang et al. 2016, arXiv:1603.09382); that batch
normalization allows larger learning rates, and regularizes (Ioffe and Szegedy 2015, arXiv:1502.03167).
"""

from dataclasses import replace

import numpy as np

from demos.built_in_regularizers import compute_depth, compute_norms
from demos.built_in_regularizers.claims import SLOW, settings
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import LIKE_A_COIN, MOSTLY, TOLD, USUALLY

TITLE = "Stochastic depth, normalization"


def depth(seeds, name, points, steps, batch, survival):
    """Share right, log loss, what deleting blocks costs, after training with all and with some."""
    fits = {fit.name: fit for fit in (compute_depth.DIGITS, compute_depth.SIGNALS)}
    fit = replace(fits[name], points=points, steps=steps, batch=batch)
    return compute_depth.scores(seeds, survival, fit)


def norms(seeds, points, steps, batch, rates, too_large):
    """Share right without and with a normalization, per learning rate."""
    fit = replace(compute_norms.FIT, points=points, steps=steps, batch=batch)
    return compute_norms.scores(seeds, rates, too_large, fit)


def study(name, fit):
    """Of stochastic depth, on one set."""
    said = settings(fit, "name", "points", "steps", "batch") | {"survival": compute_depth.SURVIVAL}
    return Study(f"built-in-depth-{name}", depth, said, count=128, batch=32, **SLOW)


DIGITS = study("digits", compute_depth.DIGITS)
SIGNALS = study("mnist1d", compute_depth.SIGNALS)
NORMS = Study(
    "built-in-norms",
    norms,
    settings(compute_norms.FIT, "points", "steps", "batch")
    | {"rates": compute_norms.RATES, "too_large": compute_norms.TOO_LARGE},
    count=48,
    batch=32,
    **SLOW,
)


def gained(what):
    """What training without some blocks adds."""
    return lambda q: q[f"{what}_some"] - q[f"{what}_all"]


RIGHT, LOST = "share right, minus that with all", "log loss, minus that with all"
CLAIMS = (
    Claim(
        "built-in-depth-digits",
        "Stochastic depth makes a network right more often",
        DIGITS,
        value=gained("accuracy"),
        rule=">",
        bound=0,
        unit=RIGHT,
        word=USUALLY,
        kind=TOLD,
    ),
    Claim(
        "built-in-depth-nll",
        "Digits: stochastic depth has the larger log loss",
        DIGITS,
        value=gained("nll"),
        rule=">",
        bound=0,
        unit=LOST,
        word=MOSTLY,
    ),
    Claim(
        "built-in-depth-worst",
        "Stochastic depth: losing the worst block costs less",
        DIGITS,
        value=gained("worst"),
        rule="<",
        bound=0,
        unit="share lost, minus that with all",
        word=USUALLY,
    ),
    Claim(
        "built-in-depth-signals",
        "MNIST-1D: stochastic depth is right more often",
        SIGNALS,
        value=gained("accuracy"),
        rule=">",
        bound=0,
        unit=RIGHT,
        word=LIKE_A_COIN,
    ),
    Claim(
        "built-in-depth-signals-nll",
        "MNIST-1D: stochastic depth has the smaller log loss",
        SIGNALS,
        value=gained("nll"),
        rule="<",
        bound=0,
        unit=LOST,
        word=USUALLY,
    ),
    Claim(
        "built-in-norms-rate",
        "Batch normalization allows a larger learning rate",
        NORMS,
        value=lambda q: q["batch_3"] - q["none_3"],
        rule=">",
        bound=0.5,
        unit="share right at rate 3, minus plain",
        word=USUALLY,
        kind=TOLD,
    ),
    Claim(
        "built-in-norms-regularize",
        "Batch normalization regularizes: more digits are right",
        NORMS,
        value=lambda q: q["batch_1"] - q["none_1"],
        rule=">",
        bound=0,
        unit="share right at rate 1, minus plain",
        word=USUALLY,
        kind=TOLD,
    ),
    Claim(
        "built-in-norms-slow",
        "Rate 0.01, batch or layer normalization: 10 points more",
        NORMS,
        value=lambda q: np.minimum(q["batch_0.01"], q["layer_0.01"]) - q["none_0.01"],
        rule=">",
        bound=0.1,
        unit="share right, the lower minus plain",
        word=USUALLY,
    ),
)
