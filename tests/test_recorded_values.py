"""What notebooks read of the recorded evidence: values, seeds, settings, verdicts, tables."""

import json
import re

import pytest

from demos import recorded

STUDIES = {
    "small": {"seeds": [7, 5], "settings": {"widths": [1, 3]}, "values": {"error": [0.7, 0.5]}},
    "large": {"seeds": [0, 1], "settings": {"widths": [1, 9]}, "values": {"error": [0.1, 0.2]}},
    "network-wide": {"seeds": [3], "settings": {"lr": 0.1}, "values": {"error": [0.3]}},
}


def claim(family, sentence, agree, seeds, holds, cases=False):
    words = {"family": family, "sentence": sentence, "holds": holds, "cases": cases}
    return words | {"agree": agree, "seeds": seeds}


CLAIMS = {
    "one": claim("fits", "a < b & c", 31, 32, True),
    "other": claim("nets", "of another family", 8, 8, True),
    "two": claim("fits", "the second", 3, 60, False, cases=True),
    "three": claim("fits", "the third", 5, 6, True),
}


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    """A record of its own in place of figures/claims.json."""
    file = tmp_path / "claims.json"
    file.write_text(json.dumps({"studies": STUDIES, "claims": CLAIMS}), encoding="utf-8")
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


def test_a_table_has_its_familys_claims_and_their_verdicts():
    rows = re.findall(r"<tr><td>(.)</td>(.*?)</tr>", recorded.table("fits")._repr_html_())
    assert [row for _, row in rows] == [
        "<td>a &lt; b &amp; c</td><td>31 of 32 seeds</td>",
        "<td>the second</td><td>3 of 60 cases</td>",
        "<td>the third</td><td>5 of 6 seeds</td>",
    ]
    assert [mark for mark, _ in rows] == ["✓", "✗", "✓"]
    assert repr(recorded.table("nets")) == "of another family: 8 of 8 seeds"


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(0, 2, [31, 3]), (1, 9, [3, 5]), (2, None, [5])]
)
def test_a_table_begins_and_ends_where_its_slide_says(first, last, expected):
    shown = recorded.table("fits", first, last)
    assert [c["agree"] for c in shown.claims] == expected


def test_a_family_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(KeyError, match="'trees'; there are fits, nets"):
        recorded.table("trees")
