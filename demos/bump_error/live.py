"""What there is to slide: weight decay and rate, on the bump built by hand."""

from demos.bump_error import compute as bump_error
from demos.core.live import RATES, TALK, Live


def demo(
    instead, weight_decay=0.08, lr=TALK.lr, steps=8000, made=bump_error.THE_TALKS, stored=None
):
    """The bump the loss cannot see: what the data and what decay pull at its three neurons.

    `made`: the construction it starts from; `stored`: the talk's network after its steps, a curve.
    """
    choices = {"weight_decay": [0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32], "lr": RATES}
    talk = {"weight_decay": weight_decay, "lr": lr}
    built = {
        "start": [p.detach().flatten().tolist() for p in bump_error.with_bump(made).parameters()],
        "y": made.targets(),
        "gap": bump_error.POINTS[made.gap : made.gap + 2],
    }
    fixed = {"momentum": TALK.momentum} | built
    return Live("bump-error", instead, talk, choices, fixed, steps, stored, ["1-9-1"])
