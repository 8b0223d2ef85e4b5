"""A study's key: it moves with all code that the measurement reaches, and with nothing else."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial

import pytest
from keying import EVEN, FILES, ODD, TOOLS, edited, key_of

from demos.core.evidence import registry
from scripts.evidence import study_keys
from scripts.paths import ROOT

pytestmark = pytest.mark.code


@pytest.fixture
def key(tmp_path, monkeypatch):
    """key(files, settings, path): that of a study in a package of its own."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return partial(key_of, tmp_path)


CODE = {
    "a constant": ("main", "STUCK = 0.1", "STUCK = 0.2"),
    "a tuple": ("main", "(1, 2.5)", "(1, 2.6)"),
    "a range": ("main", "range(0, 7)", "range(1, 7)"),
    "a dict": ("main", '"a": 12', '"a": 13'),
    "a lambda in a dict": ("main", "x + 13", "x - 13"),
    "a dict, at a place": ("main", '["c"] = 14', '["c"] = 15'),
    "an array": ("main", "np.linspace(0, 1, 15)", "np.linspace(0, 1, 16)"),
    "two arrays, swapped": ("main", "Y, X =", "X, Y ="),
    "a dataclass's value": ("main", "lr=0.16", "lr=0.17"),
    "a field's default": ("tools", "steps: int = 32", "steps: int = 33"),
    "a field is no field": ("tools", "steps: int = 32", "steps = 32"),
    "a dataclass's method": ("tools", "33 * self.lr", "33 + self.lr"),
    "behind lru_cache": ("main", "x > 4", "x > 5"),
    "behind partial": ("tools", "factor + 36", "factor - 36"),
    "an argument of partial": ("main", "factor=17", "factor=18"),
    "by another module's attribute": ("tools", "COUNT = 31", "COUNT = 32"),
    "a decorator": ("tools", "35 * function", "36 * function"),
    "decorated or not": ("main", "@doubled\n", ""),
    "a default": ("main", "shift=22", "shift=23"),
    "a nested function": ("main", "y * 23", "y / 23"),
    "a method": ("main", "+ self.depth", "- self.depth"),
    "a static method": ("main", "x - 20", "x + 20"),
    "a value of a class": ("main", "depth = 19", "depth = 18"),
    "a base class": ("tools", "x + 34", "x + 35"),
    "another base class": ("main", "Model(Base)", "Model(tools.Settings)"),
    "a filter in nested brackets": ("main", "seed > 8", "seed >= 8"),
    "an operator in a lambda": ("main", "-row", "+row"),
    "in a circle": ("main", "n != 21", "n != 20"),
    "what is caught": ("main", "except ValueError", "except TypeError"),
    "a function from outside": ("main", "np.sin", "np.cos"),
    "another constant": ("main", "< STUCK", "< UNUSED"),
    "another local": ("main", "model.run(rows)", "model.run(best)"),
    "the same name twice": ("main", "total + total", "total + shift"),
    "a parameter's name": ("main", "scale=1.0", "size=1.0"),
    "what is raised, where it is no check": (
        "main",
        '"""Who is left."""',
        '"""Who is left."""\n    if UNUSED == 2:\n        raise ValueError',
    ),
    "what is done after making": (
        "tools",
        "    steps: int = 32\n",
        "    steps: int = 32\n\n    def __post_init__(self):\n        self.__dict__['steps'] = 3\n",
    ),
    "what importing does": ("main", "UNUSED = 1", "np.set_printoptions(precision=8)"),
}


@pytest.mark.parametrize("change", CODE.values(), ids=CODE)
def test_the_key_moves_with_code_that_is_reached(key, change):
    assert key(edited(*change)) != key()


WORDS = {
    "a local": ("main", "total", "whole"),
    "locals that swap names": ("main", "best", "model_", "model", "best", "best_", "model"),
    "a variable in brackets": ("main", "seed ", "one "),
    "a nested function": ("main", "nested", "within"),
    "what is caught": ("main", "error", "wrong"),
    "a function": ("main", "inner", "outer"),
    "functions in a circle": ("main", "even", "straight", "odd", "even"),
    "a function behind lru_cache": ("main", "survivors", "left"),
    "a class": ("main", "Model", "Network"),
    "a constant": ("main", "STUCK", "FLAT"),
    "an array": ("main", "GRID", "POINTS"),
    "a module's short name": ("main", "np.", "numpy.", "import numpy as np", "import numpy"),
    "what an import names": ("main", "import math\n", "from math import pi\n", "math.pi", "pi"),
    "an import inside": (
        "main",
        '"""All of it."""',
        "from HERE import tools as kit",
        "tools.COUNT",
        "kit.COUNT",
    ),
    "imports in another order": (
        "main",
        "import math\nfrom functools import lru_cache, partial\n\nimport numpy as np\n",
        "import numpy as np\nfrom functools import partial, lru_cache\nimport math\n",
    ),
    "docstrings": ("main", "All of it.", "Everything.", "Who is left.", "", "A model.", "One"),
    "no docstring": ("main", '    """Who is left."""\n', ""),
    "a comment": ("main", "# here", "# there"),
    "layout": (
        "main",
        "nested(x) + shift",
        "(\n        nested(x)\n        + (shift))",
        "0:3",
        "0 : 3",
    ),
    "a type": ("main", "def even(n):", "def even(n: int) -> bool:", "total =", "total: float ="),
    "a field's type": ("tools", "steps: int", "steps: 'float'"),
    "an unused function": ("main", "return survivors()", "return 3"),
    "one more unused function": ("main", "def unused", "def more():\n    return 1\n\n\ndef unused"),
    "an unused constant": ("main", "UNUSED = 1", "UNUSED = 2\nMORE = 3"),
    "constants named like locals": (
        "main",
        "UNUSED = 1",
        "n = total = seed = row = model = error = self = nested = function = 1",
    ),
    "an unused dict, at a place": ("main", "UNUSED = 1", "UNUSED = {}\nUNUSED['a'] = 1"),
    "how a string is written": ("main", '{"value"', "{u'value'"),
    "what only the command does": (
        "main",
        "UNUSED = 1",
        "if __name__ == '__main__':\n    print(measure([1]))",
    ),
    "functions in another order": ("main", EVEN + ODD, ODD + EVEN),
    "values written another way": ("main", "(1, 2.5)", "(1, 5 / 2)", "= 0.1", "= 1e-1"),
    "a check, which raises or does nothing": (
        "main",
        "import math\n",
        "import math\nfrom demos.core import checks\n",
        '"""Who is left."""',
        '"""Who is left."""\n    checks.some("values", [1])',
    ),
    "checks of a dataclass": (
        "tools",
        "    steps: int = 32\n",
        "    steps: int = 32\n\n    def __post_init__(self):\n        checks.whole('steps', self.steps)\n",
        "from functools import wraps\n",
        "from functools import wraps\nfrom demos.core import checks\n",
    ),
    "a dataclass's value written another way": ("main", "lr=0.16", "0.16, 16 * 2"),
}


@pytest.mark.parametrize("change", WORDS.values(), ids=WORDS)
def test_the_key_stays_where_only_words_change(key, change):
    assert key(edited(*change)) == key()


def test_the_key_stays_where_names_change_in_two_modules_or_a_function_moves(key):
    renamed = edited(
        "main", "HERE import tools", "HERE import kit as tools", "HERE.tools", "HERE.kit"
    )
    assert key({"main": renamed["main"], "kit": TOOLS}) == key()
    files = edited("tools", "doubled", "twofold", files=edited("main", "doubled", "twofold"))
    assert key(files) == key()
    there, moved = FILES["tools"].split("def scaled")
    files = edited("main", "tools.scaled", "new.scaled", "import tools\n", "import tools, new\n")
    assert key({**files, "tools": there, "new": f"def scaled{moved}"}) == key()


def test_the_key_moves_with_settings(key):
    settings = {"a": 1, "b": (2, 3)}
    seen = {key(settings=each) for each in (None, settings, settings | {"b": (2, 4)})}
    assert len(seen) == 3
    assert key(settings={"b": [2, 3], "a": 1}) in seen  # the same as JSON


# the studies of the talk, measured by an edited copy of demos/

KEYS = """
import json
import sys
from demos.core.evidence import registry as claims
from scripts.evidence import study_keys

studies = list(claims.all_studies().items())
for name, study in reversed(studies) if sys.argv[1] == "backwards" else studies:
    print(json.dumps([name, study_keys.key(study)]))
"""
WIDE = {"network-wide", "network-quick", "network-first-steps", "network-rates", "network-adam"}
CORRELATIONS = {f"correlations-{name}" for name in ("worlds", "cures", "counterexamples")}
WIDE |= {"l2-straight", "l2-wide", "l2-quick", "bump-plain", "bump-decayed", "network-long"}
WIDE |= {"l2-stuck", "l2-doses", "l2-going-on", "network-survivors", "network-sizes"}


def keys_of_copy(folder, *changes, seed="1", order="forwards"):
    """{study: key} by another process, for a copy of demos/ where a file's `was` is `now`."""
    shutil.copytree(ROOT / "demos", folder / "demos", ignore=shutil.ignore_patterns("__pycache__"))
    for file, was, now in changes:
        path = folder / "demos" / file
        text = path.read_text(encoding="utf-8")
        assert was in text
        path.write_text(text.replace(was, now), encoding="utf-8")
    paths = os.pathsep.join([str(folder), str(ROOT)])
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", KEYS, order]
    done = subprocess.run(command, env=env, cwd=folder, check=True, capture_output=True, text=True)
    return dict(map(json.loads, done.stdout.splitlines()))


@pytest.fixture(scope="module")
def keys():
    """{study: its key} here."""
    return {name: study_keys.key(study) for name, study in registry.all_studies().items()}


WORDS_OF_DEMOS = (
    ("core/networks.py", "layers", "stack"),
    ("core/evidence/verdicts.py", "LEVEL = 0.05", "LEVEL = 0.06"),
    ("core/style.py", "def canvas(", "def unused():\n    return 1\n\n\ndef canvas("),
    ("bump_error/claims.py", "bound=1e-9", "bound=1e-8"),
    ("correlations/claims.py", '"""The test images', '"""Test images'),
)


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        (WORDS_OF_DEMOS, set()),
        ([("core/wide.py", "DRY = 1e-12", "DRY = 1e-11")], WIDE),
        ([("correlations/claims.py", "TEST_SEED = 99", "TEST_SEED = 98")], CORRELATIONS),
        (
            [("bump_error/claims.py", "settings).max() < 1]", "settings).max() < 2]")],
            {"bump-decayed"},
        ),
    ],
    ids=["words", "a constant of wide", "a constant of a claim", "behind lru_cache"],
)
def test_an_edited_demo_moves_the_keys_of_the_studies_that_reach_it(tmp_path, keys, changes, moved):
    there = keys_of_copy(tmp_path, *changes)
    assert there.keys() == keys.keys()
    assert {name for name in keys if there[name] != keys[name]} == moved


def test_keys_are_the_same_in_another_process_whatever_the_order(tmp_path, keys):
    assert keys_of_copy(tmp_path, seed="2", order="backwards") == keys
    assert len(set(keys.values())) == len(keys)
    assert all(len(key) == 20 and int(key, 16) >= 0 for key in keys.values())
