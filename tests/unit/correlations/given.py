"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

ARM = "arm_with"
SHORT = {"demos.correlations.compute": {"epochs": 1}}
RUNS = [{ARM: "0.0, 40"}, {ARM: "1.0, 3"}]
SENTENCES = [
    ({ARM: "1.5, 0"}, "arm_with_dumbbell, a share, is 1.5: say a number from 0 to 1"),
    ({ARM: "0.9, -1"}, "seed is -1: say a whole number, 0 or more"),
]
ANSWER = "less"  # about a third, on every seed
OTHERWISE = ("pictures, world = 1000, cor.World(0.5, 0.5)", "more")
