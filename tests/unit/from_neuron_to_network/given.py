"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

BIAS, WIDTHS, IRIS = "bias = ", "widths = ", "units, steps"
RUNS = [
    {BIAS: "False", WIDTHS: "3, 1", IRIS: "1, 10"},
    {BIAS: "True", WIDTHS: "2, 1, 1, 5", IRIS: "64, 0"},
]
SENTENCES = []  # PyTorch itself says what a layer may be
ANSWER = "more"  # three times as often
OTHERWISE = ("one, other = (2,), (4, 4)", "fewer")  # a third as often
LABELS = {
    "units": "Units in a hidden layer",
    "layers": "Hidden layers",
    "lr": "Learning rate",
    "seed": "Seed",
}
SHOWN = ("neuron-live", {"right": "right", "log loss": "nll"})
PANEL = 1
