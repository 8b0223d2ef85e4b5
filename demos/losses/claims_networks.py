"""What is claimed of networks and their losses, and of metrics.

Told: that a sigmoid learns faster with cross-entropy (Nielsen 2015, "Neural networks and deep learning",
chapter 3), and that squared error classifies as well (Hui and Belkin 2020, arXiv:2006.07322, of large
networks, each tuned).
"""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY
from demos.losses import compute, metrics

TITLE = "Losses of networks"
# the word of losses-overfit-accuracy was weakened after 125 to 128 of 128 seeds from 3000 on
SECOND_DRAFT = 4000


def irises(seeds, lr, steps):
    """Shares of steps: in which the loss falls, accuracy moves, accuracy falls with it."""
    found = compute.moves(*compute.step_by_step(seeds, lr, steps))
    return dict(zip(("falls", "moves", "down"), found, strict=True))


def curves(seeds, steps, points):
    """Two curves of a straight network and of a wide one, read off at the end."""
    found = {}
    for name, widths in (("straight", compute.STRAIGHT), ("wide", compute.WIDE)):
        _, seen = compute.two_curves(seeds, widths, steps, points)
        found |= {f"{what}_{name}": value for what, value in compute.read_off(seen).items()}
    return found


def digits(seeds, rate, steps, points):
    """Share of digits right, by loss and rate."""
    return compute.on_digits(seeds, rate, steps, points)


def sick(seeds, share, trained, tested):
    """Four metrics of three ways to say who is sick."""
    rows = [metrics.scored(seed, share, trained, tested) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


IRISES = Study(
    "losses-iris",
    irises,
    {"lr": compute.IRIS_LR, "steps": compute.IRIS_STEPS},
    batch=64,
    ticks=compute.IRIS_STEPS,
)
CURVES = Study(
    "losses-curves",
    curves,
    {"steps": compute.MOONS_STEPS, "points": compute.MOONS},
    batch=32,
    first=SECOND_DRAFT,
)
DIGITS = Study(
    "losses-digits",
    digits,
    {"rate": compute.RATE, "steps": compute.DIGITS_STEPS, "points": compute.DIGITS},
    batch=32,
    ticks=compute.TESTED,
)
SICK = Study(
    "losses-sick",
    sick,
    {"share": metrics.SHARE, "trained": metrics.TRAINED, "tested": metrics.TESTED},
    batch=32,
)


def more(what, other):
    """By how much one quantity is larger than another."""
    return lambda q: q[what] - q[other]


CLAIMS = (
    Claim(
        "losses-falls",
        "Iris: the loss falls in each of 300 steps",
        IRISES,
        value=lambda q: q["falls"],
        rule=">",
        bound=0.999,
        unit="share of steps",
    ),
    Claim(
        "losses-moves",
        "Iris: accuracy moves in fewer than one step in six",
        IRISES,
        value=lambda q: q["moves"],
        rule="<",
        bound=1 / 6,
        unit="share of steps",
    ),
    Claim(
        "losses-down",
        "Iris: in some step accuracy falls together with the loss",
        IRISES,
        value=lambda q: q["down"],
        rule=">",
        bound=0,
        unit="share of steps",
        word=USUALLY,
    ),
    Claim(
        "losses-rate",
        "Cross-entropy learns faster than squared error",
        DIGITS,
        value=more("same_binary", "same_sigmoid_squares"),
        rule=">",
        bound=0,
        unit="share right, minus squares'",
        kind=TOLD,
    ),
    Claim(
        "losses-best-rate",
        "Tuned, squared error and cross-entropy: within 3 points",
        DIGITS,
        value=lambda q: np.abs(q["best_binary"] - q["best_sigmoid_squares"]),
        rule="<",
        bound=0.03,
        unit="share right, distance",
    ),
    Claim(
        "losses-twice",
        "A second softmax costs 20 points right after 100 steps",
        DIGITS,
        value=more("same_classes", "same_twice"),
        rule=">",
        bound=0.2,
        unit="share right, once minus twice",
    ),
    Claim(
        "losses-twice-best",
        "Tuned, one softmax and two: within 3 points",
        DIGITS,
        value=lambda q: np.abs(q["best_classes"] - q["best_twice"]),
        rule="<",
        bound=0.03,
        unit="share right, distance",
        word=USUALLY,
    ),
    Claim(
        "losses-squares",
        "Squared error classifies as well as cross-entropy",
        DIGITS,
        value=more("best_squares", "best_classes"),
        rule=">",
        bound=-0.01,
        unit="share right, minus other's",
        kind=TOLD,
    ),
    Claim(
        "losses-underfit",
        "Underfitted: fresh loss ends within a quarter of its lowest",
        CURVES,
        value=lambda q: q["rise_straight"],
        rule="<",
        bound=1.25,
        unit="fresh loss, over lowest",
    ),
    Claim(
        "losses-underfit-high",
        "Underfitted: the training loss ends above 0.15",
        CURVES,
        value=lambda q: q["train_straight"],
        rule=">",
        bound=0.15,
        unit="loss on its own points",
    ),
    Claim(
        "losses-overfit",
        "Overfitted: fresh loss ends at twice its lowest or more",
        CURVES,
        value=lambda q: q["rise_wide"],
        rule=">",
        bound=2,
        unit="fresh loss, over lowest",
    ),
    Claim(
        "losses-overfit-low",
        "Overfitted: the training loss ends below 0.1",
        CURVES,
        value=lambda q: q["train_wide"],
        rule="<",
        bound=0.1,
        unit="loss on its own points",
    ),
    Claim(
        "losses-overfit-accuracy",
        "Overfitted: accuracy falls under 10 points past lowest loss",
        CURVES,
        value=lambda q: q["lost_wide"],
        rule="<",
        bound=0.1,
        unit="accuracy lost since lowest loss",
        word=USUALLY,
    ),
    Claim(
        "losses-nobody",
        "“Nobody is sick” is more often right than balanced weights",
        SICK,
        value=more("accuracy_nobody", "accuracy_balanced"),
        rule=">",
        bound=0,
        unit="accuracy, minus balanced",
    ),
    Claim(
        "losses-recall",
        "Balanced weights find 20 points more of the sick",
        SICK,
        value=more("recall_balanced", "recall_plain"),
        rule=">",
        bound=0.2,
        unit="recall, minus plain",
    ),
    Claim(
        "losses-f1",
        "F1 is larger with plain weights than with balanced ones",
        SICK,
        value=more("f1_plain", "f1_balanced"),
        rule=">",
        bound=0,
        unit="F1, minus balanced",
        word=USUALLY,
    ),
)
