"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

POINTS, COUNT = "points, noise_sd, seed = ", "count, last = "
RUNS = [
    {POINTS: "4, 0.0, 7", COUNT: "1, 1.0"},
    {POINTS: "120, 2, 0", COUNT: "30, 0.0"},
]
SENTENCES = [({POINTS: "40, -0.3, 0"}, "noise_sd is -0.3: say a number, 0 or more")]
ANSWER = "less"  # by half
OTHERWISE = ("points, seeds = 1000, range(2)", "more")
LABELS = {"place": "Place of the shape", "shape": "Shape", "noise": "Noise", "seed": "Seed"}
SHOWN = ("built-in-live", {"dense answers": "dense", "filter answers": "slides"})
STAGED = {"stored": [[0, 16, 32], [1.0, 1.2, 0.9]]}


def look_alike(drawn):
    """The sliding detector's answers, on the talk's in grey."""
    lines = [drawn[1].line(name) for name in ("talk", "regularized")]
    np.testing.assert_allclose(*lines, rtol=0, atol=0.1)
