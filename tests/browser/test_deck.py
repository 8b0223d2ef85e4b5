"""The built talk in a real browser: every slide, at two sizes, as an audience sees it."""

import json

import pytest
from browsing import LAYOUT, once, opened, until, wrong_with_slides

from scripts.build.decks import read_pool
from scripts.live import assets
from scripts.paths import DECK, DEFAULT, TALK

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("slides")]

SIZES = [(1280, 720), (1024, 768)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_on_every_slide_is_inside_readable_and_described(chromium, decks, width, height):
    """Those of the talk in its one file, those of other topics on their own pages."""
    problems, walked = [], once(decks, DEFAULT)
    for name, ids in walked.items():
        file = TALK if name == DEFAULT else DECK / name / "index.html"
        with opened(chromium, file.as_uri(), width, height) as page:
            problems += wrong_with_slides(page, ids)
    assert problems == [], "\n".join(problems)
    topics = {topic for deck in decks.values() for topic in deck}
    assert topics == {
        t for deck in walked for t, s in decks[deck].items() if s[0].id in walked[deck]
    }


def test_the_layout_check_sees_what_it_should(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        page.evaluate(
            """() => Reveal.getCurrentSlide().querySelector(".canvas").insertAdjacentHTML("beforeend",
            '<p style="font-size:12px">tiny</p>' +
            '<svg viewBox="0 0 10 10" width="10"></svg><img src="data:image/png;base64,">' +
            '<span class="katex-error">x</span>')"""
        )
        found = "\n".join(page.evaluate(LAYOUT))
    for what in ("text of 12.0 px", "without alt text", "maths error"):
        assert what in found


def test_topics_stand_alone_and_the_talk_has_them_all(chromium, slides):
    total = 0
    for name, found in slides.items():
        if name in ("opening", "closing"):  # of the talk alone
            total += len(found)
            continue
        with opened(chromium, (DECK / name / "index.html").as_uri()) as page:
            assert page.evaluate("Reveal.getTotalSlides()") == len(found)
        total += len(found)
    with opened(chromium, (DECK / "talk/index.html").as_uri()) as page:
        assert page.evaluate("Reveal.getTotalSlides()") == total


def test_ids_are_unique_so_links_and_figures_do_not_mix(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert sorted(ids) == sorted(set(ids))


def test_a_link_to_a_slide_opens_it(chromium, slides):
    name = list(slides.values())[1][3].id
    with opened(chromium, f"{TALK.as_uri()}#/{name}") as page:
        assert page.evaluate("Reveal.getCurrentSlide().id") == name


def test_clicker_and_keys_move_the_talk_whatever_has_focus(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        first = page.evaluate("Reveal.getCurrentSlide().id")
        page.keyboard.press("PageDown")
        second = page.evaluate("Reveal.getCurrentSlide().id")
        assert second != first
        page.keyboard.press("PageUp")
        assert page.evaluate("Reveal.getCurrentSlide().id") == first
        page.evaluate(
            """() => { const slider = document.createElement("input"); slider.type = "range";
            Reveal.getCurrentSlide().append(slider); slider.focus(); }"""
        )
        page.keyboard.press("PageDown")
        assert page.evaluate("Reveal.getCurrentSlide().id") == second


def test_hidden_slides_take_no_focus(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        page.keyboard.press("PageDown")
        for _ in range(30):
            page.keyboard.press("Tab")
            assert page.evaluate(
                """() => { const e = document.activeElement, s = e.closest("section");
                return !s || s === Reveal.getCurrentSlide() || s.contains(Reveal.getCurrentSlide()); }"""
            )


def test_code_is_stepped_line_by_line(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        stepped = page.evaluate(
            """() => { const code = document.querySelector("pre > code.fragment");
            const slide = code.closest("section"), i = Reveal.getIndices(slide);
            Reveal.slide(i.h, i.v ?? 0, -1); return slide.id; }"""
        )
        shown = "'code:not(.fragment), code.fragment.visible'"
        lit = f"[...Reveal.getCurrentSlide().querySelectorAll({shown})].at(-1)"
        count = f"{lit}.querySelectorAll('.highlight-line').length"
        seen = []
        for _ in range(2):
            page.keyboard.press("ArrowRight")
            seen.append(page.evaluate(count))
        assert page.evaluate("Reveal.getCurrentSlide().id") == stepped
        assert all(seen), seen


def test_overview_search_and_slide_numbers(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        page.keyboard.press("o")
        assert page.evaluate("Reveal.isOverview()")
        page.keyboard.press("o")
        assert not page.evaluate("Reveal.isOverview()")
        page.keyboard.press("Control+Shift+F")
        page.keyboard.type("coefficients")
        page.keyboard.press("Enter")
        until(page, "Reveal.getCurrentSlide().textContent.includes('coefficients')")
        page.keyboard.press("Control+Shift+F")
        columns = page.evaluate("Reveal.getHorizontalSlides().length")
        assert page.inner_text(".slide-number").split()[-1] == str(columns)


# labels of the speaker view that lie on one of its slides
COVERED = """
    [...document.querySelectorAll(".overlay-element")].filter((label) => label.checkVisibility())
    .filter((label) => [...document.querySelectorAll("iframe")].some((slide) => {
        const [a, b] = [label.getBoundingClientRect(), slide.getBoundingClientRect()];
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    })).map((label) => label.textContent.trim())"""


def test_speaker_view_from_a_file_shows_notes_clock_and_pace(chromium, slides):
    main_path = [slide for slide in slides["opening"] if slide.cell.slide_type == "slide"]
    second = main_path[1]
    with opened(chromium, TALK.as_uri()) as page:
        with page.context.expect_page() as popup:
            page.keyboard.press("s")
        speaker = popup.value
        speaker.wait_for_selector(".speaker-controls-time .timer")
        until(speaker, "document.querySelectorAll('iframe').length === 2")
        speaker.wait_for_timeout(1500)
        page.keyboard.press("PageDown")
        wanted = "".join(second.notes.split("<p>")[1].split("<")[0].split())[:30]
        until(
            speaker,
            """text => document.querySelector('.speaker-controls-notes')
            .textContent.replace(/\\s/g, '').includes(text)""",
            arg=wanted,
        )
        assert speaker.is_visible(".speaker-controls-time .pacing")
        assert speaker.evaluate(COVERED) == []


def test_print_layout_has_a_page_per_slide_and_no_dimmed_code(chromium, slides):
    with opened(chromium, f"{TALK.as_uri()}?print-pdf") as page:
        page.wait_for_selector(".pdf-page", state="attached")
        assert page.locator(".pdf-page").count() == sum(map(len, slides.values()))
        lit = """[...document.querySelectorAll(".hljs tr")].filter(row => {
            const style = getComputedStyle(row);
            return style.opacity < 1 || style.backgroundColor !== "rgba(0, 0, 0, 0)"; }).length"""
        assert page.evaluate(lit) == 0


def test_dark_changes_slides_and_figures_and_is_remembered(chromium):
    with opened(chromium, TALK.as_uri()) as page:
        color = "getComputedStyle(document.querySelector('svg[role=img] text')).fill"
        paper = "getComputedStyle(document.body).backgroundColor"
        before = page.evaluate(color), page.evaluate(paper)
        page.keyboard.press("d")
        assert page.evaluate(color) != before[0]
        assert page.evaluate(paper) != before[1]
        page.reload()
        page.wait_for_selector("html.dark[data-ready=yes]", state="attached")


def test_the_talk_is_one_small_file():
    whole = TALK.stat().st_size
    assert whole <= 14_000_000
    assert whole - len(assets.parts()) <= 7_500_000  # what `--without-live` leaves


def test_the_talk_is_complete_and_lasts_about_as_long_as_planned(slides):
    minutes = read_pool().decks[DEFAULT].minutes
    found = [slide for topic in slides.values() for slide in topic]
    assert len(slides) == 9
    assert len(found) >= 45
    assert all(slide.notes for slide in found)
    untimed = [slide.id for slide in found if not slide.seconds]
    assert all("-measured-" in name for name in untimed)  # the tables to look up in, after the end
    path = {name: sum(s.seconds for s in topic if not s.below) for name, topic in slides.items()}
    # bare talk on the main path: at least seven minutes are left for three live demos
    assert minutes - 15 <= sum(path.values()) / 60 <= minutes - 7, json.dumps(path)
