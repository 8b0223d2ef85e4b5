"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

COINS, LEAK, LOUD = "p, units", "seed, hidden", "loud, drop"
RUNS = [
    {COINS: "0.0, 1000", LEAK: "40, 0.3", LOUD: "0.5, 0.0, range(2)"},
    {COINS: "0.99, 10", LEAK: "0, 0.0", LOUD: "-3, 0.3, [7]"},
]
SENTENCES = [
    (
        {LEAK: "0, 1.0"},
        "dropout, a probability, is 1.0: say a number from 0 up to 1, without 1",
    ),
    (
        {LOUD: "3.0, 1.0, [0]"},
        "missing, a probability, is 1.0: say a number from 0 up to 1, without 1",
    ),
    ({LOUD: "3.0, 0.1, []"}, "seeds: there are none: give at least one, for seeds range(1)"),
]
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
