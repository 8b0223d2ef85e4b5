"""Refuse markup that could run or fetch something: a deck shows, it does not obey.

nbconvert passes HTML through as it is. Here nh3 (ammonia, html5ever: the parser of a browser) reads it and
writes what it read, so that no browser can read it in another way; what is not on our lists is an error
with a place and a cure rather than something cut out in silence.
"""

import html
import posixpath
import re
from collections import Counter
from html.parser import HTMLParser

import nh3
import tinycss2

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
HTML_ATTRIBUTES |= set(
    "data-trim data-noescape data-line-numbers data-fragment-index data-id".split()
)
# only on some elements
ONLY_ON = {"href": "a", "src": "img"}
PROPERTIES = set(
    "background background-color border border-bottom border-collapse border-color "
    "border-left border-radius border-right border-spacing border-style border-top "
    "border-width color columns display flex flex-direction float font font-family font-size "
    "font-style font-variant font-weight gap height justify-content align-items "
    "letter-spacing line-height list-style list-style-type margin margin-bottom margin-left "
    "margin-right margin-top max-height max-width min-height min-width opacity overflow "
    "padding padding-bottom padding-left padding-right padding-top text-align text-decoration "
    "text-indent text-transform vertical-align white-space width word-break word-wrap".split()
)
FUNCTIONS = set(
    "calc clamp hsl hsla matrix max min rgb rgba rotate scale skewx skewy translate var".split()
)
OPTIONAL_ENDS = set("caption colgroup dd dt li p tbody td tfoot th thead tr".split())
EMPTY = set("br col hr img".split())
SCHEMES = set("https http mailto data javascript vbscript file blob ftp ws wss about".split())
REFUSED_TYPES = ("application/javascript",)
PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif")
TEXT_TYPES = (
    *PICTURE_TYPES,
    *"image/svg+xml text/html text/latex text/markdown text/plain".split(),
)
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
REMARK = re.compile(r"<!--(?!-)[^<>]*?-->")


def clean_html(text, cell):
    """HTML of an output or of Markdown as a browser reads it: known tags and attributes, links out,
    pictures inside. Raises BuildError naming all that is refused."""
    problems = unbalanced(text)

    def kept(tag, name, value):
        problem = wrong_value(tag, name, value)
        problems.extend([problem] if problem else [])
        return None if problem else value

    read = {"link_rel": None, "clean_content_tags": set(), "url_schemes": SCHEMES}
    attributes = {"*": HTML_ATTRIBUTES}
    allowed = {"tags": HTML_TAGS, "attributes": attributes, "generic_attribute_prefixes": {"aria-"}}
    cleaned = nh3.clean(text, attribute_filter=kept, **allowed, **read)
    problems += refused(text, read)
    nameless = [picture for picture in pictures(cleaned) if not (picture.get("alt") or "").strip()]
    problems += ['a picture without alt text, alt="what it shows"'] * bool(nameless)
    if problems:
        cure = "remove it or close it; a slide takes tables, lists, emphasis, links and pictures"
        raise BuildError("; ".join(dict.fromkeys(problems)), cure, cell)
    return cleaned


def refused(text, read):
    """Tags and attributes that are not on our lists: read once more with everything allowed."""
    tags = {tag.lower() for tag in re.findall(r"</?([A-Za-z][^\s/>]*)", text)}
    words = {word.lower() for word in re.findall(r"[^\s\"'<>/=]+", text)} | HTML_ATTRIBUTES
    schemes = {word.lower() for word in re.findall(r"([A-Za-z][\w.+-]*):", text)} | SCHEMES
    everything = read | {"url_schemes": schemes}
    whole = nh3.clean(text, tags=tags | HTML_TAGS, attributes={"*": words}, **everything)
    listed = Listed()
    listed.feed(whole)
    return listed.problems


def pictures(text):
    """The attributes of each <img> in HTML."""
    return Pictures(text).found


class Pictures(HTMLParser):
    """Finds pictures."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


class Listed(HTMLParser):
    """What is not on our lists of what nh3 wrote. For the message alone."""

    def __init__(self):
        super().__init__()
        self.problems = []

    def handle_starttag(self, tag, attrs):
        if tag not in HTML_TAGS:
            self.problems.append(f"<{tag}> is not allowed in a slide")
        for name, _ in attrs:
            if name not in HTML_ATTRIBUTES and not name.startswith("aria-"):
                self.problems.append(f"attribute {name}= on <{tag}>")


def wrong_value(tag, name, value):
    """What is wrong with an attribute's value, or None. Links may lead out, everything a page loads must
    be inside it, styles may not fetch."""
    plain = value.strip().lower()
    if name in ONLY_ON and tag != ONLY_ON[name]:
        return f"attribute {name}= on <{tag}>"
    known = plain.startswith(("https://", "http://", "#", "mailto:"))
    if name == "href" and not known and not re.fullmatch(r"[^/:#?]+\.ipynb", plain):
        return f"link to {value.strip()[:60]!r}: link to https://…, a #slide or a topic's notebook.ipynb"
    if name == "src" and not plain.startswith("data:image/"):
        short = value.strip()[:60]
        return f"picture {short!r} is not inside the deck: put it beside the notebook in slides/"
    if name == "style":
        return wrong_style(value, PROPERTIES)
    return None


def wrong_style(text, properties):
    """What a style does beside showing its element in another way, or None."""
    for part in tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True):
        if part.type != "declaration":
            return f"a style that cannot be read: {text[:60]!r}"
        own = part.lower_name.startswith("--") or part.lower_name in properties
        if not own or fetches(part.value):
            return f"style {part.lower_name}: {tinycss2.serialize(part.value).strip()[:60]}"
    return None


def fetches(tokens):
    """Whether a value of CSS could load something: an address out, or a function not known as harmless."""
    for token in tokens:
        if token.type == "url" and not token.value.startswith("#"):
            return True
        if token.type == "function":
            name, inside = token.lower_name, token.arguments
            local = name == "url" and all(
                t.type in ("string", "whitespace") and (t.value.strip() or "#").startswith("#")
                for t in inside
            )
            if not local and (name not in FUNCTIONS or fetches(inside)):
                return True
        if token.type in ("() block", "[] block", "{} block") and fetches(token.content):
            return True
        if token.type in ("error", "at-keyword"):
            return True
    return False


class Ends(HTMLParser):
    """Which tags are opened and not closed, or closed and not opened. For the message alone: what is
    shown is what nh3 read."""

    def __init__(self):
        super().__init__()
        self.open, self.problems = [], []

    def handle_starttag(self, tag, attrs):
        names = Counter(name for name, _ in attrs)
        twice = [name for name, times in names.items() if times > 1]
        self.problems += [f"attribute {name}= given twice on <{tag}>" for name in twice]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.left_open(last)
        elif tag not in OPTIONAL_ENDS | EMPTY:
            self.problems.append(f"</{tag}> closes nothing")

    def left_open(self, tag):
        if tag not in OPTIONAL_ENDS:
            self.problems.append(f"<{tag}> is not closed")


def unbalanced(text):
    """What would swallow the slides after it, or lose text: open tags, odd comments, half a tag."""
    text = REMARK.sub("", text)
    ends = Ends()
    ends.feed(text)
    if re.match("</?[A-Za-z]", ends.rawdata):
        ends.problems.append(f"a tag that does not end: {ends.rawdata[:60]!r}")
    for tag in reversed(ends.open):
        ends.left_open(tag)
    if re.search("<[!?]", text):
        ends.problems.append("a declaration or an odd comment")
    return ends.problems


def named(svg, label):
    """A clean SVG as one picture for a screen reader, with `label` for its name."""
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
            cure = "show a figure, text or a table"
            raise BuildError(f"an output of type {mime}", cure, cell)
        broken = mime in TEXT_TYPES and not isinstance(data, str)
        if broken or (mime in PICTURE_TYPES and not BASE64.fullmatch(data)):
            raise BuildError(
                f"an output of type {mime} that holds none", "display it another way", cell
            )
