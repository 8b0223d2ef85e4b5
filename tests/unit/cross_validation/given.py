"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

SHARE, FAMILIES = "share", "families, jitter, flipped"
RUNS = [
    {SHARE: "0.5", FAMILIES: "10, 0.0, 1"},
    {SHARE: "0.9", FAMILIES: "60, 2, 0.0"},
]
SENTENCES = [({FAMILIES: "100, 0.01, 2"}, "flipped is 2: say a number from 0 to 1")]
ANSWER = "below"  # by two standard deviations of a model
OTHERWISE = ("tested = 100", "above")  # by seven points
LABELS = {
    "shuffles": "Shuffles",
    "folds": "Folds",
    "tested": "Test points",
    "data": "Data set",
}
SHOWN = (
    "cv-live",
    {
        "one split": "one",
        "5 folds": "folds",
        "one split moves": "one_moves",
        "folds move": "folds_move",
        "fresh points": "fresh",
    },
)
