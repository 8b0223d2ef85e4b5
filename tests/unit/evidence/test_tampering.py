"""A record that somebody changed by hand is refused or contradicted: one change in every field of every
kind of record. What is harmless stands in a list, with the reason."""

import copy
import json

import pytest
from test_check import record as figure_record
from test_claims_check import check
from test_evidence import record_file, run, talk  # noqa: F401  (a fixture)

from demos.core.records import make_record
from scripts.build import shapes
from scripts.build.figures_check import compare
from scripts.errors import BuildError
from scripts.evidence import measure as evidence

pytestmark = pytest.mark.code  # its studies are whole numbers

HARMLESS = {
    "seconds": "how long it took: orders the queue, and nothing else",
    "versions": "another version that could be: says who made it, and nothing is derived from it",
    "again": "one rounding more or less far: changes what is allowed, within what was measured here",
    "roundings": "names of the roundings that were tried: read by people",
    "spread": "a larger spread: every digit shown is held against it (test_digits)",
}


def changes(value):
    """Other values for a field: of the same kind, of another, none."""
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, int | float):
        return [value * 1.5 + 1, float("nan"), "1", None]
    if isinstance(value, str):
        return [f"{value}x", 5, None]
    if isinstance(value, list):
        return [[*value, *value[:1]] if value else [1e9], value[:-1] if value else "x", {}, None]
    if isinstance(value, dict):
        return [value | {"new": 1e9}, {}, [], None]
    return ["x", 5]


def places(tree, path=()):
    """Every path in a tree of JSON, lists left whole."""
    for key, value in tree.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from places(value, (*path, key))


def altered(tree, path, value):
    """A copy with another value at a path."""
    changed = copy.deepcopy(tree)
    node = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return changed


def without(tree, path):
    changed = copy.deepcopy(tree)
    node = changed
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return changed


def tamperings(tree):
    """(path, the tree changed there) for every field."""
    for path in places(tree):
        node = tree
        for key in path:
            node = node[key]
        for value in changes(node):
            if value != node:
                yield path, altered(tree, path, value)
        yield path, without(tree, path)


def whole_record():
    return json.loads(record_file().read_text(encoding="utf-8"))


def caught(problems):
    """Whether a check complains, or refuses with file and cure."""
    try:
        return bool(problems())
    except BuildError as error:
        return "cure: " in error.report() and ".json" in error.report()


def test_every_change_of_the_evidence_is_caught_or_harmless(talk):  # noqa: F811
    run()
    whole = whole_record()
    assert check() == []
    missed = []
    for path, changed in tamperings(whole):
        record_file().write_text(json.dumps(changed), encoding="utf-8")
        if not caught(lambda: check(sample=1000)) and not HARMLESS.keys() & set(path):
            missed.append(path)
    assert missed == []


@pytest.mark.parametrize("factor", [1.5, float("nan"), 1e9])
def test_every_value_of_every_seed_is_held(talk, factor):  # noqa: F811
    run()
    whole = whole_record()
    for place in range(0, len(whole["studies"]["sides"]["seeds"]), 7):
        for quantity in whole["studies"]["sides"]["values"]:
            changed = copy.deepcopy(whole)
            changed["studies"]["sides"]["values"][quantity][place] += 1
            changed["studies"]["sides"]["values"][quantity][place] *= factor
            record_file().write_text(json.dumps(changed), encoding="utf-8")
            assert caught(lambda: check(sample=1000)), (quantity, place)


def test_a_figure_of_the_evidence_that_shows_something_else_is_caught(talk):  # noqa: F811
    run()
    for file in evidence.FIGURES.glob("*/claims-*.svg"):
        kept = file.read_text(encoding="utf-8")
        for svg in ("<svg></svg>", "", kept.replace("</text>", "!</text>", 1), "\x00"):
            file.write_text(svg, encoding="utf-8")
            assert check() != [], file.name
        file.unlink()
        assert check() == [f"toys/{file.name}: missing: make evidence"]
        file.write_text(kept, encoding="utf-8")
    assert check() == []


def test_every_change_of_a_figures_record_is_caught_or_harmless(tmp_path):
    versions = dict.fromkeys(("python", "numpy", "torch", "matplotlib"), "3.11")
    whole = figure_record({"a": 2.0, "b": 1e-9}, below={"b": 1e-6}) | {"versions": versions}
    whole["figure"] = None
    whole["spread"] |= {"roundings": ["nudge-1"], "pixels": {}}
    for folder in ("old/fit", "new"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "new" / "fit.json").write_text(json.dumps(whole), encoding="utf-8")
    file = tmp_path / "old" / "fit" / "fit.json"

    def problems():
        shapes.parsed(file.read_text(encoding="utf-8"), shapes.FIGURE, str(file), "make figures")
        return compare({"01-fit": tmp_path / "new"}, tmp_path / "old")

    file.write_text(json.dumps(whole), encoding="utf-8")
    assert problems() == []
    missed = []
    for path, changed in tamperings(whole):
        file.write_text(json.dumps(changed), encoding="utf-8")
        if not caught(problems) and not HARMLESS.keys() & set(path):
            missed.append((path, changed))
    assert missed == []


@pytest.mark.parametrize("name", ["claims", "claims-network"])
def test_no_cell_writes_over_the_evidence(name):
    with pytest.raises(ValueError, match="is the evidence's"):
        make_record(name, {}, {"x": 1.0}, {}, False)
