"""Markdown, code and text as the HTML of a slide."""

import html
import os
import re
import secrets
import unicodedata
import warnings
from pathlib import Path
from urllib.parse import unquote

from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer

from scripts.build import safety
from scripts.errors import BuildError, nearest
from scripts.paths import SLIDES, shown

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg")


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

    # nbconvert puts pictures inside; it would close a lone opening tag, <data …>, at once
    def inline_html(self, html):
        return self.with_pictures(super().inline_html, html) if "<img" in html else html

    def block_html(self, html):
        return self.with_pictures(super().block_html, html) if "<img" in html else html + "\n"

    def with_pictures(self, put_in, html):
        """Pictures inside; what its parser warns of, `safety` refuses."""
        for picture in safety.pictures(html):
            check_picture(picture.get("src") or "", self.cell)
        with warnings.catch_warnings(action="ignore"):
            return put_in(html)

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
        check_picture(url, self.cell)
        return super().image(text, unquote(url), title)


def check_picture(url, cell):
    """Refuse a picture that is no file in slides/, by the address as written. Raises BuildError."""
    if re.match(r"[\w+.-]+:|//", url):  # inside already, an attachment; or from elsewhere: `safety`
        return
    path = os.path.abspath(SLIDES / unquote(url))
    if not (os.path.isfile(path) and path.startswith(f"{SLIDES}{os.sep}")):
        files = [
            p.relative_to(SLIDES).as_posix() for p in SLIDES.rglob("*") if p.suffix in PICTURES
        ]
        near = f"; {nearest(url, files)}" if files else ""
        raise BuildError(
            f"there is no picture {url[:60]!r}", f"put the file into {shown(SLIDES)}/{near}", cell
        )


def plain(text, kind=""):
    """Text that a cell gave as a terminal shows it: no colours, and a line that was written over once."""
    text = re.sub(r"(?m)^.*\r(?=[^\r\n])", "", strip_ansi(text))
    return f'<pre class="{f"output {kind}".strip()}">{html.escape(text.rstrip())}</pre>'


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
    named = f' {attribute}="{address(cell)}"'
    if block.startswith(("<pre", "<figure")):
        return re.sub(r"\A<\w+", lambda tag: tag[0] + named, block)
    return f"<div{named}>{block}</div>"


def address(cell):
    """A cell's name in a page: notebook and id."""
    return html.escape(f"{Path(cell.file).stem}#{cell.id}")
