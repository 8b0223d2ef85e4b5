"""A prediction before a measurement; the code that a slide shows."""

import ast
import inspect
import textwrap

import numpy as np
import pytest

from demos.core import ensemble, exercise, source, training
from demos.core.curve import curve, rmse, sample
from demos.core.ensemble import Ensemble
from demos.core.networks import Sine, mlp

HIGH, LOW = {"mine": 0.31249, "yours": 0.2}, {"mine": 0.2, "yours": 1234.4}
WHY = ("mine is the larger one", "yours is at least as large")


def reply(capsys, guess, measured, why=WHY):
    """What the reader is told, and whether anything was measured for it."""
    ran = []
    exercise.check(guess, lambda: ran.append(1) or measured, "above", "below", why)
    return capsys.readouterr().out, bool(ran)


@pytest.mark.parametrize("guess", [None, "", "?"])
def test_without_a_guess_nothing_is_measured(capsys, guess):
    said, ran = reply(capsys, guess, HIGH)
    assert said.startswith("Predict first: write above or below") and not ran


@pytest.mark.parametrize("guess", ["above", "Above", " above ", "'above'", "ABOVE."])
def test_a_guess_is_understood_however_it_is_written(capsys, guess):
    said, ran = reply(capsys, guess, HIGH)
    assert ran and "You said above, the run says above: right!" in said


@pytest.mark.parametrize(
    ("guess", "meant"),
    [
        ("abvoe", "Did you mean above?"),
        ("belwo", "Did you mean below?"),
        ("yes", ""),
        (True, ""),
        (1, ""),
    ],
)
@pytest.mark.parametrize("measured", [HIGH, LOW])
def test_a_slip_of_the_pen_is_told_and_gives_nothing_away(capsys, guess, meant, measured):
    said, ran = reply(capsys, guess, measured)
    assert not ran
    assert said == reply(capsys, guess, {})[0]  # whatever the run would say
    assert said.startswith(f"{guess!r} is no answer here.") and "Write above or below" in said
    assert meant in said and said.count("Did you mean") == bool(meant)


@pytest.mark.parametrize(
    ("guess", "measured", "says", "numbers", "why"),
    [
        ("above", HIGH, "the run says above: right!", "mine: 0.312, yours: 0.2\n", WHY[0]),
        ("below", HIGH, "the run says above: not this time.", "mine: 0.312, yours: 0.2\n", WHY[0]),
        ("below", LOW, "the run says below: right!", "mine: 0.2, yours: 1,234\n", WHY[1]),
        ("above", LOW, "the run says below: not this time.", "mine: 0.2, yours: 1,234\n", WHY[1]),
        (
            "below",
            {"a": np.float32(2), "b": 2},
            "the run says below: right!",
            "a: 2, b: 2\n",
            WHY[1],
        ),
    ],
)
def test_the_reply_has_both_numbers_the_verdict_and_why(
    capsys, guess, measured, says, numbers, why
):
    said, _ = reply(capsys, guess, measured)
    assert said == f"{numbers}You said {guess}, {says}\nWhy: {why}.\n"


def test_without_a_reason_none_is_given(capsys):
    assert "Why" not in reply(capsys, "above", HIGH, ("", ""))[0]


@pytest.mark.parametrize("broken", [float("nan"), float("inf")])
def test_a_run_that_went_astray_proves_nobody_wrong(capsys, broken):
    said, _ = reply(capsys, "above", {"mine": broken, "yours": 1.0})
    assert "went astray" in said and "You said" not in said


@pytest.mark.parametrize("measured", [{}, {"one": 1.0}, {"a": 1, "b": 2, "c": 3}])
def test_anything_but_two_numbers_is_the_authors_mistake(capsys, measured):
    with pytest.raises(ValueError, match="two numbers by name"):
        reply(capsys, "above", measured)


def documented(x, y=2):
    """A docstring

    of several lines."""

    # a comment that stays
    def inner(z):
        """Another."""
        return z + y

    class Local:
        """And another."""

        value = "not a docstring"

    return inner(x), Local  # here too


def without_docstrings(tree):
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return ast.dump(tree)


@pytest.mark.parametrize(
    "function", [documented, curve, sample, mlp, Sine, training.train, Ensemble, ensemble.train]
)
def test_the_code_on_a_slide_is_the_code_that_ran(function):
    shown = source.code_of(function)
    original = ast.parse(textwrap.dedent(inspect.getsource(function)))
    assert ast.get_docstring(original.body[0])
    assert ast.dump(ast.parse(shown)) == without_docstrings(original)
    assert '"""' not in shown


def test_comments_stay_and_several_sources_are_shown_in_order():
    assert "# a comment that stays" in source.code_of(documented)
    bundle = source.source(curve, rmse)._repr_mimebundle_()
    text = bundle["text/plain"]
    assert text == f"{source.code_of(curve)}\n\n{source.code_of(rmse)}"
    assert bundle["text/markdown"] == f"```python\n{text}\n```"
