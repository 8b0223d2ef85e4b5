"""Restamping: today's key only where every digit is the recorded one, and nothing else in the record."""

import json
import re

import numpy as np
import pytest

from demos.core.evidence import registry
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import EVERY, MOSTLY
from scripts import __main__ as command_line
from scripts.evidence import measure as evidence
from scripts.evidence import restamp

pytestmark = pytest.mark.code  # its studies are whole numbers

measured = []  # the batches that were asked for, in order


def stacked(seeds, scale):
    """As networks do: the last digits depend on how many are measured together."""
    measured.append(list(seeds))
    return {
        "value": 1 + scale * (np.asarray(seeds) % 7) + 1e-7 * len(seeds),
        "other": np.ones(len(seeds)),
    }


def shaped(cases):
    return {"size": np.asarray(cases) / 3}


STACKED = Study("stacked", stacked, {"scale": 2.0}, count=18, batch=4, roundings=())
SHAPED = Study("shaped", shaped, cases=5, batch=5, roundings=())


def claim(name, study, quantity, word):
    return Claim(name, "It is so", study, lambda q: q[quantity], ">", -1.0, "size", word=word)


def record_file():
    return evidence.record_of("toys")


@pytest.fixture
def record(tmp_path, monkeypatch):
    """A record of both studies, its keys those of older code; gives a function that reads it."""
    family = (
        claim("big", STACKED, "value", MOSTLY),
        claim("small", SHAPED, "size", EVERY),
    )
    toys = [registry.Family("toys", "Toys", family)]
    monkeypatch.setattr(registry, "families", lambda: toys)
    monkeypatch.setattr(evidence, "FIGURES", tmp_path / "figures")
    monkeypatch.setattr(evidence, "STORE", tmp_path / "store")
    evidence.run(backend="sequential")
    (tmp_path / "measured.json").write_bytes(record_file().read_bytes())
    rewrite(lambda studies: [study.update(key="0" * 20) for study in studies.values()])
    measured.clear()
    return lambda: json.loads(record_file().read_text(encoding="utf-8"))["studies"]


def rewrite(change):
    """Change the studies of the record on the disk."""
    record = json.loads(record_file().read_text(encoding="utf-8"))
    change(record["studies"])
    record_file().write_text(evidence.as_text(record), encoding="utf-8")


def again(**options):
    return restamp.restamp(backend="sequential", **options)


def test_where_every_digit_agrees_the_keys_are_todays_and_nothing_else_changes(record, tmp_path):
    assert again() == []
    assert record_file().read_bytes() == (tmp_path / "measured.json").read_bytes()
    measured.clear()
    assert again() == []  # all is up to date
    assert measured == []


def test_seeds_are_drawn_said_and_measured_among_those_of_their_batch(record, capsys):
    again(draw=3)
    out = capsys.readouterr().out
    drawn = json.loads(re.search(r"stacked: drawn seeds (.*)", out)[1])
    assert len(drawn) == 2
    batches = [list(range(at, min(at + 4, 3018))) for at in range(3000, 3018, 4)]
    assert sorted(measured) == [batch for batch in batches if set(batch) & set(drawn)]
    assert re.search(r"shaped: drawn cases \[\d, \d\]", out)


def test_a_draw_can_be_repeated_whatever_else_is_stale_and_another_is_another(record, capsys):
    def seeds(**options):
        rewrite(lambda studies: studies["stacked"].update(key="0" * 20))
        again(**options)
        out = capsys.readouterr().out
        return re.search(r"draw (\d+)", out)[1], re.search(r"stacked: drawn.*", out)[0]

    number, first = seeds()
    rewrite(lambda studies: studies["shaped"].update(key="0" * 20))
    assert seeds(draw=int(number)) == (number, first)
    assert len({seeds(draw=draw)[1] for draw in range(20)}) > 5


def test_one_digit_that_differs_keeps_the_old_key_and_is_named(record):
    again(draw=5)
    seed = measured[0][1]

    def nudge(studies):
        study = studies["stacked"]
        study["values"]["value"][study["seeds"].index(seed)] += 1e-8
        study["key"] = studies["shaped"]["key"] = "0" * 20

    rewrite(nudge)
    was = record()["stacked"]
    (line,) = again(draw=5)
    assert re.fullmatch(
        rf"study stacked, seed {seed}: value was [\d.]+, is [\d.]+: make evidence must .*", line
    )
    assert record()["stacked"] == was
    assert record()["shaped"]["key"] != "0" * 20


def test_another_quantity_or_setting_is_not_taken_for_the_same(record):
    def rename(studies):
        studies["stacked"]["values"]["old"] = studies["stacked"]["values"].pop("other")
        studies["shaped"]["settings"] = {"tilt": 1.0}

    rewrite(rename)
    settings, quantity = again()
    assert settings == "study shaped: its settings changed: make evidence"
    assert "old was 1.0, is None and " in quantity
    assert {study["key"] for study in record().values()} == {"0" * 20}


def test_only_what_some_claims_rest_on_is_restamped(record):
    assert again(claim_ids=["small"]) == []
    assert measured == []
    assert record()["stacked"]["key"] == "0" * 20 != record()["shaped"]["key"]


def test_a_study_without_a_record_is_left_to_be_measured(record):
    rewrite(lambda studies: studies.pop("shaped"))
    assert again() == []
    assert list(record()) == ["stacked"]


def test_the_command_says_what_differs_by_its_exit_code(record, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command_line, "BUILD", tmp_path / "build")
    run = ["evidence", "--restamp", "--backend", "sequential", "--draw", "5"]
    assert command_line.main(run) == 0
    assert "today's keys" in capsys.readouterr().out
    rewrite(lambda studies: studies["shaped"].update(key="0" * 20, settings={"tilt": 1.0}))
    assert command_line.main(run) == 1
    assert "draw 5" in capsys.readouterr().out
