"""A deck from slides that are made already: its parts in order, its own numbers, references, claims."""

from dataclasses import replace

from demos.core.evidence.verdicts import made_in
from scripts.build import badges, quoted, references
from scripts.errors import BuildError, nearest


def composed(deck, pool, made, records, problems):
    """({topic: columns of slides} of a deck, in its order; the records that they quote, claims judged as
    the deck makes them). What is wrong goes into `problems`.

    made: {topic: (columns, {id: its cell})}, as `DeckExporter.columns` gives them; records: those that
    slides quote. The slides given are left as they are.
    """
    parts = [topic for topic in pool.ready(deck) if topic in made]  # else its notebook is broken
    own, claims = of_parts(parts, records)
    firsts = {topic: (part_number(deck, parts, topic), made[topic][0][0][0].id) for topic in parts}
    found = {}
    for topic in parts:
        with problems.collected():
            columns = [
                [slide for each in column if (slide := mine(each, firsts, pool, own, claims))]
                for column in made[topic][0]
            ]
            found[topic] = [column for column in columns if column]
            number, first = firsts[topic][0], found[topic][0][0]
            first.part = f"Part {number}" if number else ""
    problems.found += [*shared_names(parts, made), *skip(deck, pool, found)]
    return found, own


def of_parts(parts, records):
    """(the records that a deck's slides quote, its claims): claims are judged as the deck makes them."""
    if "claims" not in records:
        return records | quoted.of_deck({}, records), {}
    claims = made_in(parts, records["claims"]["numbers"])
    numbers = records["claims"]["numbers"] | claims
    own = records | {"claims": records["claims"] | {"numbers": numbers}}
    return own | quoted.of_deck(claims, records), claims


def part_number(deck, parts, topic):
    """Which part of a deck of several a topic is, from 1 on; None for its opening and closing."""
    topics = [part for part in parts if part in deck.topics]
    return topics.index(topic) + 1 if topic in topics and len(topics) > 1 else None


def mine(slide, firsts, pool, records, claims):
    """A copy of a slide as a deck shows it, None where that would be a headline over an empty table.
    Raises BuildError."""
    blocks = [full for block in slide.blocks if (full := references.tabled(block, claims))]
    if slide.blocks and not blocks:
        return None
    seen = dict(slide.claims)

    def with_badges(markup):
        markup, named = badges.drawn(markup, records, slide)
        seen.update({name: seen.get(name, slide.cell) for name in named})
        return filled(markup)

    def filled(markup):
        markup = references.counted(markup, records, slide.cell)
        return references.linked(markup, firsts, pool)

    words = {"headline": filled(slide.headline), "notes": filled(badges.told(slide.notes, records))}
    blocks = [with_badges(block) for block in blocks]
    return replace(slide, blocks=blocks, claims=seen, **words)


def shared_names(parts, made):
    """Ids that two notebooks of a deck have: an error for the later one."""
    taken = {}
    for topic in parts:
        for name, cell in made[topic][1].items():
            if name in taken:
                cure = f"choose another: {taken[name]} has it"
                yield BuildError(f"the id {name!r} is taken", cure, cell)
            taken.setdefault(name, cell)


def skip(deck, pool, found):
    """Mark the slides that a deck goes past; an error for each that is not there."""
    for wanted in deck.skip:
        topic = wanted.partition("/")[0]
        slides = {
            f"{topic}/{s.id.removeprefix(f'{topic}-')}": s for s in flat(found.get(topic, ()))
        }
        if wanted in slides:
            slides[wanted].skipped = True
        elif topic in found:
            cure = nearest(wanted, slides)
            yield BuildError(f"there is no slide {wanted!r}", cure, f"{deck.file}, skip")


def flat(columns):
    """The slides of columns, in order."""
    return [slide for column in columns for slide in column]
