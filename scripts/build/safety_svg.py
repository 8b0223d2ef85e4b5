"""SVG that only draws. It is XML, so an XML parser reads it; what stands in a page is HTML, so nh3 reads
and writes it once more, and nothing is left to be read in two ways."""

import re
import xml.etree.ElementTree as ElementTree

import nh3
import tinycss2
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scripts.build.safety import fetches, wrong_style
from scripts.errors import BuildError

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
TAGS = set(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clipPath image title "
    "desc linearGradient radialGradient stop pattern marker mask symbol".split()
)
# what says how an element looks: as an attribute or in a style
PRESENTATION = set(
    "alignment-baseline baseline-shift clip-path clip-rule color display dominant-baseline "
    "fill fill-opacity fill-rule font font-family font-size font-style font-variant "
    "font-weight height image-rendering letter-spacing marker marker-end marker-mid "
    "marker-start mask max-height max-width mix-blend-mode opacity overflow paint-order "
    "shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor "
    "text-decoration text-rendering transform vector-effect visibility white-space width "
    "word-spacing writing-mode".split()
)
GEOMETRY = set(
    "class clipPathUnits cx cy d dx dy fx fy gradientTransform gradientUnits id lengthAdjust "
    "markerHeight markerUnits markerWidth maskContentUnits maskUnits offset orient pathLength "
    "patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY "
    "rotate rx ry spreadMethod style textLength version viewBox x x1 x2 y y1 y2 role "
    "aria-label aria-hidden".split()
)
ATTRIBUTES = PRESENTATION | GEOMETRY
PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
WORDS = {f"{SVG}{name}" for name in ("text", "tspan", "title", "desc")}  # whose blanks count
DIGEST = re.compile(
    r"(.*-)\w?[0-9a-f]{10}"
)  # matplotlib's id of a mark: what it looks like, as a hash
CURE = "draw without it, or show the figure with demos.core.records.show"
ElementTree.register_namespace("", SVG[1:-1])
ElementTree.register_namespace("xlink", XLINK[1:-1])


def clean_svg(svg, cell):
    """An SVG as it may stand in a page. Prolog, document type and metadata (matplotlib's) go, its rule for
    all elements moves to the root. Raises BuildError naming all that is refused."""
    try:
        root = fromstring(svg)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise BuildError(f"an SVG that is not whole XML ({error})", CURE, cell) from None
    if root.tag not in (f"{SVG}svg", "svg"):
        raise BuildError(f"an SVG that begins with <{root.tag}>", CURE, cell)
    problems = style_of_all(root)
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == f"{SVG}metadata"]:
            parent.remove(child)
    for element in root.iter():
        problems += wrong(element)
    if problems:
        raise BuildError("; ".join(dict.fromkeys(problems)), CURE, cell)
    shorten(root)
    text = ElementTree.tostring(root, encoding="unicode")
    attributes = {"*": ATTRIBUTES | {"href", "xlink:href", "xmlns"}}
    read = {"link_rel": None, "clean_content_tags": set(), "url_schemes": {"data"}}
    return nh3.clean(text, tags=TAGS, attributes=attributes, **read)


def shorten(root):
    """The same drawing in fewer characters: a strip of dots names its mark once a dot.

    Blanks between elements go, an address is a plain `href`, a hash for an id becomes a number.
    """
    numbered = {}
    for element in root.iter():
        if element.tag not in WORDS:
            element.text = (element.text or "").strip()
            for child in element:
                child.tail = None
        if "d" in element.attrib:
            element.set("d", " ".join(element.get("d").split()))
        if DIGEST.fullmatch(element.get("id", "")):
            first = DIGEST.fullmatch(element.get("id"))[1]
            numbered[element.get("id")] = f"{first}{len(numbered)}"
            element.set("id", numbered[element.get("id")])
    for element in root.iter():
        address = element.attrib.pop(f"{XLINK}href", None) or element.get("href", "")
        if address.startswith("#"):
            address = "#" + numbered.get(address[1:], address[1:])
        if address:
            element.set("href", address)
        for key, value in element.attrib.items():
            for old, new in numbered.items() if "url(#" in value else ():
                value = value.replace(f"url(#{old})", f"url(#{new})")
            element.set(key, value)


def style_of_all(root):
    """Move a rule for all elements, `*{…}`, to the root. Returns what else a <style> holds: it would act on
    the whole deck."""
    problems = []
    for parent in list(root.iter()):
        for style in [child for child in parent if child.tag in (f"{SVG}style", "style")]:
            rules = tinycss2.parse_stylesheet(style.text or "", True, True)
            for rule in rules:
                if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() != "*":
                    problems.append("a <style> in an SVG, which acts on the whole deck")
                else:
                    more = tinycss2.serialize(rule.content).strip()
                    root.set("style", "; ".join(filter(None, [root.get("style"), more])))
            parent.remove(style)
    return problems


def wrong(element):
    """What is not allowed of an element: its name, attributes, addresses."""
    name = element.tag.removeprefix(SVG)
    if name not in TAGS:
        yield f"<{name}> in an SVG"
    for key, value in element.attrib.items():
        plain = key.removeprefix(XLINK)
        if plain == "href":
            if not value.startswith("#" if name != "image" else PICTURES):
                yield f"an SVG that refers to {value[:60]!r}"
        elif key not in ATTRIBUTES:
            yield f"attribute {key}= in an SVG"
        elif key == "style":
            yield from filter(None, [wrong_style(value, PRESENTATION)])
        elif key in PRESENTATION and fetches(tinycss2.parse_component_value_list(value)):
            yield f"{key}={value[:60]!r} in an SVG fetches something"
