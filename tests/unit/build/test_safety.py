"""Markup that could run or fetch something is refused, whatever the trick; plain markup passes."""

import io
import re
import xml.etree.ElementTree as ElementTree

import matplotlib.pyplot as plt
import pytest

from demos.core.style import canvas, to_svg
from scripts.build import safety
from scripts.build.safety_svg import clean_svg
from scripts.errors import BuildError

pytestmark = pytest.mark.code

PICTURE = "data:image/png;base64,iVBORw0KGgo="

HOSTILE_HTML = [
    "<script>alert(1)</script>",
    "<SCRIPT >alert(1)</SCRIPT >",
    f'<img src="{PICTURE}" alt="x" onerror="alert(1)">',
    f'<img/src="{PICTURE}"/onerror=alert(1)/alt=x>',
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt:alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="data:text/html,<b>x</b>">x</a>',
    '<a href="javascript:alert(1)" href="https://example.org">first one counts</a>',
    '<img alt="x" src="https://example.org/x.png">',
    '<img alt="x" src="//example.org/x.png">',
    '<img alt="x" data-src="https://example.org/x.png">',
    '<a href="#x" data-preview-link="https://example.org">x</a>',
    '<p style="background: url(https://example.org/x.png)">x</p>',
    r'<p style="background: \75rl(https://example.org/x.png)">x</p>',
    "<p style=\"background: image-set('https://example.org/x.png' 1x)\">x</p>",
    '<iframe src="https://example.org"></iframe>',
    '<object data="x"></object>',
    '<link rel="stylesheet" href="https://example.org/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://example.org">',
    "<style>p { color: red }</style>",
    '<form action="https://example.org"><input></form>',
    "<svg><script>alert(1)</script></svg>",
    "<!--><script>alert(1)</script>-->",
    "<!--x--!><script>alert(1)</script>-->",
    "<![CDATA[ ><script>alert(1)</script> ]]>",
    '<img alt="x" onerror="alert(1)" ',
    '<img alt=">" onerror="alert(1)" ',
    '<p>fine</p><p onclick="alert(1)//',
    "<!-- swallows the rest of the deck",
]

HARMLESS_HTML = [
    "plain text, 1 < 2 & 3 > 2",
    "<p>a <b>table</b></p><table><thead><tr><th>x</th></tr></thead></table>",
    '<a href="https://example.org">out</a> <a href="#02-a-slide">in</a>',
    f'<img src="{PICTURE}" alt="a line">',
    '<p style="color: var(--ink)" class="dim" title="x">x</p>',
    '<pre><code class="language-python" data-trim data-line-numbers="|1-2">a &lt; b</code></pre>',
    '<data value="fit.error">3.67</data>',
    "<!-- a remark --><p>x</p>",
]

HOSTILE_SVG = [
    "<script>alert(1)</script>",
    '<path onclick="alert(1)"/>',
    '<a href="https://example.org"><text>x</text></a>',
    '<image href="https://example.org/x.png"/>',
    '<use xlink:href="https://example.org/x.svg#a"/>',
    "<foreignObject><p>x</p></foreignObject>",
    '<animate attributeName="href" to="javascript:alert(1)"/>',
    "<style>@import 'https://example.org/x.css';</style>",
    "<style>path { fill: url(https://example.org/x.svg#a) }</style>",
    "<style>h1 { display: none }</style>",
    "<style>.q { fill: &#117;rl(https://example.org/x.svg#a) }</style>",
    '<path style="fill: url(https://example.org/x.svg#a)"/>',
    '<path fill="url(https://example.org/x.svg#a)"/>',
    '<path style="cursor: \\75rl(https://example.org/x.png)"/>',
    '<path style="position: fixed"/>',
    '<use href="https://example.org/x.svg#a" href="#a"/>',
    '<g data-preview-image="https://example.org/x.png"/>',
    '<desc><image srcset="https://example.org/x.png 1x"/></desc>',
    "<style><img src=x onerror=alert(1)></style>",
    "<title><img src=x onerror=alert(1)></title>",
]

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DRAWING = f"""<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
 "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg viewBox="0 0 9 9" {NAMESPACES}>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
<defs><style type="text/css">*{{stroke-linejoin: round}}</style>
<clipPath id="a"><rect width="9" height="9"/></clipPath></defs><title>a &amp; b</title>
<g clip-path="url(#a)" style="fill: url(#b); color: var(--ink, #1a1a1f)"><use xlink:href="#c"/>
<image xlink:href="data:image/png;base64,iVBORw0KGgo="/><text x="1">x &lt; 1</text></g></svg>"""


@pytest.mark.parametrize("html", HOSTILE_HTML)
def test_hostile_html_is_refused(html):
    with pytest.raises(BuildError) as caught:
        safety.clean_html(html, "slides/01.ipynb, cell 3")
    assert "slides/01.ipynb, cell 3" in caught.value.report()
    assert "cure: " in caught.value.report()


@pytest.mark.parametrize("html", HARMLESS_HTML)
def test_harmless_html_passes(html):
    safety.clean_html(html, None)


@pytest.mark.parametrize("inside", HOSTILE_SVG)
def test_hostile_svg_is_refused(inside):
    svg = f'<svg viewBox="0 0 9 9" {NAMESPACES}>{inside}</svg>'
    with pytest.raises(BuildError, match="SVG|style"):
        clean_svg(svg, None)


@pytest.mark.parametrize("svg", ["not a drawing", "<svg><g>", '<svg></svg><path d="" ', "<p></p>"])
def test_what_is_no_whole_svg_is_refused(svg):
    with pytest.raises(BuildError):
        clean_svg(svg, None)


def test_a_drawing_passes_and_loses_what_only_a_file_needs():
    cleaned = clean_svg(DRAWING, None)
    assert cleaned.startswith("<svg ")
    root = ElementTree.fromstring(cleaned.replace("<svg ", f"<svg {NAMESPACES.split()[1]} ", 1))
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert names == "svg defs clipPath rect title g use image text".split()
    assert root.get("style") == "stroke-linejoin: round"
    assert root.find("{*}g").get("style") == "fill: url(#b); color: var(--ink, #1a1a1f)"
    assert root.find("{*}g/{*}text").text == "x < 1"
    assert root.find("{*}title").text == "a & b"


def test_matplotlibs_own_file_passes():
    figure, axes = plt.subplots()
    axes.plot([1, 2], label="x < 1")
    axes.imshow([[0, 1]])
    axes.legend()
    file = io.StringIO()
    figure.savefig(file, format="svg")
    plt.close(figure)
    assert "<metadata>" in file.getvalue()
    assert "<metadata>" not in clean_svg(file.getvalue(), None)


def test_a_drawing_is_shorter_in_a_page_and_refers_to_the_same():
    figure, axes = canvas()
    axes.plot(range(200), "o", label="two  blanks")
    axes.fill_between([0, 1], 1, hatch="/")
    axes.legend()
    before = to_svg(figure, "many dots")
    after = clean_svg(before, None)
    old, new = (
        list(ElementTree.fromstring(each.replace("&nbsp;", " ")).iter()) for each in (before, after)
    )
    stands = [
        {e.get("id"): n for n, e in enumerate(tree) if "id" in e.attrib} for tree in (old, new)
    ]
    for one, other in zip(old, new, strict=True):
        ends = [targets(each, ids) for each, ids in ((one, stands[0]), (other, stands[1]))]
        assert ends[0] == ends[1] and None not in ends[0]
        assert (one.text or "").strip() == (other.text or "").strip()
        assert (one.get("d") or "").split() == (other.get("d") or "").split()
    assert "two  blanks" in after
    assert len(after) < 0.8 * len(before)


def targets(element, ids):
    """Where an element's references lead, as places in its drawing."""
    found = re.findall(r"url\(#([^)]*)\)", " ".join(element.attrib.values()))
    found += [v[1:] for k, v in element.attrib.items() if k.endswith("href")]
    return [ids.get(each) for each in found]


def test_all_that_is_refused_is_named_at_once():
    with pytest.raises(BuildError) as caught:
        safety.clean_html('<p onclick="x">a</p><b>b<iframe src="x"></iframe></s>', None)
    for what in ("onclick= on <p>", "<iframe>", "<b> is not closed", "</s> closes nothing"):
        assert what in caught.value.problem


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<P TITLE='a\"b'>x</P>", '<p title="a&quot;b">x</p>'),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ],
)
def test_what_passes_is_written_as_a_browser_read_it(html, text):
    assert safety.clean_html(html, None) == text


@pytest.mark.parametrize(
    "metadata",
    [
        {"filename": "../x.png"},
        {"filename": "/etc/x"},
        {"filename": "..\\x.png"},
        {"filename": ".."},
        {"filename": ".hidden"},
        {"filename": 5},
        {"filenames": {"image/png": "../x.png"}},
        {"filenames": ["../x.png"]},
    ],
)
def test_an_output_does_not_choose_where_it_is_written(metadata):
    with pytest.raises(BuildError, match="wants to be written to"):
        safety.check_output({"metadata": metadata, "data": {}}, None)


@pytest.mark.parametrize(
    "data",
    [
        {"application/javascript": "alert(1)"},
        {"image/png": f'{PICTURE[22:]}"><script>alert(1)</script>'},
        {"image/jpeg": '" onerror="alert(1)'},
        {"text/html": 5},
        {"image/svg+xml": ["<svg/>"]},
    ],
)
def test_outputs_of_unsafe_types_are_refused(data):
    with pytest.raises(BuildError):
        safety.check_output({"metadata": {}, "data": data}, None)


@pytest.mark.parametrize(
    "output",
    [
        {
            "metadata": {"filename": "fit.png", "figure": "fit"},
            "data": {"image/png": "iVBORw0KGgo=\n"},
        },
        {"data": {"text/html": "<b>x</b>", "application/json": {"x": 1}}},
        {"output_type": "stream", "name": "stdout", "text": "x"},
    ],
)
def test_plain_outputs_pass(output):
    safety.check_output(output, None)
