"""What is claimed of the first steps: where a network starts, and how many units survive."""

import numpy as np

from demos.core import ensemble as many
from demos.core import rounding
from demos.core.curve import TEST_X
from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import MOSTLY, NEARLY_ALWAYS, SOMETIMES, TOLD, USUALLY
from demos.core.training import Settings
from demos.network_fit import compute as nf

TITLE = "First steps"
STUCK = 0.1  # test error of a flat line is three times that; of a good fit, a third


def first_steps(seeds, widths, lrs, steps):
    """The untrained output: largest value and distance from a straight line; its units that are on.

    Then per learning rate: the loss before, after one step, its worst, after all steps; units on.
    """
    untrained = many.Ensemble(widths, seeds).predict(TEST_X)
    quantities = {"size": np.abs(untrained).max(axis=1), "bend": nf.off_straight(untrained)}
    for number, lr in enumerate(lrs, 1):
        losses, quantities["units"], active = nf.first_steps(widths, seeds, lr, steps)
        quantities |= {f"first_{number}": losses[0], f"worst_{number}": losses.max(axis=0)}
        quantities |= {f"second_{number}": losses[1], f"last_{number}": losses[-1]}
        quantities[f"active_{number}"] = active
    return quantities


def rates(seeds, widths, lrs, early, steps):
    """Per learning rate: the test error after training, and the units that are on.

    And how high a unit gets in the end that was off after `early` steps: above zero it is on again.
    """
    quantities = {}
    for number, lr in enumerate(lrs, 1):
        settings = Settings(lr=lr, steps=steps)
        networks, quantities[f"woken_{number}"] = nf.waking(widths, seeds, settings, early)
        quantities[f"test_{number}"] = nf.test_error(networks)
        quantities[f"active_{number}"] = networks.active(TEST_X)[:, -1]
        quantities[f"range_{number}"] = np.ptp(networks.predict(TEST_X), axis=1)
    return quantities


def survivors(seeds, widths, lr, steps):
    """Per named network, how many of its units are on before the first steps and after."""
    quantities = {}
    for name, layers in widths.items():
        _, before, after = nf.first_steps(layers, seeds, lr, steps)
        quantities |= {f"before_{name}": before, f"after_{name}": after}
    return quantities


def share(q, name):
    """What share of a network's units survives, from what `survivors` counts."""
    return q[f"after_{name}"] / q[f"before_{name}"]


START = Study(
    "network-first-steps",
    first_steps,
    {"widths": nf.WIDE, "lrs": (0.004, 0.001, 0.0004), "steps": 40},
    count=MANY_SEEDS,
    batch=8,
    ticks=1,
)
RATES = Study(
    "network-rates",
    rates,
    {"widths": nf.WIDE, "lrs": (0.004, 0.0004), "early": 40, "steps": 4000},
    count=64,  # getting stuck is rare: more seeds
    batch=2,
    again=2,
    roundings=rounding.FEW,
    ticks=1,
    shake_all=True,
)
WIDTHS = Study(
    "network-survivors",
    survivors,
    {"widths": {"quick": nf.QUICK, "middle": nf.MIDDLE}, "lr": 0.004, "steps": 40},
    ticks=1,
)

CLAIMS = (
    Claim(
        "network-starts-small",
        "Untrained, a network stays below half the bump's height",
        START,
        value=lambda q: q["size"],
        rule="<",
        bound=0.5,
        unit="largest output",
        word=USUALLY,
    ),
    Claim(
        "network-starts-straight",
        "Untrained, a network is straight within 0.1",
        START,
        value=lambda q: q["bend"],
        rule="<",
        bound=0.1,
        unit="distance from a straight line",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "network-explosion",
        "lr 0.004: the first steps throw the loss up tenfold",
        START,
        value=lambda q: q["worst_1"] / q["first_1"],
        rule=">",
        bound=10,
        unit="worst over first loss",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "network-explosion-over",
        "lr 0.004: after 40 steps the loss is below the first one",
        START,
        value=lambda q: q["last_1"] / q["first_1"],
        rule="<",
        bound=1,
        unit="loss, after 40 steps over first",
        word=NEARLY_ALWAYS,
        log=True,
    ),
    Claim(
        "network-few-left",
        "lr 0.004: after 40 steps fewer than 20 of 1,000 are on",
        START,
        value=lambda q: q["active_1"],
        rule="<",
        bound=20,
        unit="active units",
        word=USUALLY,
    ),
    Claim(
        "network-thousand-pieces",
        "A thousand units make a thousand pieces",
        RATES,
        value=lambda q: q["active_1"],
        rule=">",
        bound=500,
        unit="active units",
        kind=TOLD,
    ),
    Claim(
        "network-few-pieces",
        "lr 0.004: fewer than 20 of 1,000 units stay active",
        RATES,
        value=lambda q: q["active_1"],
        rule="<",
        bound=20,
        unit="active units",
        word=USUALLY,
    ),
    Claim(
        "network-woken",
        "lr 0.004: some units that were off wake again",
        RATES,
        value=lambda q: q["woken_1"],
        rule=">",
        bound=0,
        unit="highest input of units once off",
        word=SOMETIMES,
    ),
    Claim(
        "network-stuck",
        "lr 0.004: some networks get stuck",
        RATES,
        value=lambda q: q["test_1"],
        rule=">",
        bound=STUCK,
        unit="test error",
        word=SOMETIMES,
        log=True,
    ),
    Claim(
        "network-middle-rate",
        "lr 0.001: after 40 steps at least 200 are on",
        START,
        value=lambda q: q["active_2"],
        rule=">",
        bound=200,
        unit="active units",
        word=USUALLY,
    ),
    Claim(
        "network-low-rate",
        "lr 0.0004: at least 500 stay active",
        RATES,
        value=lambda q: q["active_2"],
        rule=">",
        bound=500,
        unit="active units",
        word=USUALLY,
    ),
    Claim(
        "network-low-rate-better",
        "lr 0.0004 has less error than lr 0.004",
        RATES,
        value=lambda q: q["test_2"] / q["test_1"],
        rule="<",
        bound=1,
        unit="test error, 0.0004 over 0.004",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "network-survivors",
        "lr 0.004: of 300 units a smaller share survives than of 100",
        WIDTHS,
        value=lambda q: share(q, "middle") / share(q, "quick"),
        rule="<",
        bound=1,
        unit="share still on, 300 over 100 units",
        word=NEARLY_ALWAYS,
    ),
)
