"""What is claimed of leaks, of the best of many models, and of points from elsewhere."""

import numpy as np

from demos.core.evidence.study import SEEDS, Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY
from demos.cross_validation import compute_best as best
from demos.cross_validation import compute_leaks as leaks
from demos.cross_validation.claims import by_seed

TITLE = "Leaks"


def siblings(seeds, families, jitter, flipped):
    """Accuracy where each point has a near-copy: random folds, folds of families, fresh families."""
    return by_seed(leaks.of_siblings(seed, families, jitter, flipped) for seed in seeds)


def selection(seeds, people, features, kept):
    """Accuracy on coin flips, features chosen before the split and in each fold."""
    return by_seed(leaks.of_selection(seed, people, features, kept) for seed in seeds)


def scaling(seeds, points, names):
    """By how much scaling before the split raises the estimate: per set, and their mean."""
    found = by_seed(leaks.of_scaling(seed, points, names) for seed in seeds)
    return found | {"mean": np.mean(list(found.values()), axis=0)}


def coins(seeds, tried, tested, fresh):
    """The best of 1, 10 and `tried` models on coin flips: score it was chosen by, score on fresh ones."""
    return by_seed(of_trial(seed, tried, tested, fresh) for seed in seeds)


def of_trial(seed, tried, tested, fresh):
    """The same of one seed."""
    found, row = best.scores(seed, tried, tested, fresh), {}
    for name, some in (("1", 1), ("10", 10), ("all", tried)):
        row[f"chosen_{name}"], row[f"fresh_{name}"] = best.winner(*found, some)
    return row


def elsewhere(seeds, points):
    """Accuracy on digits: cross-validated, on others, on others a pixel to the right."""
    return by_seed(leaks.elsewhere(seed, points) for seed in seeds)


SIBLINGS = Study(
    "cv-siblings",
    siblings,
    {"families": leaks.FAMILIES, "jitter": leaks.JITTER, "flipped": leaks.FLIPPED},
    ticks=200,
)
SELECTION = Study(
    "cv-selection",
    selection,
    {"people": leaks.PEOPLE, "features": leaks.FEATURES, "kept": leaks.KEPT},
    count=2 * SEEDS,  # 126 of 128 is little above the word among many claims
    ticks=50,
)
SCALING = Study("cv-scaling", scaling, {"points": leaks.FEW, "names": leaks.SCALED}, ticks=60)
COINS = Study(
    "cv-coins",
    coins,
    {"tried": best.TRIED, "tested": best.TESTED, "fresh": best.FRESH},
    ticks=100,
)
ELSEWHERE = Study("cv-elsewhere", elsewhere, {"points": leaks.DIGITS}, ticks=300)

CLAIMS = (
    Claim(
        "cv-siblings",
        "With near-copies random folds promise 10 points too much",
        SIBLINGS,  # or more
        value=lambda q: q["random"] - q["fresh"],
        rule=">",
        bound=0.1,
        unit="accuracy, folds minus fresh",
    ),
    Claim(
        "cv-families",
        "Folds of families are nearer the truth than random ones",
        SIBLINGS,
        value=lambda q: np.abs(q["families"] - q["fresh"]) - np.abs(q["random"] - q["fresh"]),
        rule="<",
        bound=0,
        unit="distance, families minus random",
        word=USUALLY,
    ),
    Claim(
        "cv-selection",
        "Features chosen before the split: 3 of 4 coin flips 'known'",
        SELECTION,  # or more
        value=lambda q: q["before"],
        rule=">",
        bound=0.75,
        unit="accuracy on coin flips",
    ),
    Claim(
        "cv-selection-inside",
        "Chosen inside each fold: 20 points less are promised",
        SELECTION,  # or more
        value=lambda q: q["before"] - q["inside"],
        rule=">",
        bound=0.2,
        unit="accuracy, before minus inside",
    ),
    Claim(
        "cv-scaling-flatters",
        "Scaling before the split makes the estimate look better",
        SCALING,
        value=lambda q: q["mean"],
        rule=">",
        bound=0.001,  # one point in sixty of one of three sets is 0.006
        unit="accuracy, before minus inside",
        kind=TOLD,
    ),
    Claim(
        "cv-scaling-little",
        "Scaling before the split moves the estimate under 3 points",
        SCALING,
        value=lambda q: np.abs(q["mean"]),
        rule="<",
        bound=0.03,
        unit="distance in accuracy",
    ),
    Claim(
        "cv-best",
        "Best of 100 models on coin flips: 58 or more of 100 right",
        COINS,
        value=lambda q: q["chosen_all"],
        rule=">",
        bound=0.575,
        unit="accuracy it was chosen by",
    ),
    Claim(
        "cv-best-ten",
        "Best of ten models on coin flips: more than half right",
        COINS,
        value=lambda q: q["chosen_10"],
        rule=">",
        bound=0.505,
        unit="accuracy it was chosen by",
    ),
    Claim(
        "cv-best-fresh",
        "The best of 100 gets 45 to 55 % of fresh coin flips right",
        COINS,
        value=lambda q: np.abs(q["fresh_all"] - 0.5),
        rule="<",
        bound=0.05,
        unit="distance from a half",
    ),
    Claim(
        "cv-elsewhere",
        "Digits a pixel to the right: 40 points below the estimate",
        ELSEWHERE,  # or more
        value=lambda q: q["estimate"] - q["there"],
        rule=">",
        bound=0.4,
        unit="accuracy, estimate minus there",
    ),
    Claim(
        "cv-here",
        "Digits where they were: within 8 points of the estimate",
        ELSEWHERE,
        value=lambda q: np.abs(q["estimate"] - q["here"]),
        rule="<",
        bound=0.08,
        unit="distance in accuracy",
    ),
)
