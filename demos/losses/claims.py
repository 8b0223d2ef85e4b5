"""What is claimed of gradients, floats, the sum and backpropagation. Nothing here trains a network."""

import numpy as np
import torch

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY
from demos.losses import backward, floats, pairs, rates

TITLE = "Losses"
CLASSES, SPREAD = 5, 3.0  # logits in the gradients' study, and their sd
NEAR, FAR = 4, 10  # how wrong a logit is at first
SURE = 20  # from such a logit on a float32's sigmoid is 1, and a bit more
OTHERS = (2, 10, 100)  # classes beside which a softmax overflows
TINY = 1e-10  # what finite differences leave


def gradients(seeds, classes, spread):
    """Per pair that belongs together: how far finite differences are from prediction - target, at most
    over the logits, for a class as target and for a soft one."""
    rows = []
    for seed in seeds:
        dice = np.random.default_rng(seed)
        z = spread * dice.standard_normal(classes)
        hard, soft = np.eye(classes)[dice.integers(classes)], dice.dirichlet(np.ones(classes))
        rows.append([[off(name, z, t) for t in (hard, soft)] for name in pairs.BELONG])
    found = np.array(rows).max(-1)
    return {name: found[:, n] for n, name in enumerate(pairs.BELONG)}


def off(name, z, t):
    """How far finite differences are from prediction - target, at most over the logits."""
    pair = pairs.PAIRS[name]
    slope = pairs.differences(lambda moved: pair.loss(moved, t), z)
    return np.abs(slope - (pair.predict(z) - t)).max()


def confident(seeds, lr):
    """Case n, a logit of -4 - n whose target is 1: steps until it is right, by two losses."""
    steps = {
        name: np.array([pairs.until_right(name, -NEAR - case, lr) for case in seeds], float)
        for name in (pairs.BINARY, pairs.SIGMOID_SQUARES)
    }
    return {"binary": steps[pairs.BINARY], "squares": steps[pairs.SIGMOID_SQUARES]}


def overflow(seeds, logit):
    """Case n, a float type and some classes: 1 where the naive softmax of a logit beside zeros is nan; and
    how far the shifted one is from the largest probability, 1."""
    logits = [torch.zeros(OTHERS[case // 4], dtype=floats.TYPES[case % 4]) for case in seeds]
    for row in logits:
        row[0] = logit
    naive = [float(floats.naive_softmax(row).isnan().any()) for row in logits]
    shifted = [abs(float(floats.shifted_softmax(row)[0]) - 1) for row in logits]
    return {"nan": np.array(naive), "shifted": np.array(shifted)}


def sure(seeds):
    """Case n, a logit of 20 + n whose target is 0: its slope, after a sigmoid and from logits."""
    found = np.array([floats.slopes_when_wrong(SURE + case) for case in seeds])[:, :, 1]
    return {"after": found[:, 0], "logits": found[:, 1]}


def summed(seeds, lr, steps, points):
    """Sum and mean of squared errors: how far the sum at lr / n is from the mean at lr, at most along the
    way; and by how many powers of ten the sum's error has grown at lr."""
    rows = []
    for seed in seeds:
        x, y = rates.patients(seed, points)
        mean = rates.descended(x, y, lr, steps)
        scaled = rates.descended(x, y, lr / points, steps, mean=False)
        away = rates.descended(x, y, lr, steps, mean=False)
        rows.append([np.abs(scaled / mean - 1).max(), np.log10(away[-1] / away[0]), mean[-1]])
    return dict(zip(("apart", "grown", "mean"), np.array(rows).T, strict=True))


def backwards(seeds):
    """How far gradients by hand are from autograd's and from finite differences, at most."""
    rows = []
    for seed in seeds:
        hand, auto, moved = (
            by(*backward.problem(seed))
            for by in (backward.by_hand, backward.by_autograd, backward.by_differences)
        )
        rows.append([np.abs(hand - auto).max(), np.abs(hand - moved).max()])
    return dict(zip(("autograd", "differences"), np.array(rows).T, strict=True))


GRADIENTS = Study(
    "losses-gradients",
    gradients,
    {"classes": CLASSES, "spread": SPREAD},
    batch=128,
    below=dict.fromkeys(pairs.BELONG, TINY),
)
CONFIDENT = Study("losses-confident", confident, {"lr": 1.0}, cases=FAR - NEAR + 1, batch=7)
OVERFLOW = Study(
    "losses-overflow",
    overflow,
    {"logit": 1000},
    cases=len(floats.TYPES) * len(OTHERS),
    batch=12,
    below={"shifted": TINY},
)
SURE_STUDY = Study("losses-sure", sure, cases=80, batch=80)
SUMMED = Study(
    "losses-sum",
    summed,
    {"lr": rates.LR, "steps": rates.STEPS, "points": rates.PATIENTS},
    batch=128,
    below={"apart": 1e-9},
)
BACKWARDS = Study(
    "losses-backward",
    backwards,
    batch=128,
    below={"autograd": TINY, "differences": TINY},
)

CLAIMS = (
    Claim(
        "losses-gradient",
        "Each gradient is prediction − target, to within 1e-10",
        GRADIENTS,
        value=lambda q: np.max([q[name] for name in pairs.BELONG], axis=0),
        rule="<",
        bound=TINY,
        unit="largest distance to differences",
        log=True,
    ),
    Claim(
        "losses-confident",
        "Wrong by 4 to 10: squared error takes ten times the steps",
        CONFIDENT,
        value=lambda q: q["squares"] / q["binary"],
        rule=">",
        bound=10,
        unit="steps, over cross-entropy's",
        word=EVERY,
        log=True,
    ),
    Claim(
        "losses-nan",
        "A naive softmax of 1,000 is nan in all four float types",
        OVERFLOW,
        value=lambda q: q["nan"],
        rule=">",
        bound=0.5,
        unit="nan: 1",
        word=EVERY,
    ),
    Claim(
        "losses-shifted",
        "Its largest logit moved to 0, a softmax of 1,000 is right",
        OVERFLOW,
        value=lambda q: q["shifted"],
        rule="<",
        bound=TINY,
        unit="distance of the probability",
        word=EVERY,
    ),
    Claim(
        "losses-sure",
        "Wrong by 20 to 99: BCELoss after a sigmoid has slope 0",
        SURE_STUDY,
        value=lambda q: np.abs(q["after"]),
        rule="<",
        bound=1e-6,
        unit="slope",
        word=EVERY,
    ),
    Claim(
        "losses-logits",
        "Wrong by 20 to 99: BCEWithLogitsLoss has slope 1",
        SURE_STUDY,
        value=lambda q: np.abs(q["logits"] - 1),
        rule="<",
        bound=1e-6,
        unit="slope, distance from 1",
        word=EVERY,
    ),
    Claim(
        "losses-sum-same",
        "The sum at rate lr/n takes the steps of the mean at rate lr",
        SUMMED,
        value=lambda q: q["apart"],
        rule="<",
        bound=1e-9,
        unit="largest relative distance",
        log=True,
    ),
    Claim(
        "losses-sum-away",
        "The sum at the mean's rate: the error grows a thousandfold",
        SUMMED,
        value=lambda q: q["grown"],
        rule=">",
        bound=3,
        unit="powers of ten gained",
    ),
    Claim(
        "losses-backward",
        "By hand, autograd, differences: equal to within 1e-10",
        BACKWARDS,
        value=lambda q: np.maximum(q["autograd"], q["differences"]),
        rule="<",
        bound=TINY,
        unit="largest distance",
        log=True,
    ),
)
