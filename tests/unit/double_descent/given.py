"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

FEATURES, CUTS, NETWORK = "points, noise_sd", "patients, least, span", "width, steps, wrong, decay"
RUNS = [
    {FEATURES: "5, 0.0", CUTS: "2, 0.1, 1", NETWORK: "1, 3, 0, 0.1"},
    {FEATURES: "200, 3", CUTS: "200, 5, 10", NETWORK: "100, 2, 100, 0"},
]
SENTENCES = [({NETWORK: "16, 1, 101, 0.0"}, "wrong is 101: say a whole number from 0 to 100")]
ANSWER = "up"  # tenfold
OTHERWISE = ("strength = 10.0", "down")  # by a third
LABELS = {
    "features": "Features",
    "strength": "Ridge",
    "points": "Training points",
    "seed": "Seed",
}
SHOWN = (
    "double-descent-live",
    {"test error": "error", "training error": "training", "length of the weights": "length"},
)


def look_alike(drawn):
    """Errors by width, at the widths that both have."""
    own, talk = (drawn[0].line(kind) for kind in ("overfit", "talk"))
    for point in talk:
        assert np.abs(own - point).max(1).min() < 0.15
