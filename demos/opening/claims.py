"""What is claimed in the opening: a network that threads forty noisy points, and one with weight decay."""

from demos.core.evidence.study import SEEDS, Claim, Study
from demos.core.evidence.verdicts import MOSTLY, NEARLY_ALWAYS, USUALLY
from demos.opening import compute as moons

TITLE = "Overfitting"


def accuracies(seeds, decay):
    """Share right on the training points and on fresh ones, left alone and with weight decay."""
    settings = {"plain": moons.PLAIN, "decayed": moons.replace(moons.PLAIN, weight_decay=decay)}
    quantities = {}
    for name, how in settings.items():
        seen, fresh = moons.scores(seeds, how).T
        quantities |= {f"{name}_seen": seen, f"{name}_fresh": fresh}
    return quantities


MOONS = Study(
    "overfitting-moons",
    accuracies,
    {"decay": moons.DECAYED.weight_decay},
    count=2 * SEEDS,
    batch=4,
    ticks=2000,
    shake_all=True,
)

CLAIMS = (
    Claim(
        "overfitting-threads",
        "The network left alone gets every training point right",
        MOONS,
        value=lambda q: q["plain_seen"],
        rule=">",
        bound=0.99,
        unit="share right in training",
        word=USUALLY,
    ),
    Claim(
        "overfitting-gap",
        "Left alone, it loses 5 points in 100 or more on fresh ones",
        MOONS,
        value=lambda q: q["plain_seen"] - q["plain_fresh"],
        rule=">",
        bound=0.05,
        unit="share right, seen minus fresh",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "overfitting-decay",
        "Weight decay does better on fresh points",
        MOONS,
        value=lambda q: q["decayed_fresh"] - q["plain_fresh"],
        rule=">",
        bound=0,
        unit="gain in share right",
        word=MOSTLY,
    ),
    Claim(
        "overfitting-price",
        "Weight decay pays with points of its own",
        MOONS,
        value=lambda q: q["plain_seen"] - q["decayed_seen"],
        rule=">",
        bound=0,
        unit="loss in share right, in training",
        word=MOSTLY,
    ),
)
