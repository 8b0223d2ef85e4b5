"""Refuse markup that could run or fetch something: a deck shows, it does not obey.

nbconvert passes HTML through as it is. Our notebooks need little HTML, so what is not on the list is an
error with a place and a cure rather than something cut out in silence.
"""

import posixpath

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
SVG_TAGS = set(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clippath image title "
    "desc lineargradient radialgradient stop pattern style marker mask symbol".split()
)
REFUSED_TYPES = ("application/javascript", "application/vnd.jupyter.widget-view+json")


def check_html(html, cell):
    """HTML of an output or of Markdown: known tags and attributes, links out, pictures inside."""
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name not in HTML_TAGS:
            cure = f"remove it; a slide takes {', '.join(sorted(HTML_TAGS)[:12])} and the like"
            raise BuildError(f"<{tag.name}> is not allowed in a slide", cure, cell)
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            if name not in HTML_ATTRIBUTES and not name.startswith(("aria-", "data-")):
                raise BuildError(f"attribute {name}= on <{tag.name}>", "remove it", cell)
            check_address(tag.name, name, value, cell)


def check_address(tag, name, value, cell):
    """Links may lead out, everything a page loads must be inside it, styles may not fetch."""
    value = value.strip().lower()
    if name == "href" and tag == "a" and not value.startswith(("https://", "http://", "#", "mailto:")):
        raise BuildError(f"link to {value[:60]!r}", "link to https://… or to a #slide", cell)
    if name == "src" and not value.startswith("data:image/"):
        cure = "put the picture beside the notebook in slides/ and check its name"
        raise BuildError(f"picture {value[:60]!r} is not inside the deck", cure, cell)
    if name == "style" and ("url(" in value or "expression" in value or "@import" in value):
        raise BuildError("a style that fetches something", "remove the url(...)", cell)


def check_svg(svg, cell):
    """SVG that only draws: no scripts, no handlers, no references out of itself."""
    soup = BeautifulSoup(svg, "html.parser")
    for tag in soup.find_all(True):
        if tag.name not in SVG_TAGS:
            raise BuildError(f"<{tag.name}> in an SVG", "draw without it", cell)
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            if name.startswith("on"):
                raise BuildError(f"handler {name}= in an SVG", "remove it", cell)
            if name in ("href", "xlink:href") and not value.startswith(("#", "data:image/png")):
                raise BuildError(f"an SVG that refers to {value[:60]!r}", "embed it", cell)
    for style in soup.find_all("style"):
        if "url(" in style.text or "@import" in style.text:
            raise BuildError("an SVG style that fetches something", "remove it", cell)


def check_output(output, cell):
    """What a cell gave: safe types, and no file name that leaves the folder."""
    names = output.get("metadata", {})
    names = [names.get("filename"), *(names.get("filenames") or {}).values()]
    for name in filter(None, names):
        if posixpath.basename(name) != name or "\\" in name or name.startswith("."):
            cure = "remove the file name from the output's metadata: the deck writes no files"
            raise BuildError(f"an output wants to be written to {name!r}", cure, cell)
    for mime in output.get("data", {}):
        if mime in REFUSED_TYPES:
            cure = "show a figure, text or a table; live widgets need a kernel"
            raise BuildError(f"an output of type {mime}", cure, cell)
