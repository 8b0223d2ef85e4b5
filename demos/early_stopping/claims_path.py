"""What is claimed of early stopping and L2: shares of the way, a census; and paths on diabetes."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, MOSTLY, TOLD, USUALLY
from demos.early_stopping import compute_path as path

TITLE = "Early stopping and L2"
# the word of one claim was changed after a measurement on 3000 to 3127: 87 of 128, not a coin
SECOND_DRAFT = 4000
CASES = 121


def shares(cases, low, high):
    """How much farther stopping has gone than Ridge, at x = lr t λ from 10^low to 10^high."""
    x = 10.0 ** np.linspace(low, high, CASES)[np.array(cases)]
    return {"x": x, "farther": path.stopped(x) - path.ridge(x)}


def paths(seeds, points, lr):
    """Both paths on diabetes."""
    rows = [path.compared(seed, points, lr) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


SHARES = Study("early-stopping-shares", shares, {"low": -3.0, "high": 3.0}, cases=CASES)
PATHS = Study(
    "early-stopping-paths", paths, {"points": path.POINTS, "lr": path.LR}, first=SECOND_DRAFT
)


def farther(quantities):
    """The quantity of the census."""
    return quantities["farther"]


CLAIMS = (
    Claim(
        "early-stopping-is-l2",
        "Early stopping is L2: within a hundredth",
        SHARES,
        value=farther,
        rule="<",
        bound=0.01,
        unit="share, stopping minus Ridge",
        word=EVERY,
        kind=TOLD,
    ),
    Claim(
        "early-stopping-shrinks-less",
        "At α = 1/(lr · t) stopping shrinks less than Ridge",
        SHARES,
        value=farther,
        rule=">",
        bound=0,
        unit="share, stopping minus Ridge",
        word=EVERY,
    ),
    Claim(
        "early-stopping-a-fifth",
        "The two are never farther apart than 0.21",
        SHARES,
        value=farther,
        rule="<",
        bound=0.21,
        unit="share, stopping minus Ridge",
        word=EVERY,
    ),
    Claim(
        "early-stopping-product",
        "The nearest Ridge has a smaller α than 1/(lr · t)",
        PATHS,
        value=lambda q: q["product"],
        rule="<",
        bound=1,
        unit="α · lr · t of the nearest Ridge",
        log=True,
    ),
    Claim(
        "early-stopping-as-good",
        "Best stop and best Ridge: within 5 % of each other",
        PATHS,
        value=lambda q: np.abs(q["stopped"] / q["ridge"] - 1),
        rule="<",
        bound=0.05,
        unit="relative difference of errors",
        word=USUALLY,
    ),
    Claim(
        "early-stopping-better",
        "The best stop has less error than the best Ridge",
        PATHS,
        value=lambda q: q["stopped"] / q["ridge"],
        rule="<",
        bound=1,
        unit="test error, stop over Ridge",
        word=MOSTLY,
    ),
)
