"""Decks: which topics of the pool, in which order, for how many minutes: slides/decks/NAME.toml each.

A topic is a notebook in slides/; its name is the notebook's without the number, which only orders the
pool. Topics that are to come are declared once, in slides/planned.toml: a deck may name them already, and
a name that stands in neither place is an error. Every topic is also a deck of its own.
"""

import json
import re
import tomllib
from dataclasses import dataclass

from demos.core.evidence.verdicts import made_in
from scripts.build.notebooks import RESERVED, files
from scripts.errors import BuildError, Problems, nearest
from scripts.paths import DEFAULT, SLIDES, shown

NEEDED = {
    "title": (str, "what stands on its first page"),
    "subtitle": (str, "one sentence for the landing page"),
    "minutes": (int, "how long it is planned to last"),
    "topics": (list, "names of topics, in order"),
}
ALLOWED = {
    "opening": (str, "a notebook that only begins this deck, by its topic's name"),
    "closing": (str, "a notebook that ends it"),
    "skip": (list, "slides to go past, as topic/slide: their address, a / after the topic's name"),
    "picture": (str, "the name of a figure, for the landing page"),
}
FIELDS = NEEDED | ALLOWED
PLANNED = "slides/planned.toml"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Deck:
    """What stands in a deck's file; or a topic alone."""

    name: str
    title: str
    subtitle: str = ""
    minutes: int | None = None
    topics: tuple = ()
    opening: str | None = None
    closing: str | None = None
    skip: tuple = ()
    picture: str | None = None
    file: str = ""

    @property
    def parts(self):
        """Its notebooks by their topics' names: the opening, the topics, the closing."""
        return [name for name in (self.opening, *self.topics, self.closing) if name]

    @property
    def is_topic(self):
        return not self.file


@dataclass(frozen=True)
class Pool:
    """All there is to choose from. `files`: {topic: path of its notebook}; `planned`: {topic: title}."""

    files: dict
    planned: dict
    decks: dict

    def ready(self, deck):
        """The parts of a deck that have a notebook."""
        return [name for name in deck.parts if name in self.files]

    def topics(self, deck):
        """Its topics that have a notebook: a deck without any is not built."""
        return [name for name in deck.topics if name in self.files]

    def in_preparation(self, deck):
        """Titles of its topics that have none yet."""
        return [self.planned[name] for name in deck.topics if name in self.planned]

    def alone(self, topic):
        """A topic as a deck of its own."""
        return Deck(topic, heading(self.files[topic]) or topic, topics=(topic,))

    @property
    def frames(self):
        """Openings and closings: notebooks that are no topics."""
        return {name for deck in self.decks.values() for name in (deck.opening, deck.closing)}

    def asked(self, name=None):
        """The decks to build: the one named and its topics alone, or all. Raises BuildError.

        A line says what is left out because it has no notebook yet.
        """
        if name in self.files:
            return [self.alone(name)]
        if name is not None and name not in self.decks:
            cure = nearest(name, [*self.decks, *self.files])
            raise BuildError(f"no deck is named {name!r}", cure, shown(SLIDES / "decks"))
        decks = [self.decks[name]] if name else [*self.decks.values()]
        if name and not self.topics(decks[0]):
            cure = f"add the notebook of one of them to slides/, and take it off {PLANNED}"
            what = f"the deck {name!r} is in preparation: none of its topics is there yet"
            raise BuildError(what, cure, decks[0].file)
        for deck in decks:
            missing = ", ".join(part for part in deck.parts if part in self.planned)
            if not self.topics(deck):
                print(f"{deck.name}: in preparation, none of its topics is there yet", flush=True)
            elif missing:
                print(f"{deck.name}: without {missing}, which {PLANNED} declares", flush=True)
        decks = [deck for deck in decks if self.topics(deck)]
        topics = [topic for deck in decks for topic in self.topics(deck)] if name else self.files
        return [*decks, *(self.alone(topic) for topic in topics if topic not in self.frames)]


def read_pool(folder=SLIDES):
    """The pool of slides/. Raises BuildError with all that is wrong in the decks' files."""
    problems, known = Problems(), files(folder)
    planned, decks = {}, {}
    with problems.collected():
        planned = read_planned(folder / "planned.toml", known)
    paths = sorted((folder / "decks").glob("*.toml"))
    for path in paths:
        with problems.collected():
            decks[path.stem] = read_deck(path, known, planned)
    if not paths:
        cure = f"add {DEFAULT}.toml with title, subtitle, minutes and topics: README, 'Decks'"
        problems.found.append(BuildError("there is no deck", cure, shown(folder / "decks")))
    problems.end()
    return Pool(known, planned, dict(sorted(decks.items(), key=lambda each: each[0] != DEFAULT)))


def parsed(path):
    """A TOML file's table. Raises BuildError with the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BuildError(f"not TOML: {error}", "mend the line", shown(path)) from None


def read_planned(path, known):
    """{topic: title} of topics that have no notebook yet. Raises BuildError."""
    problems, table = Problems(), parsed(path) if path.exists() else {}
    for name, title in table.items():
        where = f"{shown(path)}, {name}"
        if name in known:
            what = f"the topic has a notebook now, {shown(known[name])}"
            problems.found.append(BuildError(what, "delete the line", where))
        elif not NAME.fullmatch(name) or not isinstance(title, str) or not title.strip():
            cure = (
                'write a line such as mixup = "Mixup": lower case words with hyphens, and a title'
            )
            problems.found.append(BuildError("no topic with a title", cure, where))
    problems.end()
    return table


def read_deck(path, known, planned):
    """One deck. Raises BuildError naming each field that is wrong."""
    table, problems = parsed(path), Problems()

    def wrong(field, what, cure):
        problems.found.append(BuildError(what, cure, f"{shown(path)}, {field}"))

    if not NAME.fullmatch(path.stem) or path.stem in (*RESERVED, *known, *planned):
        cure = (
            "choose lower case words with hyphens that no topic and no file of the deck is called"
        )
        wrong("name", f"{path.stem!r} cannot name a deck", cure)
    for field in table.keys() - FIELDS:
        wrong(field, "unknown field", nearest(field, FIELDS))
    for field in NEEDED.keys() - table:
        wrong(field, "the field is missing", f"add it: {FIELDS[field][1]}")
    good = {name: value for name, value in table.items() if name in FIELDS}
    for field, value in good.copy().items():
        if problem := wrong_value(field, value):
            wrong(field, problem, f"it is {FIELDS[field][1]}")
            del good[field]
    check_names(good, {*known, *planned}, wrong)
    problems.end()
    lists = {name: tuple(value) for name, value in good.items() if isinstance(value, list)}
    return Deck(path.stem, **good | lists, file=shown(path))


def wrong_value(field, value):
    """What is wrong with the form of a field's value, or ""."""
    kind, _ = FIELDS[field]
    if kind is list:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return "not a list of names"
        twice = {each for each in value if value.count(each) > 1}
        if twice:
            return f"named twice: {', '.join(sorted(twice))}"
        return "" if value or field == "skip" else "a deck of no topics"
    if isinstance(value, bool) or not isinstance(value, kind):
        return f"{value!r} is no {'text' if kind is str else 'whole number'}"
    if kind is int:
        return "" if value > 0 else f"{value} minutes"
    return "" if value.strip() else "an empty text"


def check_names(fields, known, wrong):
    """Topics that nobody knows or that stand twice, slides to skip of topics that the deck has not."""
    ends = [(field, fields[field]) for field in ("opening", "closing") if field in fields]
    parts = [*(("topics", name) for name in fields.get("topics", ())), *ends]
    for field, name in parts:
        if name not in known:
            cure = f"{nearest(name, known)}; one that is to come: declare it in {PLANNED}"
            wrong(field, f"there is no topic {name!r}", cure)
    names = [name for _, name in parts]
    for field, name in ends:
        if names.count(name) > 1:
            wrong(field, f"{name!r} is in the deck already", "name it once")
    for slide in fields.get("skip", ()):
        topic, _, address = slide.partition("/")
        if topic not in names or not address:
            cure = f"write topic/slide, with a topic of this deck: {', '.join(names)}"
            wrong("skip", f"there is no slide {slide!r}", cure)


def heading(path):
    """A notebook's first headline as plain text, "" where there is none. Reads the file, runs nothing."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        text = "\n".join(
            "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # whoever reads the notebook says what is wrong
    found = re.search(r"(?m)^#{1,2}\s+(.*?)\s*#*$", text)
    return re.sub(r"<[^>]*>|[*_`$\\]", "", found[1]) if found else ""


def judgements(pool, claims):
    """{id: {page in words: the claim as judged there}}: first its topic alone, then each deck that has it.

    claims: {id: claim, with its topic}, as recorded.
    """
    alone = dict.fromkeys(claim["topic"] for claim in claims.values())
    pages = {f"{topic} alone": [topic] for topic in alone}
    begun = [deck for deck in pool.decks.values() if pool.topics(deck)]
    pages |= {f"the deck {deck.name}": pool.ready(deck) for deck in begun}
    made = {page: made_in(parts, claims) for page, parts in pages.items()}
    return {
        name: {page: found[name] for page, found in made.items() if name in found}
        for name in claims
    }
