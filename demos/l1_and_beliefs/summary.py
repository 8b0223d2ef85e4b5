"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "forty small weights are all true: each that the lasso sets to zero is a mistake",
    "most weights are zero, and the lasso leaves them there",
)


def points(found, one, other):
    """How many points of accuracy one way has more than another, (seeds,)."""
    return 100 * (found[f"right_{one}"] - found[f"right_{other}"])


def levels(found, name):
    """Recorded quantities name_0, name_1, … as rows: (levels, seeds)."""
    count = sum(key.rsplit("_", 1)[0] == name for key in found)
    return np.array([found[f"{name}_{n}"] for n in range(count)])
