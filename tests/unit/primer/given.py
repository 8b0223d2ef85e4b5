"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

RATES, STEP = "small, right", "lr, momentum"
RUNS = [
    {RATES: "0.0001, 0.2, 10, 6", STEP: "5.0, 0.99, 3.0"},
    {RATES: "0.01, 0.1, 0.35, 0", STEP: "0, 0, 0"},
]
SENTENCES = [({STEP: "0.1, 2, 0"}, "momentum is 2: say a number from 0 up to 1, without 1")]
ANSWER = "no"  # at a kink nudging takes the mean of two slopes, autograd one of them
OTHERWISE = ("x = np.array([-0.5, 0.4, 1.0])", "yes")
