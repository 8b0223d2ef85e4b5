"""Digits that a spread supports, and the committed ones on every machine."""

import json

import pytest
from conftest import markdown, notebook
from nbformat import v4

from scripts.build import digits, drift, figure_spreads, figures
from scripts.build.notebooks import read


def record(value=0.0364, spread=0.0, **more):
    kept = {"settings": {"seed": 0}, "numbers": {"error": value}, "below": {}, "figure": None}
    kept |= {
        "spread": {"roundings": ["nudge-1"], "numbers": {"error": spread}, "pixels": {}, "shade": 0}
    }
    versions = dict.fromkeys(("python", "numpy", "torch", "matplotlib"), "3.11")
    return kept | {"versions": versions} | more


@pytest.fixture
def said(tmp_path):
    """What `digits` says of a sentence that quotes a record."""

    def of(quote, kept):
        (tmp_path / "fit").mkdir(exist_ok=True)
        (tmp_path / "fit" / "fit.json").write_text(json.dumps(kept), encoding="utf-8")
        cells = notebook(markdown(f"## One\n\nIt is {quote}.", "slide"))
        path = tmp_path / "01-fit.ipynb"
        path.write_text(v4.writes(cells), encoding="utf-8")
        return digits.unsupported([read(path)], tmp_path)

    return of


@pytest.mark.parametrize(
    ("spec", "value", "spread", "lines"),
    [
        (".3f", 0.0364, 0.0004, 0),
        (".3f", 0.0364, 0.0006, 1),
        (".2f", 0.0364, 0.0006, 0),
        (".0%", 0.834, 0.004, 0),
        (".0%", 0.834, 0.006, 1),
        (".0e", 3.2e-5, 0.4e-5, 0),
        (".0e", 3.2e-5, 0.6e-5, 1),
        (",.0f", 1234.0, 0.4, 0),
        (",.0f", 1234.0, 0.6, 1),
    ],
)
def test_the_last_digit_is_one_that_roundings_leave(said, spec, value, spread, lines):
    found = said(f'<data value="fit.error:{spec}"></data>', record(value, spread))
    assert len(found) == lines
    if found:
        assert "01-fit.ipynb, cell 1" in found[0]
        assert "show less" in found[0]


def test_a_number_that_is_rounding_is_quoted_by_its_bound(said):
    kept = record(3e-15, 1e-15, below={"error": 1e-12})
    (line,) = said('<data value="fit.error:.0e"></data>', kept)
    assert "quote fit.below.error" in line
    assert said('<data value="fit.below.error:.0e"></data>', kept) == []


def test_a_run_shows_the_committed_digits_where_it_is_the_same_but_for_rounding():
    committed = {"fit": record(0.0364, 0.0004), "gone": record()}
    near, far, other = record(0.0365), record(0.0394), record(settings={"seed": 1})
    for run in (near, far, other):
        run.pop("spread")
    assert drift.settled({"fit": near}, committed) == {"fit": committed["fit"]}
    assert drift.settled({"fit": far}, committed) == {"fit": far}
    assert drift.settled({"fit": other}, committed) == {"fit": other}
    assert drift.settled({"new": near}, committed) == {"new": near}


def test_a_record_is_kept_with_how_far_roundings_move_it(tmp_path, monkeypatch):
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M 1 2"/><text>{}</text></svg>'
    places = [tmp_path / name for name in ("own", *figure_spreads.ROUNDINGS)]
    for place, value, word in zip(places, (2.0, 2.1, 1.95, 2.0, 2.0, 2.0), "aabaaa", strict=True):
        place.mkdir()
        kept = record(value, figure="fit.svg")
        kept.pop("spread")
        (place / "fit.json").write_text(json.dumps(kept), encoding="utf-8")
        moved = svg.format(word).replace("1 2", f"1 {value}")
        (place / "fit.svg").write_text(moved, encoding="utf-8")
    own, *others = (place / "fit.json" for place in places)
    problems = figures.keep(tmp_path / "kept.json", own, others)
    spread = json.loads((tmp_path / "kept.json").read_text())["spread"]
    assert spread["numbers"] == {"error": pytest.approx(0.1)}
    assert spread["pixels"] == {"drawing": pytest.approx(0.1)}
    assert problems == [
        "fit.svg: under the rounding nudge-2 'a' is 'b': draw what rounding does not decide"
    ]


def test_only_what_drifted_is_written_anew(tmp_path):
    """What is as committed but for rounding stays: a change shows what it changed, and nothing else."""
    other = {"versions": record()["versions"] | {"python": "3.99", "torch": "2.0"}}
    committed = {"same": record(2.0, 0.1), "moved": record(2.0, 0.1), "older": record(2.0, 0.1)}
    run = {"same": record(2.1), "moved": record(3.0), "older": record(2.1) | other, "new": record()}
    run["same"]["versions"] = record()["versions"] | {"python": "3.99"}
    for folder, records in (("old", committed), ("new", run)):
        (tmp_path / folder / "fit").mkdir(parents=True)
        for name, each in records.items():
            (tmp_path / folder / "fit" / f"{name}.json").write_text(
                json.dumps(each), encoding="utf-8"
            )
    assert figures.changed({"01-fit": tmp_path / "new" / "fit"}, {}, tmp_path / "old") == {
        "moved",
        "older",
        "new",
    }
