"""What notebooks read of the recorded evidence: values, seeds, settings."""

import json

import pytest

from demos.core import topics
from demos.core.evidence import recorded

STUDIES = {
    "small": {"seeds": [7, 5], "settings": {"widths": [1, 3]}, "values": {"error": [0.7, 0.5]}},
    "large": {"seeds": [0, 1], "settings": {"widths": [1, 9]}, "values": {"error": [0.1, 0.2]}},
    "network-wide": {"seeds": [3], "settings": {"lr": 0.1}, "values": {"error": [0.3]}},
}


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    """Records of its own, one of a topic, in place of figures/."""
    for topic, names in {"sizes": ("small", "large"), "networks": ("network-wide",)}.items():
        (tmp_path / topic).mkdir()
        found = {"studies": {name: STUDIES[name] for name in names}, "claims": {}}
        (tmp_path / topic / "claims.json").write_text(json.dumps(found), encoding="utf-8")
    (tmp_path / "1-sizes.ipynb").touch()
    monkeypatch.setattr(recorded, "FIGURES", tmp_path)
    monkeypatch.setattr(topics, "SLIDES", tmp_path)
    recorded.records.cache_clear()
    yield tmp_path
    recorded.records.cache_clear()


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
    for file in record.glob("*/claims.json"):
        file.unlink()
    with pytest.raises(FileNotFoundError, match="nothing is measured yet: run make evidence"):
        recorded.claims()
