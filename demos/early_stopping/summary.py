"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "without noise there is nothing to be spared from, and two looks end some runs too early",
    "noise that is learned to the end costs more than ten points of 31 that nobody trains on",
)


def roots(found, ways=("end", "stopped", "everything", "anew")):
    """Medians of root mean squared errors per way, in units of y."""
    return {f"rmse_{way}": np.median(np.sqrt(found[way])) for way in ways}
