"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

LOGITS = "logits, target"
RUNS = [
    {LOGITS: "[1000.0, 0.0, 0.0], [0.5, 0.25, 0.25]"},
    {LOGITS: "[0.0, -2.0], [0.0, 1.0]"},
]
SENTENCES = []  # PyTorch itself says what logits and targets may be
ANSWER = "below"  # a quarter of the steps it would need
OTHERWISE = ("start, steps = -3.0, 100", "above")  # three times as many as it needs
LABELS = {"logit": "Logit", "target": "Target", "other": "Softmax: other logit"}
SHOWN = (
    "losses-live",
    {
        "gradient none": "gradient_squares",
        "gradient sigmoid": "gradient_binary",
        "gradient softmax": "gradient_classes",
    },
)
PANEL = 1  # the binary cross-entropy
