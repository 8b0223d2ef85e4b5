"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

GAMES, SHARED, NOISY = "games, members", "shared = ", "data, noise"
RUNS = [
    {GAMES: "50, 1", SHARED: "0.0", NOISY: "40, 0.0, 20"},
    {GAMES: "2, 64", SHARED: "1", NOISY: "0, 5, 0"},
]
SENTENCES = [({NOISY: "-1, 0.3, 20"}, "seed is -1: say a whole number, 0 or more")]
ANSWER = "more"  # twelve times
OTHERWISE = ("noise_sd = 0.3", "less")  # by a third
LABELS = {"members": "Throws in the mean", "shared": "Correlation", "seed": "Seed"}
SHOWN = ("ensembles-live", {"one throw": "one", "mean of 16": "mean", "formula": "formula"})


def look_alike(drawn):
    """Measured dots, on the talk's line through its own."""
    dots = drawn[1].group("dots")["children"]
    places = [[float(dot["attributes"][c]) for c in ("cx", "cy")] for dot in dots]
    np.testing.assert_allclose(drawn[1].line("talk"), places, rtol=0, atol=0.1)
