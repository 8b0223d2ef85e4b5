"""What the primer claims: training forgives a wrong step, and learns an error that stays."""

from demos.core.curve import TRAIN_X, curve, rmse
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import USUALLY
from demos.core.training import Settings
from demos.primer import compute as primer

TITLE = "Primer"


def spoiled(seeds, steps, points, off):
    """Test errors by what the steps learn from; what it learns where answers are off by the same."""

    def few(rng):
        return primer.few_points(rng, points)

    def noisy(rng):
        return primer.wrong_answers(rng, off)

    training = Settings(steps=steps)
    high = primer.taught(lambda rng: primer.high_answers(rng, off), seeds, training).predict(
        TRAIN_X
    )
    return {
        "untrained": primer.learn_from(primer.all_points, seeds, Settings(steps=0)),
        "all": primer.learn_from(primer.all_points, seeds, training),
        "few": primer.learn_from(few, seeds, training),
        "noisy": primer.learn_from(noisy, seeds, training),
        "kept": primer.learn_from(noisy, seeds, training, anew=False),
        "from_curve": rmse(high, curve(TRAIN_X)),
        "from_answers": rmse(high, curve(TRAIN_X) + off),
    }


SPOILED = Study(
    "primer-spoiled", spoiled, {"steps": 2000, "points": 7, "off": 0.2}, batch=32, again=8
)

CLAIMS = (
    Claim(
        "primer-few",
        "7 of 21 points a step: under a fifth of the start's error",
        SPOILED,
        value=lambda q: q["few"] / q["untrained"],
        rule="<",
        bound=0.2,
        unit="test error, over untrained",
        log=True,
    ),
    Claim(
        "primer-noisy",
        "Answers off by noise: under a fifth of the start's error",
        SPOILED,
        value=lambda q: q["noisy"] / q["untrained"],
        rule="<",
        bound=0.2,
        unit="test error, over untrained",
        log=True,
    ),
    Claim(
        "primer-kept",
        "The same wrong answers at every step do more harm",
        SPOILED,
        value=lambda q: q["kept"] / q["noisy"],
        rule=">",
        bound=1,
        unit="test error, kept over drawn anew",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "primer-bug",
        "Answers all too high by the same: it learns them so",
        SPOILED,
        value=lambda q: q["from_answers"] / q["from_curve"],
        rule="<",
        bound=0.2,
        unit="distance, from answers over curve",
        log=True,
    ),
)
