"""What a run depends on: its code, the demos it touches and nothing else."""

import copy
import json

import pytest
from conftest import ROOT

from scripts.build import dependencies
from scripts.build.notebooks import Cell, Notebook
from scripts.errors import BuildError


def talk(*sources, prose="some prose"):
    cells = [Cell("slides/01.ipynb", 1, "a", "markdown", prose, "slide")]
    cells += [Cell("slides/01.ipynb", n, "b", "code", s, "-") for n, s in enumerate(sources, 2)]
    return Notebook("01-one", "slides/01.ipynb", cells)


def touched(source):
    return set(dependencies.demo_modules(talk(source)))


@pytest.mark.parametrize(
    "source",
    [
        "from demos.least_squares import compute as ls",
        "import demos.least_squares.compute",
        "from demos.least_squares.compute import fit, ridge",
        "def later():\n    from demos.least_squares.compute import fit",
    ],
)
def test_every_way_to_import_counts_with_what_it_imports(source):
    assert touched(source) == {
        "demos",
        "demos.core",
        "demos.core.checks",
        "demos.core.curve",
        "demos.core.polynomials",
        "demos.core.rounding",
        "demos.least_squares",
        "demos.least_squares.compute",
    }


def test_a_package_inside_demos_counts_too():
    found = touched("from demos.least_squares import draw")
    assert {
        "demos.least_squares",
        "demos.least_squares.draw",
        "demos.core.style",
        "demos.core.curve",
    } <= found
    assert "demos.core.records" not in found


def test_other_packages_are_not_ours():
    assert touched("import numpy as np\nfrom demosaic import x") == {"demos"}


def test_a_missing_module_is_named_with_those_there_are():
    with pytest.raises(
        BuildError, match="there is no demo module demos.least_square.compute"
    ) as caught:
        touched("from demos.least_square.compute import fit")
    assert "slides/01.ipynb, cell 2" in caught.value.report()
    assert "demos.least_squares.compute" in caught.value.cure


@pytest.mark.parametrize("source", ["%matplotlib inline", "!ls", "x = = 1", "def f(:"])
def test_a_syntax_error_names_cell_and_line(source):
    with pytest.raises(BuildError, match="syntax error") as caught:
        touched(f"x = 1\n{source}")
    assert "line 2" in str(caught.value)
    assert "cell 2" in str(caught.value)


def test_prose_and_option_lines_are_not_part_of_the_key():
    key = dependencies.key(talk("x = 1"))
    assert key == dependencies.key(talk("x = 1", prose="other prose"))
    assert key == dependencies.key(talk("#| alt: a line\n#| echo: false\nx = 1"))
    assert key == dependencies.key(talk("x = 1"))


def test_code_is_part_of_the_key():
    talks = [talk("x = 1"), talk("x = 2"), talk("x = 1", ""), talk("", "x = 1")]
    assert len({dependencies.key(one) for one in talks}) == len(talks)


def test_cells_do_not_run_into_each_other_in_the_key():
    assert dependencies.key(talk("a", "b\nc")) != dependencies.key(talk("a\nb", "c"))


def test_the_sources_of_what_is_imported_are_part_of_the_key(tmp_path, monkeypatch):
    uses, plain = talk("from demos.least_squares.compute import fit"), talk("x = 1")
    before = dependencies.key(uses), dependencies.key(plain)
    edited = tmp_path / "curve.py"
    edited.write_text((ROOT / "demos/core/curve.py").read_text() + "\n# edited\n")
    real = dependencies.module_file

    def file(module):
        return edited if module == "demos.core.curve" else real(module)

    monkeypatch.setattr(dependencies, "module_file", file)
    assert dependencies.key(uses) != before[0]
    assert dependencies.key(plain) == before[1]


def test_versions_are_part_of_the_key(tmp_path, monkeypatch):
    before = dependencies.key(talk("x = 1"))
    lock = tmp_path / "requirements.lock"
    text = dependencies.LOCK.read_text(encoding="utf-8")
    monkeypatch.setattr(dependencies, "LOCK", lock)
    lock.write_text(text + "new-test-tool==1.0\n", encoding="utf-8")
    assert dependencies.key(talk("x = 1")) == before
    lock.write_text(text.replace("torch==", "torch==1"), encoding="utf-8")
    assert dependencies.key(talk("x = 1")) != before


# what a notebook reads of the record


RECORD = {
    "studies": {name: {"key": "a", "seconds": 1.0, "values": {"x": [1.0]}} for name in ("s", "t")},
    "claims": {"c": {"verdict": "holds"}},
}


def record_in(folder, monkeypatch):
    """The file of the one topic's record, in place of figures/."""
    (folder / "fits").mkdir()
    monkeypatch.setattr(dependencies, "FIGURES", folder)
    return folder / "fits" / "claims.json"


def changed(part):
    """The record, one thing in it another."""
    record = copy.deepcopy(RECORD)
    match part:
        case "claim":
            record["claims"]["c"]["verdict"] = "fails"
        case "restamped":
            record["studies"]["s"] |= {"key": "b", "seconds": 2.0}
        case study:
            record["studies"][study]["values"]["x"] = [2.0]
    return record


@pytest.mark.parametrize(
    ("code", "runs_again_for"),
    [
        ('values, how = recorded.values("s")', {"s"}),
        ('recorded.seeds("t")\nrecorded.recorded("s")', {"s", "t"}),
        ("recorded.counts()", {"claim"}),
        ('x = recorded.overview(), recorded.values("t")', {"claim", "t"}),
        ("1", set()),
        (
            'for name in ("s", "t"):\n    recorded.values(name)',
            {"s", "t", "claim", "restamped"},
        ),
        ('recorded.records()["fits"]["claims"]', {"s", "t", "claim", "restamped"}),
        ("read = recorded.values", {"s", "t", "claim", "restamped"}),
    ],
)
def test_a_notebook_runs_again_for_the_studies_it_reads(
    code, runs_again_for, tmp_path, monkeypatch
):
    reads = talk("from demos.core.evidence import recorded", code)
    file = record_in(tmp_path, monkeypatch)
    keys = {}
    for part in ("", "s", "t", "claim", "restamped"):
        file.write_text(json.dumps(changed(part) if part else RECORD), encoding="utf-8")
        keys[part] = dependencies.key(reads)
    assert {part for part in keys if keys[part] != keys[""]} == runs_again_for


@pytest.mark.parametrize(
    "source",
    [
        'from demos.core.evidence.recorded import values\nvalues("s")',
        'from demos.core.evidence import recorded as r\nr.values("s")',
        'import demos.core.evidence.recorded\ndemos.core.evidence.recorded.values("s")',
    ],
)
def test_a_name_of_its_own_for_the_record_may_read_all_of_it(source, tmp_path, monkeypatch):
    file = record_in(tmp_path, monkeypatch)
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    assert dependencies.of_the_record(talk(source)) == RECORD


def test_a_demo_that_reads_the_record_reads_all_of_it(tmp_path, monkeypatch):
    file = record_in(tmp_path, monkeypatch)
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    graph = copy.deepcopy(dependencies.demo_graph())
    graph.add_import(importer="demos.primer.compute", imported="demos.core.evidence.recorded")
    monkeypatch.setattr(dependencies, "demo_graph", lambda: graph)
    assert dependencies.of_the_record(talk("from demos.primer import compute")) == RECORD
