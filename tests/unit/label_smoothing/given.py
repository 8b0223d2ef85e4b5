"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

CERTAIN = "steps, smoothing"
RUNS = [{CERTAIN: "100, 0.9"}, {CERTAIN: "0, 1.0"}]
SENTENCES = []  # PyTorch itself says what smoothing may be
ANSWER = "larger"  # two hundred times
OTHERWISE = ("spread, seeds = 1.0, range(8)", "smaller")  # by more than half
LABELS = {
    "smoothing": "Smoothing",
    "sd": "Spread of a blob",
    "lr": "Learning rate",
    "seed": "Seed",
}
SHOWN = (
    "smoothing-live",
    {
        "right": "accuracy",
        "log loss": "nll",
        "calibration error": "error",
        "gap of logits": "gap",
    },
)


def look_alike(drawn):
    """Its bars, on the talk's own."""
    own, talk = (drawn[1].bars(kind)[0] for kind in ("network", "talk"))
    np.testing.assert_allclose(own, talk, rtol=0, atol=0.05)
