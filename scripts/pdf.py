"""Print the deck, one slide a page, by reveal.js's own print layout; and take the README's picture."""

from scripts.browser import open_chromium
from scripts.deck import build
from scripts.paths import FIGURES, PDF, TALK, shown

READY = "html[data-ready=yes].reveal-print .pdf-page"


def write_pdf():
    """Build the deck, print it to build/talk.pdf."""
    slides = sum(map(len, build().values()))
    with open_chromium() as browser:
        page = browser.new_page()
        page.goto(f"{TALK.as_uri()}?print-pdf")
        page.wait_for_selector(READY, state="attached", timeout=60_000)
        page.evaluate("document.fonts.ready")
        new = PDF.with_suffix(".new")
        page.pdf(path=new, width="1280px", height="720px", print_background=True)
        new.replace(PDF)
    print(f"{slides} slides in {shown(PDF)}")


def write_screenshot():
    """One slide of the deck as figures/deck.png: the one with 5 and 20 coefficients."""
    slides = [slide for topic in build().values() for slide in topic]
    pictured = next(s for s in slides if "least-squares-noisy" in "".join(s.blocks))
    with open_chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        page.goto(f"{TALK.as_uri()}#/{pictured.id}")
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=FIGURES / "deck.png")
    print(f"slide {pictured.id} in {shown(FIGURES / 'deck.png')}")
