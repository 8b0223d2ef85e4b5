"""The deck where it is not shown: printed as it stands in the browser, and read on an upright phone."""

import re

import pytest
from browsing import opened, until

from scripts.paths import BUILD, DEFAULT

pytestmark = [pytest.mark.browser, pytest.mark.build]

PHONE = {"has_touch": True, "is_mobile": True}
PRINTED = "?print-pdf"
# where what stands on each slide lies on its page, in pixels: {slide: [[what, left, top, width, height]]}
PLACES = """
    () => Object.fromEntries([...document.querySelectorAll(".slides section[id]")].map((slide) => {
        const origin = (slide.closest(".pdf-page") ?? slide).getBoundingClientRect();
        const parts = slide.querySelectorAll(".canvas :is(h1, h2, p, li, td, pre, .figure > svg, .badge)");
        const seen = [...parts].filter((part) => part.checkVisibility());
        return [slide.id, seen.map((part) => {
            const box = part.getBoundingClientRect();
            const name = part.localName === "button" ? "div" : part.localName;
            const sides = [box.left - origin.left, box.top - origin.top, box.width, box.height];
            return [name, ...sides.map(Math.round)];
        })];
    }))"""
# words that are smaller than so many pixels on the screen, apart from a formula's own small ones
SMALL = """
    (least) => { const found = [];
    const words = document.createTreeWalker(document.querySelector(".slides"), NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const [e, text] = [words.currentNode.parentElement, words.currentNode.data.trim()];
        if (!text || !e.checkVisibility() || e.closest(".katex, style, title")) continue;
        const svg = e.closest("svg:not(svg svg)");
        const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
        const size = parseFloat(getComputedStyle(e).fontSize) * scale;
        if (size < least - 0.1) found.push(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
    }
    return found; }"""


@pytest.fixture
def talk_html(slides):
    return (BUILD / f"{DEFAULT}.html").as_uri()


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_printed_from_the_browser_it_is_what_make_pdf_prints(chromium, talk_html):
    with opened(chromium, f"{talk_html}{PRINTED}") as page:
        page.wait_for_selector(".pdf-page", state="attached")
        wanted = page.evaluate(PLACES)
        paper = pages(page.pdf(width="1280px", height="720px"))
    with opened(chromium, talk_html) as page:
        page.keyboard.press("d")
        page.evaluate("Reveal.slide(4, 0)")
        pdf = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        found = page.evaluate(PLACES)
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        numbers = page.evaluate(
            "[...document.querySelectorAll('[data-number]')].map((slide) => slide.dataset.number)"
        )
    assert pages(pdf) == paper == len(wanted)
    assert found.keys() == wanted.keys()
    for slide, parts in wanted.items():
        assert [part[0] for part in found[slide]] == [part[0] for part in parts], slide
        for one, other in zip(found[slide], parts, strict=True):
            assert all(abs(a - b) <= 1 for a, b in zip(one[1:], other[1:], strict=True)), (
                slide,
                one,
                other,
            )
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 700, "paper is dark"
    assert numbers[0].startswith("1 / ") and len(numbers) == len(wanted)


def test_on_an_upright_phone_it_is_a_page_to_read(chromium, talk_html):
    with opened(chromium, talk_html, 390, 844, **PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate(SMALL, 14) == []
        slides = (
            "[...document.querySelectorAll('.slides section:not(:has(> section), [data-skipped])')]"
        )
        unseen = f"{slides}.filter((s) => !s.querySelector('.canvas').checkVisibility()).map((s) => s.id)"
        assert page.evaluate(unseen) == []
        silent = f"{slides}.filter((s) => !s.querySelector('.notes').offsetHeight).map((s) => s.id)"
        assert page.evaluate(silent) == []
        order = f"{slides}.map((s) => s.getBoundingClientRect().top)"
        tops = page.evaluate(order)
        assert tops == sorted(tops) and len(set(tops)) == len(tops)
        # the closing's tables stand below one another; a wide picture says that there is more of it
        inner = "t => t.map((e) => e.scrollWidth - e.clientWidth)"
        assert set(page.locator(":is(table.claims, table.marks)").evaluate_all(inner)) == {0}
        wide = page.locator(".figure:has(> svg)").first
        assert wide.evaluate("e => e.scrollWidth > e.clientWidth")
        assert "scroll" in wide.evaluate("e => getComputedStyle(e).backgroundAttachment")
        page.locator(".badge").first.click()
        assert page.locator("dialog.evidence[open] .close").count() == 1
        box = page.locator("dialog.evidence").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_link_to_a_slide_lands_on_it_and_reading_on_moves_the_address(
    chromium, slides, talk_html
):
    names = [slide.id for topic in slides.values() for slide in topic if not slide.skipped]
    name = names[40]
    with opened(chromium, f"{talk_html}#/{name}", 390, 844, **PHONE) as page:
        top = "name => document.getElementById(name).getBoundingClientRect().top"
        until(page, f"name => Math.abs(({top})(name)) < 40", name)
        until(page, "name => location.hash === `#/${name}`", name)
        page.evaluate(
            "name => document.getElementById(name).scrollIntoView({ block: 'center' })", names[43]
        )
        until(page, "name => location.hash === `#/${name}`", names[43])


def test_turned_on_its_side_it_shows_slides_at_the_same_place(chromium, slides, talk_html):
    name = [slide.id for slide in slides["dropout"]][2]
    with opened(chromium, f"{talk_html}#/{name}", 390, 844, **PHONE) as page:
        until(page, "name => location.hash === `#/${name}`", name)
        page.set_viewport_size({"width": 844, "height": 390})
        until(page, "window.Reveal?.isReady()")
        assert page.evaluate("Reveal.getCurrentSlide().id") == name
