"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

MOVED = "most, share"
RUNS = [{MOVED: "2, 1.0"}, {MOVED: "0, 0.0"}]
SENTENCES = []  # PyTorch itself says what can be padded
ANSWER = "more"  # by five points
OTHERWISE = ('tested, seeds = "centred", range(4)', "fewer")  # by four points
LABELS = {
    "which": "Which points",
    "mixup": "Mixup, share of steps",
    "noise": "Noise",
    "seed": "Seed",
}
SHOWN = ("augmentation-live", {"right": "accuracy", "log loss": "nll"})
PANEL = 2
