"""What is claimed of linear regression: the closed form, and the three things that make the peak."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY
from demos.double_descent import compute_linear as lin

TITLE = "Double descent of linear regression"
# a word was changed after a measurement from 3000 on: over twice on 121 of 128, nearly always was open
SECOND_DRAFT = 4000
NAMES = dict(zip(lin.WAYS, ("all", "no_small", "in_span", "no_noise"), strict=True))


def gaussian(seeds, points, sets, noise_sd, ratios, ridge_ratios):
    """Mean error of so many training sets by features a point, and its relative distance from the limit."""
    quantities = {}
    for ratio in ratios:
        each = [lin.errors(s, round(ratio * points), sets, points, noise_sd) for s in seeds]
        quantities |= compared("plain", ratio, each, lin.limit(ratio, noise_sd))
    for ratio in ridge_ratios:
        features = round(ratio * points)
        best = lin.best_strength(features, noise_sd)
        each = [lin.errors(s, features, sets, points, noise_sd, best) for s in seeds]
        quantities |= compared("ridge", ratio, each, lin.limit_ridge(ratio, noise_sd))
    return quantities


def compared(kind, ratio, each, limit):
    """Means over training sets, and how far they are off."""
    means = np.mean(each, axis=1)
    return {f"{kind}_{ratio:g}": means, f"{kind}_off_{ratio:g}": np.abs(means / limit - 1)}


def farthest(q, kind):
    """The largest distance from the limit."""
    return np.max([v for name, v in q.items() if name.startswith(f"{kind}_off_")], axis=0)


def patients(seeds, counts):
    """Error on other patients by how many are trained on, in each way."""
    found = {way: np.array([lin.patients(s, counts, way) for s in seeds]) for way in lin.WAYS}
    return {
        f"{NAMES[way]}_{count}": rows[:, n]
        for way, rows in found.items()
        for n, count in enumerate(counts)
    }


def peak(way):
    """Ten patients, as many as features, over forty."""
    return lambda q: q[f"{NAMES[way]}_10"] / q[f"{NAMES[way]}_40"]


GAUSSIAN = Study(
    "double-descent-gaussian",
    gaussian,
    {
        **{"points": lin.POINTS, "sets": lin.SETS, "noise_sd": lin.NOISE_SD},
        **{"ratios": lin.RATIOS, "ridge_ratios": (0.5, 1.0, 2.0)},
    },
    count=80,
)
PATIENTS = Study("double-descent-patients", patients, {"counts": lin.PATIENTS}, first=SECOND_DRAFT)

CLAIMS = (
    Claim(
        "double-descent-closed",
        "Means of 100 sets lie within a tenth of the closed form",
        GAUSSIAN,
        value=lambda q: farthest(q, "plain"),
        rule="<",
        bound=0.1,
        unit="largest relative distance",
    ),
    Claim(
        "double-descent-closed-ridge",
        "Best ridge: means lie within a tenth of its closed form",
        GAUSSIAN,
        value=lambda q: farthest(q, "ridge"),
        rule="<",
        bound=0.1,
        unit="largest relative distance",
    ),
    Claim(
        "double-descent-no-second",
        "Linear, 100 points: 200 features have more error than 50",
        GAUSSIAN,
        value=lambda q: q["plain_2"] / q["plain_0.5"],
        rule=">",
        bound=1,
        unit="error, 200 features over 50",
        log=True,
    ),
    Claim(
        "double-descent-more-data",
        "More data never hurts: 10 patients, less error than 5",
        PATIENTS,
        value=lambda q: q["all_10"] / q["all_5"],
        rule="<",
        bound=1,
        unit="error, 10 patients over 5",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "double-descent-patients",
        "10 patients, 10 features: over twice the error of 40",
        PATIENTS,
        value=peak(lin.ALL),
        rule=">",
        bound=2,
        unit="error, 10 patients over 40",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "double-descent-no-small",
        "Small values dropped: 10 patients, under twice 40's error",
        PATIENTS,
        value=peak(lin.NO_SMALL),
        rule="<",
        bound=2,
        unit="error, 10 patients over 40",
        word=USUALLY,
    ),
    Claim(
        "double-descent-in-span",
        "Tested in the span: 10 patients, under twice 40's error",
        PATIENTS,
        value=peak(lin.IN_SPAN),
        rule="<",
        bound=2,
        unit="error, 10 patients over 40",
    ),
    Claim(
        "double-descent-no-noise",
        "No noise: 10 patients, under twice 40's error",
        PATIENTS,
        value=peak(lin.NO_NOISE),
        rule="<",
        bound=2,
        unit="error, 10 patients over 40",
    ),
)
