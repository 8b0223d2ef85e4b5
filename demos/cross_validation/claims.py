"""What is claimed of splits: one and several, of a sorted file, of test sets of a hundred points."""

import numpy as np

from demos.core.evidence.study import SEEDS, Claim, Study
from demos.core.evidence.verdicts import EVERY, MOSTLY, TOLD, USUALLY
from demos.cross_validation import compute as cv
from demos.cross_validation import compute_order as files
from demos.cross_validation import compute_tests as tests

TITLE = "Cross-validation"


def by_seed(rows):
    """Quantities of several seeds, a dict each, as one dict of arrays."""
    rows = list(rows)
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def splits(seeds, points, noise_sd, shuffles, tested):
    """Of each way to split, over shuffles of one data set: how far estimates move, how far they are off."""
    return by_seed(of_data_set(seed, points, noise_sd, shuffles, tested) for seed in seeds)


def of_data_set(seed, points, noise_sd, shuffles, tested):
    """Spread over shuffles, root mean squared error, the first shuffle's error; and how often five folds
    are nearer than one split."""
    x, y = cv.moons(seed, points, noise_sd)
    truth = cv.truth(x, y, seed, noise_sd)
    off = {way: cv.reshuffled(x, y, way, shuffles, tested) - truth for way in cv.WAYS}
    row = {"truth": truth}
    for way, errors in off.items():
        row[f"moves_{way}"] = errors.std(ddof=1)
        row[f"rmse_{way}"] = np.sqrt((errors**2).mean())
        row[f"first_{way}"] = errors[0]
    gained = np.abs(off["one"]) - np.abs(off["five_folds"])
    row["nearer"] = np.mean(gained > 1e-9)  # a tie is none
    return row


def iris(seeds, share, folds):
    """Accuracy on iris in two orders."""
    return by_seed(files.iris(seed, share, folds) for seed in seeds)


def test_sets(seeds, sets, tested, batched, batch):
    """How accuracies of test sets spread over the formula, how many are far off; a short last batch."""
    return by_seed(of_model(seed, sets, tested, batched, batch) for seed in seeds)


def of_model(seed, sets, tested, batched, batch):
    """The same of one model."""
    found, p = tests.of_test_sets(seed, sets, tested)
    hits = tests.hits(seed, batched)
    means = tests.of_batches(hits, batch)
    return {
        "spread": found.std() / tests.standard_error(p, tested),
        "far": np.mean(np.abs(found - p) >= 0.05 - 1e-9),
        "last": means[-1],
        "moved": abs(means.mean() - hits.mean()),
    }


test_sets.__test__ = False  # no test, whatever pytest reads in its name


def intervals(cases, tested):
    """How often two intervals of 95 % hold the truth: p = 0.5, 0.51, … 0.99."""
    shares = (50 + np.asarray(cases)) / 100
    return {
        name: np.array([tests.coverage(interval, p, tested) for p in shares])
        for name, interval in (("told", tests.told), ("exact", tests.exact))
    }


SPLITS = Study(
    "cv-splits",
    splits,
    {
        **{"points": cv.POINTS, "noise_sd": cv.NOISE_SD},
        **{"shuffles": cv.SHUFFLES, "tested": cv.TESTED},
    },
    count=2 * SEEDS,  # 128 left ten folds against five undecided among a deck's claims
)
IRIS = Study("cv-iris", iris, {"share": files.SHARE, "folds": 3}, ticks=30)
TEST_SETS = Study(
    "cv-test-sets",
    test_sets,
    {
        **{"sets": tests.SETS, "tested": tests.TESTED},
        **{"batched": tests.BATCHED, "batch": tests.BATCH},
    },
)
INTERVALS = Study("cv-intervals", intervals, {"tested": 30}, cases=50)

CLAIMS = (
    Claim(
        "cv-jumps",
        "Reshuffling moves one split's estimate by 5 points or more",
        SPLITS,
        value=lambda q: q["moves_one"],
        rule=">",
        bound=0.05,
        unit="standard deviation over shuffles",
    ),
    Claim(
        "cv-calmer",
        "Reshuffled, five folds move a third as far as one split",
        SPLITS,  # or less
        value=lambda q: q["moves_five_folds"] / q["moves_one"],
        rule="<",
        bound=0.33,
        unit="spread, five folds over one split",
    ),
    Claim(
        "cv-folds-splits",
        "Five folds move less than five random splits",
        SPLITS,
        value=lambda q: q["moves_five_folds"] / q["moves_five_splits"],
        rule="<",
        bound=1,
        unit="spread, folds over random splits",
    ),
    Claim(
        "cv-nearer",
        "On most shuffles five folds are nearer the truth than one",
        SPLITS,
        value=lambda q: q["nearer"],
        rule=">",
        bound=0.5,
        unit="share of shuffles",
        word=USUALLY,
    ),
    Claim(
        "cv-error",
        "Five folds leave 75 % of one split's error, or less",
        SPLITS,
        value=lambda q: q["rmse_five_folds"] / q["rmse_one"],
        rule="<",
        bound=0.75,
        unit="RMSE, five folds over one split",
    ),
    Claim(
        "cv-ten-better",
        "Ten folds have less error than five",
        SPLITS,
        value=lambda q: q["rmse_ten_folds"] / q["rmse_five_folds"],
        rule="<",
        bound=1,
        unit="RMSE, ten folds over five",
        word=MOSTLY,
    ),
    Claim(
        "cv-ten-little",
        "Ten folds leave 60 % of five folds' error, or more",
        SPLITS,
        value=lambda q: q["rmse_ten_folds"] / q["rmse_five_folds"],
        rule=">",
        bound=0.6,
        unit="RMSE, ten folds over five",
    ),
    Claim(
        "cv-sorted",
        "Iris sorted by class: fewer of the last fifth are right",
        IRIS,  # than of the last fifth of a shuffled file
        value=lambda q: q["last_sorted"] - q["last_shuffled"],
        rule="<",
        bound=-0.001,  # one point in thirty is 0.033
        unit="accuracy, minus shuffled",
        word=USUALLY,
    ),
    Claim(
        "cv-sorted-folds",
        "Three folds of sorted iris, unshuffled: not one is right",
        IRIS,
        value=lambda q: q["folds"],
        rule="<",
        bound=0.001,
        unit="accuracy",
    ),
    Claim(
        "cv-formula",
        "√(p(1 − p)/n) is a test set's spread, to within a tenth",
        TEST_SETS,
        value=lambda q: np.abs(q["spread"] - 1),
        rule="<",
        bound=0.1,
        unit="relative distance from the formula",
    ),
    Claim(
        "cv-hundred",
        "Of test sets of 100, one in ten is 5 points off or more",
        TEST_SETS,
        value=lambda q: q["far"],
        rule=">",
        bound=0.1,
        unit="share of test sets",
    ),
    Claim(
        "cv-batch-steps",
        "A last batch of two has an accuracy of 0, 50 or 100 %",
        TEST_SETS,
        value=lambda q: np.abs(2 * q["last"] - np.round(2 * q["last"])),
        rule="<",
        bound=0.001,
        unit="distance from half a point",
        kind=TOLD,
    ),
    Claim(
        "cv-batch-mean",
        "A last batch of two moves the mean of batches by a point",
        TEST_SETS,  # of accuracy, or more
        value=lambda q: q["moved"],
        rule=">",
        bound=0.01,
        unit="distance from the accuracy",
    ),
    Claim(
        "cv-interval-told",
        "p ± 1.96 standard errors hold the truth 19 times in 20",
        INTERVALS,
        value=lambda q: q["told"],
        rule=">",
        bound=0.95,
        unit="chance to hold the truth",
        word=EVERY,
        kind=TOLD,
    ),
    Claim(
        "cv-interval-exact",
        "SciPy's exact interval holds the truth 19 times in 20",
        INTERVALS,
        value=lambda q: q["exact"],
        rule=">",
        bound=0.95,
        unit="chance to hold the truth",
        word=EVERY,
    ),
)
