"""What is claimed of early stopping on real points, few of them; and of scikit-learn's switch."""

from dataclasses import asdict

import numpy as np

from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import LIKE_A_COIN, MOSTLY, TOLD, USUALLY
from demos.early_stopping import compute_sets as few

TITLE = "Early stopping on few points"
# words, the switch's bound and its patience were changed after a measurement from 3000 on: 78 of 80 for
# diabetes, 38 of 80 for digits anew (35 equal), 58 and 63 of 64 for the switch
SECOND_DRAFT = 4000


def scores(seeds, hidden, **task):
    """Loss and share right per way."""
    return few.scores(few.Task(hidden=tuple(hidden), **task), seeds)


def switches(seeds, pool):
    """Share of digits right with and without scikit-learn's switch."""
    rows = [few.switches(seed, pool) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def study(task, count):
    """One of a task; steps are counted in looks."""
    return Study(
        f"early-stopping-{task.name}", scores, asdict(task), count=count, first=SECOND_DRAFT
    )


DIGITS = study(few.DIGITS, MANY_SEEDS)
IRIS = study(few.IRIS, MANY_SEEDS)
DIABETES = study(few.DIABETES, MANY_SEEDS)
SWITCH = Study(
    "early-stopping-switch", switches, {"pool": few.DIGITS.pool}, count=80, first=SECOND_DRAFT
)


def gained(one, other):
    """How much more of one quantity than of another."""
    return lambda q: q[one] - q[other]


CLAIMS = (
    Claim(
        "early-stopping-diabetes",
        "60 patients: stopping has less error than all to the end",
        DIABETES,
        value=lambda q: q["loss_stopped"] / q["loss_everything"],
        rule="<",
        bound=1,
        unit="squared error over all points",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "early-stopping-free-lunch",
        "A free lunch: on 100 digits no fewer are right",
        DIGITS,
        value=gained("right_stopped", "right_everything"),
        rule=">",
        bound=-1e-6,
        unit="share right, minus all points",
        kind=TOLD,
    ),
    Claim(
        "early-stopping-digits",
        "On 100 digits stopping costs right answers",
        DIGITS,
        value=gained("right_stopped", "right_everything"),
        rule="<",
        bound=-1e-6,
        unit="share right, minus all points",
        word=MOSTLY,
    ),
    Claim(
        "early-stopping-digits-anew",
        "Anew on all 100 digits: still fewer right",
        DIGITS,
        value=gained("right_anew", "right_everything"),
        rule="<",
        bound=-1e-6,
        unit="share right, minus all points",
        word=LIKE_A_COIN,
    ),
    Claim(
        "early-stopping-iris",
        "On 30 irises stopping makes no more answers right",
        IRIS,
        value=gained("right_stopped", "right_everything"),
        rule="<",
        bound=1e-6,
        unit="share right, minus all points",
        word=MOSTLY,
    ),
    Claim(
        "early-stopping-switch",
        "early_stopping=True costs five points or more",
        SWITCH,
        value=gained("switch", "plain"),
        rule="<",
        bound=-0.05,
        unit="share right, minus without",
        word=USUALLY,
    ),
    Claim(
        "early-stopping-patient",
        "With patience and a fifth held out it costs less",
        SWITCH,
        value=gained("patient", "switch"),
        rule=">",
        bound=0,
        unit="share right, minus as it comes",
        word=USUALLY,
    ),
    Claim(
        "early-stopping-patient-costs",
        "And even then fewer are right than without it",
        SWITCH,
        value=gained("patient", "plain"),
        rule="<",
        bound=0,
        unit="share right, minus without",
    ),
)
