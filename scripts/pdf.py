"""Print the deck: one slide a page, by reveal.js's own print layout."""

from scripts.browser import open_chromium
from scripts.deck import build
from scripts.paths import PDF, TALK, shown

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
