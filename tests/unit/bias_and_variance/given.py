"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

DEGREE, WIDTH = "degree, points", "width, steps"
RUNS = [
    {DEGREE: "0, 2, 0.0", WIDTH: "1, 5, 0.1, 3"},
    {DEGREE: "9, 12, 3", WIDTH: "50, 2, 0, 2"},
]
SENTENCES = [({WIDTH: "32, 9, 0.0, 0"}, "sets is 0: say a whole number, 1 or more")]
ANSWER = "stay"  # to within a few percent
OTHERWISE = ('part = "variance"', "halve")  # to a quarter
LABELS = {
    "sets": "Training sets",
    "degree": "Degree",
    "points": "Points in each",
    "seed": "Seed",
}
SHOWN = (
    "bias-and-variance-live",
    {
        "bias²": "bias2",
        "variance": "variance",
        "mean test error": "mean",
        "median test error": "median",
    },
)
LINE = "signal"
