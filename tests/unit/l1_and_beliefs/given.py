"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

import numpy as np

FORTY, PROXIMAL, BELIEVED, BIAS = "seed, alpha", "alpha, lr", "sigma, tau", "decay, bias_too"
RUNS = [
    {
        FORTY: "40, 3.0, 0.9",
        PROXIMAL: "0.3, 0.01, False",
        BELIEVED: "1.5, 0.1",
        BIAS: "0, True",
    },
    {FORTY: "0, 0.03, 0.2", PROXIMAL: "0.0, 0.1, True", BELIEVED: "3, 2.0", BIAS: "1.0, True"},
]
SENTENCES = [({FORTY: "-1, 0.1, 0.5"}, "seed is -1: say a whole number, 0 or more")]
ANSWER = "larger"  # on seven of eight, by a tenth in the mean
OTHERWISE = ('way = "few"', "smaller")  # by nearly half
LABELS = {"alpha": "Strength α", "mix": "Share of L1", "noise": "Noise", "seed": "Seed"}
SHOWN = (
    "l1-live",
    {"share at zero": "zeros", "error": "error", "difference of twins": "twins"},
)


def look_alike(drawn):
    """The lasso's error, on the talk's own."""
    own, talk = (drawn[2].line(kind) for kind in ("regularized", "talk"))
    np.testing.assert_allclose(own, talk, rtol=0, atol=0.15)
