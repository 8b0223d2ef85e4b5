"""Open the deck in a browser as an audience does, and go through it."""

import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

from scripts.build import overflow

LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")


@contextmanager
def opened(chromium, address, width=1280, height=720, **context):
    """A page of the deck. At the end: no request left the machine, the console stayed quiet."""
    context = chromium.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **context
    )
    context.set_default_timeout(20_000)
    context.set_default_navigation_timeout(60_000)  # the whole talk, while others build
    page = context.new_page()
    complaints = []
    page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: r.url.startswith(("file:", "data:", "blob:")) or complaints.append(r.url),
    )
    page.goto(address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    page.evaluate("document.fonts.ready")
    yield page
    context.close()
    assert complaints == []


def until(page, expression, arg=None, seconds=20):
    """Wait until the page says yes, and if it reloads on the way the new one. Asked from outside: its
    own policy evaluates no text."""
    end = time.monotonic() + seconds
    while not said(page, expression, arg):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(30)


def answer(page, expression):
    """What a page says that may be on its way somewhere else: the one it comes to is asked."""
    end = time.monotonic() + 20
    while (found := said(page, f"[{expression}]")) is None:  # in a list: an answer may be null
        assert time.monotonic() < end, f"nobody stayed to be asked: {expression}"
        page.wait_for_timeout(30)
    return found[0]


def said(page, expression, arg=None):
    """What a page answers; None where it went away before it could."""
    try:
        return page.evaluate(expression, arg)
    except PlaywrightError as error:
        if "context was destroyed" in error.message or "navigating" in error.message:
            return None
        raise


# a figure that comes alive has given way to its demo
LIVE = (
    """[...Reveal.getCurrentSlide().querySelectorAll("figure[data-demo]")].every((f) => f.hidden)"""
)


def every_slide(page, names=None):
    """Go through the deck, last fragment shown; yields each slide's id, or those of `names`."""
    places = page.evaluate(
        "Reveal.getSlides().map(s => { const i = Reveal.getIndices(s); return [i.h, i.v ?? 0, s.id]; })"
    )
    for h, v, name in [place for place in places if not names or place[2] in names]:
        page.evaluate("([h, v]) => Reveal.slide(h, v, 999)", [h, v])
        until(page, LIVE)
        yield name


def once(decks, first=None):
    """{page: ids of slides}: each slide of {page: {topic: slides}} once, on the smallest page that has
    it, or on `first`."""
    found, seen = {}, set()
    for name, topics in sorted(decks.items(), key=lambda each: (each[0] != first, size(each[1]))):
        ids = [slide.id for slides in topics.values() for slide in slides]
        if new := [each for each in ids if each not in seen]:
            found[name] = new
            seen |= {*new}
    return found


def size(topics):
    return sum(map(len, topics.values()))


def wrong_with_slides(page, names=None):
    """What does not fit, is too small to read, has no name: of every slide, or of `names`, a line each."""
    return [
        f"{name}: {line}"
        for name in every_slide(page, names)
        for line in (*overflow.misfits(page, [name])[name], *page.evaluate(LAYOUT))
    ]
