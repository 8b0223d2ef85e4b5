"""Studies of small packages, to see what moves a study's key."""

from importlib import import_module
from itertools import count

from demos.core.evidence.study import Study
from scripts.evidence import study_keys

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


def written(folder, files):
    """Write a package of these files under a name that is new; returns its name."""
    name = f"toy_{next(numbers)}"
    (folder / name).mkdir()
    for file, text in {"__init__": "", **files}.items():
        (folder / name / f"{file}.py").write_text(text.replace("HERE", name), encoding="utf-8")
    return name


def key_of(folder, files=FILES, settings=None, path="main.measure"):
    """The key of a study in a new package of these files, in a folder of sys.path."""
    module, _, attribute = path.partition(".")
    measure = getattr(import_module(f"{written(folder, files)}.{module}"), attribute)
    return study_keys.key(Study("toy", measure, settings or {}))


def edited(file, *changes, files=FILES):
    """The files with one of them edited: `changes` are what was, what is, in turn."""
    text = files[file]
    for was, now in zip(changes[::2], changes[1::2], strict=True):
        assert was in text
        text = text.replace(was, now)
    return {**files, file: text}
