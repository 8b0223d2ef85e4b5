"""What its slides quote, and what claims read of batches beside all points."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "a standard deviation falls as the square root of the batch: four times the points, half of it",
    "a variance falls as the batch: four times the points, a quarter of it",
)


def minus(found, what):
    """What batches have more of than all points, (seeds,)."""
    return found[f"{what}_batches"] - found[f"{what}_all"]


def times(found, what):
    """The same as a ratio."""
    return found[f"{what}_batches"] / found[f"{what}_all"]
