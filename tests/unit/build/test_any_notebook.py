"""Whatever stands in slides/: it is built, or refused with file, place and cure. Never a traceback."""

import copy
import json
import re

import pytest
import vectors
from conftest import exported
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scripts.build.markup import Formulas
from scripts.build.notebooks import read
from scripts.errors import BuildError

pytestmark = pytest.mark.code

MARKUP = [markup for _, markup in vectors.html(1)]
WORDS = (
    "# One", "## Two $x^2$", "(20 s) Say.", "text", "\u200b", "# \u200b", "$$\\frac{", "$",
    "```python\nx", "x = 1", '<data value="fit.error:.2f"></data>',
    '<data value="claims.none"></data>', "![a](b.png)", "[a](javascript:x)",
    "![](attachment:a.png)", "[^1]", "- [ ] task", "3.14 times",
    '<!-- .slide: class="split" -->', "\ue0000\ue001", "#| echo: false", "#| alt: a line",
    '#| lines: "|1-3"', "%magic", "source(f)", "\ud800", "\x00", "a\r\nb\x1b[31m", "{{ 1/0 }}",
    "{% raw %}", "| a | b |\n|---|---|\n| 1 | 2 |", "> q\n\n1. a\n   - b",
    "\\begin{align}x\\end{align}",
)  # fmt: skip
SLIDES = (*("fragment", "skip", "-", "", None) * 4, "slide", "subslide", "notes", "other", 5)
MIMES = (
    "text/plain", "text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg",
    "application/json", "application/javascript", "text/latex", "", "x",
    "application/vnd.jupyter.widget-view+json",
)  # fmt: skip

# mostly what authors write, so that most of a deck is reached
fine = st.sampled_from(
    ["text", "$x^2$", "a <b>bold</b> b", "- a\n- b", "```\nx\n```", "| a |\n|---|\n| b |"]
)
text = st.lists(
    fine | fine | fine | st.sampled_from([*WORDS, *MARKUP]) | st.text(max_size=20), max_size=3
)
text = text.map("\n\n".join)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
drawn = st.sampled_from(vectors.svg(1)) | text
data = st.dictionaries(st.sampled_from(MIMES), text | drawn | anything, max_size=3)
output = st.one_of(
    st.fixed_dictionaries(
        {
            "output_type": st.just("stream"),
            "name": st.sampled_from(["stdout", "stderr"]),
            "text": text,
        }
    ),
    st.fixed_dictionaries(
        {
            "output_type": st.sampled_from(["display_data", "execute_result"]),
            "data": data,
            "metadata": st.dictionaries(
                st.sampled_from(["filename", "filenames", "x"]), anything, max_size=2
            ),
        }
    ),
)
cell = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["markdown", "code"] * 9 + ["raw"]),
        "id": st.text("abc", min_size=1, max_size=5),
        "metadata": st.fixed_dictionaries(
            {"slideshow": st.fixed_dictionaries({"slide_type": st.sampled_from(SLIDES)})}
        ),
        "source": text,
        "outputs": st.lists(output, max_size=2),
        "attachments": st.dictionaries(
            st.sampled_from(["a.png"] * 9 + ["../b"]), st.just({"image/png": "AA"}), max_size=1
        ),
    }
)


@st.composite
def notebooks(draw):
    """A notebook as JSON: most often one that begins as it should, now and then broken somewhere."""
    cells = draw(st.lists(cell, min_size=1, max_size=5))
    if draw(st.integers(0, 9)):
        cells[0] |= {"cell_type": "markdown", "source": "# One"}
        cells[0]["metadata"] = {"slideshow": {"slide_type": "slide"}}
        notes = {"slideshow": {"slide_type": "notes"}}
        cells.append(dict(cells[0], id="notes", metadata=notes, source="(20 s) Say."))
    for number, each in enumerate(cells):
        each["id"] = each["id"] if draw(st.integers(0, 30)) == 30 else f"cell-{number}"
        if each["cell_type"] != "code":
            each.pop("outputs")
        else:
            each |= {"execution_count": None}
            each.pop("attachments")
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    whole = copy.deepcopy(whole)  # what is damaged here must not be drawn so again
    for _ in range(draw(st.sampled_from([0] * 9 + [1, 2]))):
        damage(draw, whole)
    return whole


def damage(draw, whole):
    """Put something else in one place of the tree, or take it out."""
    places = []

    def walk(node):
        inside = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in list(inside):
            places.append((node, key))
            if isinstance(value, dict | list):
                walk(value)

    walk(whole)
    node, key = draw(st.sampled_from(places))
    if draw(st.booleans()):
        node[key] = copy.deepcopy(draw(anything))
    else:
        del node[key]


# the same ones every time: a fault of tomorrow's build is found, not one of tomorrow's dice
@settings(
    derandomize=True,
    max_examples=2000,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(notebooks())
def test_it_is_built_or_refused_with_file_and_cure(tmp_path_factory, whole):
    path = tmp_path_factory.getbasetemp() / "01-any.ipynb"
    path.write_text(json.dumps(whole), encoding="utf-8")
    try:
        notebook = read(path)
        for each, found in zip(notebook.cells, whole["cells"], strict=True):
            each.outputs = found.get("outputs", [])  # as if a kernel had given them
        formulas = Formulas()
        body, slides = exported(notebook, {}, formulas)
    except BuildError as error:
        event(re.sub(r"'.*|\d+", "", error.problem)[:40])
        assert "01-any.ipynb" in error.report()
        assert re.search(r"\n  cure: \w", error.report())
        assert len(error.report()) < 3000
        return
    event("built")
    page = formulas.put_in(body, ["<b>x</b>"] * len(formulas.found))
    page.encode("utf-8")
    assert slides
    assert page.count("<section id=") == len(slides)
    assert "<script" not in page
