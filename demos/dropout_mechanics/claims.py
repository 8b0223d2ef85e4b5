"""What is claimed of masks: rings asked once and through many masks, all masks of small networks, and
linear regression.

Told: that accuracy falls as dropout rises (a learner's notes on M. X. Cohen's course, 2023).
"""

import numpy as np

from demos.core import rounding
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY
from demos.dropout_mechanics import compute, linear, masks

TITLE = "Dropout, the mechanics"


def rings(seeds, rates, points, masks, tested, units, steps, batch, lr):
    """Share right on the rings, asked once and as a mean of masks, per rate."""
    fit = compute.Fit((2, units, units, 1), steps, batch, lr)
    return both_ways(seeds, rates, fit, points, masks, tested)


def scaled(seeds, rates, points, masks, tested, units, steps, batch, lr, divided):
    """The same with inputs divided by a number, and Adam."""
    fit = compute.Fit((2, units, units, 1), steps, batch, lr, divided, adam=True)
    return both_ways(seeds, rates, fit, points, masks, tested)


def both_ways(seeds, rates, fit, points, masks, tested):
    """{"once_0.5": (seeds,), "mean_0.5": (seeds,), ...}."""
    found = compute.asked_both_ways(seeds, rates, fit, points, masks, tested)
    return {
        f"{way}_{rate:g}": values[n]
        for way, values in found.items()
        for n, rate in enumerate(rates)
    }


def small(seeds, rate, inputs, one, two):
    """All masks of networks with one and with two hidden layers, weights drawn: distances of means."""
    rows = []
    for seed in seeds:
        x = np.random.default_rng([seed, 1]).standard_normal((inputs, one[0]))
        row = {}
        for name, widths in (("one", one), ("two", two)):
            found = masks.distances(masks.network(seed, widths), x, rate)
            row |= {f"{name}_{mean}": far for mean, far in found.items()}
        rows.append(row)
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def regression(seeds, rate, points, masks):
    """Weights from masks against the formula, and predictions in other units, as shares."""
    rows = []
    for seed in seeds:
        x, y = linear.some(seed, points)
        off = linear.apart(linear.by_formula(x, y, rate), linear.by_masks(x, y, rate, masks, seed))
        units = 10.0 ** np.random.default_rng(seed).uniform(-1, 1, x.shape[1])
        rows.append([off, *linear.units_moved(x, y, rate, units).values()])
    return dict(zip(("off", "dropout", "ridge"), np.array(rows).T, strict=True))


ASKED = {"points": compute.POINTS, "masks": compute.MASKS, "tested": compute.TESTED, "units": 32}
RINGS = Study(
    "mechanics-rings",
    rings,
    {"rates": compute.RATES, **ASKED}
    | {"steps": compute.RAW.steps, "batch": compute.RAW.batch, "lr": compute.RAW.lr},
    count=128,
    batch=16,
    roundings=rounding.FEW,
)
ONE = Study(  # the same networks at one rate, asked through a single mask a point
    "mechanics-one",
    rings,
    RINGS.settings | {"rates": (0.5,), "masks": 1},
    count=64,
    batch=32,
    roundings=rounding.FEW,
)
SCALED = Study(
    "mechanics-scaled",
    scaled,
    {"rates": (0.0, 0.5), **ASKED}
    | {"steps": compute.SCALED.steps, "batch": compute.SCALED.batch, "lr": compute.SCALED.lr}
    | {"divided": compute.SCALED.divided},
    count=64,
    batch=32,
    roundings=rounding.FEW,
)
SMALL = Study(
    "mechanics-small",
    small,
    {"rate": 0.5, "inputs": 10, "one": (3, 8, 3), "two": (3, 5, 5, 3)},
    batch=32,
    below={"one_sum": 1e-12, "one_geometric": 1e-12},
)
LINEAR = Study(
    "mechanics-linear",
    regression,
    {"rate": 0.5, "points": linear.POINTS, "masks": linear.MASKS},
    count=96,
    batch=16,
    below={"dropout": 1e-9},
)


def steepest(q):
    """The largest change of the share right from a rate to the next: below 0 where it falls each time."""
    once = np.stack([q[f"once_{rate:g}"] for rate in compute.RATES])
    return np.diff(once, axis=0).max(0)


CLAIMS = (
    Claim(
        "mechanics-rings-fall",
        "Rings: accuracy falls as dropout rises",
        RINGS,
        value=steepest,
        rule="<",
        bound=0,
        unit="largest change, a rate to the next",
        kind=TOLD,
    ),
    Claim(
        "mechanics-rings-masks",
        "Rings at 0.5: a mean of 40 masks is right more often",
        RINGS,
        value=lambda q: q["mean_0.5"] - q["once_0.5"],
        rule=">",
        bound=0,
        unit="share right, 40 masks minus eval()",
    ),
    Claim(
        "mechanics-rings-learned",
        "Rings: 40 masks at 0.5 lose less than 0.1 to no dropout",
        RINGS,
        value=lambda q: q["once_0"] - q["mean_0.5"],
        rule="<",
        bound=0.1,
        unit="share right lost to no dropout",
        word=USUALLY,
    ),
    Claim(
        "mechanics-one-mask",
        "Rings at 0.5: even one mask is right more often",
        ONE,
        value=lambda q: q["mean_0.5"] - q["once_0.5"],
        rule=">",
        bound=0,
        unit="share right, one mask minus eval()",
        word=USUALLY,
    ),
    Claim(
        "mechanics-rings-scaled",
        "Rings divided by 10, Adam: 0.5 costs under 3 points",
        SCALED,
        value=lambda q: q["once_0"] - q["once_0.5"],
        rule="<",
        bound=0.03,
        unit="share right lost to no dropout",
        word=USUALLY,
    ),
    Claim(
        "mechanics-sum",
        "A sum: the mean of all masks is the whole's, to 1e-12",
        SMALL,
        value=lambda q: q["one_sum"],
        rule="<",
        bound=1e-12,
        unit="largest distance of an output",
        log=True,
    ),
    Claim(
        "mechanics-geometric",
        "Softmax: the whole is the geometric mean, to 1e-12",
        SMALL,
        value=lambda q: q["one_geometric"],
        rule="<",
        bound=1e-12,
        unit="largest distance, probability",
        log=True,
    ),
    Claim(
        "mechanics-arithmetic",
        "Softmax: the whole is over 0.1 off the arithmetic mean",
        SMALL,
        value=lambda q: q["one_arithmetic"],
        rule=">",
        bound=0.1,
        unit="largest distance, probability",
    ),
    Claim(
        "mechanics-hidden",
        "Two hidden layers: over 0.02 off the geometric mean too",
        SMALL,
        value=lambda q: q["two_geometric"],
        rule=">",
        bound=0.02,
        unit="largest distance, probability",
        word=USUALLY,
        log=True,
    ),
    Claim(
        "mechanics-ridge",
        "Linear: masks end at ridge scaled by the data, ± 3 %",
        LINEAR,
        value=lambda q: q["off"],
        rule="<",
        bound=0.03,
        unit="distance of weights, a share",
    ),
    Claim(
        "mechanics-units",
        "Other units leave dropout's predictions, to 1e-9",
        LINEAR,
        value=lambda q: q["dropout"],
        rule="<",
        bound=1e-9,
        unit="share predictions move",
        log=True,
    ),
    Claim(
        "mechanics-ridge-units",
        "Other units move plain ridge's predictions over 1 %",
        LINEAR,
        value=lambda q: q["ridge"],
        rule=">",
        bound=0.01,
        unit="share predictions move",
        log=True,
    ),
)
