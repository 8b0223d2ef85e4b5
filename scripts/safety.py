"""Refuse markup that could run or fetch something: a deck shows, it does not obey.

nbconvert passes HTML through as it is. Our notebooks need little HTML, so what is not on the list is an
error with a place and a cure rather than something cut out in silence.
"""

import html
import posixpath
import re
from html.parser import HTMLParser

from bs4 import BeautifulSoup

from scripts.errors import BuildError

HTML_TAGS = set(
    "a abbr b blockquote br caption cite code col colgroup data dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub "
    "summary sup table tbody td tfoot th thead tr u ul var".split()
)
HTML_ATTRIBUTES = set(
    "alt class colspan datetime headers height href id lang open reversed role rowspan scope src "
    "start style title value width align border".split()
)
# no others: reveal.js loads what data-src, data-background-* and data-preview-* name
DATA_ATTRIBUTES = set(
    "data-trim data-noescape data-line-numbers data-fragment-index data-id".split()
)
SVG_TAGS = set(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clippath image title "
    "desc lineargradient radialgradient stop pattern style marker mask symbol".split()
)
REFUSED_TYPES = ("application/javascript", "application/vnd.jupyter.widget-view+json")
PICTURE_TYPES = ("image/png", "image/jpeg")
TEXT_TYPES = (*PICTURE_TYPES, "image/svg+xml", "text/html", "text/markdown", "text/plain")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
REMARK = re.compile(r"<!--(?!-)[^<>]*?-->")
FETCHES = re.compile(r"""url\((?!\s*['"]?#)|image-set|expression|@import|\\""", re.IGNORECASE)


def parse(markup, cell):
    """Markup as a tree; refuses what a browser could read in another way than this parser."""
    markup = REMARK.sub("", markup)
    if re.search("<[!?]", markup):
        raise BuildError("a declaration or an odd comment", "remove it", cell)

    def twice(_, name, __):
        raise BuildError(f"attribute {name}= given twice on one tag", "keep one of them", cell)

    rest = HTMLParser()
    rest.feed(markup)
    if re.match("</?[A-Za-z]", rest.rawdata):
        raise BuildError(f"a tag that does not end: {rest.rawdata[:60]!r}", "close it with >", cell)
    return BeautifulSoup(markup, "html.parser", on_duplicate_attribute=twice)


def check_html(text, cell):
    """HTML of an output or of Markdown: known tags and attributes, links out, pictures inside."""
    for tag in parse(text, cell).find_all(True):
        if tag.name not in HTML_TAGS:
            cure = f"remove it; a slide takes {', '.join(sorted(HTML_TAGS)[:12])} and the like"
            raise BuildError(f"<{tag.name}> is not allowed in a slide", cure, cell)
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            known = name in HTML_ATTRIBUTES or name in DATA_ATTRIBUTES or name.startswith("aria-")
            if not known:
                raise BuildError(f"attribute {name}= on <{tag.name}>", "remove it", cell)
            check_address(tag.name, name, value, cell)


def check_address(tag, name, value, cell):
    """Links may lead out, everything a page loads must be inside it, styles may not fetch."""
    value = value.strip().lower()
    if (
        name == "href"
        and tag == "a"
        and not value.startswith(("https://", "http://", "#", "mailto:"))
    ):
        raise BuildError(f"link to {value[:60]!r}", "link to https://… or to a #slide", cell)
    if name == "src" and not value.startswith("data:image/"):
        cure = "put the picture beside the notebook in slides/ and check its name"
        raise BuildError(f"picture {value[:60]!r} is not inside the deck", cure, cell)
    if name == "style" and FETCHES.search(value):
        raise BuildError("a style that fetches something", "remove the url(...)", cell)


def check_svg(svg, cell):
    """SVG that only draws: no scripts, no handlers, no references out of itself."""
    if not (svg.lstrip().startswith("<svg") and svg.rstrip().endswith("</svg>")):
        raise BuildError(
            "an SVG that is not one <svg>…</svg>", "show it with demos.records.show", cell
        )
    soup = parse(svg, cell)
    for tag in soup.find_all(True):
        if tag.name not in SVG_TAGS:
            raise BuildError(f"<{tag.name}> in an SVG", "draw without it", cell)
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            if name.startswith("on"):
                raise BuildError(f"handler {name}= in an SVG", "remove it", cell)
            if name in ("href", "xlink:href") and not value.startswith(("#", "data:image/png")):
                raise BuildError(f"an SVG that refers to {value[:60]!r}", "embed it", cell)
            if FETCHES.search(value) and name not in ("aria-label", "d"):
                raise BuildError(
                    f"{name}={value[:60]!r} in an SVG fetches something", "remove it", cell
                )
    for tag in soup.find_all(("style", "title")):
        if "<" in tag.text or FETCHES.search(tag.text):
            cure = "remove it: a browser reads it as tags, or fetches what it names"
            raise BuildError(f"markup or an address in the <{tag.name}> of an SVG", cure, cell)


def named(svg, label):
    """A checked SVG as one picture for a screen reader, with `label` for its name."""
    return svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(label)}"', 1)


def check_output(output, cell):
    """What a cell gave: safe types, and no file name that leaves the folder."""
    metadata = output.get("metadata", {})
    several = metadata.get("filenames") or {}
    names = several.values() if isinstance(several, dict) else [several]
    for name in filter(None, [metadata.get("filename"), *names]):
        plain = isinstance(name, str) and posixpath.basename(name) == name and "\\" not in name
        if not plain or name.startswith("."):
            cure = "remove the file name from the output's metadata: the deck writes no files"
            raise BuildError(f"an output wants to be written to {name!r}", cure, cell)
    for mime, data in output.get("data", {}).items():
        if mime in REFUSED_TYPES:
            cure = "show a figure, text or a table; live widgets need a kernel"
            raise BuildError(f"an output of type {mime}", cure, cell)
        broken = mime in TEXT_TYPES and not isinstance(data, str)
        if broken or (mime in PICTURE_TYPES and not BASE64.fullmatch(data)):
            raise BuildError(
                f"an output of type {mime} that holds none", "display it another way", cell
            )
