"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

WATCHED = "data_set, noise_sd"
RUNS = [{WATCHED: "40, 0.0, 3"}, {WATCHED: "0, 2, 1"}]
SENTENCES = [
    ({WATCHED: "-1, 0.3, 10"}, "seed is -1: say a whole number, 0 or more"),
    ({WATCHED: "7, 0.3, 0"}, "patience is 0: say a whole number, 1 or more"),
]
ANSWER = "more"  # two looks without a better one come early: a hundred times
OTHERWISE = ("noise_sd = 0.3", "less")  # by a third
LABELS = {
    "patience": "Patience, in steps",
    "noise": "Noise",
    "lr": "Learning rate",
    "seed": "Seed",
}
SHOWN = (
    "early-stopping-live",
    {"held out now": "now", "lowest, at step 80": "lowest", "kept, to the curve": "kept"},
)
LINE = "regularized"
