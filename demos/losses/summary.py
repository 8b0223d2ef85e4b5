"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "from there the sigmoid is steep enough, and a hundred steps suffice",
    "behind a sigmoid that is sure the squared error is flat: exp(6) steps of this size, about",
)


def steps_that_move(accuracy):
    """Of (steps + 1,): in how many steps accuracy moves, and in how many of these it falls."""
    change = np.diff(accuracy)
    return {"moved": int((np.abs(change) > 1e-6).sum()), "fell": int((change < -1e-6).sum())}
