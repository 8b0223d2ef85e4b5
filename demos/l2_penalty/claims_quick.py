"""What is claimed of a hundred units a layer: quick, so on many seeds. Clean targets."""

import numpy as np

from demos.core import rounding
from demos.core.curve import OUTSIDE_X, TRAIN_X, curve
from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import MOSTLY, NEARLY_ALWAYS, PREDICTED, USUALLY
from demos.core.training import Settings
from demos.l2_penalty import compute as l2
from demos.l2_penalty.claims import outside

TITLE = "L2 penalty, a hundred units wide"


def straight(seeds, widths, steps):
    """How far each tail is from a straight line, and how far it falls; how steep it begins and ends.

    No weight decay.
    """
    predictions = l2.fit(widths, seeds, [0.0], Settings(steps=steps))[0][0]
    tails = {"right": predictions, "left": predictions[:, ::-1]}  # seen from the data outwards
    quantities = {}
    for side, outputs in tails.items():
        fall = np.ptp(outputs[:, OUTSIDE_X >= 1.25], axis=1)
        quantities |= {f"bend_{side}": l2.bend(outputs), f"fall_{side}": fall}
        quantities[f"begins_{side}"], quantities[f"ends_{side}"] = l2.tail_slopes(outputs)
    return quantities


def doses(seeds, widths, recipes):
    """Slope at the ends per recipe (learning rate, λ, steps), numbered from one."""
    slopes = {}
    for number, (lr, decay, steps) in enumerate(recipes, 1):
        outputs = l2.fit(widths, seeds, [decay], Settings(lr=lr, steps=steps))[0][0]
        slopes[f"slope_{number}"] = l2.end_slope(outputs)
    return slopes


def going_on(seeds, widths, decay, steps):
    """Error outside where the truth is y = x, without and with weight decay."""
    outputs, _ = l2.fit(widths, seeds, [0.0, decay], Settings(steps=steps), np.asarray)
    free, held = l2.outside_error(outputs, np.asarray)
    return {"free": free, "held": held}


QUICK = Study(
    "l2-quick",
    outside,
    {
        "networks": {
            "two": (l2.QUICK_TWO, (0.0,)),
            "three": (l2.QUICK_THREE, (0.0, 0.1, 0.2, 1.0)),
        },
        "steps": 4000,
    },
    count=MANY_SEEDS,
    again=4,
    below={"range_three_1": 1e-4, "slope_three_1": 1e-4},
)
STRAIGHT = Study("l2-straight", straight, {"widths": l2.QUICK_TWO, "steps": 4000}, shake_all=True)
DOSES = Study(
    "l2-doses",
    doses,
    {
        "widths": l2.QUICK_THREE,
        # learning rate, λ, steps: one product
        "recipes": ((0.004, 0.1, 4000), (0.004, 0.2, 2000), (0.004, 0.4, 1000), (0.002, 0.2, 4000)),
    },
    count=48,
    again=4,
    roundings=rounding.FEW,
)
GOING_ON = Study(
    "l2-going-on",
    going_on,
    {"widths": l2.QUICK_THREE, "decay": 0.1, "steps": 4000},
    count=48,
    again=4,
    roundings=rounding.FEW,
)
MEAN = float(np.mean(curve(TRAIN_X)))
TRUE_ENDS = float(np.mean(curve(OUTSIDE_X[[0, -1]])))

CLAIMS = (
    Claim(
        "l2-straight-on",
        "Outside, the network goes straight on, ± 5 %",  # what we expected; some bend a little
        STRAIGHT,
        value=lambda q: q["bend_right"] / q["fall_right"],
        rule="<",
        bound=0.05,
        unit="bend over fall",
        log=True,
        kind=PREDICTED,
        since="d047e70",
    ),
    Claim(
        "l2-nearly-straight",
        "Both tails bend by less than a fifth of their fall",
        STRAIGHT,
        value=lambda q: np.maximum(
            q["bend_left"] / q["fall_left"], q["bend_right"] / q["fall_right"]
        ),
        rule="<",
        bound=0.2,
        unit="bend over fall",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "l2-steeper-first",
        "Both tails leave the data steeper than they end",
        STRAIGHT,
        value=lambda q: np.minimum(
            q["begins_left"] / q["ends_left"], q["begins_right"] / q["ends_right"]
        ),
        rule=">",
        bound=1,
        unit="slope, beginning over end",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "l2-quick-depth",
        "1-100-100-100-1 has less error outside than 1-100-100-1",
        QUICK,
        value=lambda q: q["error_three_0"] / q["error_two_0"],
        rule="<",
        bound=1,
        unit="error outside, 3 over 2 layers",
        word=USUALLY,
    ),
    Claim(
        "l2-quick",
        "1-100-100-100-1, λ = 0.1: less error outside",
        QUICK,
        value=lambda q: q["error_three_0.1"] / q["error_three_0"],
        rule="<",
        bound=1,
        unit="error outside, 0.1 over 0",
        word=USUALLY,
    ),
    Claim(
        "l2-quick-price",
        "1-100-100-100-1, λ = 0.1: ten times the training loss",
        QUICK,
        value=lambda q: q["loss_three_0.1"] / q["loss_three_0"],
        rule=">",
        bound=10,
        unit="training loss, 0.1 over 0",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "l2-flat",
        "λ = 1: a flat line",
        QUICK,
        value=lambda q: q["range_three_1"],
        rule="<",
        bound=0.01,
        unit="highest minus lowest",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "l2-mean",
        "λ = 1: at the mean of the data, give or take 0.05",
        QUICK,
        value=lambda q: np.abs(q["ends_three_1"] - MEAN),
        rule="<",
        bound=0.05,
        unit="distance from the mean",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "l2-too-high",
        "At λ = 0.2 the tails are usually too high",  # what we expected; nearly so
        QUICK,
        value=lambda q: q["ends_three_0.2"] - TRUE_ENDS,
        rule=">",
        bound=0.05,
        unit="ends, output minus truth",
        word=USUALLY,
        kind=PREDICTED,
        since="d047e70",
    ),
    Claim(
        "l2-doses",
        "Same learning rate × λ × steps: slopes within threefold",
        DOSES,
        value=lambda q: np.max(list(q.values()), axis=0) / np.min(list(q.values()), axis=0),
        rule="<",
        bound=3,
        unit="steepest over flattest end",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "l2-going-on",
        "Where the truth goes straight on, λ = 0.1 has more error",
        GOING_ON,
        value=lambda q: q["held"] / q["free"],
        rule=">",
        bound=1,
        unit="error outside, 0.1 over 0",
        word=MOSTLY,
    ),
)
