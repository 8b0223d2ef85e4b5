"""Claims: their rules by hand, runs that resume, a check that can fail."""

import itertools
import json
import math
import subprocess
import sys

import numpy as np
import pytest

from demos import claims as registry
from demos import evidence as kinds
from demos import recorded
from demos.evidence import Claim, Study, summary
from demos.records import TOLERANCE
from scripts import claims_check, evidence, quoted, study_keys
from scripts.errors import BuildError

measured = []  # the seeds that `sides` was asked for, in order


def sides(seeds, scale):
    """A study for these tests: a number per seed that is known without running anything."""
    measured.extend(seeds)
    return {"value": scale * (np.asarray(seeds) % 10), "other": np.asarray(seeds) * 1.0}


STUDY = Study("sides", sides, {"scale": 2.0}, count=20, batch=4, method="short training")


def claim(**changes):
    words = {
        "id": "big",
        "sentence": "Most are big",
        "study": STUDY,
        "value": lambda q: q["value"],
        "rule": ">",
        "bound": 3.0,
        "unit": "size",
        "share": kinds.USUALLY,
    }
    return Claim(**(words | changes))


@pytest.fixture
def talk(tmp_path, monkeypatch):
    """Two claims on one study as the whole talk; a folder for what is written."""
    measured.clear()
    known = {"toys": (claim(), claim(id="small", sentence="told: all small", rule="<", told=True))}
    monkeypatch.setattr(registry, "by_family", lambda: known)
    monkeypatch.setattr(evidence, "FIGURES", tmp_path / "figures")
    monkeypatch.setattr(evidence, "RECORD", tmp_path / "figures" / "claims.json")
    monkeypatch.setattr(evidence, "STORE", tmp_path / "store")
    return known


def run(**options):
    evidence.run(backend="sequential", **options)
    return json.loads(evidence.RECORD.read_text(encoding="utf-8"))


def check():
    return claims_check.check(backend="sequential")


def rewrite(change):
    """Change the record on the disk."""
    record = json.loads(evidence.RECORD.read_text(encoding="utf-8"))
    change(record)
    evidence.RECORD.write_text(json.dumps(record), encoding="utf-8")


# rules


@pytest.mark.parametrize(
    ("rule", "bound", "share", "holds"),
    [
        (">", 2, (0.75, 1), True),
        (">", 3, (0.75, 1), False),
        ("<", 3, (0.25, 1), True),
        ("<", 1, (0.25, 0.75), False),
        (">", 2.5, (0.25, 0.75), True),
    ],
)
def test_a_claim_holds_by_its_rule_and_its_share(rule, bound, share, holds):
    assert claim(rule=rule, bound=bound, share=share).holds([1, 3, 3, 4]) is holds


def test_the_summary_is_what_a_plain_count_gives():
    values = [1.0, 3.5, 4.0, 5.0, 9.0]
    seen = summary(claim(share=(0.9, 1)), values)
    assert (seen["agree"], seen["seeds"], seen["holds"]) == (4, 5, False)
    assert seen["median"] == 4.0
    low, k, n = seen["share_at_least"], 4, 5  # the share at which 4 of 5 or more is a 5 % accident
    tail = sum(math.comb(n, j) * low**j * (1 - low) ** (n - j) for j in range(k, n + 1))
    assert tail == pytest.approx(0.05)
    assert summary(claim(), values, claims=10)["share_at_least"] < low


def test_every_claim_of_the_talk_is_well_made():
    claims = registry.all_claims()
    assert len(claims) >= 43
    for one in claims.values():
        assert one.rule in kinds.RULES, one.id
        low, high = one.share
        assert 0 <= low < high <= 1 or one.share == kinds.ALWAYS, one.id
        assert one.study.method in TOLERANCE, one.id
        assert one.sentence.startswith("told: ") == one.told, one.id
        assert one.study.cases or min(one.study.seeds()) >= kinds.FIRST_SEED, one.id


def test_recorded_seeds_are_those_of_the_study_one_for_each_value():
    for name, study in registry.all_studies().items():
        assert list(recorded.seeds(name)) == list(study.seeds())
        measured, _ = recorded.values(name)
        assert {len(values) for values in measured.values()} == {len(recorded.seeds(name))}


def test_names_are_given_once_and_sentences_fit(monkeypatch):
    for broken, message in (
        ((claim(), claim()), "two claims are named"),
        ((claim(sentence="x" * 61),), "more than 60"),
        ((claim(), claim(id="two", study=Study("sides", sides, {"scale": 1.0}))), "two studies"),
    ):
        monkeypatch.setattr(registry, "by_family", lambda broken=broken: {"toys": broken})
        with pytest.raises(ValueError, match=message):
            registry.all_claims()


@pytest.mark.parametrize("bad", [[1.0], [1.0, np.nan], [[1.0, 2.0]]])
def test_a_study_gives_a_finite_number_per_seed(talk, bad, monkeypatch):
    broken = Study("sides", lambda seeds, scale: {"value": np.array(bad)}, {"scale": 1.0})
    monkeypatch.setattr(registry, "by_family", lambda: {"toys": (claim(study=broken),)})
    with pytest.raises(ValueError, match="one finite number per seed"):
        kinds.measure("sides", [1, 2])


# runs


def test_a_run_measures_every_seed_once_and_records_the_verdicts(talk):
    record = run()
    assert sorted(measured) == list(range(1000, 1020))
    study = record["studies"]["sides"]
    assert study["values"]["value"] == [2.0 * (seed % 10) for seed in study["seeds"]]
    big, small = record["claims"]["big"], record["claims"]["small"]
    assert (big["agree"], big["seeds"], big["holds"]) == (16, 20, True)
    assert (small["agree"], small["holds"], small["told"]) == (4, False, True)
    assert (evidence.FIGURES / "claims-sides.svg").read_text(encoding="utf-8").startswith("<svg")


def test_what_is_recorded_is_not_measured_again_and_more_seeds_are_added(talk):
    run()
    measured.clear()
    run()
    assert measured == []
    record = run(count=24)
    assert measured == [1020, 1021, 1022, 1023]
    assert record["claims"]["big"]["seeds"] == 24
    run(fresh=True)
    assert sorted(measured[4:]) == list(range(1000, 1020))


def test_an_interrupted_run_goes_on_where_it_stopped(talk, monkeypatch):
    whole, calls = sides, itertools.count()

    def pulled_plug(seeds, scale):
        if next(calls) == 3:
            raise KeyboardInterrupt
        return whole(seeds, scale)

    broken = Study("sides", pulled_plug, {"scale": 2.0}, count=20, batch=4)
    key = study_keys.key(STUDY)
    monkeypatch.setattr(study_keys, "key", lambda study: key)
    monkeypatch.setattr(registry, "by_family", lambda: {"toys": (claim(study=broken),)})
    with pytest.raises(KeyboardInterrupt):
        run()
    assert not evidence.RECORD.exists()
    with open(next(evidence.STORE.glob("*.jsonl")), "a", encoding="utf-8") as file:
        file.write('{"rows": {"1012": {"val')  # and the last line was cut short
    done = set(measured)
    assert len(done) == 12
    monkeypatch.setattr(registry, "by_family", lambda: talk)
    measured.clear()
    record = run()
    assert set(measured) == set(range(1000, 1020)) - done
    assert record["studies"]["sides"]["seeds"] == list(range(1000, 1020))


def test_one_claim_can_be_asked_for_and_an_unknown_one_is_named(talk):
    assert "big" in run(claim_ids=["big"], count=8)["claims"]
    with pytest.raises(BuildError, match="no claim is named 'bif'") as error:
        run(claim_ids=["bif"])
    assert "big" in error.value.cure


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"backend": "abacus"}, "no backend"),
        ({"backend": "dask", "scheduler": "nowhere:1"}, "Dask"),
    ],
)
def test_a_wrong_backend_is_refused_with_a_cure(talk, options, message, monkeypatch):
    monkeypatch.setattr(evidence, "PATIENCE", 2)
    with pytest.raises(BuildError, match=message):
        evidence.run(**options)


# the check fails when it should


def test_the_check_passes_on_what_was_just_measured(talk):
    run()
    assert check() == []


def test_the_check_fails_when_a_value_moved(talk):
    run()
    measured.clear()
    check()
    seed = measured[0]

    def shift(record):
        study = record["studies"]["sides"]
        study["values"]["other"][study["seeds"].index(seed)] *= 1.05

    rewrite(shift)
    (line,) = check()
    assert f"study sides, seed {seed}: other was" in line


def test_a_value_may_move_within_its_tolerance(talk):
    run()

    def nudge(record):
        values = record["studies"]["sides"]["values"]
        values["other"] = [value * 1.005 for value in values["other"]]

    rewrite(nudge)
    assert check() == []


def test_the_check_fails_when_a_claim_no_longer_holds(talk, monkeypatch):
    run()
    strict = claim(share=kinds.ALWAYS)
    monkeypatch.setattr(registry, "by_family", lambda: {"toys": (strict, talk["toys"][1])})
    lines = check()
    assert any("claim big no longer holds: 16 of 20" in line for line in lines)


def test_the_check_fails_when_a_told_claim_begins_to_hold(talk, monkeypatch):
    run()
    wide = claim(id="small", sentence="told: all small", rule="<", bound=99.0, told=True)
    monkeypatch.setattr(registry, "by_family", lambda: {"toys": (talk["toys"][0], wide)})
    assert any("claim small was told to fail, and holds" in line for line in check())


def test_the_check_fails_when_a_record_is_stale(talk, monkeypatch):
    run()
    rewrite(lambda record: record["studies"]["sides"].update(key="0" * 20))
    assert check() == ["study sides: the record is stale, its code changed: make evidence"]
    run()
    reworded = claim(sentence="Nearly all are big")
    monkeypatch.setattr(registry, "by_family", lambda: {"toys": (reworded, talk["toys"][1])})
    assert check() == ["claim big: the record is stale, its rule changed: make evidence"]


def test_the_check_fails_when_a_claim_has_no_record_or_a_record_no_claim(talk, monkeypatch):
    run()
    new = claim(id="new")
    monkeypatch.setattr(registry, "by_family", lambda: {"toys": (talk["toys"][0], new)})
    assert check() == [
        "claim new: no record: make evidence",
        "claim small: recorded, but gone from the code",
    ]


def test_a_claim_on_a_slide_without_a_record_is_refused(talk):
    run()
    records = quoted.claims(evidence.RECORD)
    filled = quoted.fill('<data value="claims.big"></data>', records, "cell")
    assert filled == '<data value="claims.big">holds on 16 of 20 seeds</data>'
    number = quoted.fill('<data value="claims.big.median:.0f"></data>', records, "cell")
    assert number == '<data value="claims.big.median:.0f">9</data>'
    with pytest.raises(BuildError, match="claims"):
        quoted.fill('<data value="claims.bigger"></data>', records, "cell")
    with pytest.raises(BuildError, match="claims"):
        quoted.fill('<data value="claims.big"></data>', {}, "cell")


def test_a_broken_record_is_named(talk):
    run()
    evidence.RECORD.write_text("{", encoding="utf-8")
    with pytest.raises(BuildError, match="no JSON"):
        check()


# a cluster


@pytest.mark.filterwarnings("default")  # what Dask warns of is not ours
def test_a_dask_cluster_of_two_workers_measures_the_same(talk, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.undo()  # workers import the real claims
    wanted = [s for s in registry.all_studies().values() if s.name.startswith("least-squares-c")]
    tasks = [task for study in wanted for task in evidence.chunks(study, study.seeds(4))]
    here = {name: rows for name, rows, _ in evidence.compute(tasks, "sequential")}
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        there = {}
        for name, rows, _ in evidence.compute(tasks, "dask", cluster.scheduler_address):
            there[name] = rows
        assert len(cluster.scheduler_info["workers"]) == 2
    assert there == here


def test_the_command_teaches():
    command = [sys.executable, "-m", "scripts", "evidence", "--help"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    for word in ("--seeds", "--claim", "--backend", "--scheduler", "dask"):
        assert word in told
