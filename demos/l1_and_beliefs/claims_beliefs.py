"""What is claimed of penalties as beliefs, and of a bias that is decayed."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import LIKE_A_COIN, USUALLY
from demos.l1_and_beliefs import beliefs, biases

TITLE = "Penalties as beliefs"


def most_likely(seeds, sd):
    """How far ridge and lasso are from the most likely weights, found by other ways."""
    rows = []
    for seed in seeds:
        _, x, y = beliefs.drawn(seed, beliefs.LAPLACE, sd)
        gauss, laplace = beliefs.guesses(x, y, sd)
        others = beliefs.gauss_by_conditioning(x, y, sd), beliefs.laplace_by_climbing(x, y, sd)
        rows.append([np.abs(gauss - others[0]).max(), np.abs(laplace - others[1]).max()])
    return dict(zip(("gauss", "laplace"), np.array(rows).T, strict=True))


def believed(seeds, sd):
    """Errors of both guesses where true weights are drawn in each of three ways."""
    ways = (beliefs.GAUSS, beliefs.LAPLACE, beliefs.FEW)
    found = {}
    for way in ways:
        rows = [beliefs.compared(seed, way, sd) for seed in seeds]
        found |= {f"{way}_{name}": np.array([row[name] for row in rows]) for name in rows[0]}
    return found


def units(seeds, decay):
    """Errors over the year in °C and in kelvin, bias decayed or not."""
    rows = [biases.compared(seed, decay) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


MOST_LIKELY = Study(
    "l1-most-likely",
    most_likely,
    {"sd": beliefs.SD},
    below={"gauss": 1e-12, "laplace": 1e-6},
)
BELIEVED = Study("l1-believed", believed, {"sd": beliefs.SD}, count=256, batch=64)
UNITS = Study("l1-units", units, {"decay": biases.DECAY}, batch=64, below={"moved": 1e-9})


def over(way):
    """The lasso's error over ridge's, true weights drawn one way."""
    return lambda q: q[f"{way}_laplace"] / q[f"{way}_gauss"]


CLAIMS = (
    Claim(
        "l1-map-ridge",
        "Most likely weights, believing in Gauss: ridge's, to 1e-12",
        MOST_LIKELY,
        value=lambda q: q["gauss"],
        rule="<",
        bound=1e-12,
        unit="largest difference",
        log=True,
    ),
    Claim(
        "l1-map-lasso",
        "Most likely weights, believing in Laplace: the lasso's",
        MOST_LIKELY,
        value=lambda q: q["laplace"],
        rule="<",
        bound=1e-6,
        unit="largest difference",
        log=True,
    ),
    Claim(
        "l1-gauss-is-so",
        "Weights drawn from Gauss: ridge beats the lasso",
        BELIEVED,
        value=over(beliefs.GAUSS),
        rule=">",
        bound=1,
        unit="error, lasso over ridge",
        word=USUALLY,
    ),
    Claim(
        "l1-laplace-is-so",
        "Weights drawn from Laplace: the lasso beats ridge",
        BELIEVED,
        value=over(beliefs.LAPLACE),
        rule="<",
        bound=1,
        unit="error, lasso over ridge",
        word=LIKE_A_COIN,
    ),
    Claim(
        "l1-few-are",
        "Most weights drawn as zero: the lasso beats ridge",
        BELIEVED,
        value=over(beliefs.FEW),
        rule="<",
        bound=1,
        unit="error, lasso over ridge",
    ),
    Claim(
        "l1-kelvin-free",
        "Bias left alone: °C and kelvin give one fit, to 1e-9",
        UNITS,
        value=lambda q: q["moved"],
        rule="<",
        bound=1e-9,
        unit="largest difference in °C",
        log=True,
    ),
    Claim(
        "l1-kelvin-decayed",
        "Bias decayed: in kelvin ten times the error of a free one",
        UNITS,
        value=lambda q: q["kelvin_decayed"] / q["kelvin_free"],
        rule=">",
        bound=10,
        unit="error, decayed over free",
    ),
    Claim(
        "l1-celsius-decayed",
        "Bias decayed: a larger error in °C as well",
        UNITS,
        value=lambda q: q["celsius_decayed"] / q["celsius_free"],
        rule=">",
        bound=1,
        unit="error, decayed over free",
        word=USUALLY,
    ),
)
