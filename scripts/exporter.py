"""A notebook to reveal.js slides: an nbconvert exporter with our template, Markdown and outputs.

Conventions of authoring (README, 'Add a topic'): JupyterLab's slide types; `#| name: value` lines at the
top of a code cell; `<!-- .slide: class="split" -->` in the cell that begins a slide; a notes cell per
slide that begins with its planned time, `(40 s)`.
"""

import html
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import nbformat.v4 as v4
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from demos.records import LIVE
from scripts import badges, frontend, quoted, safety
from scripts.errors import BuildError
from scripts.notebooks import Cell
from scripts.paths import FRONTEND, SLIDES
from scripts.safety_svg import clean_svg

SLIDE_LINE = re.compile(r"<!--\s*\.slide:\s*(.*?)\s*-->\n?")
SLIDE_CLASSES = ("title", "statement", "split")
SECONDS = re.compile(r"\A\s*\((\d+) s\)\s*")
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
    claims: dict = field(default_factory=dict)  # behind its badges: {claim: the cell that names it}


class Formulas:
    """Collects formulas while Markdown is rendered; one run of KaTeX then typesets them all.

    Each leaves a mark in the text that nobody can write beforehand.
    """

    def __init__(self):
        self.found = []
        self.mark = secrets.token_hex(8)

    def add(self, tex, display, cell):
        self.found.append((tex.strip(), display, cell.slide_type == "notes", cell))
        return f"\ue000{self.mark}-{len(self.found) - 1}\ue001"

    def put_in(self, text, typeset):
        return re.sub(f"\ue000{self.mark}-(\\d+)\ue001", lambda m: typeset[int(m[1])], text)


class Renderer(IPythonRenderer):
    """Markdown as slides want it: formulas kept for KaTeX, code for reveal's stepping, safe HTML."""

    def __init__(self, cell, formulas):
        super().__init__(
            escape=False,
            embed_images=True,
            exclude_anchor_links=True,
            path=str(SLIDES),
            attachments=cell.attachments,
        )
        self.cell, self.formulas = cell, formulas

    def block_code(self, code, info=None):
        return code_block(code, self.cell.options if self.cell.kind == "code" else {}, info or "")

    def inline_html(self, html):  # nbconvert would close a lone opening tag, <data …>, at once
        return super().inline_html(html) if "<img" in html else html

    def block_html(self, html):
        return super().block_html(html) if "<img" in html else html + "\n"

    def block_math(self, body):
        return self.formulas.add(body, True, self.cell)

    def inline_math(self, body):
        return self.formulas.add(body, False, self.cell)

    def latex_environment(self, name, body):
        return self.formulas.add(f"\\begin{{{name}}}{body}\\end{{{name}}}", True, self.cell)

    def image(self, text, url, title=None):
        if not text.strip():
            raise BuildError(
                f"picture {url!r} has no alt text", "write ![what it shows](…)", self.cell
            )
        if url.startswith("attachment:") and unquote(url[11:]) not in self.cell.attachments:
            cure = "paste the picture into the cell again"
            raise BuildError(f"there is no attachment {url[11:]!r}", cure, self.cell)
        return super().image(text, unquote(url), title)


def visible(markup):
    """Whether a reader sees something of it: a letter, a sign, a formula."""
    text = html.unescape(re.sub("<[^>]*>", "", markup))
    return any(unicodedata.category(sign)[0] not in "CZ" or sign == "\ue000" for sign in text)


def code_block(code, options, language="python"):
    """Code for reveal's highlighter; `lines` steps through it."""
    steps = f' data-line-numbers="{html.escape(options["lines"])}"' if "lines" in options else ""
    name = f' class="language-{language}"' if language else ' class="nohighlight"'
    return f"<pre><code{name} data-trim{steps}>{html.escape(code)}</code></pre>"


def of_cell(block, cell, attribute="data-cell"):
    """The block with its cell's address on it, for a deck whose cells can run."""
    address = f' {attribute}="{html.escape(f"{Path(cell.file).stem}#{cell.id}")}"'
    if block.startswith(("<pre", "<figure")):
        return re.sub(r"\A<\w+", lambda tag: tag[0] + address, block)
    return f"<div{address}>{block}</div>"


class DeckExporter(TemplateExporter):
    """Notebook in, `<section>`s out. Formulas are placeholders until `Formulas.put_in`."""

    export_from_notebook = None  # not offered in nbconvert's menu
    output_mimetype = "text/html"
    file_extension = ".html"
    template_name = "deck"
    template_file = "index.html.j2"

    def __init__(self, live=True, **kwargs):
        self.live, self.taken = live, set()
        super().__init__(extra_template_basedirs=[str(FRONTEND / "templates")], **kwargs)

    def slides(self, notebook, records, formulas):
        """(sections as HTML, the slides) of one notebook whose cells hold their outputs."""
        writer = Writer(records, formulas, self.live, self.taken)
        columns = writer.columns(notebook)
        body, _ = self.from_notebook_node(v4.new_notebook(), {"columns": columns})
        return body, [slide for column in columns for slide in column]


def markdown_output(text):
    """Markdown that a cell gave on stage, as the build shows it. Raises BuildError."""
    cell, formulas = Cell("", 0, "", "code", "", "-"), Formulas()
    rendered = Writer({}, formulas, False, set()).markdown(text, cell)
    return formulas.put_in(rendered, frontend.typeset(formulas.found))


class Writer:
    """Cells to slides."""

    def __init__(self, records, formulas, live, taken):
        self.records, self.formulas, self.live = records, formulas, live
        self.taken = taken  # addresses of slides, of all notebooks

    def columns(self, notebook):
        """Slides grouped as reveal shows them: columns from left to right, each top to bottom."""
        columns = []
        for cell in notebook.cells:
            if cell.slide_type in ("slide", "subslide"):
                slide = Slide(cell, classes=self.classes(cell))
                if cell.slide_type == "slide":
                    columns.append([])
                columns[-1].append(slide)
            if cell.slide_type == "notes":
                self.add_notes(columns[-1][-1], cell)
            elif cell.slide_type != "skip":
                self.add_cell(columns[-1][-1], cell)
        for slide in (slide for column in columns for slide in column):
            self.finish(slide, re.sub(r"\W+", "-", notebook.name[:2]))
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
        block, claims = badges.buttons(block, self.records, cell)
        slide.claims |= dict.fromkeys(claims, cell)
        if block.strip():
            fragment = cell.slide_type == "fragment"
            slide.blocks.append(f'<div class="fragment">\n{block}\n</div>' if fragment else block)

    def add_notes(self, slide, cell):
        """Speaker notes and the planned time in front of them."""
        match = SECONDS.match(cell.source)
        if not match and not slide.notes:
            cure = "begin the first notes cell of a slide with its planned time: (40 s) …"
            raise BuildError("speaker notes without planned seconds", cure, cell)
        slide.seconds += int(match[1]) if match else 0
        slide.notes += self.markdown(cell.source[match.end() if match else 0 :], cell)

    def finish(self, slide, prefix):
        """Check that a slide is complete, and give it an address."""
        if not slide.notes:
            cure = "add a cell of slide type Notes after it that begins with the time: (40 s) …"
            raise BuildError("the slide has no speaker notes", cure, slide.cell)
        if "split" in slide.classes.split() and not slide.blocks:
            raise BuildError("nothing to split into two columns", "add cells below", slide.cell)
        if not slide.classes and not re.search("<figure|<pre", "".join(slide.blocks)):
            slide.classes = "prose"  # words alone may stand larger
        words = re.sub(r"<[^>]+>|\ue000[^\ue001]*\ue001|&\w+;", "", slide.headline).lower()
        slug = "-".join(re.findall(r"[a-z0-9]+", words)[:8])
        slide.id = f"{prefix}-{slug}"
        while slide.id in self.taken:
            slide.id += "-more"
        self.taken.add(slide.id)

    def markdown(self, text, cell):
        """Markdown to checked HTML: numbers from records, none typed."""
        if cell.kind == "markdown":
            quoted.check_typed(text, cell)
        text = quoted.fill(text, self.records, cell)
        rendered = MarkdownWithMath(Renderer(cell, self.formulas)).render(text)
        rendered = re.sub(r"<th[^>]*></th>", "<td></td>", rendered)  # an empty header names nothing
        return self.clean(rendered, cell)

    def clean(self, markup, cell):
        """Checked HTML whose ids are its own: a link to a slide must lead to that slide."""
        cleaned = safety.clean_html(markup, cell)
        for name in re.findall(r'<[^>]* id="([^"]*)"', cleaned):
            if name in self.taken:
                cure = "choose another: a slide or another element of the deck has it"
                raise BuildError(f"the id {name!r} is taken", cure, cell)
            self.taken.add(name)
        return cleaned

    def code_cell(self, cell):
        """Code (unless echo is false), then what it gave (unless output is false)."""
        blocks = []
        if cell.is_on("echo") and cell.code.strip():
            code = re.sub(r"\n{3,}", "\n\n", cell.code)  # one empty line is enough on a slide
            blocks.append(of_cell(code_block(code, cell.options), cell, "data-code"))
        if cell.is_on("output"):
            shows = "data-code" if cell.functions else "data-cell"
            blocks += [of_cell(self.output(each, cell), cell, shows) for each in cell.outputs]
        return "\n".join(blocks)

    def output(self, output, cell):
        """One output as HTML, the richest safe form it has."""
        safety.check_output(output, cell)
        if output["output_type"] == "stream":
            return f'<pre class="output">{html.escape(output["text"].rstrip())}</pre>'
        data = output.get("data", {})
        if "image/svg+xml" in data:
            return self.figure(data["image/svg+xml"], cell, data.get(LIVE))
        for mime in ("image/png", "image/jpeg"):
            if mime in data:
                picture = f"data:{mime};base64,{data[mime].strip()}"
                alt = html.escape(self.alt(cell))
                return f'<figure class="figure"><img src="{picture}" alt="{alt}"></figure>'
        if "text/html" in data:
            return self.clean(data["text/html"], cell)
        if "text/markdown" in data:
            return self.markdown(data["text/markdown"], cell)
        return f'<pre class="output">{html.escape(data.get("text/plain", ""))}</pre>'

    def figure(self, svg, cell, alive=None):
        """An SVG in the page itself, so that it takes the page's colours; `alive`: a demo behind it."""
        more = ""
        if alive and self.live:
            settings = html.escape(json.dumps(alive["settings"]))
            more = f' data-demo="{html.escape(alive["demo"])}" data-settings="{settings}"'
        picture = safety.named(clean_svg(svg, cell), self.alt(cell))
        return f'<figure class="figure"{more}>{picture}</figure>'

    def alt(self, cell):
        """The cell's alt text, numbers filled in."""
        text = cell.options.get("alt", "")
        if not text.strip():
            cure = "add a line '#| alt: what the picture shows' at the top of the cell"
            raise BuildError("a figure without alt text", cure, cell)
        quoted.check_typed(text, cell)
        return re.sub(r"</?data[^>]*>|`", "", quoted.fill(text, self.records, cell))
