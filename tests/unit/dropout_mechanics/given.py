"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

COIN, RINGS = "p = ", "rate, many"
RUNS = [{COIN: "0.9", RINGS: "0.0, 1"}, {COIN: "0.0", RINGS: "0.75, 3"}]
SENTENCES = []  # PyTorch itself says what a rate may be
ANSWER = "more"  # by a tenth of all points
OTHERWISE = ("fit = mech.SCALED", "less")
LABELS = {"rate": "Dropout rate", "masks": "Masks in the mean", "seed": "Seed"}
SHOWN = ("mechanics-live", {"eval()": "once", "one mask": "first", "mean of 40": "mean"})


def look_alike(drawn):
    """The curve of masks, on the talk's own."""
    own, talk = (drawn[2].line(kind) for kind in ("regularized", "talk"))
    np.testing.assert_allclose(own, talk, rtol=0, atol=2)  # px: a few points of 600
