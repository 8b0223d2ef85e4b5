"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

MOONS, DECAYS = "seed = ", "decays, fits"
RUNS = [{MOONS: "40", DECAYS: '{"a": 50, "b": 0.1}, {}'}]
SENTENCES = [({MOONS: "-1"}, "seed is -1: say a whole number, 0 or more")]
