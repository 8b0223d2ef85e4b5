"""What is claimed of a thousand units a layer: weight decay outside the data, clean targets."""

import numpy as np

from demos.core import rounding
from demos.core.evidence.study import WIDE_SEEDS, Claim, Study
from demos.core.evidence.verdicts import LIKE_A_COIN, MOSTLY, PREDICTED, SOMETIMES, TOLD
from demos.core.training import Settings
from demos.l2_penalty import compute as l2

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


def stuck(seeds, widths, steps):
    """The training loss after some steps without penalty."""
    return {"loss": l2.fit(widths, seeds, [0.0], Settings(steps=steps))[1][0]}


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
    again=2,
    roundings=rounding.FEW,
)
STUCK = Study(
    "l2-stuck",
    stuck,
    {"widths": l2.TWO_LAYERS, "steps": 1000},
    count=32,
    batch=4,
    again=32,  # all: a unit dies or not
    roundings=rounding.FEW,
)

CLAIMS = (
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
        "l2-slide-setting-little",
        "Two layers, λ = 0.08: less than a fifth gained",
        WIDE,
        value=lambda q: q["error_two_0.08"] / q["error_two_0"],
        rule=">",
        bound=0.8,
        unit="error outside, 0.08 over 0",
        word=MOSTLY,
    ),
    Claim(
        "l2-stuck",
        "Two layers, no penalty: some are stuck at 1,000 steps",
        STUCK,
        value=lambda q: q["loss"],
        rule=">",
        bound=0.5,
        unit="training loss",
        word=SOMETIMES,
        log=True,
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
        "l2-three-lower",
        "λ = 0.2: three layers have less error outside than two",
        WIDE,
        value=lambda q: q["error_three_0.2"] / q["error_two_0.2"],
        rule="<",
        bound=1,
        unit="error outside, 3 over 2 layers",
        word=MOSTLY,
    ),
    Claim(
        "l2-three-flat",
        "Three layers, λ = 0.2: slopes below 0.2 at the ends",
        WIDE,
        value=lambda q: q["slope_three_0.2"],
        rule="<",
        bound=0.2,
        unit="slope at the ends",
        word=MOSTLY,
    ),
    Claim(
        "l2-price",
        "Layers of 1,000, λ = 0.1: ten times the training loss",
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
        "Layers of 1,000: λ = 0.2 costs more than λ = 0.1",
        WIDE,
        value=lambda q: q["loss_three_0.2"] / q["loss_three_0.1"],
        rule=">",
        bound=1,
        unit="training loss, 0.2 over 0.1",
        word=MOSTLY,
        log=True,
    ),
)
