"""What notebooks read of the record: marks that lose no claim, counts of kinds and verdicts."""

import ast
import re

import pytest
from bs4 import BeautifulSoup

from demos.core.evidence import recorded, registry
from demos.core.evidence.study import KINDS
from scripts.build.decks import read_pool
from scripts.build.notebooks import read_all

ROWS = 9  # of a table fit on a slide


def made(number, **more):
    """A recorded claim of the topic "toy", whose first family is "toys"."""
    words = {
        "topic": "toy",
        "family": "toys",
        "sentence": f"Claim <{number}>",
        "kind": "measured",
        "since": "",
    }
    counted = {"verdict": "holds", "census": False, "agree": [7, 7], "seeds": 8}
    return words | counted | {"word": "usually"} | more


@pytest.fixture
def record(monkeypatch):
    """Seven toys and a tool in place of the record."""
    claims = {f"c{n}": made(n) for n in range(5)}
    claims["said"] = made(5, kind="told", verdict="fails", agree=[1, 2])
    claims["hoped"] = made(6, kind="predicted", since="abc1234", verdict="open")
    claims["tool"] = made(7, kind="predicted", since="def5678", topic="tool", family="tools")
    claims["c4"]["family"] = "more toys"
    monkeypatch.setattr(recorded, "claims", lambda: claims)
    return claims


def rows(table):
    """The cells of a table's rows, as text."""
    found = re.findall(r"<tr>(.*?)</tr>", table._repr_html_())
    return [re.findall(r"<t[dh]>(.*?)</t[dh]>", row) for row in found]


def test_every_claim_has_its_mark_in_the_row_of_its_topic(record):
    shown = recorded.overview()
    head, *found = BeautifulSoup(shown._repr_html_(), "html.parser").find_all("tr")
    kinds = ["measured", "told", "predicted"]
    assert [th.text for th in head.find_all("th")] == kinds
    assert [row.th.text for row in found] == ["toys", "tools"]
    cells = [[len(td.find_all("data")) for td in row.find_all("td")] for row in found]
    assert cells == [[5, 1, 1], [0, 0, 1]]
    marks = [mark for row in found for mark in row.find_all("data")]
    assert [mark["value"] for mark in marks] == [f"claims.{name}:mark" for name in record]
    assert [mark.text for mark in marks] == list("✓✓✓✓✓✗?✓")
    assert marks[5]["title"] == "Claim <5>"
    assert (
        "  told: Claim <5> · fails, 1 or 2 of 8 seeds · usually: three in four or more"
        in repr(shown).splitlines()
    )
    assert len(repr(shown).splitlines()) == len(record) + 3  # two titles, a line between


def test_predictions_come_with_the_commit_of_their_rule(record):
    found = rows(recorded.predictions())
    assert [row[3] for row in found] == ["since", "abc1234", "def5678"]
    assert [row[0] for row in found[1:]] == ["?", "✓"] and found[1][2] == "usually"
    assert [row[4] for row in found[1:]] == ["7 of 8 seeds"] * 2
    assert [row[1] for row in found[1:]] == ["Claim &lt;6&gt;", "Claim &lt;7&gt;"]
    assert "predicted: Claim <7> · holds, 7 of 8 seeds" in repr(recorded.predictions())


def test_counts_are_those_of_kinds_and_verdicts(record):
    found = recorded.counts()
    assert (found["measured"], found["told"], found["predicted"]) == (5, 1, 2)
    assert (found["measured_holds"], found["measured_open"], found["measured_fails"]) == (5, 0, 0)
    assert (found["told_fails"], found["predicted_holds"], found["predicted_open"]) == (1, 1, 1)
    assert sum(found[kind] for kind in KINDS) == len(record)
    assert (found["holds"], found["fails"], found["open"]) == (6, 1, 1)
    assert found["claims"] == len(record)
    assert sum(found.values()) == 4 * len(record)
    two = {name: record[name] for name in ("c0", "said")}
    assert recorded.counts(two)["claims"] == 2 and recorded.counts(two)["told_fails"] == 1
    assert [*recorded.overview(two).topics["toy"]] == [*two]


def calls(name):
    """The arguments of each call of `recorded.NAME` in the closing, as written."""
    (closing,) = read_all(["08-closing"])
    trees = [ast.walk(ast.parse(cell.code)) for cell in closing.code_cells]
    return [
        [ast.literal_eval(argument) for argument in node.args]
        for tree in trees
        for node in tree
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"recorded.{name}"
    ]


def test_the_closing_shows_every_claim_of_the_talk():
    assert calls("overview") == [[]]
    shown = recorded.overview()
    titles = {}  # of each topic's first family
    for family in registry.families():
        titles.setdefault(family.topic, family.title)
    assert shown.titles == titles
    shown = [name for claims in shown.topics.values() for name in claims]
    assert shown == list(registry.all_claims())


def test_the_predictions_fit_their_slide():
    assert len(calls("predictions")) == 1
    by_topic = {
        topic: [claim for claim in claims if claim.since]
        for topic, claims in registry.by_topic().items()
    }
    for deck in read_pool().decks.values():
        assert sum(len(by_topic.get(topic, [])) for topic in deck.topics) <= ROWS
