"""What is claimed of label smoothing on a hundred digits; told: Müller et al. 2019 (arXiv:1906.02629)."""

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, TOLD
from demos.label_smoothing import compute
from demos.label_smoothing.claims import SECOND_DRAFT, more

TITLE = "Smoothed digits"


def digits(seeds, smoothing, points, valid, steps, batch, lr):
    """Hard and smoothed labels on scikit-learn's digits, as they come and at a temperature."""
    fit = compute.DigitsFit(points, valid, compute.DIGITS.widths, steps, batch, lr)
    return compute.on_digits(seeds, smoothing, fit)


DIGITS = Study(
    "smoothing-digits",
    digits,
    {
        **{"smoothing": compute.SMOOTHING, "points": compute.DIGITS.points},
        **{"valid": compute.DIGITS.valid, "steps": compute.DIGITS.steps},
        **{"batch": compute.DIGITS.batch, "lr": compute.DIGITS.lr},
    },
    count=128,
    batch=16,
    shake_all=True,
    first=SECOND_DRAFT,
)

CLAIMS = (
    Claim(
        "smoothing-digits-accuracy",
        "Digits: smoothed labels, right more often",
        DIGITS,
        value=more("accuracy", "smoothed", "hard"),
        rule=">",
        bound=0,
        unit="share right, minus hard's",
        word=MOSTLY,
    ),
    Claim(
        "smoothing-digits-nll",
        "Digits: smoothed labels, larger log loss",
        DIGITS,
        value=more("nll", "smoothed", "hard"),
        rule=">",
        bound=0,
        unit="log loss, minus hard's",
        word=MOSTLY,
    ),
    Claim(
        "smoothing-calibrates",
        "Smoothing makes a network better calibrated",
        DIGITS,
        value=more("error", "smoothed", "hard"),
        rule="<",
        bound=0,
        unit="calibration error, minus hard's",
        kind=TOLD,
    ),
    Claim(
        "smoothing-tempered",
        "One temperature mends a smoothed network's calibration",
        DIGITS,
        value=more("error", "smoothed_tempered", "smoothed"),
        rule="<",
        bound=0,
        unit="calibration error, minus before",
    ),
    Claim(
        "smoothing-tempered-nll",
        "Both tempered: smoothed labels, smaller log loss",
        DIGITS,
        value=more("nll", "smoothed_tempered", "hard_tempered"),
        rule="<",
        bound=0,
        unit="log loss, minus hard's, tempered",
        word=MOSTLY,
    ),
)
