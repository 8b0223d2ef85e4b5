"""`make check`: what drifted is found and said, what other roundings move passes."""

import json
from types import SimpleNamespace

import pytest

from scripts.build.figure_spreads import DOUBT
from scripts.build.figures_check import compare, drifted

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><g id="fit-line2d_1">'
    '<path d="M 10.00 20.00 L 30.00 40.00" style="fill: none"/></g><text>a fit</text></svg>'
)


def record(numbers, settings=None, spread=0.0, pixels=0.0, matplotlib="3.11", below=()):
    return {
        "figure": "fit.svg",
        "settings": settings or {"seed": 0},
        "numbers": numbers,
        "below": dict(below),
        "spread": {
            "numbers": dict.fromkeys(numbers, spread),
            "pixels": {"line2d none": pixels},
            "shade": 0.0,
        },
        "versions": {"matplotlib": matplotlib},
    }


def save(folder, content, svg=SVG, name="fit"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    if svg:
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")


@pytest.fixture
def drift(tmp_path):
    """Lines of drift between a committed figure and a new one; arguments as for `save`."""

    def compared(old, new):
        save(tmp_path / "old" / "fit", *old)
        save(tmp_path / "new", *new)
        return compare({"01-fit": tmp_path / "new"}, tmp_path / "old")

    return compared


def test_equal_figures_hold(drift):
    assert drift([record({"a": 1.0})], [record({"a": 1.0})]) == []


@pytest.mark.parametrize(
    ("now", "lines"), [(2.0299, 0), (1.9701, 0), (2.0301, 1), (1.9, 1), (-2.0, 1)]
)
def test_a_number_may_move_three_times_its_spread_and_no_further(drift, now, lines):
    found = drift([record({"a": 2.0}, spread=0.01)], [record({"a": now})])
    assert len(found) == lines
    if found:
        assert found[0].startswith(f"fit/fit.json: a was 2, is {now:.6g}: moved by")


def test_how_far_a_number_moved_is_said(drift):
    (line,) = drift([record({"a": 2.0})], [record({"a": 2.5})])
    assert "moved by 0.5, allowed 2e-08" in line


def test_the_committed_spread_counts(drift):
    assert drift([record({"a": 2.0})], [record({"a": 2.1}, spread=9.0)])


def test_a_number_that_is_rounding_itself_has_a_bound(drift):
    bound = {"a": 1e-12}
    old = record({"a": 3e-13}, below=bound)
    assert drift([old], [record({"a": -9e-13}, below=bound)]) == []
    assert drift([old], [record({"a": 2e-12}, below=bound)])
    (line, *_) = drift([old], [record({"a": 3e-13}, below={"a": 1.0})])
    assert line == "fit/fit.json: bound of a was 1e-12, is 1.0"


def test_a_zero_that_moves_is_drift(drift):
    assert len(drift([record({"a": 0.0})], [record({"a": 1e-9})])) == 1


def test_a_changed_setting_is_drift(drift):
    found = drift([record({"a": 1}, {"seed": 0})], [record({"a": 1}, {"seed": 1, "new": 2})])
    assert found == [
        "fit/fit.json: setting new was None, is 2",
        "fit/fit.json: setting seed was 0, is 1",
    ]


def test_numbers_that_come_or_go_are_drift(drift):
    found = drift([record({"a": 1, "b": 2})], [record({"b": 2, "c": 3})])
    assert found == [
        "fit/fit.json: number a was 1, is None",
        "fit/fit.json: number c was None, is 3",
    ]


def test_records_that_come_or_go_are_drift(tmp_path):
    save(tmp_path / "old" / "fit", record({"a": 1}), name="before")
    save(tmp_path / "new", record({"a": 1}), name="after")
    assert compare({"01-fit": tmp_path / "new"}, tmp_path / "old") == [
        "fit/before.json: committed, but nothing makes it any more",
        "fit/before.svg: committed, but nothing makes it any more",
        "fit/after.json: new, not committed",
        "fit/after.svg: new, not committed",
    ]


def test_nothing_committed_at_all_is_drift_and_no_crash(tmp_path):
    save(tmp_path / "new", record({"a": 1}), None)
    assert compare({"01-fit": tmp_path / "new"}, tmp_path / "none") == [
        "fit/fit.json: new, not committed"
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("a fit", "a fat", "a word 'a fit' is 'a fat'"),
        ("</svg>", '<path d="M 1 1"/></svg>', "more marks than before, from number 5 on"),
        ("<text>a fit</text>", "", "fewer marks than before, from number 4 on"),
        ("fill: none", "fill: red", "a path looks different"),
        ("30.00", "30.31", "line2d none: a point moved by 0.31 px, allowed 0.15 px"),
        ("30.00", "48.00", "line2d none: a point moved by 18 px, allowed 0.15 px"),
    ],
)
def test_a_drawing_that_changed_is_drift(drift, old, new, says):
    (line,) = drift([record({"a": 1})], [record({"a": 1}), SVG.replace(old, new)])
    assert line.startswith(f"fit/fit.svg: {says}")


@pytest.mark.parametrize(
    ("pixels", "moved", "matplotlib", "lines"),
    [
        (0, "30.14", "3.11", 0),
        (2, "35.90", "3.11", 0),
        (2, "36.10", "3.11", 1),
        (0, "80.00", "3.12", 0),
    ],
)
def test_a_point_may_move_as_roundings_and_the_version_allow(
    drift, pixels, moved, matplotlib, lines
):
    old = record({"a": 1}, pixels=pixels)
    new = record({"a": 1}, matplotlib=matplotlib)
    assert len(drift([old], [new, SVG.replace("30.00", moved)])) == lines


@pytest.mark.parametrize(
    ("now", "here", "settings", "asked", "lines"),
    [
        (2.02, {}, {}, 0, 0),  # as recorded
        (2.05, {"nudge-3": 2.07}, {}, 1, 0),  # a machine that is none of the recorded ones
        (2.05, {"nudge-4": 2.03}, {}, 3, 0),
        (2.05, {"order-4": 2.051}, {}, 4, 1),  # roundings move it less than that
        (2.05, {"nudge-3": 2.07}, {"seed": 1}, 0, 2),  # no rounding changes a setting
    ],
)
def test_a_figure_in_doubt_is_drawn_again_under_this_machines_roundings(
    tmp_path, now, here, settings, asked, lines
):
    notebook, runs = SimpleNamespace(name="01-fit"), []

    def run(notebooks, fresh=False, how=""):
        assert notebooks == [notebook]
        runs.append(how)
        folder = tmp_path / (how or "own")
        save(folder, record({"a": here.get(how, now)}, settings))
        return {"01-fit": folder}

    save(tmp_path / "kept" / "fit", record({"a": 2.0}, spread=0.01))
    assert len(drifted([notebook], committed=tmp_path / "kept", run=run)) == lines
    assert runs == ["", *DOUBT[:asked]]


def test_a_record_without_its_spread_is_drift(drift):
    old = record({"a": 1.0})
    del old["spread"]
    assert drift([old], [record({"a": 1.0})]) == ["fit/fit.json: committed without its spread"]


def test_one_artist_that_moves_is_no_leave_for_the_others(drift):
    old, new = record({"a": 1}, pixels=50), record({"a": 1})
    assert drift([old], [new, SVG.replace('"0 0 90 90"', '"0 0 90 80"')]) == [
        "fit/fit.svg: drawing: a point moved by 10 px, allowed 0.15 px"
    ]


@pytest.mark.build
def test_check_passes_then_names_what_drifted_and_fails(project):
    done = project.run("check", "--cached")
    assert (done.code, done.err) == (0, "")
    assert "2 records" in done.out

    project.edit("figures/line/line.json", '"height": 2.5', '"height": 2.4')
    (project.figures / "guess" / "guess.svg").unlink()
    done = project.run("check", "--cached")
    assert done.code == 1
    assert "line.json: height was 2.4, is 2.5: moved by 0.1" in done.out
    assert "guess.svg: new, not committed" in done.out
    assert "slides/01-line.ipynb, cell 5" in done.out  # its sentence still says 2.50
    assert "make figures" in done.out


@pytest.mark.build
def test_figures_mends_what_drifted(project):
    kept = {path: path.read_bytes() for path in project.figures.glob("*/*")}
    text = (project.slides / "01-line.ipynb").read_bytes()
    assert b'line.height:.2f\\">2.50</data>' in text
    project.edit("slides/01-line.ipynb", ">2.50<", "><")
    project.edit("figures/line/line.json", '"height": 2.5', '"height": 2.4')
    (project.figures / "line" / "gone.json").write_text("{}")
    (project.figures / "guess" / "guess.svg").unlink()
    assert project.run("figures").code == 0
    assert {path: path.read_bytes() for path in project.figures.glob("*/*")} == kept
    assert (project.slides / "01-line.ipynb").read_bytes() == text
    assert project.run("check", "--cached").code == 0
