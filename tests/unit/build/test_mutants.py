"""The mutants apply to today's code, and the runner tells caught from survived from crashed."""

import ast
import json
from pathlib import Path

import pytest
from conftest import ROOT

from scripts import mutants
from scripts.__main__ import main
from scripts.errors import BuildError
from scripts.mutants import Mutant, placed

pytestmark = pytest.mark.code

TABLE = mutants.table()


@pytest.mark.parametrize("mutant", TABLE.values(), ids=TABLE)
def test_a_mutant_applies_and_its_tests_are_there(mutant):
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    changed = mutant.applied(text)
    assert changed != text
    parse = {".ipynb": json.loads, ".py": ast.parse}.get(Path(mutant.file).suffix)
    assert parse is None or parse(changed)  # the page's scripts are read when they are bundled
    assert mutant.breaks and mutant.tests
    for test in mutant.tests:
        assert (ROOT / placed(test).split("::")[0]).is_file(), test


def test_every_demo_that_computes_or_draws_has_mutants():
    files = {mutant.file for mutant in TABLE.values()}
    apart = {
        "__init__",
        "bench",
        "live",
        "palette",
        "records",
        "redefine",
        "source",
        "topics",
        "study",
        "registry",
    }
    for file in (ROOT / "demos").rglob("*.py"):
        computes = any(
            isinstance(n, ast.FunctionDef) for n in ast.walk(ast.parse(file.read_text()))
        )
        if computes and file.stem not in apart:
            assert str(file.relative_to(ROOT)) in files, file.name
    still = {"controls", "engine", "host", "solved", "widget"}
    for file in (ROOT / "scripts" / "page" / "live").glob("*.js"):
        if file.stem not in still:  # no number is made there
            assert str(file.relative_to(ROOT)) in files, file.name
    for file in (ROOT / "slides").glob("*.ipynb"):
        if "exercise.check(" in file.read_text(encoding="utf-8"):
            assert f"slides/{file.name}" in files, file.name


def mutant(old="x = 7", new="x = 8", tests=("test_it.py",), file="demos/it.py"):
    return Mutant("the-name", file, old, new, "seven is eight", list(tests))


@pytest.mark.parametrize(("text", "count"), [("x = 6\n", 0), ("x = 7\ny = x = 7\n", 2)])
def test_code_that_moved_is_an_error_with_the_mutants_name(text, count):
    with pytest.raises(BuildError, match=f"is there {count} times") as caught:
        mutant().applied(text)
    assert "mutant the-name, demos/it.py" in caught.value.report()


def test_an_edit_that_changes_nothing_is_an_error():
    with pytest.raises(BuildError, match="nothing changes"):
        mutant(new="x = 7").applied("x = 7\n")


def test_a_table_is_read_by_name_and_refuses_two_of_one_name(tmp_path):
    row = 'file = "f"\nold = "a"\nnew = "b"\nbreaks = "c"\ntests = ["t"]\n'
    (tmp_path / "one.toml").write_text(f"[a]\n{row}\n[b]\n{row}")
    assert list(mutants.table(folder=tmp_path)) == ["a", "b"]
    assert mutants.table(["b"], tmp_path) == {"b": Mutant("b", "f", "a", "b", "c", ["t"])}
    with pytest.raises(BuildError, match="no mutant is named 'c'") as caught:
        mutants.table(["c"], tmp_path)
    assert "a, b" in caught.value.cure
    (tmp_path / "two.toml").write_text(f"[b]\n{row}")
    with pytest.raises(BuildError, match="two mutants are named 'b'"):
        mutants.table(folder=tmp_path)


@pytest.fixture
def tiny(tmp_path):
    """A project with one module and tests of many kinds."""
    for folder in ("demos", "scripts", "slides", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "demos" / "__init__.py").touch()
    (tmp_path / "demos" / "it.py").write_text("x = 7\n")
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    tests = {
        "it": "def test_seven():\n    assert x == 7",
        "raises": "import pytest\n\n\ndef test_more():\n    with pytest.raises(KeyError):\n"
        "        {7: 0}[x + 1]",
        "blind": "def test_nothing():\n    assert x",
        "crash": "def test_crash():\n    1 / (8 - x)",
    }
    for name, body in tests.items():
        file = tmp_path / "tests" / f"test_{name}.py"
        file.write_text(f"from demos.it import x\n\n\n{body}\n")
    return tmp_path


def test_an_assertion_that_fails_catches_a_mutant(tiny):
    caught, line = mutants.verdict(mutant(), tiny)
    assert caught and line == "caught    the-name, by test_it::test_seven: assert 8 == 7"
    lookup = mutant(new="x = 6", tests=["test_raises.py"])
    caught, line = mutants.verdict(lookup, tiny)
    assert caught and "DID NOT RAISE" in line
    assert (tiny / "demos" / "it.py").read_text() == "x = 7\n"  # only a copy was broken


def test_tests_that_are_not_there_are_an_error(tiny):
    assert placed("test_blind.py::test_it", tiny) == "tests/test_blind.py::test_it"
    with pytest.raises(BuildError, match="0 files of tests named test_gone.py"):
        mutants.verdict(mutant(tests=["test_gone.py"]), tiny)


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (mutant(tests=["test_blind.py"]), "SURVIVED  the-name: seven is eight"),
        (mutant(tests=["test_crash.py"]), "by no assertion: ZeroDivisionError"),
        (mutant(new="y = 7"), "by no assertion: error: ImportError"),
        (mutant(new="x = = 7"), "SyntaxError"),
    ],
)
def test_a_crash_or_nothing_at_all_catches_none(tiny, broken, line):
    caught, said = mutants.verdict(broken, tiny)
    assert not caught and line in said


def write_table(root, **tests):
    """Mutants of x = 7, each with the test it names."""
    (root / "tests" / "mutants").mkdir()
    rows = [
        f"[{name}]\nfile = 'demos/it.py'\nold = 'x = 7'\nnew = 'x = 8'\nbreaks = 'seven'\n"
        f"tests = ['test_{test}.py']\n"
        for name, test in tests.items()
    ]
    (root / "tests" / "mutants" / "all.toml").write_text("\n".join(rows))


def test_one_that_survives_is_a_failure(tiny, capsys):
    write_table(tiny, one="it", two="blind", three="it")
    assert mutants.run(root=tiny) == 1
    out = capsys.readouterr().out
    assert "SURVIVED  two: seven" in out and "2 of 3 mutants caught" in out
    assert mutants.run(["one", "three"], jobs=1, root=tiny) == 0


def test_a_sample_is_drawn_again_with_the_seed_it_printed(tiny, capsys):
    write_table(tiny, **{f"m{n}": "it" for n in range(50)})
    drawn = []
    for seed in (None, 5, 5):
        mutants.run(sample=1, seed=seed, root=tiny)
        said, line, _ = capsys.readouterr().out.splitlines()
        drawn.append(line)
        assert said.startswith("1 of 50 mutants, drawn with --seed ")
        assert seed is None or said.endswith(" 5")
    assert drawn[1] == drawn[2]


def test_tests_that_fail_unmutated_are_an_error(tiny):
    write_table(tiny, one="it")
    (tiny / "demos" / "it.py").write_text("x = 7  # or\nx += 1\n")
    with pytest.raises(BuildError, match="test_it::test_seven fails unmutated: assert 8 == 7"):
        mutants.run(root=tiny)


def test_the_command_hands_on_what_it_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(mutants, "run", lambda *given: told.append(given) or 1)
    assert main(["mutants", "a", "b", "--sample", "3", "--seed", "4", "--jobs", "1"]) == 1
    assert told == [(["a", "b"], 3, 4, 1)]
