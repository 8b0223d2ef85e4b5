"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

DEPTH, START, FROM = "depth, width", "start, Bend", "w0 = "
RUNS = [
    {DEPTH: "1, 3", START: "nn.init.xavier_uniform_, nn.Tanh, 1, 0", FROM: "0.9"},
    {DEPTH: "3, 1", START: "nn.init.zeros_, nn.Sigmoid, 3, 2", FROM: "2.0"},
]
SENTENCES = []
ANSWER = "less"  # a thirteenth
OTHERWISE = ('activation, depth, share = "tanh", 30, 0.9', "more")  # four fifths
LABELS = {
    "depth": "Layers",
    "scale": "Variance of a weight",
    "activation": "Activation",
    "way": "Connection",
}
SHOWN = (
    "a-good-start-live",
    {
        "activations of the last layer": "size",
        "inputs apart there": "apart",
        "gradient, first over last layer": "gradient",
    },
)
