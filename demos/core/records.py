"""What a notebook shows and what it may quote: a figure, and a record beside it.

The build sets REGULARIZATION_FIGURES to a folder; `show` and `keep` then also write NAME.svg and
NAME.json there. A student's notebook only displays: nothing on disk changes.
"""

import dataclasses
import json
import os
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

from demos.core import progress

if "ipykernel" in sys.modules:
    progress.among_prints()

FOLDER = "REGULARIZATION_FIGURES"
LIVE = "application/vnd.talk.live+json"  # the settings of a demo that trains on its slide
_kept = {}  # the records of this process by name, and how many were kept before each


class Shown:
    """A figure that displays itself as SVG, under its name: in a notebook as wide as its cell."""

    def __init__(self, name, svg):
        self.name, self.svg = name, svg

    def _repr_mimebundle_(self, **_):
        plain = f"figure {self.name}"
        svg = self.svg if FOLDER in os.environ else as_wide_as_there_is(self.svg)
        return {"image/svg+xml": svg, "text/plain": plain}, {"figure": self.name}


def as_wide_as_there_is(svg):
    """The picture without a size of its own: JupyterLab would cut off what is wider than the cell."""
    return re.sub(r'^(<svg [^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg, count=1)


def show(figure, name, settings, numbers, below=()):
    """Display `figure` and keep its record. Returns the thing to display: end a cell with it.

    `settings`: a dict (dataclasses inside are fine) with everything needed to draw it again, seeds
    included. `numbers`: a flat dict of what the slides quote. `below`: {number: bound} for those that
    are rounding themselves: on another machine only the bound is the same, so quote that.
    """
    from demos.core.style import (
        to_svg,  # here, not above: who only reads a record needs no matplotlib
    )

    svg = to_svg(figure, name)
    keep(name, settings, numbers, below, svg)
    return Shown(name, svg)


def keep(name, settings, numbers, below=(), svg=None):
    """Keep a record; with no `svg`, of numbers alone.

    Raises ValueError for a name that cannot be one; in the build also for a number that no slide can
    quote, or one that is not below its bound: a student's values may lead anywhere.
    """
    record = make_record(name, settings, numbers, dict(below), svg is not None)
    if FOLDER in os.environ:
        check(name, record)
    before = max((count for count, _ in _kept.values()), default=0)
    _kept[name] = before + 1, record
    if FOLDER not in os.environ:
        return
    folder = Path(os.environ[FOLDER])
    if (folder / f"{name}.json").exists():
        raise ValueError(f"two figures are named {name!r}: give one another name")
    if svg is not None:
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    text = json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


class Kept:
    """All records of this process, each with its number in the order in which they were kept.

    A slide whose code somebody edited asks the kernel for it, to fill the numbers in its text anew.
    """

    def _repr_json_(self):
        return {
            name: {
                "count": count,
                "numbers": finite(record["numbers"]),
                "settings": record["settings"],
            }
            for name, (count, record) in _kept.items()
        }


def finite(numbers):
    """Those that JSON and a slide can hold."""
    return {
        name: value
        for name, value in numbers.items()
        if isinstance(value, (int, float)) and np.isfinite(value)
    }


def make_record(name, settings, numbers, below, drawn):
    """The record as plain JSON values, checked."""
    if name in ("claims", "deck") or name.startswith("claims-"):
        raise ValueError(f"{name!r} is the evidence's: name the figure after its topic")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"a figure's name is lower case words with hyphens, not {name!r}")
    return {
        "figure": f"{name}.svg" if drawn else None,
        "settings": plain(settings),
        "numbers": plain(numbers),
        "below": plain(below),
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("numpy", "torch", "matplotlib")},
    }


def check(name, record):
    """Raises ValueError for a number that no slide can quote, or one that is not below its bound."""
    numbers = record["numbers"]
    for key, bound in record["below"].items():
        if not abs(numbers.get(key, np.inf)) < bound:
            raise ValueError(
                f"{name}.{key} is {numbers.get(key)}, not below {bound}: say another bound"
            )
    quotable = finite(numbers)
    for key, value in numbers.items():
        if key not in quotable:
            raise ValueError(f"{name}.{key} is {value!r}: a number a slide can quote is finite")


def plain(value):
    """Dataclasses, tuples, NumPy numbers and arrays as what JSON can hold."""
    if dataclasses.is_dataclass(value):
        value = dataclasses.asdict(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return value
