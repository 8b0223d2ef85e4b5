"""What there is to slide: strength, the share of L1 in it, noise, seed."""

from demos.core.live import Live
from demos.l1_and_beliefs import compute
from demos.l1_and_beliefs.page import ALPHAS, MIXES, PROBLEMS

STRENGTHS = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0]
SHARES = [0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0]
NOISES = [0.2, 0.5, 1.0, 2.0]


def demo(instead, alpha=compute.ALPHA, mix=1.0, noise=1.0, seed=0, stored=None):
    """Weights along the strength of a penalty and along its share of L1; nothing trains, all is solved.

    `stored`: the talk's errors along the strength, a curve.
    """
    choices = {"alpha": STRENGTHS, "mix": SHARES, "noise": NOISES, "seed": PROBLEMS}
    talk = {"alpha": alpha, "mix": mix, "noise": noise, "seed": seed}
    return Live("l1-and-beliefs", instead, talk, choices, {}, 0, stored)


def shown(alpha=compute.ALPHA, mix=1.0, noise=1.0, seed=0):
    """What the page shows: weights along ALPHAS (31, d), along MIXES (21, d), errors along ALPHAS (31,)."""
    x, y = compute.problem(seed, noise_sd=noise)
    by_strength = compute.paths(x, y, ALPHAS, [mix] * len(ALPHAS))
    by_mix = compute.paths(x, y, [alpha] * len(MIXES), MIXES)
    return by_strength, by_mix, compute.off(by_strength)


def readouts(alpha=compute.ALPHA, mix=1.0, noise=1.0, seed=0):
    """What the page says of the weights at the sliders' penalty."""
    weights = compute.elastic(*compute.problem(seed, noise_sd=noise), alpha, mix)
    return {
        "zeros": (weights == 0).mean(),
        "error": compute.off(weights),
        "twins": abs(weights[0] - weights[compute.TWIN]),
    }
