"""Badges: a claim named in a sentence is a button in the deck, and plain words everywhere else."""

import copy

import pytest
from bs4 import BeautifulSoup
from conftest import code, exported, markdown, notebook
from nbformat import v4

from scripts.build import badges, quoted
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
    return words | {"median": 2.5, "low": 1.25, "high": 31415.9, "limits": [0.814, 0.998]} | more


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
RECORDS = {"claims": {"numbers": CLAIMS, "settings": {}, "studies": {}}}


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
    return exported(read(path), copy.deepcopy(records), Formulas())


def slide(*lines):
    return markdown("## One\n\n" + "\n".join(lines), "slide")


def buttons(text):
    return [str(tag) for tag in BeautifulSoup(text, "html.parser").find_all("button")]


def test_a_claim_in_a_sentence_becomes_a_button(tmp_path):
    moved = '- and <data value="claims.moved">old words</data>'
    body, (one,) = export(tmp_path, slide(f"So it is. {NOISY}", "", moved))
    assert buttons(body) == [
        '<button class="badge holds" data-claim="noisy" type="button">holds on 31 of 32 seeds</button>',
        '<button class="badge holds" data-claim="moved" type="button">holds in all 32 cases</button>',
    ]
    assert list(one.claims) == ["noisy", "moved"]
    assert "cell 1" in str(one.claims["noisy"])


def test_a_mark_is_a_button_that_says_its_sentence(tmp_path):
    marks = [f'<data title="t" value="claims.{name}:mark">✗</data>' for name in ("noisy", "clean")]
    shown = code("#| echo: false\n1")
    path = tmp_path / "01-fits.ipynb"
    cells = notebook(slide("x"), shown, markdown("(9 s) Look.", "notes"))
    path.write_text(v4.writes(cells), encoding="utf-8")
    found = read(path)
    table = f"<table><tbody><tr><th>Fits</th><td>{''.join(marks)}</td></tr></tbody></table>"
    found.cells[1].outputs = [{"output_type": "execute_result", "data": {"text/html": table}}]
    body, (one,) = exported(found, RECORDS, Formulas())
    noisy, clean = BeautifulSoup(body, "html.parser").find_all("button")
    assert noisy["class"] == ["badge", "mark", "measured", "holds"] and noisy.text == ""
    assert noisy["aria-label"] == "Noise & size hurt: holds on 31 of 32 seeds"
    assert clean["title"] == "<b>Clean</b> is right" and clean["class"][-1] == "fails"
    assert list(one.claims) == ["noisy", "clean"]


def test_a_claim_that_fails_says_so_and_looks_it(tmp_path):
    body, _ = export(tmp_path, slide('<data value="claims.clean"></data>'))
    (button,) = buttons(body)
    assert 'class="badge fails"' in button
    assert "fails: true on 3 of 32 seeds" in button


@pytest.mark.parametrize(
    "words",
    [
        '<data value="claims.noisy.median:.1f"></data>',
        f"### {NOISY}",
        f"[{NOISY}](https://example.org)",
        f"`{NOISY}`",
    ],
    ids=["a number", "a headline", "a link", "code"],
)
def test_elsewhere_a_claim_stays_text(tmp_path, words):
    body, (one,) = export(tmp_path, slide("text", "", words))
    assert buttons(body) == []
    assert one.claims == {}
    assert "2.5" in body or "holds on 31 of 32 seeds" in body


def test_the_headline_of_a_slide_and_the_notes_stay_text(tmp_path):
    cells = [markdown(f"## Noise hurts: {NOISY}", "slide"), markdown(f"(5 s) {NOISY}", "notes")]
    body, (one,) = export(tmp_path, *cells)
    assert buttons(body) == []
    assert "holds on 31 of 32 seeds" in one.headline
    assert "holds on 31 of 32 seeds" in one.notes
    assert one.id == "fits-noise-hurts"


def test_an_alt_text_says_the_verdict_in_words(tmp_path):
    path = tmp_path / "01-fits.ipynb"
    picture = code(f"#| echo: false\n#| alt: It {NOISY}, always.\n1")
    path.write_text(
        v4.writes(notebook(slide("x"), picture, markdown("(9 s) Look.", "notes"))), encoding="utf-8"
    )
    found = read(path)
    found.cells[1].outputs = [{"output_type": "display_data", "data": {"image/svg+xml": SVG}}]
    body, _ = exported(found, RECORDS, Formulas())
    assert 'aria-label="It holds on 31 of 32 seeds, always."' in body
    assert buttons(body) == []


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
    assert f">holds on {low} of {claim['seeds']} seeds<" in filled


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
        "error, big over small: more than 1, nearly always (on at least 90 % of all seeds)",
        "holds on 31 of 32 seeds , median 2.5, 5–95 % range 1.25 to 31,400",
        "on 81 % to 100 % of all seeds",
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
    assert "more than 1, in every case" in text
    assert "confidence" not in text


def test_the_figure_is_a_picture_with_every_claim_of_the_study_in_words(tmp_path, figures):
    svg = BeautifulSoup(evidence(tmp_path, figures, "noisy"), "html.parser").svg
    assert svg["role"] == "img"
    for said in ("Noise & size hurt: holds on 31 of 32 seeds", "<b>Clean</b> is right: fails"):
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
        ("nearly always", "nearly always (on at least 90 % of all seeds)"),
        ("mostly", "mostly (on at least 50 % of all seeds)"),
        ("like a coin", "like a coin (on 25 % to 75 % of all seeds)"),
    ],
)
def test_a_word_says_its_share(word, said):
    one = claim("x", "s", word=word, rule="largest error < 1e-06")
    assert badges.wanted(one) == f"largest error: less than 10⁻⁶, {said}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1.0, "1"), (176.17, "176"), (0.0024784, "0.00248"), (-0.5, "−0.5")]
    + [(31415.9, "31,400"), (2e6, "2×10⁶"), (7.41e-9, "7.41×10⁻⁹"), (1e-6, "10⁻⁶")],
)
def test_a_number_has_three_digits(value, shown):
    assert badges.number(value) == shown
