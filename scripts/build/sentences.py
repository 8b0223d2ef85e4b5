"""Sentences about behaviour that stand alone: with neither a claim nor a recorded number beside them.

A check of words, not of meaning: it finds what the talk says of behaviour ("helps", "never", "worse")
with nothing measured in sight. In sight is what a listener takes in at once: the text of a slide, or one
line of its notes. A paragraph that links its source may say what the source says; questions, code,
mathematics and comments claim nothing. What else is no claim stands in
slides/sentences.toml, with the reason.
"""

import re
import tomllib

from scripts.build.notebooks import read_all
from scripts.build.quoted import LINK, NOT_PROSE
from scripts.paths import SLIDES

ALLOWED = SLIDES / "sentences.toml"
WORDS = """
always never nearly usually mostly often seldom rarely sometimes typically probably
better worse best worst more less fewer faster slower easier simplest rounder
because depends? decides? differs? prefers? matters costs trust robust perfect calm immune
helps? helped hurts? cures? cured repairs? destroys? improves? suffices? saves? closes
dies? dying stays? stuck survives? recovers? explodes? kills? forgets learns
grows? falls fell shrinks? shrank rises? beats? wins? won loses lost gains? fails
"""
BEHAVIOUR = re.compile(rf"\b(?:{'|'.join(WORDS.split())}|on most)\b", re.IGNORECASE)
# "three more units" and "more than one seed" count, they do not compare
COUNTED = re.compile(r"\b(?:one|two|three|four|five|six|\d+) more\b|more than one|\(more\)", re.I)
EVIDENCE = re.compile(r'<data value="(?!claims\.[^":]*:vote)')  # a vote is none
SENTENCE = re.compile(r"(?<=[^A-Z][.?!])[\"”’)]*\s+|\n")  # but not after "B."
MARKS = re.compile(r"<[^>]*>|\*+|^\s*(?:#+|-|\d+\.|\|)\s|^\(\d+ s\)\s", re.MULTILINE)
HEADLINE = re.compile(r"^##? .*", re.MULTILINE)
CURE = f"""\
Put a claim (or a recorded number) beside a sentence, say only what was measured, or take it out. What is
no claim (a definition, an instruction, algebra) is listed with its reason in scripts/{ALLOWED.name}."""


def places(notebook):
    """What is taken in at once, each a list of (cell, paragraph): a slide's text; a line of notes."""
    found = []
    for cell in notebook.cells:
        if cell.slide_type in ("slide", "subslide"):
            found.append([])
            slide = found[-1]
        if cell.kind != "markdown" or cell.slide_type == "skip":
            continue
        text = re.sub(r"<!--.*?-->", " ", cell.source, flags=re.DOTALL)
        if cell.slide_type == "notes":
            found += [[(cell, line)] for line in text.splitlines()]
        else:
            slide += [(cell, paragraph) for paragraph in re.split(r"\n\s*\n", text)]
    return found


def sentences(paragraph):
    """A paragraph's sentences without marks; code, mathematics and quotes of records are "…"."""
    text = MARKS.sub("", NOT_PROSE.sub("…", paragraph))
    return [sentence.strip() for sentence in SENTENCE.split(text) if sentence.strip()]


def words(sentence):
    """The words of behaviour in a sentence; none in a question."""
    if sentence.endswith("?"):
        return []
    return BEHAVIOUR.findall(COUNTED.sub("…", sentence))


def alone(notebook):
    """(cell, sentence, words) of every sentence about behaviour with no evidence in sight."""
    found = []
    for place in places(notebook):
        if any(EVIDENCE.search(paragraph) for _, paragraph in place):
            continue
        for cell, paragraph in place:
            if not LINK.search(paragraph):
                found += [(cell, one, words(one)) for one in sentences(paragraph) if words(one)]
    return found


def headlines(notebook, entries=None):
    """(cell, sentence, words) of every headline about behaviour with no evidence on its slide: a deck is
    not built with it."""
    entries = allowed() if entries is None else entries
    for cell, sentence, found in alone(notebook):
        heads = HEADLINE.findall(cell.source)
        is_one = any(sentence in sentences(head) for head in heads)
        if is_one and not matching(entries, notebook, cell, sentence):
            yield cell, sentence, found


def matching(entries, notebook, cell, sentence):
    """The entries of the list of exceptions that let a sentence stand alone."""
    return {
        entry
        for entry in entries
        if entry[:2] == (notebook.name, cell.id) and sentence.startswith(entry[2])
    }


def allowed(file=ALLOWED):
    """What may stand alone: {(notebook, cell id, first words): why}; where there is no list, nothing."""
    entries = {}
    if not file.exists():
        return entries
    for notebook, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for row, why in rows.items():
            cell, _, begins = row.partition(" ")
            entries[notebook, cell, begins] = why
    return entries


def check(notebooks=None, entries=None):
    """What is wrong, a text each: sentences that stand alone, entries that match nothing or say nothing."""
    notebooks = read_all() if notebooks is None else notebooks
    entries = allowed() if entries is None else entries
    problems, used = [], set()
    for notebook in notebooks:
        for cell, sentence, found in alone(notebook):
            letting = matching(entries, notebook, cell, sentence)
            used |= letting
            if not letting:
                problems.append(f"{cell}\n    {sentence}\n    ({', '.join(found)})")
    for entry, why in entries.items():
        if entry not in used:
            problems.append(f"{ALLOWED.name}: matches nothing, take it out: {' '.join(entry)}")
        elif not entry[2] or not why.strip():
            problems.append(f"{ALLOWED.name}: first words and a reason, please: {' '.join(entry)}")
    return problems
