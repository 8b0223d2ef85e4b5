"""Keys of what is rare in demos/: odd syntax, state, measurements that are made, not defined."""

import hashlib
import json
import re
from functools import partial
from importlib import import_module

import pytest
from keying import edited, key_of, written

from demos.core.evidence.study import Study
from scripts.errors import BuildError
from scripts.evidence import study_keys
from scripts.evidence.essence import essence
from scripts.evidence.names import Ref

pytestmark = pytest.mark.code


@pytest.fixture
def key(tmp_path, monkeypatch):
    """key(files, settings, path): that of a study in a package of its own."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return partial(key_of, tmp_path)


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
        case [1, *n_tail] as n_whole:
            return n_tail, n_whole
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
        ("n_tail, n_whole", "n_whole, n_tail"),
        ("{n_count:.2f}", "{n_count:.3f}"),
        ("nonlocal n_count", "n_count = 0"),
        ("global n_seen", "n_seen = 0"),
        ("except*", "except"),
        ("async for", "for"),
    ):
        assert key(edited("main", was, now, files=RARE)) != key(RARE), was


def test_every_python_writes_code_down_in_the_same_way(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    package = written(tmp_path, RARE)
    code = [essence(Ref(f"{package}.main", name)) for name in ("measure", "Meter", "later")]
    plain = json.dumps(code).replace(package, "toy")
    by_all = "d5fd6ab49af00e6f9d83"  # Python 3.11, 3.12 and 3.13
    assert hashlib.sha256(plain.encode()).hexdigest()[:20] == by_all


STATE = {
    "main": """
from dataclasses import dataclass
from functools import lru_cache


@dataclass
class Log:
    calls: int = 0


kept, count, log = {}, 0, Log()


@lru_cache
def slow(x):
    kept[x] = x + 1
    return kept[x]


def measure(seeds):
    global count
    count += 1
    log.calls += 1
    return {"value": [slow(seed) for seed in seeds]}
"""
}


def test_the_key_stays_when_the_measurement_has_run(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    measure = import_module(f"{written(tmp_path, STATE)}.main").measure
    before = study_keys.key(Study("toy", measure))
    assert measure([1, 2]) == {"value": [2, 3]}
    assert study_keys.key(Study("toy", measure)) == before


# measurements that are no function at the top of a module

MADE = {
    "main": """
from functools import lru_cache, partial, wraps


def times(factor, plus=1):
    more, offset, spare = plus + 2, 12 + factor, 0

    def measure(seeds, by=more):
        nonlocal spare
        if len(seeds) == 0:
            return measure([1])
        return {"value": [factor * seed + offset + by for seed in seeds]}

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
    words = ("more", "extra", "offset", "away", "louder", "noisier")  # another alphabetical order
    assert key(edited("main", *words, files=MADE), path=path) == before
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
