"""What is claimed of a bump that no data point sees: the construction varies, not the seed.

A case is one of `bump_error.variations()`: a curve, a gap and a slope. Decay is measured on those whose
bump survives plain training, so that what shrinks it is the decay.
"""

from functools import lru_cache

import numpy as np

from demos.bump_error import compute as bump
from demos.core import ensemble
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, PREDICTED, TOLD
from demos.core.training import Settings

TITLE = "A bump the loss cannot see"
ALL = len(bump.variations())
# An output is a sum of terms that add up to 80 at most: float32 cannot tell it closer than this.
RESOLUTION = 80 * 2.0**-24
LEAST_LOSS = 6 * RESOLUTION**2  # of six residuals
LEAST_GRADIENT = 2 * RESOLUTION  # of one, over the units


def built(cases):
    """As built: the loss, the largest gradient, at how many data points the three units are on.

    Loss and gradient are rounding: what float32 cannot resolve is given as what it can.
    """
    loss, gradient, points = [], [], []
    for made in chosen(cases):
        network, y = bump.with_bump(made), made.targets()
        outputs = bump.units(network, bump.POINTS)
        height = np.abs(outputs).max()  # what has to cancel, and leaves round-off
        start = network[2].bias.item()
        loss.append(max(np.sum((start + outputs.sum(1) - y) ** 2), LEAST_LOSS))
        gradient.append(max(bump.largest_gradient(network, y) / max(height, 1.0), LEAST_GRADIENT))
        points.append((outputs[:, 6:] != 0).all(1).sum())
    return {"loss": loss, "gradient": gradient, "points_on": points}


def plain(cases, nudge, steps):
    """Nudged a little and trained without decay: height left, and step size over its limit.

    Units bend at the data, so the limit has two sides (`bump.sharpness`): `over` is the higher ratio,
    `over_low` the lower. Both below 1: the bump should stay. Both above: it should go.
    """
    made, settings = chosen(cases), Settings(steps=steps)
    left = np.concatenate([bump.outlast([one], settings, nudge) for one in made])
    low, high = np.transpose([bump.step_over_limit(bump.with_bump(m), settings) for m in made])
    return {"left": left, "over": high, "over_low": low}


def decayed(cases, decay, strong, steps):
    """With decay on everything and on the three units alone: heights left, losses, value at 0."""
    rows = []
    for made in (survivors()[case] for case in cases):
        settings, y = Settings(weight_decay=decay, steps=steps), made.targets()
        parts = bump.in_two_parts(made)
        optimizer = bump.decay_bump_only(parts, settings)
        views, losses = bump.follow(parts, y, Settings(steps=steps), steps, optimizer)
        heights = bump.height(views, made.gap)
        row = {"alone": heights[1] / heights[0], "alone_loss": max(losses[1], LEAST_LOSS)}
        row["formula"] = bump.decayed(1.0, settings, steps)
        row["weak_loss"], row["weak_left"], row["weak_start"] = everywhere(made, decay, steps)
        row["strong_loss"], _, row["strong_start"] = everywhere(made, strong, steps)
        rows.append(row)
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def everywhere(made, decay, steps):
    """With decay on everything: the last loss, the height left, how far the value at 0 has moved."""
    network, settings = (
        bump.stack([bump.with_bump(made)]),
        Settings(weight_decay=decay, steps=steps),
    )
    before, start = bump.heights(network, [made])[0], network.predict(np.zeros(1))[0, 0]
    loss = ensemble.train(network, bump.POINTS, made.targets(), settings)[-1, 0]
    left = bump.heights(network, [made])[0] / before
    return loss, left, abs(network.predict(np.zeros(1))[0, 0] - start)


def chosen(cases):
    """The constructions of some cases."""
    return [bump.variations()[case] for case in cases]


@lru_cache
def survivors():
    """Constructions that the talk's step size can hold on either side, by their sharpness alone."""
    made, settings = bump.variations(), Settings()
    return [m for m in made if bump.step_over_limit(bump.with_bump(m), settings).max() < 1]


def as_the_limit_says(q):
    """1 where a bump stays below the limit or goes above it; between its two sides it may do either."""
    stays = np.abs(q["left"] - 1) < 0.1
    return np.where(stays, q["over_low"] < 1, q["over"] > 1).astype(float)


BUILT = Study(
    "bump-built", built, cases=ALL, batch=ALL, below={"loss": 1e-9, "gradient": 1e-4}, ticks=1
)
PLAIN = Study(
    "bump-plain",
    plain,
    {"nudge": 1e-4, "steps": 4000},
    cases=ALL,
    batch=15,
)
DECAYED = Study(
    "bump-decayed",
    decayed,
    {"decay": 0.08, "strong": 0.16, "steps": 4000},
    cases=len(survivors()),
    batch=5,
    below={"alone_loss": 1e-6},
)

CLAIMS = (
    Claim(
        "bump-no-loss",
        "A bump between two points costs no loss",
        BUILT,
        value=lambda q: q["loss"],
        rule="<",
        bound=1e-9,
        unit="loss, sum of squares",
        word=EVERY,
        log=True,
    ),
    Claim(
        "bump-no-gradient",
        "A bump between two points has no gradient but round-off",
        BUILT,
        value=lambda q: q["gradient"],
        rule="<",
        bound=1e-4,
        unit="largest gradient over the units",
        word=EVERY,
        log=True,
    ),
    Claim(
        "bump-on",
        "The bump's units are on at some of the data",
        BUILT,
        value=lambda q: q["points_on"],
        rule=">",
        bound=0.5,
        unit="data points where all are on",
        word=EVERY,
    ),
    Claim(
        "bump-survives",
        "Plain training leaves the bump as it is",
        PLAIN,
        value=lambda q: np.abs(q["left"] - 1),
        rule="<",
        bound=0.1,
        unit="change of height",
        word=EVERY,
        kind=TOLD,
    ),
    Claim(
        "bump-survives-limit",
        "A bump stays where lr is below the stable limit, only there",
        PLAIN,
        value=lambda q: as_the_limit_says(q),
        rule=">",
        bound=0.5,
        unit="1: as the limit says",
        word=EVERY,
    ),
    Claim(
        "bump-decay",
        "λ = 0.08 shrinks the bump below a third",
        DECAYED,
        value=lambda q: np.abs(q["weak_left"]),
        rule="<",
        bound=1 / 3,
        unit="height left",
        word=EVERY,
    ),
    Claim(
        "bump-formula",
        "Decay on the bump's units alone follows the formula, ± 1 %",
        DECAYED,
        value=lambda q: np.abs(q["alone"] / q["formula"] - 1),
        rule="<",
        bound=0.01,
        unit="relative difference",
        word=EVERY,
        log=True,
    ),
    Claim(
        "bump-alone-free",
        "Decay on the bump's units alone costs no loss",
        DECAYED,
        value=lambda q: q["alone_loss"],
        rule="<",
        bound=1e-6,
        unit="loss",
        word=EVERY,
        log=True,
    ),
    Claim(
        "bump-bends",
        "λ on everything costs a loss: it bends the rest",
        DECAYED,
        value=lambda q: q["weak_loss"],
        rule=">",
        bound=1e-3,
        unit="loss",
        word=EVERY,
        log=True,
    ),
    Claim(
        "bump-strong",
        "Twice the λ is at least four times the loss",  # true of most on the talk's curve
        DECAYED,
        value=lambda q: q["strong_loss"] / q["weak_loss"],
        rule=">",
        bound=4,
        unit="loss, 0.16 over 0.08",
        word=EVERY,
        kind=PREDICTED,
        since="d047e70",
    ),
)
