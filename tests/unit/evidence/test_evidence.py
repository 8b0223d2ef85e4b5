"""Claims: their rules by hand, runs that resume, seeds measured again, a check that can fail."""

import dataclasses
import itertools
import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

import demos
from demos.core import rounding, topics
from demos.core.evidence import recorded, registry, verdicts
from demos.core.evidence import study as kinds
from demos.core.evidence.study import FIRST_SEED, Claim, Study
from scripts.build import quoted
from scripts.build.notebooks import Cell
from scripts.errors import BuildError
from scripts.evidence import claims_check, study_keys
from scripts.evidence import measure as evidence
from scripts.evidence import workers as measuring

pytestmark = pytest.mark.code  # its studies are whole numbers

measured = []  # the seeds that `sides` was asked for, in order


def sides(seeds, scale):
    """A study for these tests: a number per seed that is known without running anything."""
    measured.extend(seeds)
    return {"value": scale * (np.asarray(seeds) % 10), "other": np.asarray(seeds) * 1.0}


STUDY = Study("sides", sides, {"scale": 2.0}, count=40, batch=4, again=2, roundings=("nudge-1",))
FIRST = FIRST_SEED


def claim(**changes):
    words = {
        "id": "big",
        "sentence": "Most are big",
        "study": STUDY,
        "value": lambda q: q["value"],
        "rule": ">",
        "bound": 3.0,
        "unit": "size",
        "word": verdicts.MOSTLY,
    }
    return Claim(**(words | changes))


def elsewhere(name, seeds, how):
    """What another process would measure: everything a thousandth higher."""
    rows = {seed: {"value": 2.002 * (seed % 10), "other": seed * 1.001} for seed in seeds}
    return rows, 0.5


@pytest.fixture
def talk(tmp_path, monkeypatch):
    """Two claims on one study as the whole talk; a folder for what is written."""
    measured.clear()
    small = claim(id="small", sentence="All small", rule="<", kind="predicted", since="abc1234")
    known = {"toys": (claim(), small)}
    monkeypatch.setattr(registry, "families", lambda: families_of(known))
    monkeypatch.setattr(measuring, "elsewhere", elsewhere)
    monkeypatch.setattr(evidence, "FIGURES", tmp_path / "figures")
    monkeypatch.setattr(evidence, "STORE", tmp_path / "store")
    return known


def families_of(known):
    """{title: claims} as families of one topic, the toys."""
    return [registry.Family("toys", title, claims) for title, claims in known.items()]


def record_file():
    return evidence.record_of("toys")


def run(**options):
    evidence.run(backend="sequential", **options)
    record = json.loads(record_file().read_text(encoding="utf-8"))
    return record | {"claims": verdicts.judged(record["claims"])}


def check():
    return claims_check.check(backend="sequential")


def rewrite(change):
    """Change the record on the disk."""
    record = json.loads(record_file().read_text(encoding="utf-8"))
    change(record)
    record_file().write_text(json.dumps(record), encoding="utf-8")


# rules


@pytest.mark.parametrize(
    ("rule", "bound", "agree"), [(">", 2, 3), (">", 3, 1), ("<", 3, 1), ("<", 1, 0)]
)
def test_a_seed_agrees_by_the_rule(rule, bound, agree):
    assert claim(rule=rule, bound=bound).agrees([1, 3, 3, 4]).sum() == agree


def test_every_claim_of_the_talk_is_well_made():
    claims = registry.all_claims()
    assert len(claims) >= 43
    for one in claims.values():
        assert one.rule in kinds.RULES, one.id
        assert one.word in verdicts.SHARES, one.id
        assert one.study.cases or min(one.study.seeds()) >= kinds.FIRST_SEED, one.id
        assert one.study.again >= 1, one.id
        assert set(one.study.roundings) <= set(rounding.ALL), one.id
        assert {"nudge-1", "default"} <= set(one.study.roundings), one.id


def test_recorded_seeds_are_those_of_the_study_one_for_each_value():
    for name, study in registry.all_studies().items():
        assert list(recorded.seeds(name)) == list(study.seeds())
        measured, _ = recorded.values(name)
        assert {len(values) for values in measured.values()} == {len(recorded.seeds(name))}


def test_names_are_given_once_and_sentences_fit(monkeypatch):
    for broken, message in (
        ((claim(), claim()), "two claims are named"),
        ((claim(sentence="x" * 61),), "more than 60"),
        ((claim(unit="x" * 37),), "too long for a strip"),
        ((claim(), claim(id="two", study=Study("sides", sides, {"scale": 1.0}))), "two studies"),
    ):
        monkeypatch.setattr(registry, "families", lambda b=broken: families_of({"toys": b}))
        with pytest.raises(ValueError, match=message):
            registry.all_claims()


def test_a_new_family_is_found_by_itself(tmp_path, monkeypatch):
    """A room of its own in demos/: no list names it, and its notebook says where it comes."""
    for room in ("heavy_ball", "silent"):
        (tmp_path / "demos" / room).mkdir(parents=True)
        (tmp_path / "demos" / room / "__init__.py").touch()
    for name in ("claims", "claims_late"):
        text = f'TITLE, CLAIMS = "{name} of momentum", ()\n'
        (tmp_path / "demos" / "heavy_ball" / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "slides").mkdir()
    for name in ("01-silent", "02-primer", "03-heavy-ball"):
        (tmp_path / "slides" / f"{name}.ipynb").touch()
    monkeypatch.setattr(topics, "HERE", tmp_path / "demos")
    monkeypatch.setattr(topics, "SLIDES", tmp_path / "slides")
    monkeypatch.setattr(demos, "__path__", [str(tmp_path / "demos")])
    assert list(topics.rooms()) == ["silent", "heavy-ball"]
    found = [("heavy-ball", f"{name} of momentum", ()) for name in ("claims", "claims_late")]
    assert registry.families() == found
    for name in [name for name in sys.modules if name.startswith(("demos.heavy", "demos.silent"))]:
        monkeypatch.delitem(sys.modules, name)


def test_two_families_of_one_title_lose_no_claim(monkeypatch):
    pair = [registry.Family(f"topic-{n}", "Momentum", (claim(id=f"c{n}"),)) for n in range(2)]
    monkeypatch.setattr(registry, "families", lambda: pair)
    assert list(registry.all_claims()) == ["c0", "c1"]


@pytest.mark.parametrize("bad", [[1.0], [1.0, np.nan], [[1.0, 2.0]]])
def test_a_study_gives_a_finite_number_per_seed(talk, bad, monkeypatch):
    broken = Study("sides", lambda seeds, scale: {"value": np.array(bad)}, {"scale": 1.0})
    monkeypatch.setattr(registry, "families", lambda: families_of({"toys": (claim(study=broken),)}))
    with pytest.raises(ValueError, match="one finite number per seed"):
        kinds.measure("sides", [1, 2])


# runs


def test_a_run_measures_every_seed_once_and_records_the_verdicts(talk):
    record = run()
    assert sorted(measured) == list(range(FIRST, FIRST + 40))
    study = record["studies"]["sides"]
    assert study["values"]["value"] == [2.0 * (seed % 10) for seed in study["seeds"]]
    big, small = record["claims"]["big"], record["claims"]["small"]
    assert (big["agree"], big["seeds"], big["verdict"]) == ([32, 32], 40, "holds")
    assert (small["agree"], small["verdict"], small["since"]) == ([8, 8], "fails", "abc1234")
    assert big["limits"] == pytest.approx(verdicts.limits(32, 40, 2))
    assert (
        (evidence.FIGURES / "toys" / "claims-sides.svg")
        .read_text(encoding="utf-8")
        .startswith("<svg")
    )


def test_the_first_seeds_and_those_near_a_bound_are_measured_under_other_roundings(talk):
    again = run()["studies"]["sides"]["again"]
    assert again["nudge-1"]["seeds"] == [FIRST, FIRST + 1]
    assert again["nudge-1"]["values"]["value"] == [0.0, 2.002]
    close = claim(bound=8.001)  # seeds that end in 4 have 8.0, and move by 0.008
    talk["toys"] = (close,)
    record = run()
    fours = [seed for seed in range(FIRST, FIRST + 40) if seed % 10 == 4]
    assert record["studies"]["sides"]["again"]["nudge-1"]["seeds"] == sorted(
        [FIRST, FIRST + 1, *fours]
    )
    seen = record["claims"]["big"]
    assert seen["undecided"] == fours
    assert seen["agree"] == [20, 24]


def test_a_study_whose_seeds_end_elsewhere_shakes_them_all(talk):
    run()
    every = dataclasses.replace(STUDY, shake_all=True, roundings=("nudge-1", "default"))
    talk["toys"] = (claim(study=every),)
    (line, *_) = [line for line in check() if "nudge-1" in line]
    assert line == "study sides: fewer seeds under nudge-1 than 40: make evidence"
    again = run()["studies"]["sides"]["again"]
    assert again["nudge-1"]["seeds"] == every.seeds()
    assert again["default"]["seeds"] == [FIRST, FIRST + 1]
    assert check() == []


def test_what_is_near_by_what_was_just_learnt_is_measured_too(talk, monkeypatch):
    """Seeds near the bound turn out to move by a fifth: then others may reach it."""

    def wild(name, seeds, how):
        rows, seconds = elsewhere(name, seeds, how)
        for seed in seeds:
            rows[seed]["value"] *= 1.2 if seed % 10 == 4 else 1.0
        return rows, seconds

    monkeypatch.setattr(measuring, "elsewhere", wild)
    talk["toys"] = (claim(bound=8.001),)
    again = run()["studies"]["sides"]["again"]["nudge-1"]["seeds"]
    assert {seed % 10 for seed in again} > {0, 1, 4, 5, 6}


def test_a_fresh_run_of_one_claim_keeps_what_others_measured(talk):
    other = Study("apart", lambda seeds: {"value": np.asarray(seeds) * 1.0}, {}, count=4, again=1)
    talk["toys"] = (*talk["toys"], claim(id="apart", study=other))
    before = run()["studies"]["apart"]
    measured.clear()
    after = run(claim_ids=["big"], fresh=True)["studies"]["apart"]
    assert after == before
    assert len(measured) == 40


def test_what_is_recorded_is_not_measured_again_and_more_seeds_are_added(talk):
    run()
    measured.clear()
    run()
    assert measured == []
    record = run(count=44)
    assert measured == list(range(FIRST + 40, FIRST + 44))
    assert record["claims"]["big"]["seeds"] == 44
    run(fresh=True)
    assert sorted(measured[4:]) == list(range(FIRST, FIRST + 40))


@pytest.mark.parametrize(
    ("moved", "clone"), [(1000, True), (1000, False), (16, False), (-500, False)]
)
def test_seeds_from_before_a_study_moved_on_are_left_out(talk, moved, clone):
    """Its `first` changed, and nothing else: the key is the same, the seeds are not."""
    before = run()["studies"]["sides"]
    if clone:  # what waited to be recorded is not in git
        shutil.rmtree(evidence.STORE)
    later = dataclasses.replace(STUDY, first=FIRST + moved)
    talk["toys"] = (claim(study=later),)
    assert any("seeds is not what the code says" in line for line in check())
    after = run()["studies"]["sides"]
    assert after["key"] == before["key"]
    assert after["seeds"] == later.seeds()
    assert after["values"]["other"] == [1.0 * seed for seed in after["seeds"]]
    shaken = after["again"]["nudge-1"]["seeds"]
    assert set(later.seeds()[:2]) <= set(shaken) <= set(later.seeds())
    assert check() == [] and run()["studies"]["sides"] == after


def test_an_interrupted_run_goes_on_where_it_stopped(talk, monkeypatch):
    whole, calls = sides, itertools.count()

    def pulled_plug(seeds, scale):
        if next(calls) == 3:
            raise KeyboardInterrupt
        return whole(seeds, scale)

    broken = Study("sides", pulled_plug, {"scale": 2.0}, count=40, batch=4)
    key = study_keys.key(STUDY)
    monkeypatch.setattr(study_keys, "key", lambda study: key)
    monkeypatch.setattr(registry, "families", lambda: families_of({"toys": (claim(study=broken),)}))
    with pytest.raises(KeyboardInterrupt):
        run()
    assert not record_file().exists()
    with open(next(evidence.STORE.glob("*.jsonl")), "a", encoding="utf-8") as file:
        file.write('{"rows": {"3012": {"val')  # and the last line was cut short
    done = set(measured)
    assert len(done) == 12
    monkeypatch.setattr(registry, "families", lambda: families_of(talk))
    measured.clear()
    record = run()
    assert set(measured) == set(range(FIRST, FIRST + 40)) - done
    assert record["studies"]["sides"]["seeds"] == list(range(FIRST, FIRST + 40))


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
    monkeypatch.setattr(measuring, "PATIENCE", 2)
    with pytest.raises(BuildError, match=message):
        evidence.run(**options)


# quoted


def test_a_claim_on_a_slide_without_a_record_is_refused(talk):
    run()
    records = quoted.claims(evidence.FIGURES)
    notes, slide = (Cell("", 0, "", "markdown", "", kind) for kind in ("notes", "-"))
    filled = quoted.fill('<data value="claims.big"></data>', records, notes)
    assert filled == '<data value="claims.big">holds on 32 of 40 seeds</data>'
    filled = quoted.fill('<data value="claims.big"></data>', records, slide)
    assert records["claims"]["numbers"]["big"]["sentence"] in filled  # a badge brings its sentence
    count = quoted.fill('<data value="claims.big.agree"></data>', records, "cell")
    assert count == '<data value="claims.big.agree">32</data>'
    number = quoted.fill('<data value="claims.big.median:.0f"></data>', records, "cell")
    assert number == '<data value="claims.big.median:.0f">9</data>'
    with pytest.raises(BuildError, match="claims"):
        quoted.fill('<data value="claims.bigger"></data>', records, "cell")
    with pytest.raises(BuildError, match="claims"):
        quoted.fill('<data value="claims.big"></data>', {}, "cell")


# a cluster


@pytest.mark.filterwarnings("default")  # what Dask warns of is not ours
def test_a_dask_cluster_of_two_workers_measures_the_same(talk, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.undo()  # workers import the real claims
    wanted = [s for s in registry.all_studies().values() if s.name.startswith("least-squares-c")]
    tasks = [task for study in wanted for task in measuring.chunks(study, study.seeds(4))]
    tasks += measuring.chunks(wanted[0], wanted[0].seeds()[:1], "nudge-1")
    here = {job[:2]: job[2] for job in measuring.compute(tasks, "sequential")}
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        jobs = measuring.compute(tasks, "dask", cluster.scheduler_address)
        there = {job[:2]: job[2] for job in jobs}
        assert len(cluster.scheduler_info["workers"]) == 2
    assert there == here


def test_the_command_teaches():
    command = [sys.executable, "-m", "scripts", "evidence", "--help"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    for word in ("--seeds", "--claim", "--backend", "--scheduler", "dask"):
        assert word in told
