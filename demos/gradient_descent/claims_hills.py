"""What is claimed of descent in two dimensions and more, and of how many minima there are."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, TOLD
from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills

TITLE = "Gradient descent in more dimensions"
MOST = hills.DIMENSIONS[-1]
SIDE = 11


def restarts(seeds, count, lr, steps):
    """Share of random starts that find the deepest hollow, and of groups of five in which one does."""
    hits = [hills.found(gd.random_starts(seed, count, 2), lr, steps) for seed in seeds]
    return {
        "one": np.array([hit.mean() for hit in hits]),
        "five": np.array([hills.best_of(hit) for hit in hits]),
    }


def ascents(cases, lr, steps):
    """From a grid of starts: how far two paths uphill lie apart, and how much higher they end."""
    across, up = np.divmod(np.array(cases), SIDE)
    starts = (np.stack([across, up], -1) / (SIDE - 1) - 0.5) * 2 * gd.REACH
    by_step, by_function = hills.uphill(starts, lr, steps)
    return {
        "apart": np.abs(by_step - by_function).max((0, 2)),
        "higher": hills.peaks(by_step[-1]) - hills.peaks(starts),
    }


def dimensions(seeds, draws, starts, steps):
    """Shares of minima among Hessians by dimension; descent on a sum of five valleys."""
    rows = []
    for seed in seeds:
        row = {f"share_{d}": hills.minima(hills.symmetric(seed, d, draws)) for d in (1, MOST)}
        row["squares"] = hills.minima(hills.least_squares(seed, MOST, draws))
        row["five"], row["minima"] = hills.sums_of_valleys(seed, MOST, starts, steps=steps)
        rows.append(row)
    line = gd.share(gd.every_start(), 0.01, steps)  # the same of one dimension, all starts
    found = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return found | {"line": np.full(len(rows), line)}


RESTARTS = Study(
    "descent-restarts",
    restarts,
    {"count": hills.STARTS, "lr": hills.LR, "steps": hills.STEPS},
)
ASCENTS = Study(
    "descent-ascents",
    ascents,
    {"lr": hills.LR, "steps": hills.STEPS},
    cases=SIDE**2,
    below={"apart": 1e-9},
)
DIMENSIONS = Study(
    "descent-dimensions", dimensions, {"draws": 4000, "starts": hills.STARTS, "steps": 500}
)

CLAIMS = (
    Claim(
        "descent-hills-miss",
        "Among three hills, most starts miss the deepest hollow",
        RESTARTS,
        value=lambda q: q["one"],
        rule="<",
        bound=0.5,
        unit="share of starts that find it",
    ),
    Claim(
        "descent-best-of-five",
        "One of five finds it: 1 − (1 − p)⁵, to within 0.07",
        RESTARTS,
        value=lambda q: np.abs(q["five"] - hills.one_of(q["one"])),
        rule="<",
        bound=0.07,
        unit="distance from the formula",
    ),
    Claim(
        "descent-ascent",
        "Flip the sign of the step or of f: the same path uphill",
        ASCENTS,
        value=lambda q: q["apart"],
        rule="<",
        bound=1e-9,
        unit="largest distance of two paths",
        word=EVERY,
    ),
    Claim(
        "descent-few-minima",
        "In many dimensions there are very few local minima",
        DIMENSIONS,  # of random symmetric Hessians
        value=lambda q: q[f"share_{MOST}"],
        rule="<",
        bound=0.01,
        unit="share of random Hessians, 5-D",
        kind=TOLD,
    ),
    Claim(
        "descent-squares",
        "Least squares in 5-D: every Hessian is a minimum's",
        DIMENSIONS,
        value=lambda q: q["squares"],
        rule=">",
        bound=0.9995,
        unit="share of Hessians that are",
    ),
    Claim(
        "descent-many-minima",
        "A sum of five valleys: 1,500 starts, over 700 minima",
        DIMENSIONS,
        value=lambda q: q["minima"],
        rule=">",
        bound=700,
        unit="different minima found",
    ),
    Claim(
        "descent-five-dimensions",
        "In 5-D the share that arrives is 1-D's to the 5th power",
        DIMENSIONS,
        value=lambda q: np.abs(q["five"] - q["line"] ** MOST),
        rule="<",
        bound=0.02,
        unit="distance of the two shares",
    ),
)
