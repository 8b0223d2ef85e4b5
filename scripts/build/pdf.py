"""Print a deck, one slide a page, by reveal.js's own print layout; and take the README's picture."""

from scripts.build.browser import open_chromium
from scripts.build.deck import build
from scripts.build.decks import read_pool
from scripts.paths import BUILD, DECK, DEFAULT, FIGURES, shown

READY = "html[data-ready=yes].reveal-print .pdf-page"


def write_pdf(deck):
    """Build a deck, print it to build/DECK.pdf, without the slides that it skips."""
    found = [slide for topic in build(deck)[deck].values() for slide in topic]
    pdf, slides = BUILD / f"{deck}.pdf", sum(not slide.skipped for slide in found)
    with open_chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address(deck)}?print-pdf")
        page.wait_for_selector(READY, state="attached", timeout=60_000)
        page.evaluate("document.fonts.ready")
        new = pdf.with_suffix(".new")
        page.pdf(path=new, width="1280px", height="720px", print_background=True)
        new.replace(pdf)
    print(f"{slides} slides in {shown(pdf)}")


def address(deck):
    return (DECK / deck / "index.html").as_uri()


def write_screenshot():
    """One slide of the deck as figures/deck.png: the one with the deck's picture."""
    picture = read_pool().decks[DEFAULT].picture
    slides = [slide for topic in build(DEFAULT)[DEFAULT].values() for slide in topic]
    pictured = next(s for s in slides if picture in "".join(s.blocks))
    with open_chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        page.goto(f"{address(DEFAULT)}#/{pictured.id}")
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=FIGURES / "deck.png")
    print(f"slide {pictured.id} in {shown(FIGURES / 'deck.png')}")
