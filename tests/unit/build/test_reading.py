"""A notebook as a reader has it: nothing of the deck's and the stage's reads as stray text."""

import ast
import json
import re

import nbformat
import pytest
from conftest import code, markdown, notebook

from scripts.build import quoted
from scripts.build.notebooks import read_all
from scripts.paths import SLIDES
from scripts.serve import reading

pytestmark = pytest.mark.code

CLAIMS = {
    "it-holds": {"kind": "measured", "sentence": "A *small* one wins", "since": ""},
    "it-was-said": {"kind": "predicted", "sentence": "Both win", "since": "b8fd69b"},
}
COUNTED = {"word": "usually", "verdict": "holds", "census": False, "agree": [7, 8], "seeds": 8}
CLAIMS = {name: claim | COUNTED for name, claim in CLAIMS.items()}
CLAIMS["it-was-said"]["verdict"] = "open"


def read(*cells):
    """The cells of a notebook, prepared."""
    return reading.prepared(notebook(*cells), CLAIMS, {"02-two.ipynb"}).cells


@pytest.mark.parametrize(
    ("notes", "head", "text"),
    [
        (
            "(20 s) Point at $x^2$.\nTwice.",
            "What the speaker says (20 s)",
            "Point at $x^2$.\nTwice.",
        ),
        ("And more.", "What the speaker says", "And more."),
    ],
)
def test_speaker_notes_are_folded(notes, head, text):
    (cell,) = read(markdown(notes, "notes"))
    assert cell.source == f"<details>\n<summary>{head}</summary>\n\n{text}\n\n</details>"


def test_prose_stays_and_lines_for_the_deck_go():
    first, second = read(
        markdown('<!-- .slide: class="title" -->\n# Least\nsquares', "slide"),
        markdown("(5 s) is text"),
    )
    assert (first.source, second.source) == ("# Least\nsquares", "(5 s) is text")


def test_what_the_deck_hides_is_folded_under_what_its_picture_shows():
    alt = "A line with " + "many " * 30 + 'ups, <data value="a.b:.1f">7.5</data> high.'
    (cell,) = read(code(f"#| echo: false\n#| alt: {alt}\nshow(line)"))
    *shows, last = cell.source.splitlines()
    assert last == "show(line)" and all(len(each) <= 80 and each[:2] == "# " for each in shows)
    assert " ".join(each[2:] for each in shows) == re.sub("<[^>]*>", "", alt)
    assert cell.metadata["jupyter"] == {"source_hidden": True}


def test_a_badge_is_a_line_of_a_list_with_all_that_it_says():
    badges = [f'<data value="claims.{name}">as it was</data>' for name in CLAIMS]
    (cell,) = read(markdown("Look.\n\n" + "\n".join(badges)))
    told = "three in four or more <small>"
    assert cell.source.split("\n")[2:] == [
        rf"- ✓ **A \*small\* one wins** · 7 or 8 of 8 seeds · usually: {told}(Claimed)</small>",
        f"- ? **predicted: Both win** · open: 7 or 8 of 8 seeds · usually: {told}"
        "(Predicted by us (commit b8fd69b))</small>",
    ]


@pytest.mark.parametrize("text", ['#| lines: "|1|2"\nx = 1\ny = 2', "#| echo: true\nx = 1\ny = 2"])
def test_code_that_the_deck_shows_is_open(text):
    (cell,) = read(code(text))
    assert cell.source == "x = 1\ny = 2"
    assert "jupyter" not in cell.metadata


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ('At <data value="fit.error:.2f">0.31</data>, so.', "At 0.31, so."),
        ('On <data value="claims.it-holds.agree">7</data> of 8.', "On 7 of 8."),
        (
            'Small: <data value="claims.it-holds">holds on 8 of 8 seeds</data>!',
            r"Small: **holds on 8 of 8 seeds** <small>(Claimed: “A \*small\* one wins”)</small>!",
        ),
        (
            'So: <data value="claims.it-was-said">open</data>',
            "So: **open** <small>(Predicted by us (commit b8fd69b): “Both win”)</small>",
        ),
        ('## So: <data value="claims.it-holds">holds</data>', "## So: holds"),
        ('New: <data value="claims.not-yet">holds</data>', "New: holds"),
    ],
)
def test_numbers_are_text_and_a_badge_shows_its_sentence(line, reads):
    (cell,) = read(markdown(line))
    assert cell.source == reads


def test_a_reference_opens_the_notebook_and_to_one_that_is_planned_is_words():
    (cell,) = read(markdown("As in [two, *twice*](02-two.ipynb) and [three](03-three.ipynb)."))
    assert cell.source == "As in [two, *twice*](02-two.ipynb) and three."


@pytest.mark.parametrize("talk", read_all(), ids=lambda talk: talk.name)
def test_the_talk_reads_without_stray_text_and_runs_the_same(talk):
    original = nbformat.read(SLIDES / f"{talk.name}.ipynb", as_version=4)
    claims = quoted.claims()["claims"]["numbers"]
    made = reading.prepared(json_copy(original), claims, set())
    nbformat.validate(made)
    assert [cell.id for cell in made.cells] == [cell.id for cell in original.cells]
    stray = re.compile(r"#\||<data|</data>|\.slide:|\A\s*\(\d+ s\)")
    for cell, ours in zip(made.cells, talk.cells, strict=True):
        assert not stray.search(cell.source), ours
        if cell.cell_type == "code":
            assert ast.dump(ast.parse(cell.source)) == ast.dump(ast.parse(ours.code)), ours
        for name in re.findall(r'<data value="claims\.([^".:]+)">', ours.source):
            plain = claims[name]["sentence"]
            headline = re.search(rf"(?m)^#.*claims\.{re.escape(name)}\"", ours.source)
            assert headline or plain in cell.source.replace("\\", ""), ours


def json_copy(node):
    return nbformat.from_dict(json.loads(json.dumps(node)))
