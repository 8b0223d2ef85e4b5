"""What is claimed of early stopping on a curve: what it keeps, and what held-out points would bring."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import LIKE_A_COIN, MOSTLY, TOLD, USUALLY
from demos.early_stopping import compute as early

TITLE = "Early stopping"
# the word of one claim was changed after a measurement on 3000 to 3127: 95 of 128 are hardly a coin
SECOND_DRAFT = 4000


def curves(seeds, noise_sd, steps, patience):
    """Errors per way, those of other patience, and what the held-out points' curve looks like."""
    run = early.watched(seeds, noise_sd, steps)
    best, end = early.kept(run.held, patience)
    lowest, _ = early.kept(run.held, len(run.held))
    hasty, _ = early.kept(run.held, 1)
    return {
        "end": run.error[-1],
        "stopped": early.chosen(run.error, best),
        "everything": run.everything[-1],
        "anew": early.chosen(run.everything, best),
        "hasty": early.chosen(run.error, hasty),
        "whole": early.chosen(run.error, lowest),
        "missed": run.looks[lowest] - run.looks[best],
        "valleys": early.valleys(run.held),
        "kept_at": run.looks[best],
        "ended_at": run.looks[end],
    }


CURVES = Study(
    "early-stopping-curves",
    curves,
    {"noise_sd": early.NOISE_SD, "steps": early.STEPS, "patience": early.PATIENCE},
    shake_all=True,
    first=SECOND_DRAFT,
)


def over(one, other):
    """A ratio of two quantities."""
    return lambda q: q[one] / q[other]


CLAIMS = (
    Claim(
        "early-stopping-helps",
        "The network that is kept has less error than the last",
        CURVES,
        value=over("stopped", "end"),
        rule="<",
        bound=1,
        unit="squared error, kept over last",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "early-stopping-one-valley",
        "The validation curve has one valley",
        CURVES,
        value=lambda q: q["valleys"],
        rule="<",
        bound=1.5,
        unit="valleys",
        kind=TOLD,
    ),
    Claim(
        "early-stopping-patience",
        "Patience of ten looks keeps the whole run's best",
        CURVES,
        value=lambda q: np.abs(q["missed"]),
        rule="<",
        bound=0.5,
        unit="steps from kept to best",
        word=MOSTLY,
    ),
    Claim(
        "early-stopping-hasty",
        "Patience of one look keeps a worse network than of ten",
        CURVES,
        value=over("hasty", "stopped"),
        rule=">",
        bound=1.001,
        unit="squared error, one over ten",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "early-stopping-pays",
        "Stopped on 21 of 31 beats all 31 to the end",
        CURVES,
        value=over("stopped", "everything"),
        rule="<",
        bound=1,
        unit="squared error over all points",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "early-stopping-anew",
        "Then anew on all 31, for as many steps: still less error",
        CURVES,
        value=over("anew", "stopped"),
        rule="<",
        bound=1,
        unit="squared error, anew over stopped",
        word=LIKE_A_COIN,
        log=True,
    ),
)
