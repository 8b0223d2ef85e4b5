"""What there is to slide: the noise of the gradient, the strength, the learning rate, the seed."""

from demos.core.live import SEEDS, Live
from demos.weight_decay import noise
from demos.weight_decay.page import ALONG, SIZES

STRENGTHS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]
RATES = [0.0005, 0.001, 0.0025, 0.005, 0.01]


def demo(instead, size=3.0, decay=noise.DECAY, lr=noise.LR, seed=0, stored=None):
    """A weight under Adam with L2 and under AdamW, walked anew at each setting, beside the formula.

    `stored`: the talk's own way with L2, a curve.
    """
    choices = {"size": SIZES, "decay": STRENGTHS, "lr": RATES, "seed": SEEDS}
    talk = {"size": size, "decay": decay, "lr": lr, "seed": seed}
    fixed = {"count": noise.STEPS, "copies": noise.COPIES}
    return Live("weight-decay", instead, talk, choices, fixed, 0, stored)


def shown(size=3.0, decay=noise.DECAY, lr=noise.LR, seed=0):
    """What the page draws: both ways, means of the copies, and the formula's, {way: (steps + 1,)} each;
    what is left at each of SIZES, {way: (sizes,)}, and by the formula along ALONG."""
    drawn = noise.gradients(seed)
    walks = noise.walks(drawn, [size, *SIZES], decay, lr)
    own = {way: path[:, 0].mean(-1) for way, path in walks.items()}
    kept = {way: path[-1, 1:].mean(-1) for way, path in walks.items()}
    said = {way: noise.expected([size], way, decay, lr)[:, 0] for way in walks}
    along = {way: noise.expected(ALONG, way, decay, lr)[-1] for way in walks}
    return own, said, kept, along


def readouts(size=3.0, decay=noise.DECAY, lr=noise.LR, seed=0):
    """What the page says is left of the weight: by each rule, and by the formula for Adam with L2."""
    own, said, *_ = shown(size, decay, lr, seed)
    coupled, decoupled = own.values()
    return {"l2": coupled[-1], "formula": said["coupled"][-1], "adamw": decoupled[-1]}
