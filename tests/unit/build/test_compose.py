"""A deck from the slides of two topics: order, ids, references, numbers and claims of its own."""

import pytest
from bs4 import BeautifulSoup
from conftest import code, markdown, notebook
from nbformat import v4
from test_badges import RECORDS, STUDIES, with_values

from demos.core.evidence import recorded
from scripts.build import compose, quoted
from scripts.build.decks import Deck, Pool
from scripts.build.exporter import DeckExporter
from scripts.build.markup import Formulas
from scripts.build.notebooks import read
from scripts.errors import BuildError, Problems

pytestmark = pytest.mark.code

LATER = '<a class="x" href="7-later.ipynb">what comes</a>'
HOLD = '<data value="deck.measured_holds"></data> of <data value="deck.claims">9</data> hold'


def notes():
    return markdown("(9 s) As in [two](02-b.ipynb).", "notes")


TOPICS = {
    "01-a": [
        markdown("# About A", "slide"), notes(),
        markdown(f"## As in [B, *twice*](02-b.ipynb)\n\nSee {LATER}.", "slide"), notes(),
        markdown('## It hurts\n\n<data value="claims.noisy"></data>', "slide"), notes(),
    ],
    "02-b": [
        markdown("# About B", "slide"), notes(),
        markdown(f"## {HOLD}", "slide"),
        code("#| echo: false\nrecorded.overview()"), notes(),
        markdown("## Below", "subslide"), notes(),
    ],
}  # fmt: skip


@pytest.fixture
def pool(tmp_path):
    files = {}
    for name, cells in TOPICS.items():
        files[name[3:]] = tmp_path / f"{name}.ipynb"
        files[name[3:]].write_text(v4.writes(notebook(*cells)), encoding="utf-8")
    return Pool(files, {"later": "Later"}, {})


@pytest.fixture
def records():
    """Claims of topics a and b."""
    numbers = RECORDS["claims"]["numbers"].items()
    claims = {n: dict(c, topic="a", seeds=400) for n, c in numbers}
    claims["noisy"] |= {"agree": [399, 399]}
    claims["moved"] |= {"agree": [400, 400], "topic": "b", "family": "tools"}
    claims = {name: with_values(claim) for name, claim in claims.items()}
    studies = {name: study | {"seeds": list(range(400))} for name, study in STUDIES.items()}
    found = {"claims": RECORDS["claims"] | {"numbers": claims, "studies": studies}}
    return found | quoted.of_deck(claims, found)


def made(pool, records, names=("a", "b"), table="overview"):
    """What the exporter makes of each notebook, once."""
    exporter, found = DeckExporter(pool=pool), {}
    for name in names:
        whole = read(pool.files[name])
        for cell in whole.code_cells:
            data = {recorded.TABLE: table, "text/html": "<b>of every deck</b>"}
            cell.outputs = [{"output_type": "execute_result", "data": data}]
        found[name] = exporter.columns(whole, records, Formulas())
    return found


def composed(pool, records, *topics, **more):
    """(the slides of a deck, its HTML)."""
    problems, deck = Problems(), Deck("deck", "A deck", topics=topics, file="deck.toml", **more)
    found, _ = compose.composed(deck, pool, made(pool, records), records, problems)
    problems.end()
    slides = [slide for columns in found.values() for slide in compose.flat(columns)]
    return slides, "\n".join(map(DeckExporter().sections, found.values()))


def test_parts_come_in_the_decks_order_under_addresses_of_their_topics(pool, records):
    slides, body = composed(pool, records, "b", "a")
    assert [slide.id for slide in slides] == [
        "b-about-b", "b-of-hold", "b-below", "a-about-a", "a-as-in-b-twice", "a-it-hurts",
    ]  # fmt: skip
    assert [slide.part for slide in slides] == ["Part 1", "", "", "Part 2", "", ""]
    alone, _ = composed(pool, records, "a")
    assert [slide.id for slide in alone] == [slide.id for slide in slides[3:]]
    assert not any(slide.part for slide in alone)
    page = BeautifulSoup(body, "html.parser")
    ids = [section["id"] for section in page.find_all("section", id=True)]
    assert ids == [slide.id for slide in slides]


def test_an_opening_and_a_closing_are_no_parts(pool, records):
    slides, _ = composed(pool, records, "a", closing="b")
    assert [slide.part for slide in slides] == [""] * 6


def test_a_reference_says_the_part_or_names_the_topic(pool, records):
    body = composed(pool, records, "a", "b")[1]
    assert '<a href="#/b-about-b">B, <em>twice</em></a> (part 2)' in body
    body = composed(pool, records, "b", "a")[1]
    assert '<a href="#/b-about-b">B, <em>twice</em></a> (part 1)' in body
    assert '<a href="#/b-about-b">two</a> (part 1)' in body  # in the notes
    assert "See what comes." in body  # planned: words
    alone = composed(pool, records, "a")[1]
    assert '<a href="../b/index.html">B, <em>twice</em></a></h2>' in alone
    assert ".ipynb" not in body + alone


@pytest.mark.parametrize(
    ("link", "cure"), [("02-bb.ipynb", "near it: 02-b"), ("1-a.ipynb", "near it: 01-a")]
)
def test_a_reference_to_nothing_is_an_error_with_its_cell(pool, records, link, cure):
    cells = [markdown(f"# One\n\n[x]({link})", "slide"), notes()]
    pool.files["a"].write_text(v4.writes(notebook(*cells)), encoding="utf-8")
    with pytest.raises(BuildError, match="there is no notebook") as caught:
        made(pool, records)
    assert "cell 1" in str(caught.value.where) and cure in caught.value.cure


def test_a_deck_counts_and_lists_its_own_claims(pool, records):
    """Of three claims topic a makes noisy and clean, topic b moved; clean fails."""
    slides, body = composed(pool, records, "a", "b")
    assert ">2</data> of " in body and ">3</data> hold" in body
    slides, body = composed(pool, records, "b")
    assert ">1</data> of " in body and ">1</data> hold" in body
    assert list(slides[1].claims) == ["moved"]
    marks = BeautifulSoup(body, "html.parser").select("table.marks button")
    assert [mark["data-claim"] for mark in marks] == ["moved"] and marks[0].text == ""
    assert "of every deck" not in body


def test_an_empty_table_is_left_out_with_a_headline_that_stands_over_nothing_else(pool, records):
    """Topic a has one prediction, b none."""
    records["claims"]["numbers"]["clean"] |= {"kind": "predicted", "since": "abc1234"}
    (pool.files["a"].parent / "03-c.ipynb").write_text(
        v4.writes(
            notebook(
                markdown("# The end", "slide"), notes(),
                markdown("## Foreseen", "subslide"), code("#| echo: false\n1"), notes(),
                markdown("## And in words", "slide"), code("#| echo: false\n2"),
                markdown("Words."), notes(),
                markdown("## Alone in its column", "slide"), code("#| echo: false\n3"), notes(),
            )
        ),
        encoding="utf-8",
    )  # fmt: skip
    pool.files["c"] = pool.files["a"].parent / "03-c.ipynb"
    both = ["c-the-end", "c-foreseen", "c-and-in-words", "c-alone-in-its-column"]
    for topic, ids in (("a", both), ("b", ["c-the-end", "c-and-in-words"])):
        shared = made(pool, records, (topic, "c"), table="predictions")
        deck = Deck("deck", "A", topics=(topic,), closing="c", file="deck.toml")
        problems = Problems()
        found, _ = compose.composed(deck, pool, shared, records, problems)
        assert [slide.id for slide in compose.flat(found["c"])] == ids
        assert all(found["c"]) and not problems.found
        body = DeckExporter().sections(found["c"])
        assert body.count('<table data-table="predictions"') == (3 if topic == "a" else 0)
        assert "Words." in body


def test_slides_that_another_deck_shows_stay_as_they_were(pool, records):
    shared = made(pool, records)
    before = repr(shared)
    problems = Problems()
    deck = Deck("deck", "A", topics=("b", "a"), skip=("b/below",), file="deck.toml")
    compose.composed(deck, pool, shared, records, problems)
    assert repr(shared) == before and not problems.found


def test_a_skipped_slide_is_marked_and_counts_no_more(pool, records):
    slides, body = composed(pool, records, "a", "b", skip=("b/below", "a/it-hurts"))
    assert [slide.id for slide in slides if slide.skipped] == ["a-it-hurts", "b-below"]
    sections = BeautifulSoup(body, "html.parser").select("section[data-skipped]")
    assert [section["id"] for section in sections] == ["a-it-hurts", "b-below"]
    assert {section["data-timing"] for section in sections} == {"0"}


def test_what_lies_below_takes_no_planned_time(pool, records):
    _, body = composed(pool, records, "a", "b")
    below = BeautifulSoup(body, "html.parser").select_one("section#b-below")
    assert below["data-timing"] == "0" and below.parent.section["data-timing"] == "9"


def test_a_slide_to_skip_that_is_not_there_is_an_error(pool, records):
    with pytest.raises(BuildError, match="there is no slide 'a/it-hurt'") as caught:
        composed(pool, records, "a", "b", skip=("a/it-hurt", "b/below"))
    assert (caught.value.where, caught.value.cure) == (
        "deck.toml, skip", "names near it: a/it-hurts",
    )  # fmt: skip


def test_an_id_that_two_topics_have_is_an_error_where_they_meet(pool, records):
    for name in ("a", "b"):
        cells = [markdown(f'# {name}\n\n<b id="same">x</b>', "slide"), notes()]
        pool.files[name].write_text(v4.writes(notebook(*cells)), encoding="utf-8")
    composed(pool, records, "a")
    with pytest.raises(BuildError, match="the id 'same' is taken") as caught:
        composed(pool, records, "a", "b")
    assert "02-b.ipynb, cell 1" in str(caught.value.where)


def test_a_number_of_the_deck_has_no_place_in_an_alt_text(pool, records):
    cells = [
        markdown("# One", "slide"),
        code('#| alt: <data value="deck.claims"></data> dots'),
        notes(),
    ]
    pool.files["a"].write_text(v4.writes(notebook(*cells)), encoding="utf-8")
    whole = read(pool.files["a"])
    svg = '<svg viewBox="0 0 1 1"><path d="M 0 0 L 1 1"/></svg>'
    whole.cells[1].outputs = [{"output_type": "display_data", "data": {"image/svg+xml": svg}}]
    with pytest.raises(BuildError, match="a number of the deck in an alt text"):
        DeckExporter(pool=pool).columns(whole, records, Formulas())
