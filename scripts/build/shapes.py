"""What a record looks like when it is whole. Of another shape, or with a number that is none: refused."""

import json

from jsonschema import Draft202012Validator

from scripts.errors import BuildError

NUMBER = {"type": "number"}
SIZE = {"type": "number", "minimum": 0}
TEXT = {"type": "string"}
VERSION = {"type": "string", "pattern": r"^\d+(\.\w+)+"}


def of(required, optional=()):
    """An object with these properties and no others."""
    known = dict(required) | dict(optional)
    return {
        "type": "object",
        "required": list(required),
        "properties": known,
        "additionalProperties": False,
    }


def each(kind):
    """An object of any names, all values of a kind."""
    return {"type": "object", "additionalProperties": kind}


def some(kind):
    return {"type": "array", "items": kind}


SPREAD = of(
    {"roundings": some(TEXT), "numbers": each(SIZE), "pixels": each(SIZE), "shade": SIZE},
)
FIGURE = of(
    {
        "figure": {"type": ["string", "null"]},
        "settings": {"type": "object"},
        "numbers": each(NUMBER),
        "below": each(NUMBER),
        "versions": of(dict.fromkeys(("python", "numpy", "torch", "matplotlib"), VERSION)),
    },
    {"spread": SPREAD},
)
SEEDS = {"type": "array", "items": {"type": "integer"}, "uniqueItems": True, "minItems": 1}
MEASURED = {"seeds": SEEDS, "values": each(some(NUMBER))}
STUDY = of(
    {
        "key": {"type": "string", "pattern": "^[0-9a-f]{20}$"},
        "census": {"type": "boolean"},
        "settings": {"type": "object"},
        "below": each(NUMBER),
        "seconds": SIZE,
        "again": each(of(MEASURED)),
    }
    | MEASURED
)
PAIR = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
SAID = dict.fromkeys("family sentence study rule word kind since".split(), TEXT)
SENTENCE = {"type": "string", "pattern": r"\S"}  # a badge never stands without it
RULE = {"type": "string", "pattern": r"^.+ [<>] [-+]?[\d.]+(e[-+]?\d+)?$"}
CLAIM = of(
    SAID
    | {
        "sentence": SENTENCE,
        "rule": RULE,
        "census": {"type": "boolean"},
        "agree": PAIR,
        "undecided": some({"type": "integer"}),
        "seeds": {"type": "integer", "minimum": 1},
        "spread": of(dict.fromkeys(("median", "low", "high"), SIZE)),
    }
    | dict.fromkeys(("median", "low", "high"), NUMBER),
    {"log": {"type": "boolean"}, "values": some(NUMBER)},  # derived: an older record has none
)
VERSIONS = of(dict.fromkeys(("numpy", "torch", "scipy", "matplotlib"), VERSION))
EVIDENCE = of({"versions": VERSIONS, "studies": each(STUDY), "claims": each(CLAIM)})


def parsed(text, shape, where, command):
    """A record from its text, of the shape FIGURE or EVIDENCE. `command` writes it anew."""
    cure = f"restore it from git, or write it anew: {command}"

    def none(name):
        raise ValueError(f"{name} is no number")

    try:
        record = json.loads(text, parse_constant=none)
    except (ValueError, RecursionError) as error:
        raise BuildError(f"a record that is no JSON: {error}", cure, where) from None
    lines = [
        f"{'.'.join(map(str, error.absolute_path)) or 'all of it'}: {error.message[:120]}"
        for error in Draft202012Validator(shape).iter_errors(record)
    ] or list(odd(record, shape))
    if lines:
        raise BuildError(f"a record that is not whole: {'; '.join(lines[:5])}", cure, where)
    return record


def odd(record, shape):
    """What does not fit together in a record of the right shape."""
    if shape is FIGURE:
        numbers, spread = record["numbers"], record.get("spread", {"numbers": record["numbers"]})
        if spread["numbers"].keys() != numbers.keys():
            yield "spread.numbers: not those of numbers"
        for name, bound in record["below"].items():
            if not abs(numbers.get(name, bound)) < bound:
                yield f"below.{name}: {numbers.get(name)} is not below {bound}"
        return
    for name, study in record["studies"].items():
        for how, part in {"": study, **study["again"]}.items():
            place = f"studies.{name}{how and f'.again.{how}'}"
            if study["values"].keys() - part["values"].keys():
                yield f"{place}.values: not all of the study's quantities"
            if {len(row) for row in part["values"].values()} - {len(part["seeds"])}:
                yield f"{place}.values: not one for each seed"
            if not set(part["seeds"]) <= set(study["seeds"]):
                yield f"{place}.seeds: not the study's"
