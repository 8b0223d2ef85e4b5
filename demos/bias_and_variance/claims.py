"""What is claimed of polynomials fitted to many training sets."""

import numpy as np

from demos.bias_and_variance import compute as bv
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import PREDICTED, TOLD, USUALLY

TITLE = "Bias and variance"
BEFORE = "745d46a"  # the commit in which what we predict stood, before it was measured


def polynomials(seeds, sets, points, noise_sd, fresh, more):
    """Of each degree: its parts, its mean and median error, and how far their sum is from a test."""
    rows = []
    for seed in seeds:
        x, y = bv.training_sets(seed, sets, points, noise_sd)
        row = {}
        for degree in bv.DEGREES:
            weights = bv.fitted(x, y, degree)
            found = of_degree(weights, noise_sd)
            tested = bv.test_errors(weights, seed, noise_sd, fresh).mean()
            found["off"] = abs(tested / found["mean"] - 1)
            row |= {f"{name}_{degree}": value for name, value in found.items()}
        rows.append(row | elsewhere(seed, sets, points, noise_sd, more))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def of_degree(weights, noise_sd):
    """Parts of the error, its mean and median over training sets, and what the worst two carry."""
    answers = bv.values(weights)
    bias2, variance = bv.parts(answers)
    off = bv.squared_errors(answers)
    return {
        "bias2": bias2,
        "variance": variance,
        "mean": off.mean() + noise_sd**2,
        "median": np.median(off) + noise_sd**2,
        "worst": np.sort(off)[-2:].sum() / off.sum(),
    }


def elsewhere(seed, sets, points, noise_sd, more):
    """Degree 9 on evenly spaced points; a line's bias², a cubic's variance with `more` points."""
    even = bv.training_sets(seed, sets, points, noise_sd, bv.EVEN)
    many = bv.training_sets(seed, sets, more, noise_sd)
    return {
        "even_9": bv.squared_errors(bv.values(bv.fitted(*even, 9))).mean() + noise_sd**2,
        "more_bias2_1": bv.parts(bv.values(bv.fitted(*many, 1)))[0],
        "more_variance_3": bv.parts(bv.values(bv.fitted(*many, 3)))[1],
    }


def steps_up(q):
    """The largest wrong step from degree 1 to 3 to 5: bias² that rises, variance that falls."""
    wrong = [q["bias2_3"] - q["bias2_1"], q["bias2_5"] - q["bias2_3"]]
    wrong += [q["variance_1"] - q["variance_3"], q["variance_3"] - q["variance_5"]]
    return np.max(wrong, axis=0)


POLYNOMIALS = Study(
    "bias-variance-polynomials",
    polynomials,
    {
        **{"sets": bv.SETS, "points": bv.POINTS, "noise_sd": bv.NOISE_SD},
        **{"fresh": bv.FRESH, "more": 80},
    },
)

CLAIMS = (
    Claim(
        "bias-variance-sum",
        "The three add up to the test error, to within 3 %",
        POLYNOMIALS,
        value=lambda q: np.maximum(q["off_1"], q["off_3"]),
        rule="<",
        bound=0.03,
        unit="test error's relative distance",
    ),
    Claim(
        "bias-variance-trade",
        "Degree 1, 3, 5: bias² falls and variance rises",
        POLYNOMIALS,
        value=steps_up,
        rule="<",
        bound=0,
        unit="largest step the other way",
        kind=TOLD,
    ),
    Claim(
        "bias-variance-lowest",
        "Of degrees 1, 3, 5 and 9, 3 has the least mean error",
        POLYNOMIALS,
        value=lambda q: q["mean_3"] / np.min([q[f"mean_{d}"] for d in (1, 5, 9)], axis=0),
        rule="<",
        bound=1,
        unit="mean error, 3 over best other",
    ),
    Claim(
        "bias-variance-mean-says",
        "Over sets, degree 5 has a larger mean error than 1",
        POLYNOMIALS,
        value=lambda q: q["mean_5"] / q["mean_1"],
        rule=">",
        bound=1,
        unit="mean error, degree 5 over 1",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "bias-variance-median-says",
        "Over sets, degree 5 has a smaller median error than 1",
        POLYNOMIALS,
        value=lambda q: q["median_5"] / q["median_1"],
        rule="<",
        bound=1,
        unit="median error, degree 5 over 1",
    ),
    Claim(
        "bias-variance-few",
        "Degree 9: 2 sets of 200 carry a third of the error",
        POLYNOMIALS,
        value=lambda q: q["worst_9"],
        rule=">",
        bound=0.33,
        unit="worst two sets' share",
    ),
    Claim(
        "bias-variance-mean-median",
        "Degree 9: the mean is over 100 times the median",
        POLYNOMIALS,
        value=lambda q: q["mean_9"] / q["median_9"],
        rule=">",
        bound=100,
        unit="error, mean over median",
        log=True,
    ),
    Claim(
        "bias-variance-unseen",
        "200 sets miss degree 9's bias² by more than 0.1",
        POLYNOMIALS,  # the curve itself varies by 0.074: no bias² of a sensible fit is as large
        value=lambda q: np.abs(q["bias2_9"]),
        rule=">",
        bound=0.1,
        unit="distance of bias² from 0",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "bias-variance-even",
        "Evenly spaced points: a hundredth of 9's error, or less",
        POLYNOMIALS,
        value=lambda q: q["even_9"] / q["mean_9"],
        rule="<",
        bound=0.01,
        unit="mean error, even over random",
        log=True,
    ),
    Claim(
        "bias-variance-more-bias",
        "Four times the points leave a line's bias² as it is",
        POLYNOMIALS,
        value=lambda q: np.abs(q["more_bias2_1"] / q["bias2_1"] - 1),
        rule="<",
        bound=0.1,
        unit="relative change of bias²",
        kind=PREDICTED,
        since=BEFORE,
    ),
    Claim(
        "bias-variance-more-variance",
        "Four times the points: a quarter of a cubic's variance",
        POLYNOMIALS,  # a little more or less than a quarter is one
        value=lambda q: np.abs(q["more_variance_3"] / q["variance_3"] - 0.25),
        rule="<",
        bound=0.05,
        unit="distance of the ratio from 0.25",
        kind=PREDICTED,
        since=BEFORE,
    ),
)
