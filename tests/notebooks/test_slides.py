"""The notebooks of the talk as a student and a maintainer find them."""

import ast
import re
import subprocess
import symtable
import sys

import pytest

from demos.core import exercise
from scripts.build.decks import read_pool
from scripts.build.notebooks import read_all
from scripts.paths import ROOT, SLIDES

pytestmark = pytest.mark.code

NOTEBOOKS = read_all()
# comments, maths, sources, tags, link targets, headlines, and the lines of a table
NOT_WORDS = re.compile(
    r"<!--.*?-->|\$+[^$]+\$+|<small>.*?</small>|<[^>]+>|\[|\]\([^)]*\)|^#[^\n]*|^- |-{2,}|[|:*/]",
    re.M | re.S,
)
# a badge is read as its sentence; its count and word are looked up, like a figure's axis
BADGE = re.compile(r'(<data value="claims\.[^".]+">[^<·]*)·[^<]*</data>')
TOPICS = [notebook for notebook in NOTEBOOKS if notebook.topic not in read_pool().frames]
NAMES = [notebook.name for notebook in NOTEBOOKS]


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_code_and_notebooks_are_in_style():
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


def test_notebooks_are_committed_without_outputs():
    run("nbstripout", "--verify", "--keep-id", *map(str, sorted(SLIDES.glob("*.ipynb"))))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=NAMES)
def test_slides_hold_no_more_than_an_audience_can_take(notebook):
    words = lines = 0
    for cell in notebook.cells:
        if cell.slide_type in ("slide", "subslide"):
            words = lines = 0
        if cell.slide_type in ("notes", "skip"):
            continue
        if cell.kind == "markdown":
            text = re.sub(r"`[^`]*`", "code", BADGE.sub(r"\1", cell.source))
            words += len(NOT_WORDS.sub(" ", text).split())
        elif cell.is_on("echo"):
            lines += len(re.sub(r"\n{3,}", "\n\n", cell.code).splitlines())
        assert words <= 45, f"{cell}\n{words} words on the slide"
        assert lines <= 18, f"{cell}\n{lines} lines of code on the slide"
        assert len(cell.source.splitlines()) <= 20, f"{cell}\ntoo long for a student to take in"


# a verdict quoted in a sentence, where the next sentence begins though this one has not ended
UNENDED = re.compile(r'value="claims\.[\w-]+">[^<]*</data>(?=\s*$|\s+[A-Z])', re.M)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=NAMES)
def test_a_sentence_that_ends_with_a_verdict_has_its_full_stop(notebook):
    notes = [cell for cell in notebook.cells if cell.slide_type == "notes"]
    assert [str(cell) for cell in notes if UNENDED.search(cell.source)] == []


@pytest.mark.parametrize("notebook", TOPICS, ids=[topic.name for topic in TOPICS])
def test_every_topic_has_settings_to_change(notebook):
    assert any("# change me" in cell.code and cell.is_on("echo") for cell in notebook.code_cells)


def exercise_cell(notebook):
    (cell,) = [cell for cell in notebook.code_cells if "exercise.check(" in cell.code]
    return cell


@pytest.mark.parametrize("notebook", TOPICS, ids=[topic.name for topic in TOPICS])
def test_every_topic_ends_with_an_exercise_that_keeps_its_answer_to_itself(notebook):
    cell = exercise_cell(notebook)
    last = [c for c in notebook.cells if c.slide_type in ("slide", "subslide")][-1]
    assert last.source.startswith("## Change this")
    assert notebook.cells.index(cell) > notebook.cells.index(last)
    assert re.search(r'^guess = "\?"  # ', cell.code, re.MULTILINE)


@pytest.mark.parametrize("notebook", TOPICS, ids=[topic.name for topic in TOPICS])
def test_an_exercise_offers_two_words_and_a_reason_for_each(notebook, monkeypatch):
    cell, asked = exercise_cell(notebook), []
    monkeypatch.setattr(exercise, "check", lambda *given, **more: asked.append((given, more)))
    exec(slice_for(notebook, cell), {})
    (((guess, _), words),) = asked  # what it measures: test_exercises
    assert guess == "?"
    assert {words["larger"], words["smaller"]} == set(offered(cell))
    assert len(words["why"]) == 2 and all(words["why"])


def offered(cell):
    """The two words that a cell offers, in its comment; each is a name for itself."""
    words = re.search(r'^guess = "\?"  # (\w+) or (\w+)$', cell.code, re.MULTILINE).groups()
    assert cell.code.startswith(f'{words[0]}, {words[1]} = "{words[0]}", "{words[1]}"\n')
    return words


def slice_for(notebook, cell):
    """Code: the statements of earlier cells that the cell needs, then the cell itself."""
    code = [ast.parse(c.code).body for c in notebook.code_cells[: notebook.code_cells.index(cell)]]
    own, kept, needed = ast.parse(cell.code).body, [], set()
    for statement in reversed([s for body in code for s in body] + own):
        if statement in own or needed & writes(statement):
            kept.insert(0, statement)
            needed = needed - writes(statement) | reads([statement])
    return compile(ast.Module(kept, []), cell.file, "exec")


def table_of(*statements):
    """Python's own table of names."""
    return symtable.symtable("\n".join(map(ast.unparse, statements)), "cell", "exec")


def writes(statement):
    """Names that a statement gives to the notebook."""
    names = table_of(statement).get_symbols()
    return {n.get_name() for n in names if n.is_assigned() or n.is_imported() or n.is_namespace()}


def reads(statements):
    """Names of the notebook that statements use, in their functions and comprehensions too."""
    found, tables = set(), [table_of(*statements)]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        top = table.get_type() == "module"
        names = [n for n in table.get_symbols() if n.is_referenced() and (top or n.is_global())]
        found |= {n.get_name() for n in names}
    nodes = [node for statement in statements for node in ast.walk(statement)]
    changed = [n.target for n in nodes if isinstance(n, ast.AugAssign)]
    return found | {n.id for n in changed if isinstance(n, ast.Name)}  # x |= y needs an x before it
