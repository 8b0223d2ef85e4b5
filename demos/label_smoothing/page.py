"""What the page gets of this topic: the network of two inputs and three classes, and the points."""

from demos.core.live import SEEDS
from demos.core.page import Net, named
from demos.label_smoothing.compute import CENTRES, FIT, FRESH, blobs, recipe

SHOWN = 999  # fresh points on which the slide scores, the same for all seeds
FRESH_SEED = 0  # whose they are

NETS = [
    Net(
        named(FIT.widths),
        recipe(FIT.widths),
        given={"x": (FIT.points, FIT.widths[0]), "y": (FIT.points, FIT.widths[-1])},
        rest={"lr": 0.0, "momentum": 0.0, "smoothing": 0.0},
    )
]


def data():
    """Centres of the blobs, and how far points lie from theirs at sd 1: point n is of class n % 3."""

    def noise(seed, count, **whose):
        x, y = blobs(seed, count, 1.0, **whose)
        return (x - CENTRES[y]).round(4)

    return {
        "centres": CENTRES.round(6),
        "noise": [noise(seed, FIT.points) for seed in SEEDS],
        "fresh": noise(FRESH_SEED, SHOWN, whose=FRESH),
    }
