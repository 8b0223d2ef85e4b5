"""What is claimed of a batch's gradient, of iris by two clocks, and of a last batch of two.

Told: that smaller batches learn faster (notes on M. X. Cohen's course, 2023); that the rate should grow
with the batch (Goyal et al. 2017, arXiv:1706.02677).
"""

import numpy as np

from demos.batches import compute, orders, variance
from demos.core import rounding
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, MOSTLY, TOLD

TITLE = "Batches"
TINY, COUNTED = (4, 3, 3), 6  # a network and points few enough to count every batch
FAST = 0.1  # a rate that is no longer small
# the word of the fast one was "usually" in a measurement on 32 seeds from 3000 on: rounding decided 9
SECOND_DRAFT = 4000


def counted(seeds, lr):
    """Case n: batches of n + 1 of six points, counted, against the formula; and the mean of all orders of
    an epoch, how its distance from two flows shrinks at half the rate."""
    found = {"with": [], "without": [], "plain": [], "smith": []}
    for case in seeds:
        points = compute.first_gradients(case, TINY, COUNTED)
        one, batch = variance.of_one_point(points), case + 1
        for name, again in variance.WAYS.items():
            counts = variance.of_every_batch(points, batch, again) / one
            found[name].append(abs(counts - variance.share(batch, len(points), again)))
        x, y = orders.problem(case)
        for name in ("plain", "smith"):
            off = [orders.off(x, y, rate, name == "smith") for rate in (lr, lr / 2)]
            found[name].append(off[0] / off[1])
    return {name: np.array(values) for name, values in found.items()}


def by_clocks(seeds, lr, fast, **fit):
    """Losses on iris per batch size: after as many epochs, as many steps, and with rates that grow."""
    fit = compute.Fit(lr=lr, **fit)
    found = {}
    for batch, (looks, losses) in compute.clocks(seeds, fit=fit).items():
        ends = fit.epochs * compute.steps_per_epoch(batch, fit.points), fit.steps
        for name, end in zip(("epochs", "steps"), ends, strict=True):
            found[f"{name}_{batch}"] = losses[looks == end][0]
    small, large = compute.SIZES[0], compute.SIZES[-1]
    found["scaled"] = compute.scaled(seeds, large, lr, fit)
    for name, batch in (("small", small), ("large", large)):
        found[f"fast_{name}"] = compute.scaled(seeds, batch, fast, fit)
    return found


def last(seeds, count, batch, times):
    """Root mean square of how far the mean of batches' accuracies is from the accuracy."""
    found = []
    for seed in seeds:
        hits = compute.right_or_wrong(seed, count)
        means = [compute.mean_of_batches(hits, batch, [seed, k]) for k in range(times)]
        found.append(np.sqrt(np.mean((np.array(means) - hits.mean()) ** 2)))
    return {"off": np.array(found)}


COUNTS = Study(
    "batches-counted",
    counted,
    {"lr": 0.02},
    cases=COUNTED,
    batch=COUNTED,
    below={"with": 1e-9, "without": 1e-9},
)
CLOCKS = Study(
    "batches-clocks",
    by_clocks,
    {"lr": compute.FIT.lr, "fast": FAST, "epochs": compute.FIT.epochs, "steps": compute.FIT.steps},
    count=128,
    batch=16,
    roundings=rounding.FEW,
    first=SECOND_DRAFT,
)
LAST = Study("batches-last", last, {"count": 130, "batch": 64, "times": 100})


def largest_difference(q):
    """Between batch sizes at equal steps, over the loss of the smallest."""
    of_small = q[f"steps_{compute.SIZES[0]}"]
    return np.max([np.abs(q[f"steps_{b}"] / of_small - 1) for b in compute.SIZES[1:]], axis=0)


CLAIMS = (
    Claim(
        "batches-with",
        "With replacement: 1/B of one point's variance",
        COUNTS,
        value=lambda q: q["with"],
        rule="<",
        bound=1e-9,
        unit="share, distance from the formula",
        word=EVERY,
        log=True,
    ),
    Claim(
        "batches-without",
        "Without replacement: (N−B)/(N−1)/B of a point's variance",
        COUNTS,
        value=lambda q: q["without"],
        rule="<",
        bound=1e-9,
        unit="share, distance from the formula",
        word=EVERY,
        log=True,
    ),
    Claim(
        "batches-epochs",
        "At equal epochs smaller batches learn faster",
        CLOCKS,
        value=lambda q: q["epochs_2"] / q["epochs_60"],
        rule="<",
        bound=1,
        unit="training loss, 2 over 60",
        kind=TOLD,
    ),
    Claim(
        "batches-steps",
        "At equal steps smaller batches learn faster",
        CLOCKS,
        value=lambda q: q["steps_2"] / q["steps_60"] - 1,
        rule="<",
        bound=0,
        unit="training loss, 2 over 60, minus 1",
        kind=TOLD,
    ),
    Claim(
        "batches-same",
        "At equal steps, batches of 2, 12, 60: losses within 1 %",
        CLOCKS,
        value=largest_difference,
        rule="<",
        bound=0.01,
        unit="largest difference, of the loss",
        log=True,
    ),
    Claim(
        "batches-scaled",
        "30 times the batch and the rate: the same loss within 5 %",
        CLOCKS,
        value=lambda q: np.abs(q["scaled"] / q["epochs_2"] - 1),
        rule="<",
        bound=0.05,
        unit="difference, of the loss",
        kind=TOLD,
        log=True,
    ),
    Claim(
        "batches-scaled-fast",
        "From rate 0.1, 30 times batch and rate: the larger loss",
        CLOCKS,
        value=lambda q: q["fast_large"] / q["fast_small"],
        rule=">",
        bound=1,
        unit="training loss, 60 over 2",
        word=MOSTLY,
        log=True,
    ),
    Claim(
        "batches-last",
        "Mean accuracy of batches of 64, 64, 2: off by 5 points",
        LAST,
        value=lambda q: q["off"],
        rule=">",
        bound=0.05,
        unit="rms distance from the accuracy",
    ),
    Claim(
        "batches-orders",
        "An epoch's mean over all orders follows Smith's loss",
        COUNTS,
        value=lambda q: q["smith"],
        rule=">",
        bound=6,
        unit="distance, over that at half the rate",
        word=EVERY,
    ),
)
