"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

POLYNOMIALS = "seed, few"
RUNS = [{POLYNOMIALS: "40, 13, 25"}, {POLYNOMIALS: "3, 7, 2"}]
SENTENCES = [
    ({POLYNOMIALS: "0, 0, 20"}, "coefficients is 0: say a whole number, 1 or more"),
    ({POLYNOMIALS: "2.5, 5, 20"}, "seed is 2.5: say a whole number, 0 or more"),
]
ANSWER = "below"  # 1.6 times the error of 5 coefficients
OTHERWISE = ("coefficients = 20", "above")
LABELS = {"noise": "Noise", "coefficients": "Coefficients", "ridge": "Ridge", "seed": "Seed"}
SHOWN = ("least-squares-live", {"RMSE at the dots": "at_dots", "RMSE to the curve": "to_curve"})
