"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "blobs so far apart leave nothing to doubt, and smoothing doubts all the same",
    "where blobs overlap doubt is right, and hard labels leave none",
)


def medians(found):
    """The median of each recorded quantity, under a name that a slide can quote; and how many seeds."""
    numbers = {name.replace(" ", "_"): np.median(values) for name, values in found.items()}
    return numbers | {"seeds": len(next(iter(found.values())))}


def minus(found, what, way, other):
    """What one way to label has more of than another, (seeds,)."""
    return found[f"{what}_{way}"] - found[f"{what}_{other}"]
