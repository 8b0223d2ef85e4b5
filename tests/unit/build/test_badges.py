"""Badges: a claim in a paragraph of its own is a row in the deck that says what it judges."""

import copy

import pytest
from bs4 import BeautifulSoup
from conftest import code, exported, markdown, notebook
from nbformat import v4

from scripts.build import badges, compose, quoted, references
from scripts.build.deck import page
from scripts.build.markup import Formulas
from scripts.build.notebooks import read
from scripts.errors import BuildError

pytestmark = pytest.mark.code

NOISY = '<data value="claims.noisy"></data>'
SVG = '<svg viewBox="0 0 9 9"><path d="M 0 0 L 9 9"/></svg>'


def claim(sentence, study, **more):
    """A claim as `make evidence` records it."""
    words = {
        "family": "fits",
        "topic": "fits",
        "sentence": sentence,
        "study": study,
        "rule": "error, big over small > 1",
    }
    words |= {
        "word": "nearly always",
        "kind": "measured",
        "since": "",
        "census": False,
        "verdict": "holds",
        "agree": [31, 31],
        "undecided": [],
        "seeds": 32,
    }
    words |= {"median": 2.5, "low": 1.25, "high": 31415.9, "limits": [0.814, 0.998], "log": False}
    return with_values(words | more)


def with_values(claim):
    """A claim with values that fit its counts: all but those that agree are under its bound."""
    agree, seeds = claim["agree"][0], claim["seeds"]
    return claim | {"values": [2.5] * agree + [0.5] * (seeds - agree)}


CLAIMS = {
    "noisy": claim("Noise & size hurt", "fits-noisy"),
    "clean": claim("<b>Clean</b> is right", "fits-noisy", verdict="fails", agree=[3, 3]),
    "moved": claim(
        "So it is when moved",
        "fits-moved",
        census=True,
        word="in every case",
        agree=[32, 32],
        limits=None,
    ),
}
STUDIES = {s: {"seeds": list(range(32)), "census": False} for s in ("fits-noisy", "fits-moved")}
RECORDS = {"claims": {"numbers": CLAIMS, "settings": {}, "studies": STUDIES}}


@pytest.fixture
def figures(tmp_path):
    """A folder with the figures of both studies."""
    (tmp_path / "fits").mkdir()
    for study in ("fits-noisy", "fits-moved"):
        (tmp_path / "fits" / f"claims-{study}.svg").write_text(SVG, encoding="utf-8")
    return tmp_path


def export(tmp_path, *cells, records=RECORDS):
    """(sections, slides) of a notebook of these cells, with notes at the end of it."""
    path = tmp_path / "01-fits.ipynb"
    cells = notebook(*cells, markdown("(9 s) Look.", "notes"))
    path.write_text(v4.writes(cells), encoding="utf-8")
    return in_deck(read(path), copy.deepcopy(records))


def in_deck(notebook, records):
    """(its HTML, slides) of a notebook as a deck shows it."""
    _, slides = exported(notebook, records, Formulas())
    slides = [compose.mine(one, {}, references.NOTHING, records, {}) for one in slides]
    return "\n".join(part for one in slides for part in (one.headline, *one.blocks)), slides


def slide(*lines):
    return markdown("## One\n\n" + "\n".join(lines), "slide")


def buttons(text):
    return BeautifulSoup(text, "html.parser").find_all("button")


def words(button, part):
    return button.select_one(f".{part}").get_text()


def test_claims_in_a_paragraph_of_their_own_become_rows(tmp_path):
    body, (one,) = export(
        tmp_path, slide("Look.", "", NOISY, '<data value="claims.moved">x</data>')
    )
    noisy, moved = buttons(body)
    assert noisy["class"] == ["badge", "measured", "holds"] and noisy["type"] == "button"
    assert (noisy["data-claim"], moved["data-claim"]) == ("noisy", "moved")
    assert words(noisy, "sentence") == "Noise & size hurt"
    assert words(noisy, "found") == "31 of 32 seeds"
    assert words(noisy, "needs") == "nearly always: nine in ten or more"
    assert (words(moved, "found"), words(moved, "needs")) == (
        "all 32 constructions", "in every case: all of them",
    )  # fmt: skip
    assert list(one.claims) == ["noisy", "moved"]
    assert "cell 1" in str(one.claims["noisy"])


def test_a_row_has_a_mark_for_every_seed_and_says_all_of_it_to_ears(tmp_path):
    (button,) = buttons(export(tmp_path, slide(NOISY))[0])
    strip = button.select_one(".strip svg")
    assert [len(strip.select(f"g.{kind} circle")) for kind in ("yes", "no")] == [31, 1]
    shows = "error, big over small, wanted above 1; a mark for each: 31 agree, 1 do not"
    assert (strip["role"], strip["aria-label"]) == ("img", shows)
    assert "aria-label" not in button.attrs  # its name is what it holds
    assert words(button, "count") == "holds, 31 of 32 seeds nearly always: nine in ten or more"
    assert button.select_one("svg.sign")["aria-hidden"] == "true"


@pytest.mark.parametrize("kind", ["measured", "told", "predicted"])
def test_kinds_differ_in_look_sign_and_words(tmp_path, kind, monkeypatch):
    monkeypatch.setitem(CLAIMS, "noisy", CLAIMS["noisy"] | {"kind": kind, "since": "abc1234"})
    (button,) = buttons(export(tmp_path, slide(NOISY))[0])
    origin = "" if kind == "measured" else f"{kind}: "
    assert words(button, "sentence") == f"{origin}Noise & size hurt"
    assert button["class"][1] == kind
    assert button.select_one(".sign path")["d"] == badges.SIGNS[kind]
    assert len(set(badges.SIGNS.values())) == len(badges.SIGNS)


def test_a_mark_is_a_button_that_says_its_sentence(tmp_path):
    marks = [f'<data title="t" value="claims.{name}:mark">✗</data>' for name in ("noisy", "clean")]
    shown = code("#| echo: false\n1")
    path = tmp_path / "01-fits.ipynb"
    cells = notebook(slide("x"), shown, markdown("(9 s) Look.", "notes"))
    path.write_text(v4.writes(cells), encoding="utf-8")
    found = read(path)
    table = f"<table><tbody><tr><th>Fits</th><td>{''.join(marks)}</td></tr></tbody></table>"
    found.cells[1].outputs = [{"output_type": "execute_result", "data": {"text/html": table}}]
    body, (one,) = in_deck(found, RECORDS)
    noisy, clean = buttons(body)
    assert noisy["class"] == ["badge", "mark", "measured", "holds"] and noisy.text == ""
    assert noisy["aria-label"].startswith("Noise & size hurt · holds, 31 of 32 seeds · nearly")
    assert clean["title"] == "<b>Clean</b> is right" and clean["class"][-1] == "fails"
    assert list(one.claims) == ["noisy", "clean"]


def test_a_claim_that_fails_or_is_open_looks_it(tmp_path, monkeypatch):
    (button,) = buttons(export(tmp_path, slide('<data value="claims.clean"></data>'))[0])
    assert button["class"] == ["badge", "measured", "fails"]
    assert words(button, "found") == "3 of 32 seeds" and words(button, "spoken") == "fails, "
    monkeypatch.setitem(CLAIMS, "noisy", CLAIMS["noisy"] | {"verdict": "open"})
    (button,) = buttons(export(tmp_path, slide(NOISY))[0])
    assert button["class"][-1] == "open" and words(button, "found") == "open: 31 of 32 seeds"


@pytest.mark.parametrize(
    "text",
    [f"It hurts: {NOISY}", f"{NOISY} of them", f"- {NOISY}", f"### {NOISY}"]
    + [f"[{NOISY}](https://example.org)", f"| a |\n|---|\n| {NOISY} |", f"**{NOISY}**"],
    ids=["after", "before", "a list", "a headline", "a link", "a table", "emphasis"],
)
def test_a_badge_among_other_words_is_refused_with_its_cell_and_the_cure(tmp_path, text):
    with pytest.raises(BuildError, match=r"cell 1.*'noisy' stands among other words") as caught:
        export(tmp_path, slide("text", "", text))
    assert "a paragraph of its own" in caught.value.cure


@pytest.mark.parametrize("words", ['<data value="claims.noisy.median:.1f"></data>', f"`{NOISY}`"])
def test_a_number_and_code_stay_text(tmp_path, words):
    body, (one,) = export(tmp_path, slide("text", "", words))
    assert buttons(body) == [] and one.claims == {}
    assert "2.5" in body or "holds, 31 of 32 seeds" in body


def test_the_headline_takes_none_and_notes_keep_it_brief(tmp_path):
    with pytest.raises(BuildError, match=r"cell 1.*stands among other words"):
        export(tmp_path, markdown(f"## Noise hurts: {NOISY}", "slide"))
    agree = '<data value="claims.noisy.agree"></data>'
    cells = [markdown(f"## Noise on {agree}", "slide"), markdown(f"(5 s) {NOISY}", "notes")]
    body, (one,) = export(tmp_path, *cells)
    assert buttons(body) == []
    assert ">31</data>" in one.headline and one.id == "fits-noise-on"
    assert ">holds on 31 of 32 seeds</data>" in one.notes


def test_an_alt_text_says_the_claim_in_words(tmp_path):
    path = tmp_path / "01-fits.ipynb"
    picture = code(f"#| echo: false\n#| alt: Seen: {NOISY}.\n1")
    path.write_text(
        v4.writes(notebook(slide("x"), picture, markdown("(9 s) Look.", "notes"))), encoding="utf-8"
    )
    found = read(path)
    found.cells[1].outputs = [{"output_type": "display_data", "data": {"image/svg+xml": SVG}}]
    body, _ = in_deck(found, RECORDS)
    assert 'aria-label="Seen: Noise &amp; size hurt · holds, 31 of 32 seeds' in body
    assert buttons(body) == []


@pytest.mark.parametrize(
    ("change", "says", "cure"),
    [
        ({"sentence": " "}, "'noisy' has no sentence", "claims.py, then make evidence"),
        ({"agree": [30, 30]}, "31 of its values agree, not 30", "make evidence"),
        ({"values": [2.0]}, "1 values of 32 seeds", "make evidence"),
    ],
)
def test_a_badge_without_its_sentence_or_its_values_is_refused(
    tmp_path, change, says, cure, monkeypatch
):
    monkeypatch.setitem(CLAIMS, "noisy", CLAIMS["noisy"] | change)
    with pytest.raises(BuildError, match=rf"cell 1.*{says}") as caught:
        export(tmp_path, slide(NOISY))
    assert caught.value.cure.endswith(cure)


def test_a_record_from_before_values_were_kept_is_refused(tmp_path, monkeypatch):
    old = {key: part for key, part in CLAIMS["noisy"].items() if key != "values"}
    monkeypatch.setitem(CLAIMS, "noisy", old)
    with pytest.raises(BuildError, match=r"cell 1.*no 'values'") as caught:
        export(tmp_path, slide(NOISY))
    assert caught.value.cure == "make evidence"


def test_a_headline_about_behaviour_wants_evidence_on_its_slide(tmp_path):
    says = r"cell 1.*how things behave \(hurts\).*: Noise hurts"
    with pytest.raises(BuildError, match=says) as caught:
        export(tmp_path, markdown("## Noise hurts\n\nLook.", "slide"))
    assert "sentences.toml" in caught.value.cure
    export(tmp_path, markdown(f"## Noise hurts\n\n{NOISY}", "slide"))
    number = '<data value="claims.noisy.median:.1f"></data>'
    export(tmp_path, markdown(f"## Noise hurts\n\nBy {number}.", "slide"))
    export(tmp_path, markdown("## Does noise hurt? It hurts?\n\nLook.", "slide"))


@pytest.mark.parametrize("button", ['<button type="button" class="badge">x</button>', "<button>"])
def test_a_button_that_an_author_writes_is_refused(tmp_path, button):
    with pytest.raises(BuildError, match="<button> is not allowed"):
        export(tmp_path, slide(button))


def test_an_unknown_claim_is_named_with_its_cell_and_the_cure(tmp_path):
    with pytest.raises(BuildError, match=r"cell 1.*no 'noisi'") as caught:
        export(tmp_path, slide('<data value="claims.noisi"></data>'))
    assert "make evidence" in caught.value.cure
    assert "noisy" in caught.value.cure


def test_without_any_record_of_claims_the_cure_is_make_evidence(tmp_path):
    assert quoted.claims(tmp_path) == {}
    with pytest.raises(BuildError, match=r"cell 1.*no record of claims") as caught:
        export(tmp_path, slide(NOISY), records={})
    assert caught.value.cure == "make evidence"


def test_a_broken_record_of_claims_is_named(tmp_path):
    (tmp_path / "fits").mkdir()
    (tmp_path / "fits" / "claims.json").write_text("<<<<<<< HEAD\n{")
    with pytest.raises(BuildError, match=r"claims\.json") as caught:
        quoted.claims(tmp_path)
    assert "make evidence" in caught.value.cure


def test_the_record_is_read_as_a_record_of_numbers():
    records = quoted.claims()
    claim = records["claims"]["numbers"]["polynomial-noisy"]
    low, high = claim["agree"]
    assert (claim["verdict"], low) == ("holds", high)
    filled = quoted.fill('<data value="claims.polynomial-noisy"></data>', records, None)
    assert (
        f" · holds, {low} of {claim['seeds']} seeds · nearly always: nine in ten or more<" in filled
    )


def evidence(tmp_path, figures, *names):
    """The templates for slides with badges of these claims, one slide each."""
    slides = []
    for name in names:
        slides += export(tmp_path, slide(f'<data value="claims.{name}"></data>'))[1]
    return badges.Evidence(RECORDS, figures).of(slides)


def test_a_page_carries_each_study_once_and_each_claim_once(tmp_path, figures):
    text = evidence(tmp_path, figures, "noisy", "clean", "noisy", "moved")
    found = BeautifulSoup(text, "html.parser").find_all("template")
    claims = [tag["data-claim"] for tag in found if tag.has_attr("data-claim")]
    studies = [tag["data-study"] for tag in found if tag.svg]
    assert claims == ["noisy", "clean", "moved"]
    assert studies == ["fits-noisy", "fits-moved"]
    assert evidence(tmp_path, figures) == ""


def test_the_evidence_says_rule_verdict_and_spread_and_escapes_its_words(tmp_path, figures):
    text = evidence(tmp_path, figures, "noisy", "clean")
    assert "Noise &amp; size hurt" in text
    assert "&lt;b&gt;Clean&lt;/b&gt; is right" in text
    assert "<b>Clean" not in text
    words = " ".join(BeautifulSoup(text, "html.parser").template.get_text(" ").split())
    for said in (
        "error, big over small: more than 1; nearly always: nine in ten or more",
        "holds on 31 of 32 seeds , median 2.5, 5–95 % range 1.25 to 31,400",
        "at once: 81 % to 100 % of all seeds",
    ):
        assert said in words


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("measured", "Claimed error, big"),
        ("told", "Told by others error, big"),
        ("predicted", "Predicted by us (commit abc1234) error, big"),
    ],
)
def test_the_evidence_says_where_a_sentence_comes_from(tmp_path, figures, kind, said, monkeypatch):
    monkeypatch.setitem(CLAIMS, "noisy", CLAIMS["noisy"] | {"kind": kind, "since": "abc1234"})
    text = BeautifulSoup(evidence(tmp_path, figures, "noisy"), "html.parser").template.get_text(" ")
    assert said in " ".join(text.split())


def test_cases_are_no_sample_and_carry_no_confidence(tmp_path, figures):
    text = evidence(tmp_path, figures, "moved")
    assert "more than 1; in every case: all of them" in text
    assert "confidence" not in text


def test_the_figure_is_a_picture_with_every_claim_of_the_study_in_words(tmp_path, figures):
    svg = BeautifulSoup(evidence(tmp_path, figures, "noisy"), "html.parser").svg
    assert svg["role"] == "img"
    for said in ("Noise & size hurt · holds, 31 of 32 seeds", "<b>Clean</b> is right · fails"):
        assert said in svg["aria-label"]


def test_a_missing_figure_is_named_with_its_cell_and_the_cure(tmp_path):
    with pytest.raises(BuildError, match=r"cell 1.*claims-fits-noisy\.svg") as caught:
        evidence(tmp_path, tmp_path, "noisy")
    assert caught.value.cure == "make evidence"


def test_a_figure_that_could_run_something_is_refused(tmp_path, figures):
    (figures / "fits" / "claims-fits-noisy.svg").write_text("<svg><script>f()</script></svg>")
    with pytest.raises(BuildError, match="<script> in an SVG"):
        evidence(tmp_path, figures, "noisy")


def test_the_evidence_stands_beside_the_slides_not_in_them(tmp_path, figures):
    text = evidence(tmp_path, figures, "noisy")
    whole = BeautifulSoup(page("Fits", "<section>x</section>", text, None), "html.parser")
    assert whole.find("template").find_parent("main") is None
    assert len(whole.body.find_all("template")) == 2


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("mostly", "mostly: half or more"),
        ("like a coin", "like a coin: one in four to three in four"),
    ],
)
def test_a_word_says_its_share(word, said):
    one = claim("x", "s", word=word, rule="largest error < 1e-06")
    assert badges.wanted(one) == f"largest error: less than 10⁻⁶; {said}"
