"""Votes on the talk's slides: hands are counted before the answer, kept, told beside the strip, scored."""

import pytest
from browsing import opened

from demos.core.evidence.verdicts import FAILS, HOLDS
from scripts.build import quoted
from scripts.paths import BUILD, DEFAULT

pytestmark = [pytest.mark.browser, pytest.mark.build]
PRESENT = "section.present .vote"
GO = """name => { const slide = document.querySelector(name).closest("section");
    const { h, v } = Reveal.getIndices(slide); Reveal.slide(h, v ?? 0, 99); }"""


@pytest.fixture
def talk_html(slides):
    return (BUILD / f"{DEFAULT}.html").as_uri()


def asked(page):
    """Claims that the deck asks for, with the verdicts of the record, in its order."""
    found = page.eval_on_selector_all(".vote", "all => all.map(({ dataset }) => dataset.claim)")
    claims = quoted.claims()["claims"]["numbers"]
    return {claim: claims[claim]["verdict"] for claim in found}


def vote(page, claim, yes, no):
    page.evaluate(GO, f".vote[data-claim='{claim}']")
    for at, hands in enumerate((yes, no)):
        page.fill(f"{PRESENT} input >> nth={at}", str(hands))
        page.keyboard.press("Enter")


def line(page, claim):
    return page.text_content(f".badges > .badge[data-claim='{claim}'] + .room")


def test_the_room_guesses_hears_and_is_scored_like_the_others(chromium, talk_html):
    with opened(chromium, talk_html) as page:
        claims = asked(page)
        known = {name: verdict for name, verdict in claims.items() if verdict in (HOLDS, FAILS)}
        assert len(known) >= 3 and {*known.values()} == {HOLDS, FAILS}
        assert {line(page, name).strip() for name in claims} == {""}, "told before anybody voted"

        for name, verdict in known.items():  # right about all, by one hand
            vote(page, name, *((8, 7) if verdict == HOLDS else (7, 8)))
            assert line(page, name).endswith("The room was right.")
        score = "tr.room td"
        right = [str(len(known)), str(len(known)), "0", "0"]
        assert page.locator(score).all_text_contents()[1:] == right
        first = next(iter(known))
        page.evaluate(GO, f".vote[data-claim='{first}']")
        page.click(f"{PRESENT} button:text-is('{'no' if known[first] == HOLDS else 'yes'}')")
        assert line(page, first).endswith("8 yes, 8 no here. The room was in two minds.")
        page.reload()
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        assert "8 yes, 8 no" in line(page, first)
        assert page.locator(score).all_text_contents()[3] == "1"


def test_a_vote_says_nothing_of_the_answer_and_keeps_the_keys(chromium, talk_html):
    with opened(chromium, talk_html) as page:
        claim = next(iter(asked(page)))
        page.evaluate(GO, f".vote[data-claim='{claim}']")
        words = page.text_content(PRESENT)
        assert not any(word in words for word in ("holds", "fails", "seeds", "told", "predicted"))
        here = page.evaluate("Reveal.getCurrentSlide().id")
        page.focus(f"{PRESENT} button >> nth=0")
        page.keyboard.press(" ")  # a hand, not the next slide
        assert page.input_value(f"{PRESENT} input >> nth=0") == "1"
        page.click(f"{PRESENT} input >> nth=1")
        page.keyboard.type("12")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("Reveal.getCurrentSlide().id") == here
        page.keyboard.press("PageDown")  # the clicker's
        assert page.evaluate("Reveal.getCurrentSlide().id") != here
        assert "1 yes, 12 no" in line(page, claim)
