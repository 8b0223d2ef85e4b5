"""What there is to slide: weight decay, rate, network."""

from demos.core.live import RATES, SEEDS, TALK, Live


def demo(
    instead,
    weight_decay=0.1,
    lr=TALK.lr,
    seed=0,
    net="1-100-100-100-1",
    steps=TALK.steps,
    stored=None,
):
    """Weight decay on clean targets, drawn far outside the data; its price apart from the loss.

    `stored`: the talk's network, a curve.
    """
    choices = {
        "weight_decay": [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
        "lr": RATES,
        "seed": SEEDS,
        "net": ["1-50-50-1", "1-100-100-1", "1-1000-1000-1", "1-100-100-100-1"],
    }
    talk = {"weight_decay": weight_decay, "lr": lr, "seed": seed, "net": net}
    return Live("l2-penalty", instead, talk, choices, {"momentum": TALK.momentum}, steps, stored)
