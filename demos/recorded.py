"""What `make evidence` recorded, for notebooks: values per seed, verdicts, a table of claims."""

import html
import json
import math
from functools import lru_cache
from pathlib import Path

from demos import rounding, spreads
from demos.verdicts import FAILS, HOLDS, KINDS, MEASURED, OPEN, PREDICTED, in_words, tally

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
    """Claims with their verdicts, and of each also its `column` ("kind" or "since"); shows itself."""

    HEADS = {"kind": "", "since": "its rule stood in"}

    def __init__(self, claims, column="kind"):
        self.claims, self.column = claims, column

    def _repr_html_(self):
        rows = []
        for claim in self.claims:
            more = "" if claim[self.column] == MEASURED else claim[self.column]
            cells = MARKS[claim["verdict"]], html.escape(claim["sentence"]), more, tally(claim)
            rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        heads = "", "claim", self.HEADS[self.column], "it is so on"
        head = "".join(f"<th>{text}</th>" if text else "<td></td>" for text in heads)
        body = "".join(rows)
        return f'<table class="claims"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def __repr__(self):
        return "\n".join(f"{c['sentence']}: {in_words(c)}" for c in self.claims)


def table(family, page=1, of=1):
    """The claims of a family (a module of `demos.claims`): page 1, 2 … of `of`, as long as one another.

    Raises KeyError for a family that has none, ValueError for a page that is empty.
    """
    claims = [c for c in record()["claims"].values() if c["family"] == family]
    if not claims:
        families = sorted({c["family"] for c in record()["claims"].values()})
        raise KeyError(f"no claims of a family {family!r}; there are {', '.join(families)}")
    rows = math.ceil(len(claims) / of)
    shown = claims[(page - 1) * rows : page * rows]
    if not shown:
        raise ValueError(f"page {page} of {of} is empty: {family} has {len(claims)} claims")
    return Table(shown)


def predictions():
    """Every prediction, kept whether it came true or not, with the commit in which its rule stood."""
    claims = record()["claims"].values()
    return Table([claim for claim in claims if claim["kind"] == PREDICTED], "since")


def counts():
    """How many claims there are of each kind, and by verdict: {"told": 9, "told_fails": 7, …}."""
    pairs = [(claim["kind"], claim["verdict"]) for claim in record()["claims"].values()]
    kinds = {kind: sum(k == kind for k, _ in pairs) for kind in KINDS}
    return kinds | {f"{kind}_{v}": pairs.count((kind, v)) for kind in KINDS for v in MARKS}
