"""How much faster a thousand fits in one call are than one by one."""

from demos.core.curve import TRAIN_X
from demos.least_squares.compute import fit, noisy_targets


def rows(seconds):
    """(what, times faster); seconds(run, tries): the shortest time of so many runs."""
    y = noisy_targets(range(1000))

    def plain():
        for column in y.T:
            fit(TRAIN_X, column, 20)

    ours = seconds(lambda: fit(TRAIN_X, y, 20), 3)
    yield "1,000 least-squares fits with 20 coefficients", seconds(plain) / ours
