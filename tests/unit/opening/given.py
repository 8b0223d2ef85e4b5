"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

RUNS = [{"seed = ": "40"}]
SENTENCES = [({"seed = ": "-1"}, "seed is -1: say a whole number, 0 or more")]
