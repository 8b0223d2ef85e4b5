"""What there is to slide: depth, the scale of the first weights, activation, a residual connection."""

from demos.a_good_start import compute as cp
from demos.core.live import SEEDS, Live

DEPTHS = [2, 3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50]
SCALES = [0.25, 0.33, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0, 4.0, 8.0, 16.0]
BENDS = [cp.RELU, cp.TANH, cp.SIGMOID]
WAYS = ["plain", "residual"]
WIDTH, INPUTS = 128, 16  # in the page, which multiplies slower


def demo(instead, depth=30, scale=cp.HE, activation=cp.RELU, way="plain", seed=0, stored=None):
    """Activations and gradients by layer at the start; a button draws new weights.

    `stored`: the slide's activations, a curve.
    """
    choices = {
        **{"depth": DEPTHS, "scale": SCALES, "activation": BENDS, "way": WAYS},
        "seed": SEEDS,
    }
    talk = {"depth": depth, "scale": scale, "activation": activation, "way": way, "seed": seed}
    fixed = {"width": WIDTH, "inputs": INPUTS, "most": DEPTHS[-1]}
    return Live("a-good-start", instead, talk, choices, fixed, 0, stored)


def passes(depth, scale, activation, way, seed):
    """What the page computes."""
    drawn = cp.numbers(seed, depth, WIDTH, INPUTS)
    return cp.passes(drawn, scale, activation, residual=way == "residual")


def readouts(depth, scale, activation, way, seed):
    """What the page says: how large the last layer's activations are and how far it keeps inputs apart, and
    the first layer's gradient over the last one's."""
    through = passes(depth, scale, activation, way, seed)
    back = cp.spread(through.gradients)
    return {
        "size": cp.spread(through.activations)[-1],
        "apart": cp.apart(through.activations)[-1],
        "gradient": back[0] / back[-1],
    }
