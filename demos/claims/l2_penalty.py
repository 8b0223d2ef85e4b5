"""What part 4 claims: what weight decay does outside the data, on noise-free targets."""

import numpy as np

from demos import l2_penalty as l2
from demos.curve import OUTSIDE_X, TRAIN_X, curve
from demos.evidence import MANY_SEEDS, WIDE_SEEDS, Claim, Study
from demos.training import Settings
from demos.verdicts import LIKE_A_COIN, MOSTLY, NEARLY_ALWAYS, PREDICTED, TOLD, USUALLY

TITLE = "L2 penalty"


def outside(seeds, networks, steps):
    """Per named network (widths, decays): error and slope outside, last loss, ends, range."""
    quantities = {}
    for name, (widths, decays) in networks.items():
        predictions, losses = l2.fit(widths, seeds, decays, Settings(steps=steps))
        for number, decay in enumerate(decays):
            key, outputs = f"{name}_{decay:g}", predictions[number]
            quantities |= {
                f"error_{key}": l2.outside_error(outputs),
                f"slope_{key}": l2.end_slope(outputs),
                f"loss_{key}": losses[number],
                f"ends_{key}": outputs[:, [0, -1]].mean(axis=1),
                f"range_{key}": np.ptp(outputs, axis=1),
            }
    return quantities


def straight(seeds, widths, steps):
    """How far each tail is from a straight line, against how far it falls. No weight decay."""
    predictions = l2.fit(widths, seeds, [0.0], Settings(steps=steps))[0][0]
    tails = {"right": predictions, "left": predictions[:, ::-1]}  # seen from the data outwards
    quantities = {}
    for side, outputs in tails.items():
        fall = np.ptp(outputs[:, OUTSIDE_X >= 1.25], axis=1)
        quantities |= {f"bend_{side}": l2.bend(outputs), f"fall_{side}": fall}
    return quantities


WIDE = Study(
    "l2-wide",
    outside,
    {
        "networks": {
            "two": (l2.TWO_LAYERS, (0.0, 0.08, 0.2)),
            "three": (l2.THREE_LAYERS, (0.0, 0.1, 0.2)),
        },
        "steps": 4000,
    },
    count=WIDE_SEEDS,
    batch=1,
    again=1,
    roundings=("nudge-1", "order-1", "default"),
)
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
    again=3,
    below={"range_three_1": 1e-4, "slope_three_1": 1e-4},
)
STRAIGHT = Study("l2-straight", straight, {"widths": l2.QUICK_TWO, "steps": 4000})
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
        "l2-slide-setting",
        "Two layers, λ = 0.08, tame the outside (half)",
        WIDE,
        value=lambda q: q["error_two_0.08"] / q["error_two_0"],
        rule="<",
        bound=0.5,
        unit="error outside, 0.08 over 0",
        kind=TOLD,
    ),
    Claim(
        "l2-slide-setting-nothing",
        "Two layers, λ = 0.08: like a coin",  # it helps nearly always, and hardly
        WIDE,
        value=lambda q: q["error_two_0.08"] / q["error_two_0"],
        rule="<",
        bound=1,
        unit="error outside, 0.08 over 0",
        word=LIKE_A_COIN,
        kind=PREDICTED,
        since="d047e70",
    ),
    Claim(
        "l2-two-strong",
        "Two layers, λ = 0.2: less error outside",
        WIDE,
        value=lambda q: q["error_two_0.2"] / q["error_two_0"],
        rule="<",
        bound=1,
        unit="error outside, 0.2 over 0",
        word=MOSTLY,
    ),
    Claim(
        "l2-depth",
        "A third layer alone: less error outside",
        WIDE,
        value=lambda q: q["error_three_0"] / q["error_two_0"],
        rule="<",
        bound=1,
        unit="error outside, 3 over 2 layers",
        word=MOSTLY,
    ),
    Claim(
        "l2-three-strong",
        "Three layers, λ = 0.2: less error outside",
        WIDE,
        value=lambda q: q["error_three_0.2"] / q["error_three_0"],
        rule="<",
        bound=1,
        unit="error outside, 0.2 over 0",
        word=MOSTLY,
    ),
    Claim(
        "l2-three-flat",
        "and slopes below 0.2: the tame picture",
        WIDE,
        value=lambda q: q["slope_three_0.2"],
        rule="<",
        bound=0.2,
        unit="slope at the ends",
        word=MOSTLY,
    ),
    Claim(
        "l2-price",
        "The price: λ = 0.1 makes the training loss ten times",
        WIDE,
        value=lambda q: q["loss_three_0.1"] / q["loss_three_0"],
        rule=">",
        bound=10,
        unit="training loss, 0.1 over 0",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "l2-price-grows",
        "and λ = 0.2 more than λ = 0.1",
        WIDE,
        value=lambda q: q["loss_three_0.2"] / q["loss_three_0.1"],
        rule=">",
        bound=1,
        unit="training loss, 0.2 over 0.1",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "l2-quick-depth",
        "1-100-100-100-1 errs less outside than 1-100-100-1",
        QUICK,
        value=lambda q: q["error_three_0"] / q["error_two_0"],
        rule="<",
        bound=1,
        unit="error outside, 3 over 2 layers",
    ),
    Claim(
        "l2-quick",
        "1-100-100-100-1, λ = 0.1: less error outside",
        QUICK,
        value=lambda q: q["error_three_0.1"] / q["error_three_0"],
        rule="<",
        bound=1,
        unit="error outside, 0.1 over 0",
        word=NEARLY_ALWAYS,
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
        "at the mean of the data, give or take 0.05",
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
)
