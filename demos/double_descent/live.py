"""What there is to slide: how many features, how much ridge, how many points, seed."""

from demos.core.live import SEEDS, Live
from demos.double_descent import compute as dd

FEATURES = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 80, 120, 160, 250, 400, 700, 1000]
STRENGTHS = [0.0, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0]
POINTS = [20, 40, 80]
MET = 1e-9  # a training error below it is rounding


def demo(instead, features=20, strength=0.0, points=dd.POINTS, seed=0, stored=None):
    """Random features fitted by least squares: nothing trains, all is solved.

    `stored`: the talk's errors by the number of features, a curve.
    """
    choices = {"features": FEATURES, "strength": STRENGTHS, "points": POINTS, "seed": SEEDS}
    talk = {"features": features, "strength": strength, "points": points, "seed": seed}
    return Live("double-descent", instead, talk, choices, {"noise": dd.NOISE_SD}, 0, stored)


def readouts(features=20, strength=0.0, points=dd.POINTS, seed=0):
    """What the page says of the fit with so many features."""
    found = dd.by_width(dd.problem(seed, points), [features], strength)
    numbers = {name: float(getattr(found, name)[0]) for name in ("error", "training", "length")}
    return numbers | {"training": numbers["training"] * (numbers["training"] >= MET)}
