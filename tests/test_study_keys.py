"""A study's key: it moves with all code that the measurement reaches, and with nothing else."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest

from demos import claims as registry
from demos.evidence import Study
from scripts import study_keys
from scripts.errors import BuildError
from scripts.essence import essence
from scripts.names import Ref

ROOT = Path(__file__).resolve().parents[1]
numbers = count()

# a package with a bit of everything; HERE stands for its name

EVEN = """
def even(n):
    return n == 0 or odd(n - 1)

"""
ODD = """
def odd(n):
    return n != 21 and even(n - 1)

"""
MAIN = '''
"""What is measured."""

import math
from functools import lru_cache, partial

import numpy as np

from HERE import tools
from HERE.tools import Base, doubled

STUCK = 0.1  # a constant
LIMITS = (1, 2.5)
SPAN = range(0, 7)
TABLE = {"a": 12, "b": lambda x: x + 13}
TABLE["c"] = 14
GRID = np.linspace(0, 1, 15)
Y, X = np.mgrid[0:3, 0:3]
PLAIN = tools.Settings(lr=0.16)
third = partial(tools.scaled, factor=17)
UNUSED = 1


@lru_cache
def survivors():
    """Who is left."""
    return [x for x in range(18) if x > 4]


class Model(Base):
    """A model."""

    depth = 19

    def run(self, x):
        """Go."""
        return self.start(x) + self.depth

    @staticmethod
    def still(x):
        return x - 20


EVEN_AND_ODD@doubled
def inner(x, shift=22):
    """Nested."""

    def nested(y):
        return y * 23

    total = nested(x) + shift
    return total + total


def measure(seeds, scale=1.0):
    """All of it."""
    model, found = Model(), survivors()  # here
    rows = [[seed * 2 for seed in seeds if seed > 8] for _ in SPAN]
    best = sorted(found, key=lambda row: -row)
    try:
        worst = inner(best[0]) < STUCK
    except ValueError as error:
        worst = error
    values = np.sin(GRID), X, Y, TABLE["b"](1), third(2), even(3), math.pi, LIMITS
    return {"value": model.run(rows), "worst": worst, "n": tools.COUNT * PLAIN.lr, "v": values}


def unused():
    return survivors()
'''
TOOLS = '''
from dataclasses import dataclass
from functools import wraps

COUNT = 31


@dataclass(frozen=True)
class Settings:
    """How."""

    lr: float = 0.004
    steps: int = 32

    def twice(self):
        return 33 * self.lr


class Base:
    def start(self, x):
        return x + 34


def doubled(function):
    @wraps(function)
    def wrapper(*args):
        return 35 * function(*args)

    return wrapper


def scaled(x, factor):
    return x * factor + 36
'''
FILES = {"main": MAIN.replace("EVEN_AND_ODD", EVEN + ODD), "tools": TOOLS}


@pytest.fixture
def key(tmp_path, monkeypatch):
    """key(files, settings, path): that of a study in a package of these files, measured by `path`."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def key(files=FILES, settings=None, path="main.measure"):
        name = f"toy_{next(numbers)}"
        (tmp_path / name).mkdir()
        for file, text in {"__init__": "", **files}.items():
            (tmp_path / name / f"{file}.py").write_text(text.replace("HERE", name), "utf-8")
        module, _, attribute = path.partition(".")
        measure = getattr(import_module(f"{name}.{module}"), attribute)
        return study_keys.key(Study("toy", measure, settings or {}))

    return key


def edited(file, *changes, files=FILES):
    """The files with one of them edited: `changes` are what was, what is, in turn."""
    text = files[file]
    for was, now in zip(changes[::2], changes[1::2], strict=True):
        assert was in text
        text = text.replace(was, now)
    return {**files, file: text}


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
    "functions in another order": ("main", EVEN + ODD, ODD + EVEN),
    "values written another way": ("main", "(1, 2.5)", "(1, 5 / 2)", "= 0.1", "= 1e-1"),
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


# syntax that is rare in demos/: whatever its name, each variable below is one and the same

RARE = {
    "main": """
import math

LEVEL, n_seen, n_rest = 41, 42, 43


class Meter(dict, metaclass=type):
    LEVEL = 44
    half = LEVEL / 2
    both: "list[int]"

    def read(self):
        return LEVEL, __class__, super().__init__()


async def later(source):
    async with source as n_open:
        await n_open
    return [n_each async for n_each in source]


def measure(a, b=1, /, *args, c, d=None, **others):
    n_count = 3
    global n_seen
    n_seen = n_count

    def more():
        nonlocal n_count
        n_count += 45
        return [n_count for n_count in a[1:, ::2] if (n_last := n_count)]

    try:
        n_all = [n_each for n_each in a if (n_kept := n_each)], n_kept
    except* ValueError as n_wrong:
        raise n_wrong
    match a:
        case {"k": n_value, **n_rest}:
            return n_value, n_rest
        case [1, *n_rest] as n_whole:
            return n_rest, n_whole
        case -1 | None:
            pass
    text = f"{a!r:>{n_count}} {b=} {{}} {n_count:.2f}" f"{a}" "tail" + f"{a:}" + "\\u2028\\U0001fae8é"
    del n_all
    return {**others, "a": math.pi, 1: 1e999, 2: 3j, 4: b"\\xff", 5: ..., 6: text}, Meter, later
"""
}


def test_rare_syntax_is_understood(key):
    names = sorted(set(re.findall(r"n_[a-z]+", RARE["main"])))
    assert len(names) > 10
    for name in names:
        assert key(edited("main", name, f"{name}_", files=RARE)) == key(RARE), name
    for was, now in (
        ("LEVEL, __class", "LEVEL + 1, __class"),
        ("41", "40"),
        ("= 44", "= 46"),
        ("a[1:, ::2]", "a[1:, ::3]"),
        ("n_value, n_rest", "n_rest, n_value"),
        ("n_rest, n_whole", "n_whole, n_rest"),
        ("{n_count:.2f}", "{n_count:.3f}"),
        ("nonlocal n_count", "n_count = 0"),
        ("global n_seen", "n_seen = 0"),
        ("except*", "except"),
        ("async for", "for"),
    ):
        assert key(edited("main", was, now, files=RARE)) != key(RARE), was


def test_every_python_writes_code_down_in_the_same_way(key, tmp_path):
    key(RARE)
    (package,) = tmp_path.glob("toy_*")
    code = [essence(Ref(f"{package.name}.main", name)) for name in ("measure", "Meter", "later")]
    plain = json.dumps(code).replace(package.name, "toy")
    by_all = "24ff9819cda5cc4ae705"  # Python 3.11, 3.12 and 3.13
    assert hashlib.sha256(plain.encode()).hexdigest()[:20] == by_all


STATE = {
    "main": """
from functools import lru_cache

kept, count = {}, 0


@lru_cache
def slow(x):
    kept[x] = x + 1
    return kept[x]


def measure(seeds):
    global count
    count += 1
    return {"value": [slow(seed) for seed in seeds]}
"""
}


def test_the_key_stays_when_the_measurement_has_run(key, tmp_path):
    before = key(STATE)
    (package,) = tmp_path.glob("toy_*")
    measure = sys.modules[f"{package.name}.main"].measure
    assert measure([1, 2]) == {"value": [2, 3]}
    assert sys.modules[f"{package.name}.main"].kept
    assert study_keys.key(Study("toy", measure)) == before


# measurements that are no function at the top of a module

MADE = {
    "main": """
from functools import lru_cache, partial, wraps


def times(factor, plus=1):
    more = plus + 2

    def measure(seeds, by=more):
        return {"value": [factor * seed + more * by for seed in seeds]}

    return measure


def louder(function):
    @wraps(function)
    def loud(*args):
        return {"value": function(*args)["value"] * 3}

    return loud


def plain(seeds, way=4):
    return {"value": seeds * way}


class Meter:
    def __init__(self, scale):
        self.scale = scale

    def read(self, seeds):
        return {"value": seeds * self.scale}

    @staticmethod
    def fixed(seeds):
        return {"value": seeds * 5}

    def __call__(self, seeds):
        return {"value": seeds * 6}


made, wrapped, cached = times(7), louder(plain), lru_cache(plain)
short = lambda seeds: {"value": seeds * 8}
part, bound, still, called = partial(plain, way=9), Meter(10).read, Meter.fixed, Meter(11)
"""
}
PARTS = {
    "made": ("times(7)", "times(6)", "plus + 2", "plus + 3", "factor * seed", "factor - seed"),
    "wrapped": ('["value"] * 3', '["value"] * 2', "way=4", "way=3"),
    "cached": ("way=4", "way=3"),
    "short": ("seeds * 8", "seeds * 7"),
    "part": ("way=9", "way=8", "seeds * way", "seeds + way"),
    "bound": ("Meter(10)", "Meter(9)", "self.scale}", "-self.scale}"),
    "still": ("seeds * 5", "seeds * 4"),
    "called": ("Meter(11)", "Meter(12)", "seeds * 6", "seeds * 7"),
}


@pytest.mark.parametrize("name", PARTS)
def test_any_callable_can_measure(key, name):
    path = f"main.{name}"
    before, changes = key(MADE, path=path), PARTS[name]
    words = edited("main", "more", "extra", "louder", "noisier", files=MADE)
    assert key(words, path=path) == before
    for was, now in zip(changes[::2], changes[1::2], strict=True):
        assert key(edited("main", was, now, files=MADE), path=path) != before, was


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("from HERE.tools import *\ndef measure(seeds): pass", "import \\*"),
        ("a, measure = lambda seeds: 1, lambda seeds: 2", "two lambdas in a line"),
        (
            "from functools import partial\nmeasure = partial(lambda seeds, to: 1, iter(()))",
            "no key can tell",
        ),
    ],
)
def test_what_no_key_can_tell_is_refused(key, text, message):
    with pytest.raises(BuildError, match=message):
        key({"main": text, "tools": "x = 1"})


def test_versions_count_those_of_scipy_where_it_is_reached(key, monkeypatch):
    uses = {
        "main": "from scipy import stats\ndef measure(seeds):\n    return stats.norm.pdf(seeds)"
    }
    before = key(uses), key()
    real = study_keys.version
    monkeypatch.setattr(study_keys, "version", lambda name: real(name) + ".1" * (name == "scipy"))
    after = key(uses), key()
    assert after[0] != before[0] and after[1] == before[1]
    monkeypatch.setattr(study_keys, "version", lambda name: real(name) + ".1" * (name == "torch"))
    assert key() != before[1]


# the studies of the talk, measured by an edited copy of demos/

KEYS = """
import json
import sys
from demos import claims
from scripts import study_keys

studies = list(claims.all_studies().items())
for name, study in reversed(studies) if sys.argv[1] == "backwards" else studies:
    print(json.dumps([name, study_keys.key(study)]))
"""
WIDE = {"network-wide", "network-quick", "network-first-steps", "network-rates", "network-adam"}
CORRELATIONS = {f"correlations-{name}" for name in ("worlds", "cures", "counterexamples")}
WIDE |= {"l2-straight", "l2-wide", "l2-quick", "bump-plain", "bump-decayed", "network-long"}


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
    ("networks.py", "layers", "stack"),
    ("verdicts.py", "LEVEL = 0.05", "LEVEL = 0.06"),
    ("style.py", "def canvas(", "def unused():\n    return 1\n\n\ndef canvas("),
    ("claims/bump_error.py", "bound=1e-9", "bound=1e-8"),
    ("claims/correlations.py", '"""The test images', '"""Test images'),
)


@pytest.mark.parametrize(
    ("changes", "moved"),
    [
        (WORDS_OF_DEMOS, set()),
        ([("wide.py", "DRY = 1e-12", "DRY = 1e-11")], WIDE),
        ([("claims/correlations.py", "TEST_SEED = 99", "TEST_SEED = 98")], CORRELATIONS),
        ([("claims/bump_error.py", "Settings()) < 1]", "Settings()) < 2]")], {"bump-decayed"}),
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
