"""What there is to slide: the batch, the learning rate, the clock, the seed."""

from demos.batches import paths
from demos.core.live import SEEDS, Live

SIZES = [1, 2, 4, 8, 16, 32, 64]
RATES = [0.02, 0.05, 0.1, 0.2, 0.4]


def demo(instead, batch=4, lr=0.1, clock=paths.EPOCHS, seed=0, stored=None):
    """Thirty-two paths of noisy steps to the best line: nothing trains elsewhere, each is walked anew.

    `stored`: the talk's first path, intercepts and slopes.
    """
    choices = {"batch": SIZES, "lr": RATES, "clock": [paths.EPOCHS, paths.STEPS], "seed": SEEDS}
    talk = {"batch": batch, "lr": lr, "clock": clock, "seed": seed}
    fixed = {"count": paths.COUNT, "runs": paths.RUNS, "passes": paths.PASSES}
    fixed |= {"moves": paths.MOVES, "start": paths.START, "alike": paths.ALIKE}
    return Live("batches", instead, talk, choices, fixed, 0, stored)


def readouts(batch, lr, clock, seed):
    """What the page says: steps and epochs of a walk, mean loss over the best of all paths at the end,
    that by all points, and how many paths end below it."""
    lost = paths.excess(paths.walks(batch, lr, clock, seed)[:, -1])
    whole = paths.excess(paths.everything(lr, clock)[-1])
    passes = paths.epochs(batch, clock)
    return {
        "steps": passes * paths.COUNT // batch,
        "epochs": passes,
        "mean": lost.mean(),
        "whole": whole,
        "below": paths.below(lost, whole),
    }
