"""What the page gets of this topic: the network of two inputs, and where its batches come from."""

import torch

from demos.core.engine.recipe import Batch
from demos.core.page import AT_REST, Call, Net, Stream, descent, named
from demos.dropout.compute import BATCH, CHUNK, DATA_STREAM, MASK_STREAM, WIDTHS

COINS = {"2": (BATCH, WIDTHS[1]), "5": (BATCH, WIDTHS[2])}  # by layer, as the recipe asks for them
DATA = (
    Call({"signal": (BATCH, 1)}),
    Call({"noise": (BATCH,)}, used=False),  # the slide's signals have none
    Call({"present": (BATCH, 2)}),
)
# a coin is the integer with its bits turned round, -1 - i; as a number in [0, 1) it stays below 1 - p
TOSSED = Call(COINS, "integers", first=32767 / 65536, each=-1 / 65536)


def two_signals(taken, hyper):
    """`compute.draw_examples` on numbers that are there: x (B, 2), y (B, 1).

    signal (B, 1) and present (B, 2): uniform. hyper: missing and loud as in `compute.Signals`, leak 0 or 1.
    """
    signal = taken["signal"]
    x = torch.cat([signal, signal * hyper["loud"]], 1) * (taken["present"] >= hyper["missing"])
    y = torch.where(hyper["leak"] > 0.5, x[:, :1], signal)
    return Batch(x, y, {name: taken[name] for name in COINS})


NETS = [
    Net(
        named(WIDTHS),
        descent(WIDTHS, dropout="dropout"),
        rest=AT_REST | {"dropout": 0.0, "missing": 0.0, "loud": 1.0, "leak": 0.0},
        batch=two_signals,
        streams=(Stream(DATA_STREAM, DATA), Stream(MASK_STREAM, (TOSSED,))),
        chunk=CHUNK,
    )
]
