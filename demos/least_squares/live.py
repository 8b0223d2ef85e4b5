"""What there is to slide: coefficients, noise, ridge."""

from demos.core.curve import NOISE_SD
from demos.core.live import NOISES, SEEDS, Live

COEFFICIENTS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20]
RIDGES = [0.0, 1e-9, 1e-6, 1e-4, 0.01, 0.1]


def demo(instead, coefficients=20, noise=NOISE_SD, ridge=0.0, seed=0, stored=None):
    """Polynomials by least squares, with ridge: nothing trains, every picture is solved exactly.

    `stored`: the talk's polynomial, a curve.
    """
    choices = {
        "coefficients": COEFFICIENTS,
        "noise": NOISES,
        "ridge": RIDGES,
        "seed": SEEDS,
    }
    talk = {"coefficients": coefficients, "noise": noise, "ridge": ridge, "seed": seed}
    return Live("least-squares", instead, talk, choices, {}, 0, stored)
