"""What notebooks read of the recorded evidence: values, seeds, settings."""

import json

import pytest

from demos import recorded

STUDIES = {
    "small": {"seeds": [7, 5], "settings": {"widths": [1, 3]}, "values": {"error": [0.7, 0.5]}},
    "large": {"seeds": [0, 1], "settings": {"widths": [1, 9]}, "values": {"error": [0.1, 0.2]}},
    "network-wide": {"seeds": [3], "settings": {"lr": 0.1}, "values": {"error": [0.3]}},
}


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    """A record of its own in place of figures/claims.json."""
    file = tmp_path / "claims.json"
    file.write_text(json.dumps({"studies": STUDIES, "claims": {}}), encoding="utf-8")
    monkeypatch.setattr(recorded, "FILE", file)
    recorded.record.cache_clear()
    yield file
    recorded.record.cache_clear()


def test_values_come_with_their_seeds_and_settings():
    for name, study in STUDIES.items():
        values, settings = recorded.values(name)
        assert {key: row.tolist() for key, row in values.items()} == study["values"]
        assert settings == study["settings"]
        assert recorded.seeds(name) == study["seeds"]


def test_a_study_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(KeyError, match=r"'medium'; there are small, large, network-wide"):
        recorded.values("medium")


def test_without_a_record_the_cure_is_said(record):
    record.unlink()
    with pytest.raises(
        FileNotFoundError, match=r"claims\.json is not there yet: run make evidence"
    ):
        recorded.record()
