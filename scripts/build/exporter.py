"""A notebook to reveal.js slides: an nbconvert exporter with our template, Markdown and outputs.

A notebook's slides are made once; what of them depends on the deck, `scripts.build.compose` fills in.

Conventions of authoring (README, 'Add a topic'): JupyterLab's slide types; `#| name: value` lines at the
top of a code cell; `<!-- .slide: class="split" -->` in the cell that begins a slide; a notes cell per
slide that begins with its planned time, `(40 s)`.
"""

import html
import json
import re
import sys
from dataclasses import dataclass, field

import nbformat.v4 as v4
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from tqdm import tqdm

from demos.core.evidence.recorded import TABLE
from demos.core.records import LIVE
from scripts.build import badges, frontend, quoted, references, safety, sentences
from scripts.build.markup import Formulas, Renderer, address, code_block, of_cell, plain, visible
from scripts.build.notebooks import Cell
from scripts.build.safety_svg import clean_svg
from scripts.errors import BuildError, Consequence, Problems, gathered
from scripts.paths import FRONTEND

SLIDE_LINE = re.compile(r"<!--\s*\.slide:\s*(.*?)\s*-->\n?")
SLIDE_CLASSES = ("title", "statement", "split")
SECONDS = re.compile(r"\A\s*\((\d+) s\)\s*")
BROKEN = "?"
WIDGET = "application/vnd.jupyter.widget-view+json"
MEASURED = r"<(data|button)\b.*?</\1>"  # a number or a verdict: what it says may change
HEADLINE = re.compile(r"\A\s*(<(h[12])>(.*?)</\2>)", re.DOTALL)


@dataclass
class Slide:
    """One slide: `blocks` and `notes` are HTML, formulas still placeholders."""

    cell: object  # the cell that begins it
    classes: str = ""
    headline: str = ""
    id: str = ""
    seconds: int = 0
    notes: str = ""
    blocks: list = field(default_factory=list)
    crowded: bool = False  # with headlines of others: how much it holds says nothing
    claims: dict = field(default_factory=dict)  # behind its badges: {claim: the cell that names it}
    part: str = ""  # in a deck of several: which one it begins
    skipped: bool = False  # by the deck: still in its overview

    @property
    def below(self):
        """Whether it lies below the main path: its time is in no plan."""
        return self.cell.slide_type == "subslide"


class DeckExporter(TemplateExporter):
    """Notebook in, `<section>`s out. Formulas are placeholders until `Formulas.put_in`."""

    export_from_notebook = None  # not offered in nbconvert's menu
    output_mimetype = "text/html"
    file_extension = ".html"
    template_name = "deck"
    template_file = "index.html.j2"

    def __init__(self, live=True, problems=None, pool=references.NOTHING, **kwargs):
        self.live, self.pool = live, pool
        self.problems = (
            problems  # a `Problems` that keeps what is wrong with a cell; or it is raised
        )
        super().__init__(extra_template_basedirs=[str(FRONTEND / "templates")], **kwargs)

    def columns(self, notebook, records, formulas):
        """The slides, by columns, of one notebook whose cells hold their outputs; and {id: its cell}."""
        writer = Writer(records, formulas, self.live, self.pool)
        with gathered(self.problems) as problems:
            return writer.columns(notebook, problems), writer.taken

    def sections(self, columns):
        """Slides as HTML."""
        body, _ = self.from_notebook_node(v4.new_notebook(), {"columns": columns})
        return body


def markdown_output(text):
    """Markdown that a cell gave on stage, as the build shows it. Raises BuildError."""
    cell, formulas = Cell("", 0, "", "code", "", "-"), Formulas()
    rendered = Writer({}, formulas, False).markdown(text, cell)
    return formulas.put_in(rendered, frontend.typeset(formulas.found))


def unmeasured(headline):
    """The error for a headline, (cell, sentence, words), that nothing on its slide speaks for."""
    cell, sentence, words = headline
    what = f"the headline says how things behave ({', '.join(words)}) and nothing on its slide does"
    cure = (
        "put the claim on the slide, or a recorded number, <data value=…>; or ask, or say what is seen; "
        "what is no claim stands in scripts/build/sentences.toml, with its reason"
    )
    return BuildError(f"{what}: {sentence[:80]}", cure, cell)


class Writer:
    """Cells to slides."""

    def __init__(self, records, formulas, live, pool=references.NOTHING):
        self.records, self.formulas, self.live, self.pool = records, formulas, live, pool
        self.taken = {}  # addresses of slides and names of elements: {id: its cell}

    def columns(self, notebook, problems):
        """Slides grouped as reveal shows them: columns from left to right, each top to bottom."""
        columns = []
        for cell in notebook.cells:
            if cell.slide_type in ("slide", "subslide"):
                if cell.slide_type == "slide":
                    columns.append([])
                columns[-1].append(Slide(cell))
            slide, before = columns[-1][-1], len(problems.found)
            with problems.collected():
                if cell is slide.cell:
                    slide.classes = self.classes(cell)
                if cell.slide_type == "notes":
                    self.add_notes(slide, cell)
                elif cell.slide_type != "skip":
                    self.add_cell(slide, cell)
            if len(problems.found) > before:  # what a broken cell was to give is not missed as well
                slide.headline = slide.headline or BROKEN
                slide.notes = slide.notes or (BROKEN if cell.slide_type == "notes" else "")
        for slide in (slide for column in columns for slide in column):
            with problems.collected():
                self.finish(slide, notebook.topic)
        problems.found += badges.unanswered(slide for column in columns for slide in column)
        problems.found += map(unmeasured, sentences.headlines(notebook))
        return columns

    def classes(self, cell):
        """Classes from the cell's `.slide:` line."""
        found = SLIDE_LINE.search(cell.source) if cell.kind == "markdown" else None
        if not found:
            return ""
        match = re.fullmatch(r'class="([\w -]*)"', found[1])
        names = match[1].split() if match else []
        if not names or set(names) - set(SLIDE_CLASSES):
            cure = (
                f'write <!-- .slide: class="NAME" --> with NAME one of {", ".join(SLIDE_CLASSES)}'
            )
            raise BuildError(f"unknown slide line {found[0].strip()}", cure, cell)
        return " ".join(names)

    def add_cell(self, slide, cell):
        """A cell's HTML as the slide's next block."""
        if cell.kind == "markdown":
            block = self.markdown(SLIDE_LINE.sub("", cell.source), cell)
        else:
            block = self.code_cell(cell)
        if not slide.headline:
            match = HEADLINE.match(block)
            if not match:
                cure = "begin the slide with '## ' and one sentence that says what it shows"
                raise BuildError("the slide has no headline", cure, cell)
            if not visible(match[3]):
                raise BuildError("a headline in which nothing can be seen", "write words", cell)
            slide.headline, block = match[1], block[match.end() :]
        badges.refuse(slide.headline, cell)
        block, claims = badges.placed(block, cell)
        slide.claims |= dict.fromkeys(claims, cell)
        if block.strip():
            if cell.slide_type == "fragment":
                block = f'<div class="fragment">\n{block}\n</div>'
            slide.blocks.append(f"<!-- cell {address(cell)} -->\n{block}")  # overflow.js asks

    def add_notes(self, slide, cell):
        """Speaker notes and the planned time in front of them."""
        match = SECONDS.match(cell.source)
        if not match and not slide.notes:
            cure = "begin the first notes cell of a slide with its planned time: (40 s) …"
            raise BuildError("speaker notes without planned seconds", cure, cell)
        slide.seconds += int(match[1]) if match else 0
        slide.notes += self.markdown(cell.source[match.end() if match else 0 :], cell)

    def finish(self, slide, topic):
        """Give a slide an address, its topic and its headline without numbers that a run may change; and
        check that it is complete."""
        if not slide.classes and not re.search("<figure|<pre", "".join(slide.blocks)):
            slide.classes = "prose"  # words alone may stand larger
        words = re.sub(f"{MEASURED}|<[^>]+>|\ue000[^\ue001]*\ue001|&\\w+;", "", slide.headline)
        slug = "-".join(re.findall(r"[a-z0-9]+", words.lower())[:8])
        slide.id = f"{topic}-{slug}"
        while slide.id in self.taken:
            slide.id += "-more"
        self.taken[slide.id] = slide.cell
        problems, more = Problems(), len(re.findall(r"<h[12]\b", "".join(slide.blocks)))
        if more:
            slide.crowded = True
            cure = "set the Slide Type of the others to Slide, or write ### for what is smaller"
            problems.found.append(
                BuildError(f"{more + 1} headlines on one slide", cure, slide.cell)
            )
        if not slide.notes:
            cure = "add a cell of slide type Notes after it that begins with the time: (40 s) …"
            problems.found.append(BuildError("the slide has no speaker notes", cure, slide.cell))
        if "split" in slide.classes.split() and not slide.blocks:
            what = "nothing to split into two columns"
            problems.found.append(Consequence(what, "add cells below", slide.cell))
        problems.end()

    def markdown(self, text, cell):
        """Markdown to checked HTML: numbers from records, none typed."""
        problems, cleaned = Problems(), ""
        with problems.collected():
            if cell.kind == "markdown":
                quoted.check_typed(text, cell)
        with problems.collected():
            text = quoted.fill(text, self.records, cell)
        with problems.collected():
            rendered = MarkdownWithMath(Renderer(cell, self.formulas)).render(text)
            # an empty header names nothing
            rendered = re.sub(r"<th[^>]*></th>", "<td></td>", rendered)
            cleaned = self.clean(rendered, cell)
        problems.end()
        return cleaned

    def clean(self, markup, cell):
        """Checked HTML whose ids are its own: a link to a slide must lead to that slide."""
        cleaned = safety.clean_html(markup, cell)
        for name in re.findall(r'<[^>]* id="([^"]*)"', cleaned):
            if name in self.taken:
                cure = "choose another: a slide or another element of the deck has it"
                raise BuildError(f"the id {name!r} is taken", cure, cell)
            self.taken[name] = cell
        references.check(cleaned, self.pool, cell)
        return cleaned

    def code_cell(self, cell):
        """Code (unless echo is false), then what it gave (unless output is false)."""
        blocks, problems = [], Problems()
        if cell.is_on("echo") and cell.code.strip():
            code = re.sub(r"\n{3,}", "\n\n", cell.code)  # one empty line is enough on a slide
            blocks.append(of_cell(code_block(code, cell.options), cell, "data-code"))
        if cell.is_on("output"):
            shows = "data-code" if cell.functions else "data-cell"
            for each in cell.outputs:
                with problems.collected():
                    blocks.append(of_cell(self.output(each, cell), cell, shows))
        problems.end()
        return "\n".join(blocks)

    def output(self, output, cell):
        """One output as HTML, the richest safe form it has."""
        safety.check_output(output, cell)
        if output["output_type"] == "stream":
            return plain(output["text"])
        if output["output_type"] == "error":
            return plain(f"{output['ename']}: {output['evalue']}", "error")
        data = output.get("data", {})
        if WIDGET in data:
            cure = "where no kernel runs it cannot move: the deck shows its text"
            tqdm.write(f"note: {cell}\n  a widget; {cure}", file=sys.stderr)
        if TABLE in data:
            return references.table(data[TABLE])
        if "image/svg+xml" in data:
            name = output.get("metadata", {}).get("figure", "")
            return self.figure(data["image/svg+xml"], cell, data.get(LIVE), name)
        if "text/latex" in data:
            return self.formula(data["text/latex"], cell)
        for mime in safety.PICTURE_TYPES:
            if mime in data:
                picture = f"data:{mime};base64,{data[mime].strip()}"
                alt = html.escape(self.alt(cell))
                return f'<figure class="figure"><img src="{picture}" alt="{alt}"></figure>'
        if "text/html" in data:
            return self.clean(data["text/html"], cell)
        if "text/markdown" in data:
            return self.markdown(data["text/markdown"], cell)
        return plain(data.get("text/plain", ""))

    def formula(self, text, cell):
        """LaTeX that a cell gave: a formula of its own, whatever marks stand around it."""
        tex = re.sub(r"\A\s*(?:\$\$?|\\\[|\\\()|(?:\$\$?|\\\]|\\\))\s*\Z", "", text)
        return f"<p>{self.formulas.add(tex, True, cell)}</p>"

    def figure(self, svg, cell, alive=None, name=""):
        """An SVG in the page itself, so that it takes the page's colours; `alive`: a demo behind it, whose
        state in an address goes by the figure's name."""
        more = ""
        if alive and self.live:
            settings = html.escape(json.dumps(alive["settings"]))
            more = f' data-demo="{html.escape(alive["demo"])}" data-figure="{html.escape(name)}"'
            more += f' data-settings="{settings}"'
        picture = safety.named(clean_svg(svg, cell), self.alt(cell))
        return f'<figure class="figure"{more}>{picture}</figure>'

    def alt(self, cell):
        """The cell's alt text, numbers filled in."""
        text = cell.options.get("alt", "")
        if not text.strip():
            cure = "add a line '#| alt: what the picture shows' at the top of the cell"
            raise BuildError("a figure without alt text", cure, cell)
        quoted.check_typed(text, cell)
        if f'"{quoted.DECK}.' in text:
            cure = "say it in the sentence beside: an alt text is the same in every deck"
            raise BuildError("a number of the deck in an alt text", cure, cell)
        return html.unescape(re.sub(r"</?data[^>]*>|`", "", quoted.fill(text, self.records, cell)))
