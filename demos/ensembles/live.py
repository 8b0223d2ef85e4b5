"""What there is to slide: how many throw, and what their errors share."""

from demos.core.live import SEEDS, Live
from demos.ensembles.compute import DISC, misses, of_the_mean, throws

THROWERS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]
SHARED = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0]
GAMES = 1000  # that the page throws


def demo(instead, members=16, shared=0.3, seed=0, stored=None):
    """Throws at a disc and their mean: nothing trains, each picture is thrown anew.

    `stored`: what the talk's means are off, a curve.
    """
    choices = {"members": THROWERS, "shared": SHARED, "seed": SEEDS}
    talk = {"members": members, "shared": shared, "seed": seed}
    fixed = {"games": GAMES, "most": THROWERS[-1], "one": DISC}
    return Live("ensembles", instead, talk, choices, fixed, 0, stored)


def readouts(members, shared, seed):
    """What the page says: mean squared distance of one throw, of the mean, and the formula's."""
    one, mean = misses(throws(seed, GAMES, THROWERS[-1], shared), [1, members])
    return {"one": one, "mean": mean, "formula": of_the_mean(DISC, shared, members)}
