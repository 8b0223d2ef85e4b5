"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "blobs so far apart leave nothing to doubt, and smoothing doubts all the same",
    "where blobs overlap doubt is right, and hard labels leave none",
)


def minus(found, what, way, other):
    """What one way to label has more of than another, (seeds,)."""
    return found[f"{what}_{way}"] - found[f"{what}_{other}"]
