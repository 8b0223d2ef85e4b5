"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

SLOPE, TWICE, WIDE = "weight, alpha", "lam, lr =", "widths, seed"
RUNS = [
    {SLOPE: "-2.0, 0.0, 1.0", TWICE: "0.0, 1.0", WIDE: "(1, 7, 1), 40, 5.0"},
    {SLOPE: "0.0, -1, 1e-9", TWICE: "0.3, 0.0001", WIDE: "l2.TWO_LAYERS, 3, 0.0"},
]
SENTENCES = [({WIDE: "(1, 7, 1), 0, -1"}, "weight_decay is -1: say a number, 0 or more")]
ANSWER = "hurts"  # straight on is right, and decay bends it: on every seed
OTHERWISE = ("from demos.core.curve import curve as target", "helps")
LABELS = {
    "weight_decay": "Weight decay",
    "lr": "Learning rate",
    "seed": "Seed",
    "net": "Network",
}
SHOWN = (
    "l2-penalty-live",
    {"data loss": "data_loss", "penalty": "penalty", "RMSE outside": "outside"},
)
SMALL = {"net": "1-50-50-1"}
