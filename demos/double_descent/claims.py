"""What is claimed of random features: the peak, what takes it away, and against what axis it stands."""

import numpy as np
from scipy.stats import spearmanr

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, PREDICTED, TOLD, USUALLY
from demos.double_descent import compute as dd

TITLE = "Double descent"
BEFORE = "d6b318c"  # the commit in which what we predict stood, before it was measured
# a word was changed after a measurement from 3000 on: a tenth was left on 124 of 128: open
SECOND_DRAFT = 4000
FROM = 20  # features from which the error is compared with effective parameters


def by_features(seeds, points, noise_sd, strength, more):
    """Errors by the number of features: as they are, with ridge, without noise, with more points."""
    rows = [of_seed(seed, points, noise_sd, strength, more) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def of_seed(seed, points, noise_sd, strength, more):
    """One seed's numbers."""
    given = dd.problem(seed, points, noise_sd)
    plain = dd.by_width(given)
    kinds = {
        "error": plain.error,
        "effective": plain.effective,
        "length": plain.length,
        "ridge": dd.by_width(given, strength=strength).error,
        "clean": dd.by_width(dd.problem(seed, points, 0.0)).error,
        "more": dd.by_width(dd.problem(seed, more, noise_sd)).error,
    }
    named = {f"{k}_{p}": v[n] for k, v in kinds.items() for n, p in enumerate(dd.WIDTHS)}
    return named | {"order": together(plain)}


def together(found, least=FROM):
    """Spearman's rank correlation of effective parameters and error, from so many features on."""
    some = np.array(dd.WIDTHS) >= least
    return spearmanr(found.effective[some], found.error[some]).statistic


def over_others(q, kind, width):
    """How many times the largest of the other widths' errors."""
    others = [q[f"{kind}_{p}"] for p in dd.WIDTHS if p != width]
    return q[f"{kind}_{width}"] / np.max(others, axis=0)


def best_below(q):
    """The least error with fewer features than points."""
    return np.min([q[f"error_{p}"] for p in dd.WIDTHS if p < dd.POINTS], axis=0)


FEATURES = Study(
    "double-descent-features",
    by_features,
    {
        **{"points": dd.POINTS, "noise_sd": dd.NOISE_SD},
        **{"strength": dd.STRENGTHS[-1], "more": 80},
    },
    first=SECOND_DRAFT,
)

CLAIMS = (
    Claim(
        "double-descent-peak",
        "The error is largest where features equal points",
        FEATURES,  # Belkin et al. 2019
        value=lambda q: over_others(q, "error", 40),
        rule=">",
        bound=1,
        unit="error, 40 features over worst other",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "double-descent-second",
        "1,000 features have less error than the best of 5 to 30",
        FEATURES,
        value=lambda q: q["error_1000"] / best_below(q),
        rule="<",
        bound=1,
        unit="error, 1,000 over best below 40",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "double-descent-moves",
        "With 80 points the largest error is at 80 features",
        FEATURES,
        value=lambda q: over_others(q, "more", 80),
        rule=">",
        bound=1,
        unit="error, 80 features over worst other",
        kind=PREDICTED,
        since=BEFORE,
        log=True,
    ),
    Claim(
        "double-descent-ridge",
        "40 features: ridge leaves a tenth of the error, or less",
        FEATURES,
        value=lambda q: q["ridge_40"] / q["error_40"],
        rule="<",
        bound=0.1,
        unit="error, ridge over none",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "double-descent-ridge-flat",
        "With ridge: 40 features have less error than 20 or than 80",
        FEATURES,  # no peak: not above both neighbours
        value=lambda q: q["ridge_40"] / np.maximum(q["ridge_20"], q["ridge_80"]),
        rule="<",
        bound=1,
        unit="ridge's error, 40 over worse other",
        word=USUALLY,
    ),
    Claim(
        "double-descent-ridge-wide",
        "40 features with ridge have less error than 1,000 without",
        FEATURES,
        value=lambda q: q["ridge_40"] / q["error_1000"],
        rule="<",
        bound=1,
        unit="error, 40 and ridge over 1,000",
        word=MOSTLY,
    ),
    Claim(
        "double-descent-noise",
        "Without noise there is no peak",
        FEATURES,
        value=lambda q: q["clean_40"] / np.maximum(q["clean_20"], q["clean_80"]),
        rule="<",
        bound=1,
        unit="error, 40 over worse of 20 and 80",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "double-descent-effective",
        "1,000 features: fewer effective parameters than 30",
        FEATURES,
        value=lambda q: q["effective_1000"] / q["effective_30"],
        rule="<",
        bound=1,
        unit="effective parameters, 1,000 over 30",
        log=True,
    ),
    Claim(
        "double-descent-folds",
        "From 20 features on, error rises with effective parameters",
        FEATURES,  # Curth et al. 2023; rises: a rank correlation over one half
        value=lambda q: q["order"],
        rule=">",
        bound=0.5,
        unit="rank correlation",
        word=USUALLY,
        kind=TOLD,
    ),
)
