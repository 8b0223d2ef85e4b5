"""A number on a slide shows only the digits that its spread supports."""

import re

from scripts.build import quoted
from scripts.paths import FIGURES

SHOWN = re.compile(r"−?[\d,]*\d(?:\.(\d+))?(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?( %)?")
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def unsupported(notebooks, folder=FIGURES):
    """Quotes whose last digit other roundings change, a line each."""
    records = quoted.committed(folder)
    return [
        line
        for notebook in notebooks
        for cell in notebook.cells
        if cell.kind == "markdown"
        for line in of_cell(cell, records)
    ]


def of_cell(cell, records):
    for name, number, spec, _ in quoted.QUOTE.findall(cell.source):
        value, moves = quoted.look_up(records, name, number, cell), spread(records, name, number)
        if isinstance(value, int | float) and number in records[name].get("below", {}):
            yield f"{cell}\n  {name}.{number} is rounding itself: quote {name}.below.{number}"
        elif isinstance(value, int | float) and moves > last_digit(value, spec, cell) / 2:
            text = quoted.formatted(value, spec, cell)
            yield f"{cell}\n  {name}.{number} is shown as {text}, but moves by {moves:.2g}: show less"


def spread(records, name, number):
    """How far a quoted number moves under other roundings."""
    if name == "claims":
        claim, _, part = number.partition(".")
        return records[name]["numbers"][claim]["spread"].get(part, 0.0)
    return records[name].get("spread", {"numbers": {}})["numbers"].get(number, 0.0)


def last_digit(value, spec, cell):
    """What one step of the last digit shown is worth."""
    match = SHOWN.search(quoted.formatted(value, spec, cell))
    power = int(match[2].translate(LOWERED)) if match[2] else 0
    return 10.0 ** (power - len(match[1] or "")) / (100 if match[3] else 1)
