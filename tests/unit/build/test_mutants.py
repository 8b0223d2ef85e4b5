"""The mutants apply to today's code, and the runner tells caught from survived from crashed."""

import ast
import fcntl
import json
import os
import time
import tomllib
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from scripts import mutants
from scripts.__main__ import main
from scripts.errors import BuildError
from scripts.mutants import Mutant, placed
from scripts.warm import Warm

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
        file, *name = placed(test).split("::")
        assert {each.partition("[")[0] for each in name} <= functions(ROOT / file), test


@cache
def functions(file):
    """Names of the functions in a file."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


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
    for name, body in TESTS.items():
        file = tmp_path / "tests" / f"test_{name}.py"
        file.write_text(f"import os\nimport sys\n\nfrom demos.it import x\n\n\n{body}\n")
    return tmp_path


TESTS = {
    "it": "def test_seven():\n    assert x == 7",
    "raises": "import pytest\n\n\ndef test_more():\n    with pytest.raises(KeyError):\n"
    "        {7: 0}[x + 1]",
    "blind": "def test_nothing():\n    assert x",
    "crash": "def test_crash():\n    1 / (8 - x)",
    "dies": "def test_dies():\n    if x == 8:\n        os.kill(os.getpid(), 9)",
    "hangs": "def test_hangs():\n    import fcntl, subprocess\n    if x == 8:\n"
    "        held = open(os.environ['HELD'], 'w')\n        fcntl.flock(held, fcntl.LOCK_EX)\n"
    "        subprocess.run(['sleep', '600'], pass_fds=[held.fileno()])",
    "alone": "import numpy\n\n\ndef test_nobody_was_here():\n"
    "    assert 'scripts' not in sys.modules and not hasattr(numpy, 'x')\n"
    "    assert not os.path.exists('left') and 'LEFT' not in os.environ\n"
    "    assert os.path.dirname(sys.modules['demos'].__file__) == os.path.abspath('demos')\n"
    "    numpy.x = os.environ['LEFT'] = open('left', 'w').write('x') and 'x'\n"
    "    assert x == 7",
}


@pytest.fixture(scope="module")
def warm():
    warm = Warm()
    yield warm
    warm.close()


@pytest.fixture
def tried(tiny, warm):
    """What comes of a mutant of the tiny project: (the test that caught it, what is printed)."""

    def tried(mutant):
        found = mutants.verdict(mutant, warm, tiny)
        return found.by, found.line

    return tried


@pytest.fixture
def run(tiny, warm, monkeypatch):
    """`mutants.run` on it, in the process that is there already."""
    monkeypatch.setattr(mutants, "Warm", lambda: warm)
    monkeypatch.setattr(warm, "close", lambda: None)
    return lambda *names, **more: mutants.run([*names], jobs=1, root=tiny, **more)


def test_an_assertion_that_fails_catches_a_mutant(tiny, tried):
    said = "caught    the-name, by test_it::test_seven: assert 8 == 7"
    assert tried(mutant()) == ("test_it::test_seven", said)
    caught, line = tried(mutant(new="x = 6", tests=["test_raises.py"]))
    assert caught and "DID NOT RAISE" in line
    assert (tiny / "demos" / "it.py").read_text() == "x = 7\n"  # only a copy was broken


def test_tests_that_are_not_there_are_an_error(tiny, tried):
    assert placed("test_blind.py::test_it", tiny) == "tests/test_blind.py::test_it"
    with pytest.raises(BuildError, match="0 files of tests named test_gone.py"):
        tried(mutant(tests=["test_gone.py"]))


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (mutant(tests=["test_blind.py"]), "SURVIVED  the-name: seven is eight"),
        (mutant(tests=["test_crash.py"]), "by no assertion: ZeroDivisionError"),
        (mutant(new="y = 7"), "by no assertion: error: ImportError"),
        (mutant(new="x = = 7"), "SyntaxError"),
        (mutant(tests=["test_it.py::test_gone"]), "in pytest, by no assertion: (no match in any"),
        (mutant(tests=["test_dies.py"]), "CRASHED   the-name, in pytest, by no assertion"),
    ],
)
def test_a_crash_or_nothing_at_all_catches_none(tried, broken, line):
    caught, said = tried(broken)
    assert not caught and line in said
    assert tried(mutant())[0]  # and the next one is tried as ever


def test_one_that_hangs_ends_and_so_does_what_it_started(tmp_path, tried, monkeypatch):
    monkeypatch.setattr(mutants, "PATIENCE", 10)
    told = f"import os\nx = 8\nos.environ['HELD'] = {str(tmp_path / 'held')!r}"
    caught, line = tried(mutant(new=told, tests=["test_hangs.py"]))
    assert not caught and line.endswith("by no assertion: no end after 10 s")
    ended = time.monotonic()
    with open(tmp_path / "held") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # free when the last process that has it is gone
    assert time.monotonic() - ended < 20
    monkeypatch.undo()
    assert tried(mutant())[0]


def test_what_a_mutant_did_no_other_sees(tried):
    for value in (8, 6, 9):
        caught, line = tried(mutant(new=f"x = {value}", tests=["test_alone.py"]))
        assert caught and line.endswith(f": assert {value} == 7")
    assert "SURVIVED" in tried(mutant(new="x = 7.0", tests=["test_alone.py"]))[1]


def test_what_forks_has_no_second_thread(warm, tried):
    assert tried(mutant())[0]
    assert len(os.listdir(f"/proc/{warm.process.pid}/task")) == 1


def write_table(root, **tests):
    """Mutants of x = 7, each with the test it names."""
    (root / "tests" / "mutants").mkdir()
    rows = [
        f"[{name}]\nfile = 'demos/it.py'\nold = 'x = 7'\nnew = 'x = 8'\nbreaks = 'seven'\n"
        f"tests = ['test_{test}.py']\n"
        for name, test in tests.items()
    ]
    (root / "tests" / "mutants" / "all.toml").write_text("\n".join(rows))


def test_one_that_survives_is_a_failure(tiny, capsys, run):
    write_table(tiny, one="it", two="blind", three="it")
    assert run() == 1
    out = capsys.readouterr().out
    assert "SURVIVED  two: seven" in out and "2 of 3 mutants caught" in out
    assert run("one", "three") == 0


def test_two_at_once(tiny, capsys):
    write_table(tiny, **{f"m{n}": ("it", "raises")[n % 2] for n in range(4)})
    assert mutants.run(jobs=2, root=tiny) == 1  # x + 1 is 9 there, and no key either
    out = capsys.readouterr().out
    assert out.count("caught    m") == out.count("SURVIVED") == 2 and "2 of 4" in out


def test_a_sample_is_drawn_again_with_the_seed_it_printed(tiny, capsys, run):
    write_table(tiny, **{f"m{n}": "it" for n in range(50)})
    drawn = []
    for seed in (None, 5, 5):
        run(sample=1, seed=seed)
        said, line, _ = capsys.readouterr().out.splitlines()
        drawn.append(line.partition(" s  ")[2])
        assert said.startswith("1 of 50 mutants, drawn with --seed ")
        assert seed is None or said.endswith(" 5")
    assert drawn[1] == drawn[2] != ""


def test_tests_that_fail_unmutated_are_an_error(tiny, run):
    write_table(tiny, one="it")
    (tiny / "demos" / "it.py").write_text("x = 7  # or\nx += 1\n")
    with pytest.raises(BuildError, match="test_it::test_seven fails unmutated: assert 8 == 7"):
        run()


def test_a_mutant_begins_with_what_the_cache_kept_and_leaves_it_alone(tiny, run, capsys):
    """The unmutated tests fill it; a mutant may spoil its own copy."""
    write_table(tiny, one="cache", two="cache")
    (tiny / "tests" / "test_cache.py").write_text(
        "import os\nfrom demos.it import x\n\n\ndef test_cache():\n"
        "    os.makedirs('build/cache', exist_ok=True)\n"
        "    with open('build/cache/made', 'a+') as file:\n"
        "        file.seek(0)\n        kept = file.read()\n        file.write(f'{x}')\n"
        "    assert (x, kept) == (7, '')\n"
    )
    run()
    out = capsys.readouterr().out
    assert out.count("assert (8, '7') == (7, '')") == 2
    assert not (tiny / "build").exists()


def test_a_table_is_narrowed_to_the_tests_that_caught(tiny, run):
    write_table(tiny, one="it", two="blind", three="it", four="it")
    file = tiny / "tests" / "mutants" / "all.toml"
    before = "# a word\n" + file.read_text()
    file.write_text(before)
    run("one", "two", narrow=0.0)
    after = file.read_text()
    assert after == before.replace(
        "tests = ['test_it.py']", 'tests = ["test_it.py::test_seven"]', 1
    )
    assert tomllib.loads(after)["one"]["tests"] == ["test_it.py::test_seven"]
    run("four", narrow=1000.0)
    assert file.read_text() == after


def test_the_command_hands_on_what_it_is_told(monkeypatch):
    told = []
    monkeypatch.setattr(mutants, "run", lambda *given: told.append(given) or 1)
    told_so = ["a", "b", "--sample", "3", "--seed", "4", "--jobs", "1", "--narrow", "5"]
    assert main(["mutants", *told_so]) == 1
    assert told == [(["a", "b"], 3, 4, 1, 5.0)]
