"""What there is to slide: dropout of inputs and of hidden units, labels."""

from demos.core.live import SEEDS, TALK, Live


def demo(
    instead,
    labels="leaky",
    missing=0.001,
    dropout=0.0,
    seed=0,
    steps=10_000,
    stored=None,
    **fixed,
):
    """Two inputs that say the same: what dropout of inputs or of hidden units makes of them.

    `stored`: the talk's answers to (1, 0), (0, 1) and (1, 1), (3,). `fixed`: `loud`, how loud the second
    input is, and other settings of the training than the talk's.
    """
    choices = {
        "missing": [0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.5],
        "dropout": [0.0, 0.1, 0.25, 0.5, 0.75],
        "labels": ["copied", "leaky"],
        "seed": SEEDS,
    }
    talk = {"missing": missing, "dropout": dropout, "labels": labels, "seed": seed}
    trained = {"lr": TALK.lr, "momentum": TALK.momentum, "weight_decay": 0.01, "loud": 1.0}
    return Live("dropout", instead, talk, choices, trained | fixed, steps, stored, ["2-100-100-1"])
