"""No sentence about behaviour without evidence in sight: the talk's own, and made-up notebooks."""

import pytest

from scripts.build import sentences
from scripts.build.notebooks import Cell, Notebook, read_all

pytestmark = pytest.mark.code

QUOTE = '<data value="claims.some-claim"></data>'


def made_up(*cells):
    """A notebook of Markdown cells: (slide type, text), their ids counted."""
    numbered = enumerate(cells, start=1)
    made = [
        Cell("01.ipynb", n, f"cell-{n}", "markdown", text, kind) for n, (kind, text) in numbered
    ]
    return Notebook("01-one", "01.ipynb", made)


def found(*cells):
    return [sentence for _, sentence, _ in sentences.alone(made_up(*cells))]


def test_every_sentence_of_the_talk_has_its_evidence():
    assert not sentences.check()


def test_the_check_reads_every_notebook():
    cells = {
        cell.id for book in read_all() for place in sentences.places(book) for cell, _ in place
    }
    shown = {
        cell.id
        for book in read_all()
        for cell in book.cells
        if cell.kind == "markdown" and cell.slide_type != "skip" and cell.source.strip()
    }
    assert cells == shown


@pytest.mark.parametrize(
    "text",
    [
        "Dropout helps here.",
        "## Weight decay destroys the fit",
        "- a dead unit **never** comes back",
        "| decay | is better |",
        "It is calm because it is big.",
        "A remark. On most seeds it is so.",
        "(20 s) Always look twice.",
        "What is `never` in code is worse in words.",
        "Units die three more times.",
    ],
)
@pytest.mark.parametrize("kind", ["slide", "-", "fragment", "notes"])
def test_behaviour_with_nothing_beside_it_is_found(text, kind):
    assert len(found(("slide", "# A title"), (kind, text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A bump of `better` height, $never(x)$, <!-- it always helps -->.",
        "```\nalways = better\n```",
        "Does it help? Is more data better?",
        'The authors: [it always helps, "A paper"](https://example.org).',
        "It helps nearly always (arXiv:1412.0233).",
        "Three more units; run it on more than one seed; tables (more).",
        "The least squares of neverland, mostlywise.",
    ],
)
def test_what_claims_nothing_is_not(text):
    assert not found(("slide", "# A title"), ("-", text))


def test_a_slide_is_taken_in_at_once_its_notes_line_by_line():
    headline, badge = ("slide", "## Decay helps"), ("fragment", QUOTE)
    assert found(headline) == ["Decay helps"]
    assert not found(headline, badge)
    assert not found(("slide", f"Decay helps on {QUOTE}"))
    assert found(headline, badge, ("subslide", "## It is worse")) == ["It is worse"]
    assert found(headline, badge, ("notes", "It is worse.")) == ["It is worse."]
    assert found(("notes", QUOTE), headline) == ["Decay helps"]
    assert not found(("slide", "# A title"), ("skip", "It helps."))
    assert found(headline, badge, ("notes", f"{QUOTE} better.\nAnd worse.")) == ["And worse."]


def test_a_source_speaks_for_its_own_paragraph_only():
    cited = "It helps: [a paper](https://example.org)."
    assert found(("slide", f"{cited}\n\nIt hurts.")) == ["It hurts."]
    assert found(("slide", "# One"), ("notes", f"{cited}\nIt hurts.")) == ["It hurts."]


def test_a_quote_in_a_comment_is_no_evidence():
    assert found(("slide", f"## Decay helps\n<!-- {QUOTE} -->")) == ["Decay helps"]


def test_the_allow_list_lets_one_sentence_pass():
    book = made_up(("slide", "## A remark"), ("-", "It helps, by definition. It is worse too."))
    entry = ("01-one", "cell-2", "It helps")
    assert len(sentences.check([book], {})) == 2
    (problem,) = sentences.check([book], {entry: "a definition"})
    assert "It is worse too." in problem
    assert "cell 2 (id cell-2)" in problem
    assert "(worse)" in problem


@pytest.mark.parametrize(
    ("entry", "why", "says"),
    [
        (("01-one", "cell-1", "It hurts"), "algebra", "matches nothing"),
        (("01-one", "cell-2", "It helps"), "algebra", "matches nothing"),
        (("02-two", "cell-1", "It helps"), "algebra", "matches nothing"),
        (("01-one", "cell-1", "It helps"), " ", "a reason, please"),
        (("01-one", "cell-1", ""), "algebra", "a reason, please"),
    ],
)
def test_an_entry_must_match_and_have_a_reason(entry, why, says):
    problems = sentences.check([made_up(("slide", "It helps."))], {entry: why})
    assert any(says in problem for problem in problems)


def test_the_list_is_read_by_notebook_cell_and_first_words(tmp_path):
    file = tmp_path / "list.toml"
    file.write_text('["01-one"]\n"ab12 It helps" = "a definition"\n', encoding="utf-8")
    assert sentences.allowed(file) == {("01-one", "ab12", "It helps"): "a definition"}
