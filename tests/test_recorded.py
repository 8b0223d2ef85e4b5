"""What notebooks read of the record: tables that lose no claim, counts of kinds and verdicts."""

import ast
import re

import pytest

from demos import claims as registry
from demos import recorded
from demos.evidence import KINDS
from scripts.notebooks import read_all

ROWS = 9  # of a table fit on a slide


def made(number, **more):
    """A recorded claim of the family "toys"."""
    words = {"family": "toys", "sentence": f"Claim <{number}>", "kind": "measured", "since": ""}
    counted = {"verdict": "holds", "census": False, "agree": [7, 7], "seeds": 8}
    return words | counted | {"word": "usually"} | more


@pytest.fixture
def record(monkeypatch):
    """Seven toys and a tool in place of the record."""
    claims = {f"c{n}": made(n) for n in range(5)}
    claims["said"] = made(5, kind="told", verdict="fails", agree=[1, 2])
    claims["hoped"] = made(6, kind="predicted", since="abc1234", verdict="open")
    claims["tool"] = made(7, kind="predicted", since="def5678", family="tools")
    monkeypatch.setattr(recorded, "record", lambda: {"claims": claims, "studies": {}})
    return claims


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_pages_hold_every_claim_once_and_in_order(record, of):
    pages = [recorded.table("toys", page, of).claims for page in range(1, of + 1)]
    assert [claim for page in pages for claim in page] == list(record.values())[:7]
    assert len({len(page) for page in pages[:-1]}) <= 1


def test_a_page_or_a_family_that_is_not_there_is_refused(record):
    for page, of in ((2, 1), (5, 5)):
        with pytest.raises(ValueError, match="toys has 7 claims"):
            recorded.table("toys", page, of)
    with pytest.raises(KeyError, match="tools, toys"):
        recorded.table("toy")


def rows(table):
    """The cells of a table's rows, as text."""
    found = re.findall(r"<tr>(.*?)</tr>", table._repr_html_())
    return [re.findall(r"<t[dh]>(.*?)</t[dh]>", row) for row in found]


def test_a_table_says_what_was_told_and_what_predicted(record):
    found = rows(recorded.table("toys"))
    assert found[0] == ["", "claim", "", "it is so on"]
    assert found[1] == ["✓", "Claim &lt;0&gt;", "", "7 of 8 seeds"]
    assert found[6] == ["✗", "Claim &lt;5&gt;", "told", "1 or 2 of 8 seeds"]
    assert found[7] == ["?", "Claim &lt;6&gt;", "predicted", "7 of 8 seeds"]


def test_predictions_come_with_the_commit_of_their_rule(record):
    found = rows(recorded.predictions())
    assert [row[2] for row in found] == ["its rule stood in", "abc1234", "def5678"]
    assert "Claim <7>: holds on 7 of 8 seeds" in repr(recorded.predictions())


def test_counts_are_those_of_kinds_and_verdicts(record):
    found = recorded.counts()
    assert (found["measured"], found["told"], found["predicted"]) == (5, 1, 2)
    assert (found["measured_holds"], found["measured_open"], found["measured_fails"]) == (5, 0, 0)
    assert (found["told_fails"], found["predicted_holds"], found["predicted_open"]) == (1, 1, 1)
    assert sum(found[kind] for kind in KINDS) == len(record)
    assert sum(found.values()) == 2 * len(record)


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


def test_every_claim_stands_in_a_table_of_the_closing_that_fits_its_slide():
    shown = {}
    for family, page, of in (([*arguments, 1, 1][:3]) for arguments in calls("table")):
        shown.setdefault((family, of), []).append(page)
    assert [family for family, _ in shown] == list(registry.FAMILIES)
    for (family, of), pages in shown.items():
        count = len(registry.by_family()[family])
        assert pages == list(range(1, of + 1)), f"{family}: not every page once"
        assert -(-count // of) <= ROWS, f"{family}: {count} claims need more than {of} pages"


def test_the_predictions_fit_their_slide():
    assert len(calls("predictions")) == 1
    assert sum(bool(claim.since) for claim in registry.all_claims().values()) <= ROWS
