"""A prediction before a measurement; the code that a slide shows."""

import ast
import inspect
import textwrap

import numpy as np
import pytest

from demos import ensemble, exercise, source, training
from demos.curve import curve, rmse, sample
from demos.ensemble import Ensemble
from demos.networks import Sine, mlp


def test_without_a_prediction_nothing_is_measured(capsys):
    exercise.check(None, measure=None)  # calling it would fail
    assert capsys.readouterr().out.startswith("Predict first")


@pytest.mark.parametrize(
    ("said", "measured", "within", "right"),
    [
        ("above", "above", 0.2, True),
        ("above", "below", 0.2, False),
        (True, True, 0.2, True),
        (False, True, 0.2, False),
        (1.15, 1.0, 0.2, True),
        (1.25, 1.0, 0.2, False),
        (1.25, 1.0, 0.3, True),
        (-0.9, -1.0, 0.2, True),
        (0.9, -1.0, 0.2, False),
        (4, 4, 0.0, True),
        (2, np.float64(2.1), 0.1, True),
        (True, np.bool_(True), 0.2, True),
        (False, np.bool_(True), 0.2, False),
    ],
)
def test_a_prediction_is_compared_with_what_is_measured(capsys, said, measured, within, right):
    exercise.check(said, lambda: measured, within)
    out = capsys.readouterr().out
    assert out.startswith(f"You said {said}, the run says ")
    assert ("right!" in out) == right
    assert ("not this time" in out) == (not right)


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
