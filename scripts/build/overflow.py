"""What does not fit on its slide: measured when the deck is built, in a browser, on screen and on paper.

What a slide gave is kept by its content: an unchanged deck opens no browser, an edited slide alone is
measured again. Where there is no Chromium the deck is built all the same, and a line says so.
"""

import hashlib
import json
import sys

from scripts import cache
from scripts.build import browser
from scripts.build.markup import address
from scripts.errors import BuildError
from scripts.paths import CACHE, FRONTEND

SCRIPT = FRONTEND / "overflow.js"
KEPT = CACHE / "misfits.json"
READY = "html[data-ready=yes]"
VIEWS = {"": READY, "?print-pdf": f"{READY}.reveal-print .pdf-page"}  # on screen, on paper
PATIENCE = 60_000  # ms until a page of the deck is ready
CURES = {
    "code": "split the cell, move a function to demos/, or hide the code: #| echo: false",
    "output": "print less, or hide it: #| output: false",
    "table": "leave rows or columns out, or set the next Slide Type to Slide",
    "picture": "draw it flatter (figsize), hide its code (#| echo: false), or say less above it",
    "unit": "give the claim a shorter unit in its topic's claims.py: about 40 characters with its bound",
    "formula": r"break it, \begin{aligned} … \\ … \end{aligned}, or give it a slide of its own",
    "headline": "say it in fewer words",
    "live demo": "say less above it, or give it a slide of its own",
    "text": "say less (the rest in the notes), or split the cell and set Slide Type to Slide",
}
WIDE = {
    "code": "break the line: about 90 characters fit on a slide, 49 in a column",
    "text": "break the long word, or write the address behind words: [words](address)",
}


def problems(folder, notebooks, pages, source):
    """What does not fit, a BuildError each, in the order of the pages.

    folder: of the pages. pages: {address of one: its slides}; a slide that stands on several is measured
    on the first. source: what they are shown with, CSS and JavaScript: when it changes, all is measured
    again. What is known of pages that this build does not make stays known.
    """
    base = hashlib.sha256(source.encode() + SCRIPT.read_bytes())
    slides, missing = {}, {}  # {digest: slide}, {page: {slide's id: digest}}
    kept = json.loads(cache.kept_text(KEPT) or "{}")  # {page: {digest: misfits}}
    known = {digest: misfits for found in kept.values() for digest, misfits in found.items()}
    for page, found in pages.items():
        own = {key(slide, base): slide for slide in found if not slide.crowded}
        missing[page] = {s.id: d for d, s in own.items() if d not in known and d not in slides}
        slides |= {digest: slide for digest, slide in own.items() if digest not in slides}
        kept[page] = dict.fromkeys(own)
    asked = {page: [*ids] for page, ids in missing.items() if ids}
    if asked:
        for (page, name), misfits in measure(folder, asked).items():
            known[missing[page][name]] = misfits
        now = {page: {d: known[d] for d in own if d in known} for page, own in kept.items()}
        now = {page: own for page, own in now.items() if (folder / page).exists()}
        cache.keep_text(KEPT, json.dumps(now, ensure_ascii=False))
    cells = {address(cell): cell for notebook in notebooks for cell in notebook.cells}
    found = {}  # a slide that two pages show in two ways has its misfits told once
    for digest, slide in slides.items():
        for misfit in known.get(digest, []):
            found.setdefault((slide.id, place(misfit)), (misfit, slide))
    return [told(misfit, cells.get(misfit["cell"], slide.cell)) for misfit, slide in found.values()]


def key(slide, base):
    """What a slide's layout depends on, as a digest."""
    seen = [slide.id, slide.classes, slide.part, slide.headline, *slide.blocks]
    own = base.copy()
    own.update(json.dumps(seen).encode())
    return own.hexdigest()[:32]


def measure(folder, ids):
    """{(page, slide): misfits} of slides, {page: ids}; what sticks out on paper alone says so.

    Empty, with a line that says so, where no browser can be had.
    """
    from playwright.sync_api import Error  # late: it takes a while

    path, found = browser.found(), {}
    if not path:
        say_unmeasured("there is no Chromium here (python -m scripts browser installs one)")
        return found
    try:
        with browser.open_chromium(path) as chromium:
            for page, names in ids.items():
                screen, paper = in_views(chromium, (folder / page).as_uri(), names)
                found |= {(page, one): merged(screen[one], paper[one]) for one in names}
    except Error as error:
        say_unmeasured(str(error).splitlines()[0])
    return found


def say_unmeasured(why):
    print(f"note: whether all fits on its slide was not measured: {why}", file=sys.stderr)


def in_views(chromium, address, ids):
    """For each view of a page: {slide: misfits}. The views load side by side."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    pages = [context.new_page() for _ in VIEWS]
    for page, view in zip(pages, VIEWS, strict=True):
        page.goto(address + view, wait_until="commit")
    for page, ready in zip(pages, VIEWS.values(), strict=True):
        page.wait_for_selector(ready, state="attached", timeout=PATIENCE)
    found = [misfits(page, ids) for page in pages]
    context.close()
    return found


def misfits(page, ids):
    """{slide: what does not fit} of slides of an open page, as scripts/page/overflow.js says."""
    return page.evaluate(SCRIPT.read_text(encoding="utf-8"), ids)


def merged(screen, paper):
    """Of one slide: what sticks out on screen, and what does on paper alone."""
    seen = {place(misfit) for misfit in screen}
    return screen + [m | {"paper": True} for m in paper if place(m) not in seen]


def place(misfit):
    return misfit["cell"], misfit["side"], misfit["of"]


def told(misfit, cell):
    """The error that names it."""
    kind, side = misfit["kind"], misfit["side"]
    way = side if side in ("above", "below") else f"{side} of"
    frame = f"{'the' if misfit['of'] == 'slide' else 'its'} {misfit['of']}"
    paper = " on paper" if misfit.get("paper") else ""
    what = f"{kind}: {misfit['text']}" if misfit["text"] else kind
    problem = f"ends {misfit['px']} px {way} {frame}{paper} ({what})"
    wide = side in ("left", "right") and kind in WIDE
    return BuildError(problem, WIDE[kind] if wide else CURES[kind], cell)
