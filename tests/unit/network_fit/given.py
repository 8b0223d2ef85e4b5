"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

FIT = "seed, size"
RUNS = [{FIT: "40, 20, 0.5, 400"}, {FIT: "0, 300, 0.001, 1"}]
SENTENCES = [({FIT: "2.5, 9, 0.001, 9"}, "seed is 2.5: say a whole number, 0 or more")]
ANSWER = "more"  # seven of eight
OTHERWISE = ("lr = 0.012", "fewer")
LABELS = {"noise": "Noise", "lr": "Learning rate", "seed": "Seed", "net": "Network"}
SHOWN = ("network-fit-live", {"loss": "loss", "RMSE to the curve": "to_curve"})
SMALL = {"net": "1-50-50-1"}
STAGED = {"more": ", lr=rate"}
