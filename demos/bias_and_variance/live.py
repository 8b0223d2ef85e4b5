"""What there is to slide: how many training sets are drawn, and the model that is fitted to each."""

import numpy as np

from demos.bias_and_variance import compute as bv
from demos.core.live import SEEDS, Live

SETS = [*range(2, 31), 35, 40, 50, 60, 80, 100, 120, 140, 160, 180, 200]
DEGREES = range(10)
POINTS = [12, 15, 20, 30, 40, 80]


def demo(instead, sets=30, degree=5, points=bv.POINTS, seed=0, stored=None):
    """Polynomials fitted to one training set after another: nothing trains, each is solved exactly.

    `stored`: the talk's mean fit, a curve.
    """
    choices = {"sets": SETS, "degree": DEGREES, "points": POINTS, "seed": SEEDS}
    talk = {"sets": sets, "degree": degree, "points": points, "seed": seed}
    return Live("bias-and-variance", instead, talk, choices, {"noise": bv.NOISE_SD}, 0, stored)


def readouts(sets, degree, points, seed):
    """What the page says: bias², variance, and the error with the noise's variance, mean and median."""
    answers = bv.values(bv.fitted(*bv.training_sets(seed, sets, points), degree))
    bias2, variance = bv.parts(answers)
    off = bv.squared_errors(answers) + bv.NOISE_SD**2
    return {"bias2": bias2, "variance": variance, "mean": off.mean(), "median": np.median(off)}
