"""What `make evidence` recorded, for notebooks: values per seed, verdicts, a table of claims."""

import html
import json
from functools import lru_cache
from pathlib import Path

from demos import rounding, spreads
from demos.verdicts import FAILS, HOLDS, OPEN, in_words, tally

MARKS = {HOLDS: "✓", FAILS: "✗", OPEN: "?"}
FILE = Path(__file__).resolve().parents[1] / "figures" / "claims.json"


@lru_cache
def record():
    """The whole record. Raises FileNotFoundError with the cure where there is none."""
    if not FILE.exists():
        raise FileNotFoundError(f"{FILE.name} is not there yet: run make evidence")
    return json.loads(FILE.read_text(encoding="utf-8"))


def values(study):
    """What a study measured, {quantity: (seeds,)}, and its settings: a pair."""
    found = recorded(study)
    if not rounding.active():
        return spreads.arrays(found["values"]), found["settings"]
    made_up = {}  # this process looks how far its numbers move: so do those that others measured
    for name in found["values"]:
        own, taken = spreads.of(found, lambda quantities, name=name: quantities[name])
        made_up[name] = spreads.shaken(own, taken, f"{rounding.active()} {study} {name}")
    return made_up, found["settings"]


def seeds(study):
    """The seeds a study measured, in the order of its values."""
    return recorded(study)["seeds"]


def recorded(study):
    """All that is recorded of a study. Raises KeyError for one that is not there."""
    studies = record()["studies"]
    if study not in studies:
        raise KeyError(f"no study is named {study!r}; there are {', '.join(studies)}")
    return studies[study]


class Table:
    """Claims of one family with their verdicts; shows itself as a table."""

    def __init__(self, claims):
        self.claims = claims

    def _repr_html_(self):
        rows = []
        for claim in self.claims:
            cells = MARKS[claim["verdict"]], html.escape(claim["sentence"]), tally(claim)
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        head = "<tr><td></td><th>claim</th><th>it is so on</th></tr>"
        return f'<table class="claims"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'

    def __repr__(self):
        return "\n".join(f"{c['sentence']}: {in_words(c)}" for c in self.claims)


def table(family, first=0, last=None):
    """The claims of a family (a module of `demos.claims`), from `first` to before `last`."""
    claims = [c for c in record()["claims"].values() if c["family"] == family]
    if not claims:
        families = sorted({c["family"] for c in record()["claims"].values()})
        raise KeyError(f"no claims of a family {family!r}; there are {', '.join(families)}")
    return Table(claims[first:last])
