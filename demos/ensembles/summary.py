"""What its slides quote."""

import numpy as np

from demos.ensembles.compute import BAGS, STARTS, correlation, of_the_mean

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "with so little noise a mean has little to remove, and each bag misses a third of the points",
    "the noise that all starts follow costs more than the third of the points that a bag misses",
)


def gains(found, what, ways):
    """What each way has more than one network, over the seeds of a recorded study: {way: (seeds,)}."""
    one = found[f"{what}_one"]
    return {way: found[f"{what}_{way}"] - one for way in ways}


def shared(errors):
    """Of errors {way: (members, points)}: error of one, of all together, and the correlation."""
    numbers = {}
    for way, some in errors.items():
        one, rho = correlation(some)
        whole = of_the_mean(one, rho, len(some))
        numbers |= {f"one_{way}": one, f"correlation_{way}": rho, f"all_{way}": whole}
    return {name: float(value) for name, value in numbers.items()}


def recorded_curves(found):
    """Medians of the recorded networks on the curve, and what sixteen leave of one's error."""
    numbers = {name: np.median(values) for name, values in found.items()}
    for way in (STARTS, BAGS):
        numbers[f"left_{way}"] = np.median(found[f"mean_{way}"] / found[f"member_{way}"])
    return numbers | {"seeds": len(found[f"mean_{STARTS}"])}
