"""Assemble the pages and put them in the old ones' place, all at once or not at all."""

import html
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from tqdm import tqdm

from scripts.build import badges, decks, drift, execute, frontend, landing, overflow, policy, quoted
from scripts.build.compose import composed, flat
from scripts.build.notebooks import read_all
from scripts.build.references import without_pages
from scripts.errors import BuildError, Consequence, Problems
from scripts.files import replaced_files, write
from scripts.live import assets
from scripts.paths import BUILD, DECK, FIGURES, FRONTEND

SHARED = ("deck.css", "deck.js", "live.js")  # beside the folders of the pages


def build(name=None, fresh=False, live=True, overflowing=False):
    """Run what must run, export, measure, replace build/deck and the single files.

    name: of a deck, which is made with its topics alone, or of a topic; without, all there is. `live`:
    whether demos can train on their slides; without, a file is half the size. Returns {deck: {topic: its
    slides}}. Raises BuildError with all that is wrong; the last good decks then stand untouched.
    `overflowing`: where slides do not fit, but are right otherwise, the new ones stand before it raises.
    """
    problems, pool = Problems(), decks.read_pool()
    asked = pool.asked(name)
    used = {pool.files[part].stem for deck in asked for part in pool.ready(deck)}
    notebooks = read_all(used, problems=problems)
    figures = execute.run_all(notebooks, fresh, problems=problems)
    committed = quoted.committed()
    drawn = {}
    with problems.collected():
        drawn = quoted.load(figures.values())
    # a topic may quote another's number: of one that does not run here, the committed one
    elsewhere = [FIGURES / part for part, file in pool.files.items() if file.stem not in used]
    records = quoted.load(elsewhere) | drift.settled(drawn, committed) | quoted.claims()
    pages = exported(asked, pool, notebooks, records, live, problems)
    css, javascript = frontend.bundle()
    files, singles = assembled(pages, css, javascript, problems)
    shared = shared_before()
    kept = others(pool, files, shared)
    if kept:  # without a live slide this build makes no live.js
        files = shared | files
    pictures = landing.Pictures([*figures.values(), FIGURES])
    listed = landing.Landing(pool, {*kept, *(page.deck.name for page in pages)}, records, pictures)
    with problems.collected():
        files["index.html"] = listed.page("{}/index.html", "{}/index.html")
        singles[BUILD / "index.html"] = listed.page("{}.html", "deck/{}/index.html")
    small_first = sorted(pages, key=lambda page: not page.deck.is_topic)
    measured = {page.address: page.flow for page in small_first}
    source = css + javascript
    try:
        with replaced_files(singles), replaced_folder(DECK, files, kept) as new:
            if problems.found or not overflowing:
                problems.found += overflow.problems(new, notebooks, measured, source)
            problems.end()
    except OSError as error:
        cure = "free some space (or permissions) there and build again; the last deck is untouched"
        raise BuildError(f"cannot write the deck: {error}", cure, BUILD) from None
    if overflowing:
        Problems(overflow.problems(DECK, notebooks, measured, source)).end()
    return {page.deck.name: {t: flat(found) for t, found in page.topics.items()} for page in pages}


class Page:
    """A deck, composed. topics: {topic: columns of slides}; records: as judged in it; sections: as HTML."""

    def __init__(self, deck, topics, records, exporter):
        self.deck, self.topics, self.records = deck, topics, records
        self.slides = [slide for columns in topics.values() for slide in flat(columns)]
        self.sections = "\n".join(map(exporter.sections, topics.values()))

    @property
    def address(self):
        return f"{self.deck.name}/index.html"

    @property
    def flow(self):
        """The slides that next comes to."""
        return [slide for slide in self.slides if not slide.skipped]


def exported(asked, pool, notebooks, records, live, problems):
    """A Page for each deck asked for, with all numbers and formulas in place.

    What is wrong goes into `problems`, and what there is of its slide is exported all the same.
    """
    # late: importing nbconvert takes a second
    from scripts.build.exporter import DeckExporter
    from scripts.build.markup import Formulas

    found, unsure = Problems(), bool(problems.found)
    exporter, formulas, made = DeckExporter(live, found, pool), Formulas(), {}
    for notebook in tqdm(notebooks, desc="exporting slides", unit="notebook", disable=None):
        made[notebook.topic] = exporter.columns(notebook, records, formulas)
    typeset = frontend.typeset(formulas.found, found)
    for slide in [slide for columns, _ in made.values() for slide in flat(columns)]:
        shown = (slide.headline, slide.notes, *slide.blocks)
        slide.headline, slide.notes, *slide.blocks = (formulas.put_in(t, typeset) for t in shown)
    pages = [Page(deck, *composed(deck, pool, made, records, found), exporter) for deck in asked]
    problems.found += [e for e in found.found if not (unsure and isinstance(e, Consequence))]
    return pages


def assembled(pages, css, javascript, problems):
    """({file: text} of the folder, {path: text} of the decks' single files)."""
    drawn, files, singles, used = {}, {"deck.css": css, "deck.js": javascript}, {}, set()
    for each in pages:
        nets, own = None, ""
        with problems.collected():
            own = badges.Evidence(each.records, drawn=drawn).of(each.slides)
        if "data-demo=" in each.sections:
            with problems.collected():
                nets = assets.used_by(each.sections)
                used |= {*nets}
        live = None if nets is None else json.dumps({"nets": assets.nets(nets)})
        files[each.address] = page(each.deck.title, each.sections, own, live)
        if not each.deck.is_topic:
            parts = "" if nets is None else assets.parts(nets)
            text = page(each.deck.title, without_pages(each.sections), own, parts, css, javascript)
            singles[BUILD / f"{each.deck.name}.html"] = text
    if any("data-demo=" in each.sections for each in pages):
        files["live.js"] = f"window.liveParts={json.dumps(assets.shared(), ensure_ascii=False)};"
        assets.write_widget(BUILD / "live", used)
    return files, singles


def page(title, slides, evidence, live, css="", javascript=""):
    """A page of slides and of the evidence behind their badges: with `css` and `javascript` inside it, or
    beside its folder in deck.css and deck.js. live: JSON of the networks that train on it, with all that
    they need where the page holds the rest too."""
    template = template_of("page.html.j2")
    javascript = javascript.replace("</script", r"<\/script")
    return template.render(
        title=html.escape(title),
        slides=slides,
        evidence=evidence,
        policy=policy.whole(javascript) if javascript else policy.parted(),
        css=css.replace("</style", r"<\/style"),
        javascript=javascript,
        live=(live or "").replace("<", r"\u003c"),
    )


def template_of(name):
    loader = FileSystemLoader(FRONTEND / "templates")
    return Environment(loader=loader, keep_trailing_newline=True).get_template(name)


def shared_before():
    """{file: text} of what all pages share, as it was made last."""
    places = {name: DECK / name for name in SHARED}
    return {name: p.read_text(encoding="utf-8") for name, p in places.items() if p.is_file()}


def others(pool, files, shared):
    """{name: folder} of pages that this build does not make and that go with what all pages share: those
    of other decks, as they were made last."""
    if any(files.get(name, text) != text for name, text in shared.items()):
        return {}
    topics = pool.files.keys() - pool.frames
    known = {*pool.decks, *topics} - {name.partition("/")[0] for name in files}
    return {name: DECK / name for name in known if (DECK / name / "index.html").is_file()}


@contextmanager
def replaced_folder(folder, files, kept):
    """Make `folder` (a link) point to a new one with these files and the folders kept; drop the one before.

    The new one is given first, to be looked at; what is raised then leaves the one before.
    The link is renamed over the old one in one step: there is no moment without a whole deck.
    """
    store = folder.parent / "decks"
    store.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="deck-", dir=store))
    try:
        for name, text in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            write(new / name, text)
        for name, old in kept.items():
            shutil.copytree(old, new / name)
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
