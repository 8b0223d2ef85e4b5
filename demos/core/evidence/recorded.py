"""What `make evidence` recorded, for notebooks: values per seed, verdicts, tables of claims.

Each topic has a record of its own, figures/TOPIC/claims.json.
"""

import html
import json
import re
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.core import rounding, topics
from demos.core.evidence import spreads
from demos.core.evidence.badge import MARKS, badge
from demos.core.evidence.verdicts import KINDS, PREDICTED, made_in

TABLE = "application/vnd.talk.claims+json"  # which table of claims: a deck shows its own ones
FIGURES = Path(__file__).resolve().parents[3] / "figures"


@lru_cache
def records():
    """{topic: its record}, in the order of the notebooks. Raises FileNotFoundError where there is none."""
    files = topics.evidence(FIGURES)
    if not files:
        raise FileNotFoundError("nothing is measured yet: run make evidence")
    return {topic: json.loads(file.read_text(encoding="utf-8")) for topic, file in files.items()}


def with_topics(records):
    """{identifier: claim, with its topic} of all of {topic: record}."""
    pairs = [
        (topic, each) for topic, record in records.items() for each in record["claims"].items()
    ]
    return {name: claim | {"topic": topic} for topic, (name, claim) in pairs}


def claims():
    """{identifier: claim} of all topics, judged together."""
    return made_in(records(), with_topics(records()))


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


def medians(found, names=None):
    """The median of each quantity of {name: (seeds,)}, or of those named, under a name that a slide can
    quote; and how many seeds there are."""
    names = list(found) if names is None else names
    numbers = {re.sub("[ .]", "_", name): np.median(found[name]) for name in names}
    return numbers | {"seeds": len(found[names[0]])}


def seeds(study):
    """The seeds a study measured, in the order of its values."""
    return recorded(study)["seeds"]


def recorded(study):
    """All that is recorded of a study. Raises KeyError for one that is not there."""
    studies = {
        name: found for each in records().values() for name, found in each["studies"].items()
    }
    if study not in studies:
        raise KeyError(f"no study is named {study!r}; there are {', '.join(studies)}")
    return studies[study]


class Predictions:
    """Claims with their verdicts, and the commit in which the rule of each stood; shows itself."""

    def __init__(self, claims):
        self.claims = claims

    def __bool__(self):
        return bool(self.claims)

    def _repr_mimebundle_(self, **_):
        return {TABLE: "predictions", "text/html": self._repr_html_(), "text/plain": repr(self)}

    def _repr_html_(self):
        rows = "".join(
            f"<tr><td>{said.mark}</td><td>{html.escape(said.sentence)}</td><td>{c['word']}</td>"
            f"<td>{c['since']}</td><td>{said.count}</td></tr>"
            for c, said in ((claim, badge(claim)) for claim in self.claims)
        )
        heads = "<td></td><th>predicted</th><th>word</th><th>since</th><th>found</th>"
        table = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        return f'<table class="claims">{table}</table>'

    def __repr__(self):
        return "\n".join(badge(c).whole for c in self.claims)


class Overview:
    """A mark for every claim, {id: claim}, a row a topic, a column a kind; shows itself. On a slide each
    mark is a button that opens its claim. A topic of several families goes by the title of its first."""

    def __init__(self, claims):
        self.topics, self.titles = {}, {}
        for name, claim in claims.items():
            self.topics.setdefault(claim["topic"], {})[name] = claim
            self.titles.setdefault(claim["topic"], claim["family"])

    def __bool__(self):
        return bool(self.topics)

    def _repr_mimebundle_(self, **_):
        return {TABLE: "overview", "text/html": self._repr_html_(), "text/plain": repr(self)}

    def _repr_html_(self):
        kinds = [kind for kind in KINDS if any(self.of(kind, t) for t in self.topics)]
        heads = "".join(f"<th>{kind}</th>" for kind in kinds)
        rows = [f"<tr><td></td>{heads}</tr>"]
        for topic, title in self.titles.items():
            cells = "".join(f"<td><div>{self.marks(kind, topic)}</div></td>" for kind in kinds)
            rows.append(f"<tr><th>{html.escape(title)}</th>{cells}</tr>")
        return f'<table class="marks"><tbody>{"".join(rows)}</tbody></table>'

    def of(self, kind, topic):
        """Claims of a kind, {id: claim}."""
        return {name: c for name, c in self.topics[topic].items() if c["kind"] == kind}

    def marks(self, kind, topic):
        return "".join(
            f'<data value="claims.{html.escape(name)}:mark" title="{html.escape(c["sentence"])}">'
            f"{badge(c).mark}</data>"
            for name, c in self.of(kind, topic).items()
        )

    def __repr__(self):
        lines = []
        for topic, claims in self.topics.items():
            lines += ["", self.titles[topic], *(f"  {badge(c).whole}" for c in claims.values())]
        return "\n".join(lines[1:])


def overview(of=None):
    """Every claim that is recorded, or of these, {id: claim}, as a mark by its topic."""
    return Overview(claims() if of is None else of)


def predictions(of=None):
    """Every prediction, kept whether it came true or not, with the commit in which its rule stood."""
    found = claims() if of is None else of
    return Predictions([claim for claim in found.values() if claim["kind"] == PREDICTED])


TABLES = {"overview": overview, "predictions": predictions}


def counts(of=None):
    """How many claims there are of each kind, and by verdict: {"told": 9, "told_fails": 7, …}; by verdict
    alone, {"holds": 99, …}; and all of them, "claims". Of all recorded ones, or of these, {id: claim}."""
    pairs = [(c["kind"], c["verdict"]) for c in (claims() if of is None else of).values()]
    kinds = {kind: sum(k == kind for k, _ in pairs) for kind in KINDS}
    kinds |= {f"{kind}_{v}": pairs.count((kind, v)) for kind in KINDS for v in MARKS}
    verdicts = {verdict: sum(v == verdict for _, v in pairs) for verdict in MARKS}
    return kinds | verdicts | {"claims": len(pairs)}
