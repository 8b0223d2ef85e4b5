"""Each part's "Change this": its cell, run with the published settings, gives the answer it should."""

import ast
import math
import re

import pytest
from per_topic import lacking, of_topic

from scripts.build.notebooks import read_all


def assigned(statement):
    """Names that a statement gives a meaning to."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {(name.asname or name.name).split(".")[0] for name in statement.names}
    stored = (n for n in ast.walk(statement) if isinstance(n, ast.Name))
    return {n.id for n in stored if isinstance(n.ctx, ast.Store)}


def needed(tree):
    """Names that code reads and does not make itself."""
    names = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    made = {n.id for n in names if isinstance(n.ctx, ast.Store)}
    given = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    return read - made - given


def prepared(notebook):
    """The exercise's cell, and a namespace with what it needs of the cells above it, run."""
    cells = [cell.code for cell in notebook.code_cells]
    (at,) = [n for n, text in enumerate(cells) if "exercise.check(" in text]
    missing, before = needed(ast.parse(cells[at])), []
    for text in reversed(cells[:at]):
        for statement in reversed(ast.parse(text).body):
            if assigned(statement) & missing:
                missing = missing - assigned(statement) | needed(statement)
                before.insert(0, statement)
    space = {}
    exec(compile(ast.Module(before, []), notebook.file, "exec"), space)
    return cells[at], space


NOTEBOOKS = {n.name: n for n in read_all() if any("exercise.check(" in c.source for c in n.cells)}


def test_every_part_that_asks_is_answered():
    topics = [notebook.topic for notebook in NOTEBOOKS.values()]
    assert lacking(topics, "ANSWER", "OTHERWISE") == []


def parts(text, name):
    """The cell but for its question, and the question: both compiled."""
    body = ast.parse(text).body
    return [compile(ast.Module(b, []), name, "exec") for b in (body[:-1], body[-1:])]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_exercise_refuses_to_tell_then_says_right_or_not(name, capsys):
    text, space = prepared(NOTEBOOKS[name])
    define, ask = parts(text, name)
    exec(define, space)
    calls, measure = [], space["measure"]
    space["measure"] = lambda: calls.append(measure()) or calls[0]
    exec(ask, space)
    assert not calls, "the experiment ran before there was a guess"
    assert capsys.readouterr().out.startswith("Predict first")

    right = space["guess"] = of_topic(NOTEBOOKS[name].topic, "ANSWER")
    exec(ask, space)
    assert len(calls) == 1
    assert len(calls[0]) == 2 and all(map(math.isfinite, calls[0].values()))
    numbers, verdict, why = capsys.readouterr().out.splitlines()
    assert all(f"{each}: " in numbers for each in calls[0])
    assert verdict == f"You said {right}, the run says {right}: right!"
    assert why.startswith("Why: ")

    (other,) = set(re.search(r"# (\w+) or (\w+)\n", text).groups()) - {right}
    space |= {
        "guess": space[other].title(),
        "measure": lambda: calls[0],
    }  # a name, no quotes needed
    exec(ask, space)
    told = capsys.readouterr().out
    assert f"You said {other}, the run says {right}: not this time." in told and why in told


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_changed_setting_changes_the_answer(name, capsys):
    topic = NOTEBOOKS[name].topic
    change, expected = of_topic(topic, "OTHERWISE")
    text, space = prepared(NOTEBOOKS[name])
    define, ask = parts(text, name)
    exec(define, space)
    exec(change, space)
    space["guess"] = expected
    exec(ask, space)
    assert f"the run says {expected}: right!" in capsys.readouterr().out
    assert expected != of_topic(topic, "ANSWER")
