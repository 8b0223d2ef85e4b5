"""Each part's "Change this": its cell, run with the published settings, gives the answer it should."""

import ast
import math
import re

import pytest

from scripts.build.notebooks import read_all

# What each experiment answers, and by how much: none of them is a close call.
ANSWERS = {
    "01-least-squares": "below",  # 1.6 times the error of 5 coefficients
    "02-primer": "no",  # at a kink nudging takes the mean of two slopes, autograd one of them
    "03-network-fit": "more",  # seven of eight
    "04-l2-penalty": "hurts",  # straight on is right, and decay bends it: on every seed
    "05-bump-error": "no",  # its units are on at five points: too sharp for the step, it is gone
    "06-correlations": "less",  # about a third, on every seed
    "07-dropout": "above",  # 0.8, on every seed
    "15-bias-and-variance": "stay",  # to within a few percent
    "19-early-stopping": "more",  # two looks without a better one come early: a hundred times
    "20-ensembles": "more",  # twelve times
    "22-augmentation": "more",  # by five points
    "23-label-smoothing": "larger",  # two hundred times
}
# One setting changed, as the reader is invited to, and what the cell says then.
OTHERWISE = {
    "01-least-squares": ("coefficients = 20", "above"),
    "02-primer": ("x = np.array([-0.5, 0.4, 1.0])", "yes"),
    "03-network-fit": ("lr = 0.012", "fewer"),
    "04-l2-penalty": ("from demos.core.curve import curve as target", "helps"),
    "05-bump-error": ("moved = bump.Construction(gap=4, slope=10.0)", "yes"),
    "06-correlations": ("pictures, world = 1000, cor.World(0.5, 0.5)", "more"),
    "07-dropout": ("missing = 0.0", "below"),
    "15-bias-and-variance": ('part = "variance"', "halve"),  # to a quarter
    "19-early-stopping": ("noise_sd = 0.3", "less"),  # by a third
    "20-ensembles": ("noise_sd = 0.3", "less"),  # by a third
    "22-augmentation": ('tested, seeds = "centred", range(4)', "fewer"),  # by four points
    "23-label-smoothing": ("spread, seeds = 1.0, range(8)", "smaller"),  # by more than half
}


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


def test_every_part_that_asks_is_answered_here():
    assert sorted(NOTEBOOKS) == sorted(ANSWERS) == sorted(OTHERWISE)


def parts(text, name):
    """The cell but for its question, and the question: both compiled."""
    body = ast.parse(text).body
    return [compile(ast.Module(b, []), name, "exec") for b in (body[:-1], body[-1:])]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_exercise_refuses_to_tell_then_says_right_or_not(name, capsys):
    text, space = prepared(NOTEBOOKS[name])
    define, ask = parts(text, name)
    exec(define, space)
    calls, measure = [], space["measure"]
    space["measure"] = lambda: calls.append(measure()) or calls[0]
    exec(ask, space)
    assert not calls, "the experiment ran before there was a guess"
    assert capsys.readouterr().out.startswith("Predict first")

    right = space["guess"] = ANSWERS[name]
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


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_changed_setting_changes_the_answer(name, capsys):
    change, expected = OTHERWISE[name]
    text, space = prepared(NOTEBOOKS[name])
    define, ask = parts(text, name)
    exec(define, space)
    exec(change, space)
    space["guess"] = expected
    exec(ask, space)
    assert f"the run says {expected}: right!" in capsys.readouterr().out
    assert expected != ANSWERS[name]
