"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

BATCH = "batch, lr"
RUNS = [{BATCH: "7, 0.1"}, {BATCH: "1000, 1.0"}]
SENTENCES = []  # PyTorch itself says what a batch may be
ANSWER = "halves"  # to within a few percent
OTHERWISE = ('what = "variance"', "quarters")  # likewise
LABELS = {"batch": "Batch", "lr": "Learning rate", "clock": "Equal", "seed": "Seed"}
SHOWN = (
    "batches-live",
    {
        "steps": "steps",
        "epochs": "epochs",
        "mean loss of paths": "mean",
        "of all points": "whole",
        "paths below it": "below",
    },
)


def look_alike(drawn):
    """Its path, on the talk's own: no function of either axis."""
    np.testing.assert_allclose(drawn[0].line("network"), drawn[0].line("talk"), rtol=0, atol=0.15)
