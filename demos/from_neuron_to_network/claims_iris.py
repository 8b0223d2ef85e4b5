"""What is claimed of width and depth on iris; told: a learner's notes on M. X. Cohen's course (2023)."""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import TOLD
from demos.from_neuron_to_network import iris

TITLE = "Width and depth"


def widths(seeds, units, lr, course, steps):
    """Share right by units in two hidden layers, {"sgd_4": (seeds,), ..., "adam_4": (seeds,)}."""
    found = {}
    for name, fit in (("sgd", iris.Fit(course, lr)), ("adam", iris.Fit(steps, lr, adam=True))):
        right = iris.widths(seeds, fit, units)
        found |= {f"{name}_{n}": values for n, values in zip(units, right, strict=True)}
    return found


def depths(seeds, early, steps, lr):
    """Share right by layers, early and late, of equal units and of equal parameters: "units_early_4"."""
    found = {}
    for name, shapes in (("units", iris.EQUAL_UNITS), ("parameters", iris.EQUAL_PARAMETERS)):
        looks, right = iris.depths(seeds, shapes, iris.Fit(steps, lr), min(early, steps))
        for n in range(len(shapes)):
            found[f"{name}_early_{n + 1}"] = right[1, n]
            found[f"{name}_late_{n + 1}"] = right[-1, n]
    return found


WIDTHS = Study(
    "neuron-widths",
    widths,
    {"units": iris.UNITS, "lr": 0.01, "course": iris.COURSE.steps, "steps": iris.PATIENT.steps},
    batch=32,
    ticks=iris.FRESH,
)
DEPTHS = Study(
    "neuron-depths",
    depths,
    {"early": 50, "steps": iris.DEPTH.steps, "lr": iris.DEPTH.lr},
    batch=32,
    ticks=iris.FRESH,
)


def more(one, other):
    """By how much one quantity is the larger."""
    return lambda q: q[one] - q[other]


CLAIMS = (
    Claim(
        "neuron-wider",
        "150 steps of SGD: 128 units are right more often than 4",
        WIDTHS,
        value=more("sgd_128", "sgd_4"),
        rule=">",
        bound=0,
        unit="share right, 128 units minus 4",
        kind=TOLD,
    ),
    Claim(
        "neuron-wide-enough",
        "500 steps of Adam: 128 units add under ten points to 8",
        WIDTHS,
        value=more("adam_128", "adam_8"),
        rule="<",
        bound=0.1,
        unit="share right, 128 units minus 8",
    ),
    Claim(
        "neuron-deeper-early",
        "After 50 steps four layers of 12 trail one of 48",
        DEPTHS,
        value=more("units_early_1", "units_early_4"),
        rule=">",
        bound=0,
        unit="share right, one layer minus four",
        kind=TOLD,
    ),
    Claim(
        "neuron-deeper-late",
        "After 1,000 steps four layers of 12 equal one, ± 10 points",
        DEPTHS,
        value=lambda q: np.abs(q["units_late_1"] - q["units_late_4"]),
        rule="<",
        bound=0.1,
        unit="distance of shares right",
        kind=TOLD,
    ),
    Claim(
        "neuron-equal-early",
        "50 steps, equal parameters: four layers trail one",
        DEPTHS,
        value=more("parameters_early_1", "parameters_early_4"),
        rule=">",
        bound=0,
        unit="share right, one layer minus four",
    ),
    Claim(
        "neuron-equal-late",
        "1,000 steps, equal parameters: four equal one, ± 10 points",
        DEPTHS,
        value=lambda q: np.abs(q["parameters_late_1"] - q["parameters_late_4"]),
        rule="<",
        bound=0.1,
        unit="distance of shares right",
    ),
)
