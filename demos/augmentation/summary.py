"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "shifts that the test has too are worth learning",
    "the test has no such shifts, and learning them takes room from what it has",
)


def gained(found, pairs):
    """Medians of differences in points, {name: number}. pairs: {name: (one, the other it is minus)}."""
    return {
        name: 100 * np.median(found[one] - found[other]) for name, (one, other) in pairs.items()
    }
