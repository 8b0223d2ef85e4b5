"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "forty small weights are all true: each that the lasso sets to zero is a mistake",
    "most weights are zero, and the lasso leaves them there",
)


def medians(found, names=None):
    """The median of each recorded quantity, or of some, and how many seeds there are."""
    names = list(found) if names is None else names
    numbers = {name: np.median(found[name]) for name in names}
    return numbers | {"seeds": len(found[names[0]])}


def points(found, one, other):
    """How many points of accuracy one way has more than another, (seeds,)."""
    return 100 * (found[f"right_{one}"] - found[f"right_{other}"])


def levels(found, name):
    """Recorded quantities name_0, name_1, … as rows: (levels, seeds)."""
    count = sum(key.rsplit("_", 1)[0] == name for key in found)
    return np.array([found[f"{name}_{n}"] for n in range(count)])
