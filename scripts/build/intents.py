"""What an author of notebooks may mean, as other tools read it, and this deck does not: told with what to
write here instead, never dropped in silence."""

import re

from scripts.errors import BuildError, Problems

CODE_AND_MATHS = (
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\\\[.*?\\\]|\\\(.*?\\\)"
    r"|\\begin\{(\w+\*?)\}.*?\\end\{\1\}"
)
PROSE_ONLY = re.compile(CODE_AND_MATHS, re.DOTALL)
TAGS = {  # of Jupyter Book, nbconvert and others
    "hide input": "write #| echo: false at the top of the cell",
    "remove input": "write #| echo: false at the top of the cell",
    "hide output": "write #| output: false at the top of the cell",
    "remove output": "write #| output: false at the top of the cell",
    "hide cell": "choose the Slide Type Skip",
    "remove cell": "choose the Slide Type Skip",
}
WORDS = {  # in Markdown
    r"\[\^[^\]\s]+\]": ("a footnote", "say it in the sentence, or in the speaker notes"),
    r"(?m)^\s*[-*+]\s+\[[ xX]\]\s": ("a task list", "write ☐ and ☑ in an ordinary list"),
    r"<!--\s*\.element:.*?-->": (
        "a line for one element",
        "put it into a cell of its own and choose the Slide Type Fragment",
    ),
    r"(?m)^:::+\s*\{?[\w.-]+": ("a directive (:::)", "write plain Markdown; columns: README"),
    r"\{\.(?:fragment|incremental|columns?)\b": (
        "a class in braces",
        "choose the Slide Type Fragment for the cell; columns: README, 'Add a topic'",
    ),
}


def check(cell):
    """Refuse tags and marks that mean something elsewhere. Raises BuildError."""
    problems = Problems()
    for tag in cell.tags:
        cure = TAGS.get(re.sub(r"[-_]", " ", tag))
        if cure:
            problems.found.append(BuildError(f"the tag {tag!r} means nothing here", cure, cell))
    if cell.kind == "markdown":
        prose = PROSE_ONLY.sub(" ", cell.source)
        for pattern, (what, cure) in WORDS.items():
            if re.search(pattern, prose):
                problems.found.append(BuildError(f"{what} has no place on a slide", cure, cell))
    problems.end()
