"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

THREE, HAND, NOISE = "strength, lr", "w, m, v, coupled", "size, strength, lr"
FALLS, BOX, GROUPS = "strength, steps = 1.0, 1000", "strength, steps = 1.0, 3000", "strength, all"
START = "torch.ones(6, dtype=torch.float64), 0, 0, True"
RUNS = [
    {
        **{THREE: "0.0, 0.1", HAND: START, NOISE: "0.1, 1.0, 0.01", FALLS: "3.0, 200"},
        **{BOX: "0.1, 500", GROUPS: "10.0, True"},
    },
    {THREE: "5.0, 0.02", NOISE: "1.0, 0.0, 0.001", FALLS: "0.0, 50", BOX: "3.0, 1000"},
]
SENTENCES = []  # PyTorch itself says what a decay may be
ANSWER = "larger"  # 0.95 against 0.61
OTHERWISE = ("size, strength, seed = 0.1, 0.1, 0", "smaller")  # 0.01 against 0.61
LABELS = {
    "size": "Gradient noise s",
    "decay": "Strength λ",
    "lr": "Learning rate",
    "seed": "Seed",
}
SHOWN = (
    "decay-live",
    {"Adam with L2 keeps": "l2", "by the formula": "formula", "AdamW keeps": "adamw"},
)
