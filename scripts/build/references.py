"""What of a slide depends on the deck that shows it: references to other topics, and its own claims.

A reference is a link to the other notebook, `[the penalty](04-penalty.ipynb)`: JupyterLab opens it.
A deck that has the topic leads to its first slide and says which part it is, "the penalty (part 4)";
any other keeps the words, and leads to the topic's own page where there is one.
"""

import re
from urllib.parse import unquote

from demos.core.evidence.recorded import TABLES
from scripts.build import quoted
from scripts.build.decks import PLANNED, Pool
from scripts.build.markup import visible
from scripts.build.notebooks import topic_of
from scripts.errors import BuildError, nearest
from scripts.paths import SLIDES, shown

NOTHING = Pool({}, {}, {})
LINK = re.compile(r'<a\b[^>]*? href="([^"#/:]+)\.ipynb"[^>]*>(.*?)</a>', re.DOTALL)
OWN_PAGE = re.compile(r'<a href="\.\./[\w-]+/index\.html">(.*?)</a>', re.DOTALL)
NUMBER = re.compile(
    rf'(<data [^>]*?value="{quoted.DECK}\.([^":]+)(?::([^"]*))?"[^>]*>)[^<]*(</data>)'
)
PLACE = re.compile(r'<div data-table="(\w+)"></div>')


def check(markup, pool, cell):
    """Refuse a reference to what is neither a notebook nor planned. Raises BuildError."""
    for name in (unquote(name) for name, _ in LINK.findall(markup)):
        topic = topic_of(name)
        known = [path.stem for path in pool.files.values()]
        if name not in known and topic not in pool.planned:
            cure = f"{nearest(name, known)}; one that is to come: declare it in {PLANNED}"
            raise BuildError(f"there is no notebook {name}.ipynb in {shown(SLIDES)}", cure, cell)


def table(name):
    """Where a deck's own table of claims will stand. Raises KeyError for one that is none."""
    TABLES[name]
    return f'<div data-table="{name}"></div>'


def linked(markup, firsts, pool):
    """References as a deck gives them. firsts: {topic of the deck: (its part's number or None, the address
    of its first slide)}."""

    def one(match):
        topic, words = topic_of(unquote(match[1])), match[2]
        if topic in firsts:
            number, address = firsts[topic]
            part = f" (part {number})" if number else ""
            return f'<a href="#/{address}">{words}</a>{part}'
        if topic in pool.files:
            return f'<a href="../{topic}/index.html">{words}</a>'
        return words

    return LINK.sub(one, markup)


def without_pages(markup):
    """For the one file that has no other pages beside it: words where a topic's own page was linked."""
    return OWN_PAGE.sub(r"\1", markup)


def counted(markup, records, cell):
    """Numbers of the deck, `deck.measured_holds`, as its own record has them."""

    def one(match):
        value = quoted.look_up(records, quoted.DECK, match[2], cell)
        return f"{match[1]}{quoted.formatted(value, match[3], cell)}{match[4]}"

    return NUMBER.sub(one, markup)


def tabled(markup, claims):
    """Tables of claims in their places, "" for a block that held an empty one alone. claims: {id: claim},
    the deck's own."""

    def one(match):
        made = TABLES[match[1]](claims)
        named = f'<table data-table="{match[1]}"'  # outputs.js asks
        return made._repr_html_().replace("<table", named, 1) if made else ""

    with_tables, count = PLACE.subn(one, markup)
    is_full = not count or visible(with_tables) or "<figure" in with_tables
    return with_tables if is_full else ""
