"""What is claimed of one neuron, of its line, and of a few hidden neurons where no line will do.

Told: a learner's notes on M. X. Cohen's course "A deep understanding of deep learning" (2023).
"""

import numpy as np

from demos.core import networks
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, SOMETIMES, TOLD
from demos.from_neuron_to_network import compute, points, slopes, twice

TITLE = "From neuron to network"
SETTINGS = {"lr": compute.FIT.lr, "steps": compute.FIT.steps}
NEITHER = points.XOR, 15 - points.XOR  # XOR, and its opposite


def blobs(seeds, lr, steps):
    """Blobs beside the origin: share right with a bias and with none."""
    return compute.on_blobs(seeds, compute.Fit(lr, steps))


def three(seeds, hidden, lr, steps):
    """Three blobs: share right of three lines, and behind a hidden layer."""
    return compute.on_three(seeds, hidden, compute.Fit(lr, steps))


def rings(seeds, noise, hidden, lr, steps):
    """Rings: share right of a line, of a line that sees the squared distance, of a hidden layer."""
    return compute.on_rings(seeds, noise, hidden, compute.Fit(lr, steps))


def xor(seeds, units, lr, steps):
    """XOR: share right of its four corners, by the number of hidden neurons."""
    return compute.on_xor(seeds, units, compute.Fit(lr, steps))


def tables(seeds):
    """Truth tables by number: whether a line does it is as said, 1 or 0."""
    found = [points.separable(points.CORNERS, points.truth_table(case)) for case in seeds]
    expected = [case not in NEITHER for case in seeds]
    return {"as_said": np.array(found) == np.array(expected)}


def written(seeds):
    """Shapes by number: how far both ways to write a network are apart; parameters miscounted."""
    shapes = [twice.SHAPES[case] for case in seeds]
    off = [
        twice.parameter_count(widths) - networks.parameter_count(networks.mlp(widths, 0))
        for widths in shapes
    ]
    return {"apart": np.array([*map(twice.apart, shapes)]), "off": np.abs(off)}


def slope(seeds, lr, steps):
    """Mean squared error and correlation at slope 0 and 2, farthest losses, and the course's network's."""
    loss, together = slopes.fitted(seeds, slopes.LINE, lr=lr, steps=steps)
    course, _ = slopes.fitted(seeds, slopes.COURSE, (0.0, 2.0), lr, steps)
    flat, steep = slopes.SLOPES.index(0.0), slopes.SLOPES.index(2.0)
    return {
        "spread": loss.max(1) / loss.min(1),
        "flat": together[:, flat],
        "steep": together[:, steep],
        "course_flat": course[:, 0],
        "course_steep": course[:, 1],
    }


BLOBS = Study("neuron-blobs", blobs, SETTINGS, batch=64)
THREE = Study("neuron-three", three, {"hidden": 4} | SETTINGS, batch=64)
RINGS = Study("neuron-rings", rings, {"noise": 0.1, "hidden": 16} | SETTINGS, batch=64)
XOR = Study("neuron-xor", xor, {"units": (2, 16)} | SETTINGS, batch=64)
TABLES = Study("neuron-tables", tables, cases=16, batch=16)
WRITTEN = Study("neuron-written", written, cases=len(twice.SHAPES), batch=24, below={"apart": 1e-5})
SLOPE = Study("neuron-slope", slope, {"lr": 0.05, "steps": 500}, batch=64)

CLAIMS = (
    Claim(
        "neuron-bias",
        "Blobs beside the origin: one neuron gets 95 % right",
        BLOBS,
        value=lambda q: q["bias"],
        rule=">",
        bound=0.95,
        unit="share right, with a bias",
    ),
    Claim(
        "neuron-no-bias",
        "Blobs beside the origin: no bias, less than 70 % right",
        BLOBS,
        value=lambda q: q["none"],
        rule="<",
        bound=0.7,
        unit="share right, no bias",
        kind=TOLD,
    ),
    Claim(
        "neuron-three",
        "Three blobs: four hidden neurons add less than a point",
        THREE,
        value=lambda q: q["hidden"] - q["lines"],
        rule="<",
        bound=0.01,
        unit="share right, minus lines alone",
    ),
    Claim(
        "neuron-tables",
        "A line does each truth table but XOR and its opposite",
        TABLES,
        value=lambda q: q["as_said"],
        rule=">",
        bound=0.5,
        unit="as said: 1, or not: 0",
        word=EVERY,
    ),
    Claim(
        "neuron-xor-two",
        "Trained, two hidden neurons solve XOR",
        XOR,
        value=lambda q: q["2"],
        rule=">",
        bound=0.9,
        unit="share right of four corners",
        word=SOMETIMES,
    ),
    Claim(
        "neuron-xor-sixteen",
        "Trained, sixteen hidden neurons solve XOR",
        XOR,
        value=lambda q: q["16"],
        rule=">",
        bound=0.9,
        unit="share right of four corners",
    ),
    Claim(
        "neuron-rings-line",
        "Rings: one neuron gets less than two thirds right",
        RINGS,
        value=lambda q: q["line"],
        rule="<",
        bound=2 / 3,
        unit="share right, one neuron",
    ),
    Claim(
        "neuron-rings-squared",
        "Rings, one neuron that sees x₁² + x₂²: over 95 % right",
        RINGS,
        value=lambda q: q["squared"],
        rule=">",
        bound=0.95,
        unit="share right, three inputs",
    ),
    Claim(
        "neuron-rings-hidden",
        "Rings: sixteen hidden neurons get over 95 % right",
        RINGS,
        value=lambda q: q["hidden"],
        rule=">",
        bound=0.95,
        unit="share right, hidden layer",
    ),
    Claim(
        "neuron-written",
        "Sequential or class, equal weights: equal outputs",
        WRITTEN,
        value=lambda q: q["apart"],
        rule="<",
        bound=1e-5,
        unit="largest distance of outputs",
        word=EVERY,
    ),
    Claim(
        "neuron-counted",
        "Parameters: (inputs + 1) × outputs, summed over layers",
        WRITTEN,
        value=lambda q: q["off"],
        rule="<",
        bound=0.5,
        unit="parameters miscounted",
        word=EVERY,
    ),
    Claim(
        "neuron-slope-loss",
        "Whatever the slope, a line's loss is the same within 5 %",
        SLOPE,
        value=lambda q: q["spread"],
        rule="<",
        bound=1.05,
        unit="largest loss over smallest",
    ),
    Claim(
        "neuron-slope-correlation",
        "At slope 0 the correlation is less than half that at 2",
        SLOPE,
        value=lambda q: q["flat"] / q["steep"],
        rule="<",
        bound=0.5,
        unit="correlation, at 0 over at 2",
    ),
    Claim(
        "neuron-slope-bend",
        "1-1-1 with ReLU: the loss at slope 2 is 1.5 times that at 0",
        SLOPE,
        value=lambda q: q["course_steep"] / q["course_flat"],
        rule=">",
        bound=1.5,
        unit="loss of 1-1-1, at 2 over at 0",
        word=SOMETIMES,
        log=True,
    ),
)
