"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

UNITS, COINS, LOUD = "h = ", "seed, p, steps", "loud, off"
RUNS = [
    {UNITS: "torch.tensor([-1.0, 0.0, 7.0])", COINS: "40, 0.3, 30", LOUD: "0.5, 0.0"},
    {UNITS: "torch.zeros(2)", COINS: "0, 0.0, 0", LOUD: "-3, 0.3"},
]
SENTENCES = []  # plain PyTorch, which says itself what makes no sense
ANSWER = "above"  # 0.8, on every seed
OTHERWISE = ("missing = 0.0", "below")
LABELS = {
    "labels": "Labels",
    "missing": "Input dropout",
    "dropout": "Hidden dropout",
    "seed": "Seed",
}
SHOWN = ("dropout-live", {"f(1, 0)": "first", "f(0, 1)": "second", "f(1, 1)": "both"})
STAGED = {"stored": [0.9, 0.1, 1.0]}  # what a made-up talk's run came to


def look_alike(drawn):
    """The live panels against the talk's run in grey."""
    *_, bars, _ = drawn
    highs = [bars.bars(kind)[0][0] for kind in ("network", "signal", "both")]
    np.testing.assert_allclose(highs, bars.bars("talk")[0], rtol=0, atol=0.01)
