"""Assemble the pages and put them in the old deck's place, all at once or not at all."""

import html
import json
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from tqdm import tqdm

from scripts import badges, drift, execute, frontend, overflow, policy, quoted
from scripts.errors import BuildError, Consequence, Problems
from scripts.files import replace_file, write
from scripts.live import assets
from scripts.notebooks import page_name, read_all
from scripts.paths import BUILD, DECK, FRONTEND, TALK

TITLE = "Regularization, run it yourself"


def build(fresh=False, live=True, overflowing=False):
    """Run what must run, export, measure, replace build/deck and build/talk.html. Returns the slides made.

    `live`: whether demos can train on their slides; without, the file is half the size.
    Raises BuildError with all that is wrong; the last good deck then stands untouched. `overflowing`:
    where slides do not fit, but are right otherwise, the new deck stands before it raises.
    """
    problems = Problems()
    notebooks = read_all(problems=problems)
    figures = execute.run_all(notebooks, fresh, problems=problems)
    committed = quoted.committed()
    drawn = {}
    with problems.collected():
        drawn = quoted.load(figures.values())
    records = drift.settled(drawn, committed) | quoted.claims(together=[n.topic for n in notebooks])
    pages, slides = export(notebooks, records, live, problems)
    css, javascript = frontend.bundle()
    files, talk = assembled(pages, slides, records, css, javascript, problems)
    try:
        with replaced_folder(DECK, files) as new:
            if problems.found or not overflowing:
                problems.found += overflow.problems(new, notebooks, slides, css + javascript)
            problems.end()
        replace_file(TALK, talk)
    except OSError as error:
        cure = "free some space (or permissions) there and build again; the last deck is untouched"
        raise BuildError(f"cannot write the deck: {error}", cure, BUILD) from None
    if overflowing:
        Problems(overflow.problems(DECK, notebooks, slides, css + javascript)).end()
    return slides


def assembled(pages, slides, records, css, javascript, problems):
    """({file: text} of the deck's folder, the text of the whole talk)."""
    behind, evidence = badges.Evidence(records), ""
    with problems.collected():
        evidence = behind.of([slide for found in slides.values() for slide in found])
    files = {
        f"{page_name(name)}.html": page(title, body, behind.of(slides[name]) if evidence else "")
        for name, (title, body) in pages.items()
    }
    whole = "\n".join(body for _, body in pages.values())
    files |= {"index.html": page(TITLE, whole, evidence), "deck.css": css, "deck.js": javascript}
    parts = ""
    if "data-demo=" in whole:
        parts = assets.parts()
        files["live.js"] = f"window.liveParts={json.dumps(parts, ensure_ascii=False)};"
        assets.write_widget(BUILD / "live", parts)
    return files, page(TITLE, whole, evidence, css, javascript, parts)


def export(notebooks, records, live, problems):
    """({notebook: (title, sections)}, {notebook: slides}) with all numbers and formulas in place.

    What is wrong goes into `problems`, and what there is of its slide is exported all the same.
    """
    # late: importing nbconvert takes a second
    from scripts.exporter import DeckExporter
    from scripts.markup import Formulas

    found, unsure = Problems(), bool(problems.found)
    exporter, formulas, bodies, slides = DeckExporter(live, found), Formulas(), {}, {}
    for notebook in tqdm(notebooks, desc="exporting slides", unit="notebook", disable=None):
        bodies[notebook.name], slides[notebook.name] = exporter.slides(notebook, records, formulas)
    typeset = frontend.typeset(formulas.found, found)
    problems.found += [e for e in found.found if not (unsure and isinstance(e, Consequence))]
    pages = {}
    for name, body in bodies.items():
        title = html.unescape(
            re.sub("<[^>]*>|\ue000[^\ue001]*\ue001", "", slides[name][0].headline)
        )
        for slide in slides[name]:
            shown = (slide.headline, *slide.blocks)
            slide.headline, *slide.blocks = (formulas.put_in(text, typeset) for text in shown)
        pages[name] = (title, formulas.put_in(body, typeset))
    return pages, slides


def page(title, slides, evidence, css="", javascript="", parts=""):
    """A page of slides and of the evidence behind their badges: with `css`, `javascript` and `parts`
    (what live demos load) inside it, or beside it in deck.css, deck.js and live.js."""
    loader = FileSystemLoader(FRONTEND / "templates")
    template = Environment(loader=loader, keep_trailing_newline=True).get_template("page.html.j2")
    javascript = javascript.replace("</script", r"<\/script")
    return template.render(
        title=html.escape(title),
        slides=slides,
        evidence=evidence,
        policy=policy.whole(javascript) if javascript else policy.parted(),
        css=css.replace("</style", r"<\/style"),
        javascript=javascript,
        parts=parts.replace("<", r"\u003c"),
    )


@contextmanager
def replaced_folder(folder, files):
    """Make `folder` (a link) point to a new folder with these files; drop the one before.

    The new one is given first, to be looked at; what is raised then leaves the one before.
    The link is renamed over the old one in one step: there is no moment without a whole deck.
    """
    store = folder.parent / "decks"
    store.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="deck-", dir=store))
    try:
        for name, text in files.items():
            write(new / name, text)
        new.chmod(0o755)
        yield new
        link = store / f"{new.name}.link"
        link.symlink_to(Path(store.name) / new.name)
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        os.replace(link, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    for old in store.iterdir():
        if old != new:
            old.unlink() if old.is_symlink() else shutil.rmtree(old, ignore_errors=True)
