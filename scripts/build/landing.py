"""The page in front of the decks: each with a picture, its minutes, what became of its claims."""

import re

from demos.core.evidence.verdicts import made_in
from demos.core.palette import DARK, LIGHT
from scripts.build import frontend, policy
from scripts.build.quoted import of_deck
from scripts.build.safety_svg import clean_svg
from scripts.errors import BuildError, nearest
from scripts.paths import shown

WORDS = {"holds": "hold", "fails": "fail", "open": "open"}


class Pictures:
    """Figures by name, from the folders where runs left them and where they are committed."""

    def __init__(self, folders):
        files = [file for folder in reversed(folders) for file in folder.rglob("*.svg")]
        self.files = {file.stem: file for file in files if not file.stem.startswith("claims-")}

    def of(self, deck):
        """A deck's picture as SVG, "" for one that names none. Raises BuildError."""
        if deck.picture is None:
            return ""
        if deck.picture not in self.files:
            what = f"there is no figure {deck.picture!r}"
            raise BuildError(what, nearest(deck.picture, self.files), f"{deck.file}, picture")
        file = self.files[deck.picture]
        svg = clean_svg(file.read_text(encoding="utf-8"), shown(file))
        return re.sub(
            r"<svg", '<svg aria-hidden="true"', svg, count=1
        )  # the title beside it says more


class Landing:
    """What it lists. made: names of the decks and topics that have a page."""

    def __init__(self, pool, made, records, pictures):
        self.pool, self.made, self.pictures = pool, made, pictures
        self.records = records

    def page(self, deck_address, topic_address):
        """The page. The addresses have {} for a name. Raises BuildError for a picture that is none."""
        from scripts.build.deck import template_of  # it imports us

        decks = [self.entry(deck, deck_address) for deck in self.pool.decks.values()]
        names = [name for name in self.pool.files if name not in self.pool.frames]
        topics = [
            (self.pool.alone(t).title, topic_address.format(t)) for t in names if t in self.made
        ]
        return template_of("landing.html.j2").render(
            decks=decks,
            topics=topics,
            light=frontend.variables(LIGHT),
            dark=frontend.variables(DARK),
            policy=policy.parted(),
        )

    def entry(self, deck, address):
        """A deck in words, for the template."""
        claims = self.records.get("claims", {"numbers": {}})["numbers"]
        own = made_in(self.pool.ready(deck), claims)
        counts = of_deck(own, self.records)["deck"]["numbers"]
        return {
            "deck": deck,
            "address": address.format(deck.name) if deck.name in self.made else "",
            "begun": bool(self.pool.topics(deck)),
            "topics": [self.pool.alone(topic).title for topic in self.pool.topics(deck)],
            "coming": self.pool.in_preparation(deck),
            "claims": [(verdict, f"{counts[verdict]} {word}") for verdict, word in WORDS.items()],
            "picture": self.pictures.of(deck) if self.pool.topics(deck) else "",
        }
