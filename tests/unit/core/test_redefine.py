"""Functions rewritten from a slide; which functions a cell shows."""

import inspect

import pytest

from demos.core.redefine import redefine
from scripts.build.notebooks import Cell

MODULE = """
import functools

OFFSET = 10


def loud(function):
    @functools.wraps(function)
    def wrapped(*arguments):
        return function(*arguments)

    return wrapped


def plain(x, scale=1):
    return scale * x + OFFSET


@loud
def decorated(x):
    return plain(x)
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "rewritten.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    import sys

    monkeypatch.delitem(sys.modules, "rewritten", raising=False)
    import rewritten

    return rewritten


def test_a_rewritten_function_acts_wherever_it_is_known(module):
    known = module.plain
    redefine(
        [module.plain], "def plain(x, scale=3, *, more=1):\n    return scale * x + OFFSET + more"
    )
    assert known(1) == module.plain(1) == module.decorated(1) == 14
    assert known(1, more=0) == 13


def test_a_decorated_function_keeps_its_decorator(module):
    redefine([module.decorated], "@loud\ndef decorated(x):\n    return -x")
    assert module.decorated(2) == -2
    assert inspect.unwrap(module.decorated) is not module.decorated


def test_its_source_is_what_was_written(module):
    text = "def plain(x):\n    return 'new'\n"
    redefine([module.plain], text)
    assert inspect.getsource(module.plain) == text


def test_a_function_that_is_no_longer_there_is_named(module):
    with pytest.raises(NameError, match="no longer defines plain"):
        redefine([module.plain], "def other(x):\n    return x")
    assert module.plain(1) == 11


@pytest.mark.parametrize(
    ("code", "functions"),
    [
        ("source(ls.fit, ls.predict)", "ls.fit, ls.predict"),
        ("x = 1\nsource(\n    train,\n)", "train"),
        ("source(train)\nx = 1", ""),
        ("show(train)", ""),
        ("%matplotlib inline", ""),
        ("", ""),
    ],
)
def test_which_functions_a_cell_shows(code, functions):
    assert Cell("file", 1, "id", "code", code, "-").functions == functions
