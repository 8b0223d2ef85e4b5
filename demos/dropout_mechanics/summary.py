"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "thinned networks were trained, the whole one was not, and here it says something else than they do",
    "with small inputs the whole one says nearly what the thinned ones do, and has all units",
)


def per_rate(found, way, rates):
    """One way to ask, over the seeds of a recorded study: (rates, seeds)."""
    return np.stack([found[f"{way}_{rate:g}"] for rate in rates])


def gains(found, what, fits):
    """What dropout has more than no dropout, per fit: {fit: (seeds,)}."""
    return {fit: found[f"{what}_{fit}"] - found[f"plain_{what}_{fit}"] for fit in fits}
