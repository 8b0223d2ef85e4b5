"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

EVERY = "lr, momentum, steps"
RUNS = [{EVERY: "0.3, 0.5, 3"}, {EVERY: "0.0, 0.99, 0"}]
SENTENCES = [({EVERY: "0.01, 1.5, 10"}, "momentum is 1.5: say a number from 0 up to 1, without 1")]
ANSWER = "fewer"  # six tenths of all starts in place of all but one
OTHERWISE = ("lr, kind = 0.01, gd.FIXED", "more")  # two thirds in place of half
LABELS = {
    "start": "Start x",
    "second": "Start y, right",
    "lr": "Learning rate",
    "momentum": "Momentum",
    "rate": "The rate",
    "steps": "Steps",
}
SHOWN = ("descent-live", {"left: x": "x", "height": "height", "right: height": "surface"})


def look_alike(drawn):
    """The path is the talk's, place by place."""
    own, talk = (drawn[0].line(kind) for kind in ("network", "talk"))
    np.testing.assert_allclose(own, talk, rtol=0, atol=0.2)
