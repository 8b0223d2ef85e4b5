"""What is claimed of gaps, of networks on blobs, and of labels.

Told: that a softmax is never satisfied (Soudry et al. 2018, arXiv:1710.10345; Straka, NPFL138, lecture 3);
that smoothing makes networks right more often and better calibrated (Müller et al. 2019, arXiv:1906.02629);
that it helps against wrong labels (Lukasik et al. 2020, arXiv:2003.02819). All three speak of large data.
"""

import numpy as np

from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, PREDICTED, TOLD, USUALLY
from demos.label_smoothing import calibration, compute, gaps

TITLE = "Label smoothing"
# settings changed after a measurement on seeds from 3000 on: other roundings moved those networks too far
SECOND_DRAFT, THIRD_DRAFT = 4000, 5000  # the growing ones' word was changed after one more
FEWEST = 2  # classes in the first case of the census


def alone(seeds, smoothing, lr, steps):
    """One point's logits, case n with n + 2 classes: how far the gap is from the formula at most, and
    at last from where smoothing ends."""
    off, ends = [], []
    for case in seeds:
        classes = FEWEST + case
        expected = gaps.at_time(lr * np.arange(steps + 1), classes)
        off.append(np.abs(gaps.descended(classes, 0.0, lr, steps) - expected).max())
        last = gaps.descended(classes, smoothing, lr, steps)[-1]
        ends.append(abs(last - gaps.end(smoothing, classes)))
    return {"off": np.array(off), "end": np.array(ends)}


def straight(seeds, steps, sd):
    """Softmax regression on blobs apart: what ten times the steps add to the least margin."""
    early, late = compute.straight(seeds, sd, steps)
    return {"gained": late - early}


def growing(seeds, steps, smoothing):
    """Mean gap of networks on their own points, after a tenth of the steps and after all."""
    fit = compute.Fit(steps=steps)
    _, seen = compute.growing(seeds, smoothing, fit=fit, every=steps // 10)
    names = "hard", "smoothed"
    found = {f"early_{name}": seen[1, n] for n, name in enumerate(names)}
    return found | {f"late_{name}": seen[-1, n] for n, name in enumerate(names)}


def blobs(seeds, smoothing, sd, points, steps):
    """Networks on blobs, labelled in six ways: accuracy, log loss, calibration error, gap."""
    return compute.on_blobs(seeds, smoothing, sd, compute.Fit(points, steps=steps))


def apart(seeds, smoothing, sd, points, steps):
    """Hard and smoothed labels on blobs that lie apart."""
    out, y = compute.two(seeds, smoothing, sd, compute.Fit(points, steps=steps))
    found = {}
    for name, logits in zip(("hard", "smoothed"), out, strict=True):
        scores = calibration.scores(logits, y)
        found |= {f"{what}_{name}": value.numpy() for what, value in scores.items()}
    return found


SETTINGS = {
    "smoothing": compute.SMOOTHING,
    "sd": compute.SD,
    "points": compute.FIT.points,
    "steps": compute.FIT.steps,
}
ALONE = Study(
    "smoothing-alone",
    alone,
    {"smoothing": 0.1, "lr": 0.1, "steps": 10_000},
    cases=12,
    batch=12,
    below={"end": 1e-6},
)
STRAIGHT = Study("smoothing-straight", straight, {"steps": 10_000, "sd": 0.3}, count=64, batch=64)
GROWING = Study(
    "smoothing-growing",
    growing,
    {"steps": 4000, "smoothing": 0.1},
    count=64,
    batch=64,
    first=THIRD_DRAFT,
)
BLOBS = Study("smoothing-blobs", blobs, SETTINGS, count=128, batch=16, first=SECOND_DRAFT)
APART = Study(
    "smoothing-apart", apart, SETTINGS | {"sd": 0.3}, count=64, batch=32, first=SECOND_DRAFT
)


def more(what, way, other):
    """By how much one way to label has more of something than another."""
    return lambda q: q[f"{what}_{way}"] - q[f"{what}_{other}"]


def like_smoothing(q):
    """How far the flipped one's log loss is from the smoothed one's, over how far that is from hard's."""
    off, whole = more("nll", "flipped", "smoothed")(q), more("nll", "hard", "smoothed")(q)
    return np.abs(off) / np.abs(whole)


CLAIMS = (
    Claim(
        "smoothing-formula",
        "One point's gap is the formula's, to within 0.02",
        ALONE,
        value=lambda q: q["off"],
        rule="<",
        bound=0.02,
        unit="largest distance of the gap",
        word=EVERY,
    ),
    Claim(
        "smoothing-end",
        "Smoothed, one point's gap ends at log(1 + K(1 − s)/s)",
        ALONE,
        value=lambda q: q["end"],
        rule="<",
        bound=1e-6,
        unit="distance of the gap at the end",
        word=EVERY,
        log=True,
    ),
    Claim(
        "smoothing-log",
        "Logits of softmax regression grow like log t",
        STRAIGHT,
        value=lambda q: np.abs(q["gained"] / np.log(10) - 1),
        rule="<",
        bound=0.5,
        unit="gain over ln 10, distance from 1",
        kind=TOLD,
    ),
    Claim(
        "smoothing-goes-on",
        "Hard labels: a network's gap never stops growing",
        GROWING,
        value=lambda q: q["late_hard"] - q["early_hard"],
        rule=">",
        bound=1,
        unit="gap gained by tenfold steps",
        kind=TOLD,
    ),
    Claim(
        "smoothing-stops",
        "Smoothed, a network's gap ends within 0.3 of log 28",
        GROWING,
        value=lambda q: np.abs(q["late_smoothed"] - gaps.end(0.1, compute.CLASSES)),
        rule="<",
        bound=0.3,
        unit="mean gap's distance, log 28",
        word=USUALLY,
    ),
    Claim(
        "smoothing-blobs-error",
        "Blobs: smoothed labels, smaller calibration error",
        BLOBS,
        value=more("error", "smoothed", "hard"),
        rule="<",
        bound=0,
        unit="calibration error, minus hard's",
    ),
    Claim(
        "smoothing-blobs-nll",
        "Blobs: smoothed labels, smaller log loss",
        BLOBS,
        value=more("nll", "smoothed", "hard"),
        rule="<",
        bound=0,
        unit="log loss, minus hard's",
    ),
    Claim(
        "smoothing-blobs-accuracy",
        "Smoothing makes a network right more often",
        BLOBS,
        value=more("accuracy", "smoothed", "hard"),
        rule=">",
        bound=0,
        unit="share right, minus hard's",
        kind=TOLD,
    ),
    Claim(
        "smoothing-flipped",
        "Flipped anew in each step: the log loss of smoothing",
        BLOBS,
        value=like_smoothing,
        rule="<",
        bound=0.2,
        unit="distance to smoothed, of hard's",
        log=True,
    ),
    Claim(
        "smoothing-soft",
        "True probabilities as labels: the smallest log loss",
        BLOBS,
        value=lambda q: q["nll_soft"] - np.minimum(q["nll_smoothed"], q["nll_hard"]),
        rule="<",
        bound=0,
        unit="log loss, minus the better other's",
    ),
    Claim(
        "smoothing-wrong-accuracy",
        "With wrong labels smoothing makes right more often",
        BLOBS,
        value=more("accuracy", "wrong smoothed", "wrong"),
        rule=">",
        bound=0,
        unit="share right, smoothed minus not",
        kind=TOLD,
    ),
    Claim(
        "smoothing-wrong-nll",
        "With wrong labels smoothing has the smaller log loss",
        BLOBS,
        value=more("nll", "wrong smoothed", "wrong"),
        rule="<",
        bound=0,
        unit="log loss, smoothed minus not",
    ),
    Claim(
        "smoothing-apart",
        "Blobs apart: smoothed has the larger calibration error",
        APART,
        value=more("error", "smoothed", "hard"),
        rule=">",
        bound=0,
        unit="calibration error, minus hard's",
        kind=PREDICTED,
        since="ef61bae",
    ),
)
