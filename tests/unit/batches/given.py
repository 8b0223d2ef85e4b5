"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

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
LINE = "network"
