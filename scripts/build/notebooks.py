"""Read slides/*.ipynb and check what the deck relies on, cell by cell."""

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cached_property

import nbformat

from demos.core.topics import topic_of
from scripts.build import intents
from scripts.errors import BuildError, Problems, gathered
from scripts.paths import SLIDES, shown

SLIDE_TYPES = ("slide", "subslide", "fragment", "skip", "notes", "-")
RESERVED = ("index",)  # the page in front of the decks
OPTIONS = {
    "echo": "true or false: show the code",
    "output": "true or false: show what the code gave",
    "lines": 'lines to step through, such as "|1-3|5"',
    "alt": "what the picture shows, for those who cannot see it",
}


@dataclass
class Cell:
    """One cell, with the place to name in an error."""

    file: str
    number: int  # counted from 1, as a reader counts
    id: str
    kind: str  # "code" or "markdown"
    source: str
    slide_type: str
    attachments: dict = field(default_factory=dict)
    tags: tuple = ()
    outputs: list = field(default_factory=list)

    def __str__(self):
        first = next((line for line in self.source.splitlines() if line.strip()), "(empty)")
        return f"{self.file}, cell {self.number} (id {self.id}): {first[:70]}"

    @cached_property
    def options(self):
        """The `#| name: value` lines at the top of a code cell."""
        found = {}
        for line in self.source.splitlines():
            if not line.startswith("#|"):
                break
            match = re.fullmatch(r"#\|\s*(\w+):\s*(.*)", line)
            if not match or match[1] not in OPTIONS:
                known = "; ".join(f"{name} ({what})" for name, what in OPTIONS.items())
                raise BuildError(f"unknown option line {line!r}", f"use one of: {known}", self)
            found[match[1]] = match[2].strip().strip('"')
        for name in ("echo", "output"):
            if found.get(name, "true") not in ("true", "false"):
                raise BuildError(f"#| {name}: takes true or false", f"write #| {name}: false", self)
        return found

    @cached_property
    def code(self):
        """The code without its option lines: what runs, and what a slide shows."""
        lines = self.source.splitlines()
        return "\n".join(lines[len(self.options) :]).strip("\n")

    @cached_property
    def functions(self):
        """What a cell that ends with `source(…)` shows the code of, as written there; else ""."""
        try:
            last = ast.parse(self.code).body[-1]
        except (SyntaxError, IndexError):  # `%magic`; nothing at all
            return ""
        match last:
            case ast.Expr(ast.Call(func=ast.Name("source"), args=functions)):
                return ", ".join(map(ast.unparse, functions))
        return ""

    def is_on(self, option):
        return self.options.get(option, "true") == "true"


@dataclass
class Notebook:
    """A notebook's cells, in order."""

    name: str  # "01-my-topic"
    file: str
    cells: list

    @property
    def topic(self):
        """What it is called wherever its number does not count: see `topic_of`."""
        return topic_of(self.name)

    @property
    def code_cells(self):
        return [cell for cell in self.cells if cell.kind == "code"]


def files(folder=SLIDES):
    """{topic: its notebook's path}, in the order of the pool. Raises BuildError for none, and for a name
    that two have."""
    # what begins with a dot is a copy that a system or an editor left, not a notebook
    paths = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith((".", "~")))
    if not paths:
        raise BuildError(f"no notebooks in {shown(folder)}", "add one: README, 'Add a topic'")
    found = {}
    for path in paths:
        other = found.setdefault(topic_of(path.stem), path)
        if other is not path:
            what = f"its page would be that of {shown(other)}: a number only orders the pool"
            raise BuildError(what, "rename one", shown(path))
    return found


def read_all(names=None, folder=SLIDES, problems=None):
    """Every notebook in the order of the pool, or those named. Raises BuildError.

    problems: a `Problems` that keeps what is wrong with one of them; the others are given all the same.
    """
    paths = files(folder).values()
    own = folder / "matplotlibrc"  # matplotlib looks in the folder that a notebook runs in
    if own.exists():
        cure = "move it away; what every figure should look like is in demos/core/style.py"
        raise BuildError("figures would follow it, on this machine only", cure, shown(own))
    known = [path.stem for path in paths]
    for name in names or []:
        if name not in known:
            raise BuildError(f"no notebook is named {name!r}", f"choose from {', '.join(known)}")
    found = []
    with gathered(problems) as own:
        for path in paths:
            if not names or path.stem in names:
                with own.collected():
                    found.append(read(path))
    return found


def read_topics(topics=None):
    """All notebooks, or those whose names begin so: "09", "09-norms". Raises BuildError for none."""
    notebooks = read_all()
    for topic in topics or []:
        if not any(notebook.name.startswith(topic) for notebook in notebooks):
            known = ", ".join(notebook.name for notebook in notebooks)
            raise BuildError(f"no notebook's name begins with {topic!r}", f"choose from {known}")
    return [n for n in notebooks if not topics or n.name.startswith(tuple(topics))]


def read(path):
    """One notebook, checked."""
    file = shown(path)
    check_path(path, file)
    try:
        text = path.read_text(encoding="utf-8")
        check_raw(json.loads(text), file)
        # not nbformat.reads, which prints what it finds wrong as well
        node = nbformat.convert(nbformat.reader.reads(text), 4)
        nbformat.validate(node)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        cure = "restore it from git (git checkout), or repair the JSON"
        raise BuildError(f"not a notebook: invalid JSON ({short(error)})", cure, file) from None
    except BuildError:
        raise
    except Exception as error:  # nbformat meets what is no notebook with whatever comes up
        cure = "open it in JupyterLab and save it again"
        raise BuildError(f"not a valid notebook: {short(error)}", cure, file) from None
    cells = [
        Cell(
            file,
            number,
            cell.get("id", str(number)),
            cell.cell_type,
            cell.source,
            slide_type(cell),
            cell.get("attachments", {}),
            tuple(map(str, cell.metadata.get("tags") or ())),
        )
        for number, cell in enumerate(node.cells, start=1)
    ]
    check(file, cells)
    return Notebook(path.stem, file, cells)


def check_path(path, file):
    """Refuse what is no file of ours, or whose name no address can hold."""
    if not path.is_file():
        cure = "remove it from slides/, or put the notebook itself there"
        raise BuildError("not a file: a folder, a pipe, or a link that leads nowhere", cure, file)
    cure = "rename it: letters, digits, spaces, dots and hyphens, such as 01-my-topic.ipynb"
    if not re.fullmatch(r"\w[\w .-]*", path.stem):
        raise BuildError("a name that no address can hold", cure, ascii(file).strip("'"))
    if topic_of(path.stem) in RESERVED:
        raise BuildError(
            f"{topic_of(path.stem)!r} is no topic's name: a file is called so", cure, file
        )


def check_raw(raw, file):
    """Refuse what nbformat would mend in silence, or what cannot be written down again."""
    cells = raw.get("cells") if isinstance(raw, dict) else None
    seen = {}
    for number, cell in enumerate(cells if isinstance(cells, list) else [], start=1):
        try:
            json.dumps(cell, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            cure = "delete the character there that shows as a box or a question mark"
            where = f"{file}, cell {number}"
            raise BuildError("half a character (a lone surrogate)", cure, where) from None
        name = cell.get("id") if isinstance(cell, dict) else None
        if isinstance(name, str) and seen.setdefault(name, number) != number:
            cure = "copy the cell's text into a new cell, and delete this one"
            where = f"{file}, cell {number}"
            raise BuildError(f"the id {name!r}, which cell {seen[name]} has too", cure, where)


def slide_type(cell):
    """What JupyterLab's menu says; a cell that says nothing goes on with the slide."""
    slideshow = cell.metadata.get("slideshow") or {}
    return (slideshow.get("slide_type") or "-") if isinstance(slideshow, dict) else str(slideshow)


def short(error):
    """The first line or two of an error that likes to quote whole files."""
    return " ".join(str(error).split())[:160]


def check(file, cells):
    """Refuse what would only show as a broken slide."""
    problems = Problems()
    if not cells or cells[0].slide_type != "slide":
        cure = "set its Slide Type to Slide (JupyterLab: property inspector, cog at the right)"
        where = cells[0] if cells else file
        problems.found.append(BuildError("the first cell does not begin a slide", cure, where))
    for cell in cells:
        with problems.collected():
            check_cell(cell)
        with problems.collected():
            intents.check(cell)
    problems.end()


def check_cell(cell):
    """Refuse what has no place on a slide."""
    if cell.slide_type not in SLIDE_TYPES:
        cure = f"choose one of {', '.join(SLIDE_TYPES)} in JupyterLab's property inspector"
        raise BuildError(f"unknown slide type {cell.slide_type!r}", cure, cell)
    if cell.kind == "raw":
        raise BuildError("a raw cell has no place in a deck", "make it Markdown or code", cell)
    for name in cell.attachments:
        if "/" in name or "\\" in name or name.startswith("."):
            cure = "rename the attachment to a plain file name"
            raise BuildError(f"attachment named {name!r} points outside", cure, cell)
    if cell.kind == "code":
        cell.options  # noqa: B018  (raises on an unknown option)
