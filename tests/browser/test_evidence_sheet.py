"""What a badge opens, in a real browser: a small talk with a record of claims of its own."""

import json

import numpy as np
import pytest
from browsing import opened, until, wrong_with_slides
from conftest import copy_of, markdown, notebook

from demos.core.evidence.recorded import Predictions
from demos.core.evidence.strips import strips
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import summary
from demos.core.style import to_svg
from scripts.build.frontend import MODULES

pytestmark = [pytest.mark.browser, pytest.mark.build]

TOO_SMALL = """() => {
  const sheet = document.querySelector("dialog .sheet"), found = [];
  const words = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const e = words.currentNode.parentElement, svg = e.closest("svg");
    if (!words.currentNode.data.trim()) continue;
    const ratio = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * ratio;
    if (size < (e.closest("small") ? 18 : 24) - 0.1) found.push(e.outerHTML.slice(0, 80));
  }
  return found;
}"""
VERDICT = "open: true on 30 to 32 of 32 seeds"  # the record below has two undecided
ROWS = {"few": 4, "many": 6}  # claims of a study, each a row of its figure


def claims_of(name, rows):
    """Claims on one study; the last one fails."""
    study, bounds = Study(f"fits-{name}", None), [1.0] * (rows - 1) + [2.0]
    words = [(f"{name}-{i}", f"Claim number {i} of {name} & <i>more</i>") for i in range(rows)]
    return [
        Claim(*said, study, value=None, rule=">", bound=bound, unit="error, big over small")
        for said, bound in zip(words, bounds, strict=True)
    ]


def record(folder):
    """A topic's claims.json and its figures, as `make evidence` writes them."""
    folder.mkdir()
    values, seeds, claims, studies = np.linspace(1.1, 3, 32), range(2000, 2032), {}, {}
    for name, rows in ROWS.items():
        made = claims_of(name, rows)
        for claim in made:
            words = {"family": "fits", "sentence": claim.sentence, "study": f"fits-{name}"}
            words |= {"rule": f"{claim.unit} > {claim.bound:g}", "word": claim.word}
            words |= {"kind": claim.kind, "since": "", "census": False, "log": claim.log}
            undecided = values < 1.2  # the first two
            claims[claim.id] = words | summary(claim, seeds, values, undecided)
            claims[claim.id]["spread"] = dict.fromkeys(("median", "low", "high"), 0.0)
        drawn = strips([(claim, values, claims[claim.id], seeds) for claim in made])
        figure = to_svg(drawn, f"claims-fits-{name}")
        (folder / f"claims-fits-{name}.svg").write_text(figure, encoding="utf-8")
        study = {"key": "0" * 20, "census": False, "settings": {}, "below": {}, "seconds": 1.0}
        study |= {"seeds": list(seeds), "values": {"error": values.tolist()}, "again": {}}
        studies[f"fits-{name}"] = study
    versions = dict.fromkeys(("numpy", "torch", "scipy", "matplotlib"), "1.0")
    text = json.dumps({"versions": versions, "claims": claims, "studies": studies})
    (folder / "claims.json").write_text(text, encoding="utf-8")


def badge(name):
    return f'<data value="claims.{name}"></data>'


def talk():
    """Two slides with badges, one below the second, and one with a table."""
    sentence = "Without noise 20 are right, wherever our own curve may sit!!"  # as long as may be
    counts = {"verdict": "holds", "kind": "measured", "census": False, "agree": [31, 32]}
    nine = Predictions(
        [{"sentence": sentence, "word": "usually", "since": "", "seeds": 32} | counts] * 9
    )
    return notebook(
        markdown("## One claim in a sentence", "slide"),
        markdown(f"Noise hurts the bigger fit.\n\n{badge('few-0')}\n\n{badge('few-3')}"),
        markdown("(9 s) Look.", "notes"),
        markdown("## A study with many claims", "slide"),
        markdown(f"It is so.\n\n{badge('many-5')}\n{badge('many-0')}"),
        markdown("(9 s) Look.", "notes"),
        markdown("## Below", "subslide"),
        markdown("(9 s) Look.", "notes"),
        markdown("## Nine claims in a table", "slide"),
        markdown(nine._repr_html_()),
        markdown("(9 s) Look.", "notes"),
    )


@pytest.fixture(scope="module")
def sheets(built, tmp_path_factory):
    """The address of the talk with badges."""
    project = copy_of(built, tmp_path_factory.mktemp("claims"))
    record(project.figures / "claims")
    project.write("03-claims", talk())
    done = project.run("deck", timeout=300)
    assert done.code == 0, done.err
    return (project.build / "deck" / "claims" / "index.html").as_uri()


def open_sheet(page, name="few-0"):
    page.click(f"section.present .badge[data-claim={name}]")
    assert is_open(page)


def is_open(page):
    return page.evaluate("document.querySelector('dialog.evidence').open")


def current(page):
    return page.evaluate("Reveal.getCurrentSlide().id")


def focused(page):
    return page.evaluate("document.activeElement.dataset.claim ?? document.activeElement.className")


def slide_of(page, name):
    page.evaluate(
        """name => { const badge = document.querySelector(`.badge[data-claim=${name}]`);
        const i = Reveal.getIndices(badge.closest("section")); Reveal.slide(i.h, i.v ?? 0); }""",
        name,
    )


def test_a_click_shows_the_claim_its_verdict_and_every_seed(chromium, sheets):
    with opened(chromium, sheets) as page:
        open_sheet(page)
        sheet = page.locator("dialog.evidence")
        assert sheet.get_by_role("heading").inner_text() == "Claim number 0 of few & <i>more</i>"
        words = sheet.inner_text()
        for said in ("nearly always: nine in ten or more", VERDICT, "median"):
            assert said in words
        assert "Claim number 3" in sheet.get_by_role("img").get_attribute("aria-label")
        assert sheet.locator("svg use").count() >= 4 * 32
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert sorted(ids) == sorted(set(ids))
        page.keyboard.press("Escape")
        open_sheet(page, "few-3")
        assert "fails: true on" in sheet.inner_text()


WHERE = ".sentence", ".strip circle", ".found", ".needs", ".sign"


@pytest.mark.parametrize("part", WHERE)
def test_a_press_anywhere_on_a_row_opens_it(chromium, sheets, part):
    with opened(chromium, sheets) as page:
        row = page.locator("section.present .badge[data-claim=few-3]")
        box = row.locator(part).first.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert is_open(page)
        heading = page.locator("dialog.evidence").get_by_role("heading")
        assert heading.inner_text().startswith("Claim number 3 of few")


def test_a_row_says_its_sentence_and_its_strip_is_told_apart_by_more_than_colour(chromium, sheets):
    with opened(chromium, sheets) as page:
        for dark in (False, True):
            if dark:
                page.keyboard.press("d")
            row = page.locator("section.present .badge[data-claim=few-3]")
            assert row.locator(".sentence").inner_text() == "Claim number 3 of few & <i>more</i>"
            looks = {
                kind: row.locator(f".strip g.{kind}").evaluate(
                    "e => [getComputedStyle(e).fill, e.firstElementChild.tagName]"
                )
                for kind in ("yes", "no", "undecided")
            }
            assert looks["no"] == ["none", "circle"] and looks["yes"][0] != "none"
            assert looks["yes"][1] == "circle" and looks["undecided"][1] == "rect"
            sizes = row.evaluate(
                "e => [...e.querySelectorAll('.sentence, .found, .needs, text')]"
                ".map(e => parseFloat(getComputedStyle(e).fontSize))"
            )
            assert min(sizes) >= 18 and sizes[0] >= 24


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_it_and_escape_gives_the_focus_back(chromium, sheets, key):
    with opened(chromium, sheets) as page:
        here = current(page)
        page.keyboard.press("Tab")
        assert focused(page) == "few-0"
        page.keyboard.press(key)
        assert is_open(page)
        assert focused(page) == "close"
        page.keyboard.press("Escape")
        assert not is_open(page)
        assert focused(page) == "few-0"
        assert not page.evaluate("Reveal.isOverview()")
        assert current(page) == here


def test_its_button_and_the_backdrop_close_it(chromium, sheets):
    with opened(chromium, sheets) as page:
        for close in (
            lambda: page.keyboard.press("Space"),
            lambda: page.click("dialog .close"),
            lambda: page.mouse.click(5, 5),
        ):
            open_sheet(page)
            page.mouse.click(640, 100)  # inside: stays open
            page.locator("dialog .close").focus()
            close()
            assert not is_open(page)
            assert focused(page) == "few-0"


MOVES = [("PageDown", "PageUp"), ("ArrowRight", "ArrowLeft"), ("Space", "Shift+Space")]


@pytest.mark.parametrize(("forth", "back"), MOVES)
def test_what_moves_the_talk_closes_it_and_moves(chromium, sheets, forth, back):
    with opened(chromium, sheets) as page:
        first = current(page)
        open_sheet(page)
        page.mouse.click(640, 100)  # away from the button, which Space would press
        page.keyboard.press(forth)
        assert not is_open(page)
        second = current(page)
        assert second != first
        open_sheet(page, "many-0")
        page.mouse.click(640, 100)
        page.keyboard.press(back)
        assert not is_open(page)
        assert current(page) == first


def test_down_scrolls_long_strips_and_else_moves(chromium, sheets):
    with opened(chromium, sheets) as page:
        slide_of(page, "many-0")
        here = current(page)
        open_sheet(page, "many-0")
        page.keyboard.press("Tab")
        assert focused(page) == "strips"
        page.keyboard.press("ArrowDown")
        until(page, "document.querySelector('.strips').scrollTop > 0")
        assert is_open(page)
        assert current(page) == here
        page.keyboard.press("Escape")
        open_sheet(page, "many-5")  # its row is the last one
        assert page.evaluate("document.querySelector('.strips').scrollTop") > 0
        page.keyboard.press("PageDown")
        assert not is_open(page) and current(page) != here


def test_the_deck_hears_nothing_else_but_dark_and_black(chromium, sheets):
    with opened(chromium, sheets) as page:
        open_sheet(page)
        for key in ("o", "f", "g", "?", "Home", "End"):
            page.keyboard.press(key)
            assert is_open(page), key
        assert not page.evaluate("Reveal.isOverview() || Reveal.isOverlayOpen()")
        page.keyboard.press("d")
        assert is_open(page)
        assert page.evaluate("document.documentElement.classList.contains('dark')")
        page.keyboard.press("b")
        assert not is_open(page)
        assert page.evaluate("Reveal.isPaused()")
        page.keyboard.press("Space")  # the badge has focus again, but the screen is black
        assert not is_open(page)


def test_it_closes_when_another_window_moves_the_talk(chromium, sheets):
    with opened(chromium, sheets) as page:
        open_sheet(page)
        page.evaluate("Reveal.next()")
        assert not is_open(page)


def test_only_the_badges_of_the_slide_in_view_take_focus(chromium, sheets):
    with opened(chromium, sheets) as page:
        seen = set()
        for _ in range(8):
            page.keyboard.press("Tab")
            seen.add(focused(page))
        assert {"few-0", "few-3"} <= seen
        assert not {"many-0", "many-5"} & seen
        page.keyboard.press("o")
        page.click(".badge[data-claim=many-0]", force=True)  # it chooses the slide
        assert not is_open(page)
        assert "many-claims" in current(page)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (1920, 1080)])
def test_it_fits_with_up_to_four_rows_and_scrolls_with_more(chromium, sheets, width, height):
    with opened(chromium, sheets, width, height) as page:
        for name, scrolls in (("few-0", False), ("many-0", True)):
            slide_of(page, name)
            open_sheet(page, name)
            box = page.locator("dialog.evidence").bounding_box()
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height
            strips = page.locator(".strips")
            assert strips.evaluate("e => e.scrollHeight > e.clientHeight") == scrolls
            assert strips.evaluate("e => e.tabIndex") == (0 if scrolls else -1)
            if width >= 1280:
                assert page.evaluate(TOO_SMALL) == []
            page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768)])
def test_badges_and_nine_rows_of_a_table_stay_on_the_slide(chromium, sheets, width, height):
    with opened(chromium, sheets, width, height) as page:
        assert wrong_with_slides(page) == []
        assert page.locator("table.claims tbody tr").count() == 9


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_with_the_sheet_open_or_closed(chromium, sheets, theme):
    axe = (MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")
    with opened(chromium, sheets) as page:
        page.evaluate(axe)
        if theme == "dark":
            page.keyboard.press("d")
        problems = []
        for name in ("few-0", "few-3", "many-5"):
            slide_of(page, name)
            for is_shown in (False, True):
                if is_shown:
                    open_sheet(page, name)
                options = {"resultTypes": ["violations"], "preload": False}
                found = page.evaluate("o => axe.run({ exclude: 'svg > *' }, o)", options)
                problems += [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]]
            page.keyboard.press("Escape")
        assert problems == []


def test_on_paper_a_badge_is_its_row_in_a_frame(chromium, sheets):
    with opened(chromium, f"{sheets}?print-pdf") as page:
        page.wait_for_selector(".pdf-page .badge", state="attached")
        assert page.locator("button.badge, dialog").count() == 0
        first = page.locator("div.badge").first
        assert first.locator(".sentence").inner_text() == "Claim number 0 of few & <i>more</i>"
        assert first.locator(".found").inner_text() == "open: 30 to 32 of 32 seeds"
        assert first.locator(".strip svg :is(circle, g > rect)").count() == 32
        assert first.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") > 0
        first.click(force=True)
        assert page.locator("dialog").count() == 0
