"""What is claimed of networks fitted to many training sets: by width, steps, L2."""

import numpy as np

from demos.bias_and_variance import compute as bv
from demos.bias_and_variance import compute_networks as nets
from demos.core.curve import curve
from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY

TITLE = "Bias and variance of networks"
SECOND_DRAFT = (
    4000  # a word was changed after a measurement on 3000 to 3079: see "bias-variance-l2-free"
)


def widths(seeds, widths, steps, sets):
    """Bias² and variance by width and steps; the variance of degree 9 on the same training sets."""
    quantities = {}
    for width in widths:
        for at, found in zip(steps, nets.answers(seeds, width, steps, sets=sets), strict=True):
            bias2, variance = bv.parts(found)
            quantities |= {f"bias2_{width}_{at}": bias2, f"variance_{width}_{at}": variance}
    same = [bv.training_sets(seed, sets) for seed in seeds]
    nine = [bv.parts(bv.values(bv.fitted(*points, 9)))[1] for points in same]
    return quantities | {"variance_nine": np.array(nine)}


def penalties(seeds, decays, width, steps, sets):
    """Bias² and variance by the strength of L2, and how much of the curve's movement is left."""
    quantities = {}
    for n, decay in enumerate(decays):
        (found,) = nets.answers(seeds, width, (steps,), decay, sets)
        bias2, variance = bv.parts(found)
        left = found.var(-1).mean(-1) / curve(bv.GRID).var()
        quantities |= {f"bias2_{n}": bias2, f"variance_{n}": variance, f"moves_{n}": left}
    return quantities


def error(q, which):
    """Squared distance from the curve: bias² plus variance."""
    return q[f"bias2_{which}"] + q[f"variance_{which}"]


NONE, SMALL, LARGE = 0, 2, 4  # places among DECAYS: 0, 0.003, 0.1
WIDTHS = Study(
    "bias-variance-widths",
    widths,
    {"widths": nets.WIDTHS, "steps": nets.STEPS, "sets": nets.SETS},
    count=MANY_SEEDS,
)
PENALTIES = Study(
    "bias-variance-l2",
    penalties,
    {"decays": nets.DECAYS, "width": nets.WIDE, "steps": nets.MIDDLE, "sets": nets.SETS},
    count=MANY_SEEDS,
    first=SECOND_DRAFT,
)

CLAIMS = (
    Claim(
        "bias-variance-wider",
        "A wider network has more variance",
        WIDTHS,  # Geman, Bienenstock and Doursat 1992
        value=lambda q: q["variance_32_1000"] / q["variance_4_1000"],
        rule=">",
        bound=1,
        unit="variance, width 32 over 4",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "bias-variance-no-wider",
        "Four times as wide, and no more variance",
        WIDTHS,
        value=lambda q: q["variance_32_1000"] / q["variance_8_1000"],
        rule="<",
        bound=1,
        unit="variance, width 32 over 8",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "bias-variance-stopped",
        "At 300 steps width 32 has not twice 4's variance",
        WIDTHS,
        value=lambda q: q["variance_32_300"] / q["variance_4_300"],
        rule="<",
        bound=2,
        unit="variance at 300, width 32 over 4",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "bias-variance-steps",
        "Ten times the steps more than double the variance",
        WIDTHS,
        value=lambda q: q["variance_32_3000"] / q["variance_32_300"],
        rule=">",
        bound=2,
        unit="variance, 3,000 steps over 300",
        log=True,
    ),
    Claim(
        "bias-variance-steps-not-width",
        "4 wide, 3,000 steps vary more than 32 wide, 300 steps",
        WIDTHS,
        value=lambda q: q["variance_4_3000"] / q["variance_32_300"],
        rule=">",
        bound=1,
        unit="variance, 4 long over 32 short",
        log=True,
    ),
    Claim(
        "bias-variance-weights",
        "1,153 weights vary less than degree 9's ten",
        WIDTHS,
        value=lambda q: q["variance_32_1000"] / q["variance_nine"],
        rule="<",
        bound=1,
        unit="variance, network over degree 9",
        log=True,
    ),
    Claim(
        "bias-variance-l2-variance",
        "L2 of 0.003 leaves less than half of the variance",
        PENALTIES,
        value=lambda q: q[f"variance_{SMALL}"] / q[f"variance_{NONE}"],
        rule="<",
        bound=0.5,
        unit="variance, L2 over none",
        word=USUALLY,
    ),
    Claim(
        "bias-variance-l2-free",
        "L2 of 0.003 leaves bias² under 0.01",
        PENALTIES,
        value=lambda q: q[f"bias2_{SMALL}"],
        rule="<",
        bound=0.01,
        unit="bias² at 0.003",
        word=USUALLY,
    ),
    Claim(
        "bias-variance-l2-bias",
        "L2 of 0.1: most of the error is bias²",
        PENALTIES,
        value=lambda q: q[f"bias2_{LARGE}"] / q[f"variance_{LARGE}"],
        rule=">",
        bound=1,
        unit="bias² over variance at 0.1",
        log=True,
    ),
    Claim(
        "bias-variance-l2-flat",
        "L2 of 0.1 leaves a constant: a hundredth of the curve",
        PENALTIES,
        value=lambda q: q[f"moves_{LARGE}"],
        rule="<",
        bound=0.01,
        unit="variance along x, fits over curve",
    ),
    Claim(
        "bias-variance-l2-middle",
        "L2 of 0.003 has less error than none, and than 0.1",
        PENALTIES,
        value=lambda q: error(q, SMALL) / np.minimum(error(q, NONE), error(q, LARGE)),
        rule="<",
        bound=1,
        unit="error, over the better other",
    ),
)
