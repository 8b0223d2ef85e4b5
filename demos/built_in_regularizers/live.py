"""What there is to slide: where a shape stands, which one, how much noise."""

from demos.built_in_regularizers import compute as sig
from demos.core.live import Live

NOISES = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0]
SEEDS = range(8)


def demo(instead, shape=sig.NAMES[0], place=16, noise=0.3, seed=0, stored=None):
    """Two detectors of a shape, one that looks at one place and one that slides: nothing trains.

    `stored`: what the sliding one answers in the talk, for every place of the shape, a curve.
    """
    choices = {"shape": sig.NAMES, "place": range(sig.PLACES)}
    choices |= {"noise": NOISES, "seed": SEEDS}
    talk = {"shape": shape, "place": place, "noise": noise, "seed": seed}
    fixed = {
        **{"shapes": sig.SHAPES, "names": sig.NAMES, "length": sig.LENGTH, "home": sig.HOME},
        "lots": [sig.noise(each) for each in SEEDS],
    }
    return Live("built-in-regularizers", instead, talk, choices, fixed, 0, stored)


def readouts(shape, place, noise, seed):
    """What the page says: what both detectors answer."""
    dense, slides, _ = sig.found(sig.NAMES.index(shape), noise, seed)
    return {"dense": dense[place], "slides": slides[place]}
