"""A notebook of the talk as a reader has it: what is meant for the deck and for the stage is folded away.

Plain Markdown and metadata of Jupyter, so that JupyterLab, VS Code and others show it alike.
"""

import re
import textwrap

from demos.core.evidence.badge import badge
from scripts.build.badges import ORIGINS
from scripts.build.notebooks import slide_type
from scripts.build.quoted import QUOTE

SLIDE_LINE = re.compile(r"<!--\s*\.slide:.*?-->\n?")
SECONDS = re.compile(r"\A\s*\((\d+) s\)\s*")
ALT = re.compile(r"#\|\s*alt:\s*(.*)")
LINK = re.compile(r"\[([^\]]*)\]\(([^()/:#?]+\.ipynb)\)")  # to a notebook that may still be planned
BADGES = re.compile(r'(?:\s*<data value="claims\.[^".:]+">[^<]*</data>)+\s*')
MARKS = re.compile(r"([\\`*_\[\]<>$|])")  # that mean something in Markdown


def prepared(notebook, claims, files):
    """The same notebook (nbformat's node), its cells made ready to be read. `claims`: by their ids;
    `files`: names of the notebooks that there are."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            fold_code(cell)
        elif cell.cell_type == "markdown":
            text = LINK.sub(
                lambda m: m[0] if m[2] in files else m[1], SLIDE_LINE.sub("", cell.source)
            )
            text = "\n".join(spoken_out(line, claims) for line in text.split("\n"))
            cell.source = folded(text) if slide_type(cell) == "notes" else text
    return notebook


def fold_code(cell):
    """Lines for the deck go; what the deck hides is folded, headed by what its picture shows."""
    lines = cell.source.split("\n")
    count = next((i for i, line in enumerate(lines) if not line.startswith("#|")), len(lines))
    ours, cell.source = "\n".join(lines[:count]), "\n".join(lines[count:])
    if alt := ALT.search(ours):
        shows = textwrap.fill(
            QUOTE.sub(r"\4", alt[1]), 80, initial_indent="# ", subsequent_indent="# "
        )
        cell.source = f"{shows}\n{cell.source}"
    if re.search(r"#\|\s*echo:\s*false", ours):
        cell.metadata["jupyter"] = {"source_hidden": True}


def folded(notes):
    """Speaker notes behind a line that opens them."""
    seconds = SECONDS.match(notes)
    head = f"What the speaker says ({seconds[1]} s)" if seconds else "What the speaker says"
    text = notes[seconds.end() :] if seconds else notes
    return f"<details>\n<summary>{head}</summary>\n\n{text}\n\n</details>"


def spoken_out(line, claims):
    """Numbers as plain text; a badge as a line of a list, all that it says; in running text a claim's
    verdict in bold, with the sentence that it judges."""
    if BADGES.fullmatch(line):
        return "\n".join(listed(match, claims) for match in QUOTE.finditer(line))

    def one(match):
        record, name, spec, text = match.groups()
        claim = claims.get(name) if record == "claims" and spec is None else None
        if claim is None or line.startswith("#"):  # a headline has no room
            return text
        return f"**{text}** <small>({origin(claim)}: “{plain(claim['sentence'])}”)</small>"

    return QUOTE.sub(one, line)


def listed(match, claims):
    """A badge in Markdown: mark, sentence, count and word, and where the claim comes from."""
    claim = claims.get(match[2])
    if claim is None:
        return match[4]
    said = badge(claim)
    text = f"- {said.mark} **{said.origin}{plain(said.sentence)}** · {said.found} · {said.needs}"
    return f"{text} <small>({origin(claim)})</small>"


def origin(claim):
    return ORIGINS[claim["kind"]].format(**claim)


def plain(text):
    """Text as Markdown shows it."""
    return MARKS.sub(r"\\\1", text)
