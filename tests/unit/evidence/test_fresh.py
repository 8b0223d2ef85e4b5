"""Seeds that nobody has seen, measured for a badge on stage."""

import io
import json
import sys

import numpy as np
import pytest

from demos.core.evidence import inline
from demos.core.evidence.registry import all_claims
from scripts.evidence import fresh
from scripts.evidence.measure import read_record

CLAIM = "ensembles-formula"  # a quick one, whose numbers rounding hardly moves
SEEDS = list(range(1_000_000, 1_000_008))


def test_each_seed_is_the_studys_own_measurement():
    claim, found = all_claims()[CLAIM], list(fresh.measured(CLAIM, SEEDS))
    assert [one["seed"] for one in found] == SEEDS
    whole = claim.study.measure(SEEDS, **claim.study.settings)
    values = claim.value({name: np.asarray(each) for name, each in whole.items()})
    np.testing.assert_allclose([one["value"] for one in found], values, rtol=1e-6)
    assert [one["agrees"] for one in found] == list(claim.agrees(values))


def test_a_dot_lies_where_the_badges_strip_would_have_it():
    found, record = list(fresh.measured(CLAIM, SEEDS)), read_record()["claims"][CLAIM]
    place = inline.scale([*record["values"], all_claims()[CLAIM].bound], all_claims()[CLAIM].log)
    for one in found:
        assert one["x"] == pytest.approx(
            np.clip(place(one["value"]), 4, inline.WIDTH - 4), abs=0.06
        )
    assert fresh.inside(place, -1.0) == 4.0 and fresh.inside(place, 1e30) == inline.WIDTH - 4


def test_the_first_seed_comes_alone_and_none_is_left_out():
    calls = list(fresh.grouped(SEEDS))
    assert len(calls[0]) == 1 and sum(calls, []) == SEEDS
    assert sum(fresh.CALLS) == fresh.SEEDS


def test_what_has_seeds_is_offered_with_its_price():
    offered, record = fresh.offers(), read_record()
    claims = all_claims()
    assert set(offered) == {
        n for n in record["claims"] if n in claims and not claims[n].study.cases
    }
    slow = max(offered, key=lambda name: record["studies"][claims[name].study.name]["seconds"])
    assert offered[slow] > offered[CLAIM] > fresh.START


def test_a_line_of_json_for_each(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(fresh, "measured", lambda name, seeds: iter([{"of": name, "seeds": seeds}]))
    fresh.main(CLAIM, "7", "8")
    assert json.loads(out.getvalue()) == {"of": CLAIM, "seeds": [7, 8]}
