"""How authors write elsewhere: shown as JupyterLab shows it, or refused with what to write here."""

import re

import pytest
from conftest import code, exported, markdown, notebook
from nbformat import v4

from scripts.build import markup
from scripts.build.markup import Formulas
from scripts.build.notebooks import read
from scripts.errors import BuildError

pytestmark = pytest.mark.code

ALT = "#| alt: a dot\n"
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
NOTES = markdown("(9 s) Look.", "notes")


def export(tmp_path, *cells, outputs=()):
    """The sections of a notebook of these cells, the last of which gave these outputs."""
    path = tmp_path / "01-ways.ipynb"
    path.write_text(v4.writes(notebook(*cells, NOTES)), encoding="utf-8")
    found, formulas = read(path), Formulas()
    found.cells[len(cells) - 1].outputs = list(outputs)
    body, _ = exported(found, {}, formulas)
    return formulas.put_in(body, [f"<i>{tex}</i>" for tex, *_ in formulas.found])


def says(*lines, headline="One"):
    return markdown(f"## {headline}\n\n" + "\n".join(lines), "slide")


def shows(data, source="x"):
    return code(source), [{"output_type": "display_data", "metadata": {}, "data": data}]


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


@pytest.mark.parametrize(
    "lines",
    [
        ("The survey found 43.5 percent, <https://example.org/survey>.",),
        ("The survey found 43.5 percent, https://example.org/survey",),
        ("The survey found 43.5 percent [as they say][1].", "", "[1]: https://example.org/"),
        ("Source: https://example.org/blog/202003/article",),
        ("It is", "", "$$", "x = 3.25", "$$"),
        ("\\begin{align}", "x = 3.25", "\\end{align}"),
        ("It ran on Python 3.11, PyTorch 2.13 and version 4.6.2.",),
        ("### 9.1 Ridge regression", "shrinks"),
        ("~~~", "x = 3.25", "~~~"),
    ],
)
def test_what_is_no_measurement_may_be_typed(tmp_path, lines):
    export(tmp_path, says(*lines))


def test_a_section_may_have_its_number(tmp_path):
    assert "9.1 Ridge" in export(tmp_path, says("shrinks", headline="9.1 Ridge regression"))


@pytest.mark.parametrize("text", ["Three at 2.5", "About 43.5 of them", "It is 12,345", "In 30 %"])
def test_what_looks_measured_may_not(tmp_path, text):
    for slide in (says(text), says("words", headline=text)):
        with pytest.raises(BuildError, match="is typed, not measured"):
            export(tmp_path, slide)


@pytest.mark.parametrize(
    ("text", "says_what", "cure"),
    [
        ("Words[^1].\n\n[^1]: A footnote.", "a footnote has no place", "in the sentence"),
        ("- [ ] open\n- [x] done", "a task list has no place", "☐ and ☑"),
        ('- one <!-- .element: class="fragment" -->', "a line for one element", "Fragment"),
        ("::: {.columns}\nx\n:::", "a directive", "columns: README"),
        ("- one {.fragment}", "a class in braces", "Fragment"),
    ],
)
def test_what_means_something_elsewhere_is_refused_in_the_authors_words(
    tmp_path, text, says_what, cure
):
    with pytest.raises(BuildError, match=says_what) as caught:
        export(tmp_path, says(text))
    assert cure in caught.value.cure


def test_half_a_page_of_xml_is_refused_without_a_warning(tmp_path):
    with pytest.raises(BuildError, match="a declaration"):
        export(tmp_path, says('<?xml ><img src="data:image/png;base64,AA=="> ?>'))


def test_in_code_such_marks_are_code(tmp_path):
    body = export(tmp_path, says("`x[^1]` and", "", "```", "- [ ] open", "::: {.a}", "```"))
    assert "- [ ] open" in body


@pytest.mark.parametrize("tag", ["hide-input", "remove_input", "hide_output", "remove-cell"])
def test_a_tag_that_hides_elsewhere_is_refused(tmp_path, tag):
    cell = code("x")
    cell.metadata["tags"] = ["own", tag]
    with pytest.raises(BuildError, match=f"the tag '{tag}' means nothing here"):
        export(tmp_path, says("words"), cell)


@pytest.mark.parametrize("picture", ['<img src="{0}">', '<img src="{0}" alt=" ">', "![]({0})"])
def test_a_picture_without_alt_text_is_refused(tmp_path, picture):
    with pytest.raises(BuildError, match="alt text"):
        export(tmp_path, says(picture.format(f"data:image/gif;base64,{GIF}")))


@pytest.mark.parametrize("picture", ["![x]({0})", "words ![x]({0})", '<img src="{0}" alt="x">'])
@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("img/nett.png", "put the file into .*; names near it: img/net.png"),
        ("img/a%20nett.png", "names near it: img/a net.png, img/net.png"),
        ("../nett.png", "names near it: img/net.png"),
        ("img", "there are 2: img/a net.png, img/net.png"),
        ("../01-ways.ipynb", "there are 2: img/a net.png, img/net.png"),
    ],
)
def test_a_missing_picture_is_named_as_written(tmp_path, monkeypatch, picture, written, cure):
    (tmp_path / "slides" / "img").mkdir(parents=True)
    for name in ("net.png", "a net.png"):
        (tmp_path / "slides" / "img" / name).write_bytes(b"png")
    monkeypatch.setattr(markup, "SLIDES", tmp_path / "slides")
    with pytest.raises(BuildError) as caught:
        export(tmp_path, says(picture.format(written)))
    assert caught.value.problem == f"there is no picture {written!r}"
    assert re.search(cure, caught.value.cure)
    for name in ("img/net.png", "img/a%20net.png"):
        assert "data:image/png;base64,cG5n" in export(tmp_path, says(f"![x]({name})"))


def test_headlines_beside_a_headline_are_told(tmp_path):
    more = [markdown(f"## Section {n}\n\nwords") for n in range(11)]
    with pytest.raises(BuildError, match="12 headlines on one slide") as caught:
        export(tmp_path, says("words"), *more)
    assert "Slide Type" in caught.value.cure


# ---- outputs ----
@pytest.mark.parametrize(
    "text", [r"$\displaystyle \frac{a}{b}$", r"$$\frac{a}{b}$$", r"\frac{a}{b}"]
)
def test_latex_is_typeset(tmp_path, text):
    cell, outputs = shows({"text/latex": text, "text/plain": "<Math object>"})
    body = export(tmp_path, says("words"), cell, outputs=outputs)
    assert r"\frac{a}{b}</i>" in body and "$" not in body and "Math object" not in body


def test_a_gif_is_a_picture(tmp_path):
    cell, outputs = shows({"image/gif": GIF, "text/plain": "<Image object>"}, f"{ALT}x")
    body = export(tmp_path, says("words"), cell, outputs=outputs)
    assert f'<img src="data:image/gif;base64,{GIF}" alt="a dot">' in body
    with pytest.raises(BuildError, match="without alt text"):
        export(tmp_path, says("words"), code("x"), outputs=outputs)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\rstep 0\rstep 1\rstep 2", "step 2"),
        ("one\n\rstep 1\rstep 2\nend", "one\nstep 2\nend"),
        ("windows\r\nlines\r\n", "windows\nlines"),
        ("waits\r", "waits"),
        ("\x1b[31mred\x1b[0m and \x1b[1;32mgreen\x1b[0m", "red and green"),
    ],
)
def test_text_is_shown_as_a_terminal_shows_it(tmp_path, text, shown):
    body = export(tmp_path, says("words"), code("x"), outputs=[printed(text)])
    assert f'class="output">{shown}</pre>' in body.replace("\r\n", "\n")


def test_an_error_that_is_meant_stands_on_the_slide(tmp_path):
    failed = {"output_type": "error", "ename": "KeyError", "evalue": "'<x>'", "traceback": ["…"]}
    body = export(tmp_path, says("words"), code("x"), outputs=[failed])
    assert 'class="output error">KeyError: &#x27;&lt;x&gt;&#x27;</pre>' in body


def test_a_widget_is_its_text_and_the_author_is_told(tmp_path, capsys):
    view = "application/vnd.jupyter.widget-view+json"
    cell, outputs = shows({view: {"model_id": "7"}, "text/plain": "IntSlider(value=0)"})
    assert "IntSlider(value=0)" in export(tmp_path, says("words"), cell, outputs=outputs)
    assert "cell 2 (id cell-2): x\n  a widget" in capsys.readouterr().err
