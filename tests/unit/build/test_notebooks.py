"""Reading notebooks: what the deck relies on is checked, and the message says where."""

import json
import os

import pytest
from conftest import code, markdown, notebook
from nbformat import v4

from scripts.build.notebooks import Cell, read, read_all, topic_of
from scripts.errors import BuildError

pytestmark = pytest.mark.code


def save(folder, cells, name="01-one"):
    path = folder / f"{name}.ipynb"
    path.write_text(v4.writes(cells), encoding="utf-8")
    return path


def cell(source):
    return Cell("slides/01.ipynb", 3, "abc", "code", source, "-")


def test_cells_come_with_kind_type_and_place(tmp_path):
    cells = notebook(markdown("# One", "slide"), code("x = 1", "fragment"), v4.new_code_cell("\n2"))
    found = read(save(tmp_path, cells))
    assert found.name == "01-one"
    assert [(c.number, c.kind, c.slide_type) for c in found.cells] == [
        (1, "markdown", "slide"),
        (2, "code", "fragment"),
        (3, "code", "-"),
    ]
    assert [c.source for c in found.code_cells] == ["x = 1", "\n2"]
    assert str(found.cells[2]) == f"{found.file}, cell 3 (id cell-3): 2"


def test_option_lines_are_read_and_cut_from_the_code():
    one = cell(
        '#| lines: "|1-3|5"\n#| echo: false\n#| alt: a line: rising\n\nx = 1\n#| not an option'
    )
    assert one.options == {"lines": "|1-3|5", "echo": "false", "alt": "a line: rising"}
    assert one.code == "x = 1\n#| not an option"
    assert not one.is_on("echo")
    assert one.is_on("output")


@pytest.mark.parametrize(
    "line", ["#| ecko: false", "#| echo false", "#| echo: no", "#|", "#| output: False"]
)
def test_a_wrong_option_line_is_refused(line):
    with pytest.raises(BuildError, match="cell 3") as caught:
        cell(f"{line}\n1").options  # noqa: B018
    assert line in caught.value.report() or "true or false" in caught.value.report()


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([], "the first cell does not begin a slide"),
        ([markdown("# One")], "the first cell does not begin a slide"),
        ([markdown("# One", "slide"), markdown("x", "slid")], "unknown slide type 'slid'"),
        ([markdown("# One", "slide"), v4.new_raw_cell("x")], "raw cell"),
        ([markdown("# One", "slide"), code("#| ecko: 1")], "unknown option line"),
    ],
)
def test_what_would_be_a_broken_slide_is_refused(tmp_path, cells, says):
    with pytest.raises(BuildError, match=says) as caught:
        read(save(tmp_path, notebook(*cells)))
    assert "01-one.ipynb" in str(caught.value)
    if len(cells) > 1:
        assert "cell 2" in str(caught.value)


@pytest.mark.parametrize("name", ["../x.png", "a/b.png", "..\\x.png", ".x.png"])
def test_an_attachment_that_points_outside_is_refused(tmp_path, name):
    picture = markdown("# One", "slide", attachments={name: {"image/png": "iVBORw0KGgo="}})
    with pytest.raises(BuildError, match="points outside"):
        read(save(tmp_path, notebook(picture)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"cells": [',
        "[]",
        "5",
        "{}",
        '{"cells": 5, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        '{"cells": [5], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        '{"cells": [], "metadata": {}, "nbformat": 99, "nbformat_minor": 5}',
        '{"cells": [], "metadata": {}, "nbformat": "4", "nbformat_minor": 5}',
        '{"cells": [{"cell_type": "text"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        "<<<<<<< HEAD\n{}",
    ],
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, text):
    path = tmp_path / "01-one.ipynb"
    path.write_text(text)
    with pytest.raises(BuildError, match="01-one.ipynb") as caught:
        read(path)
    assert len(caught.value.report()) < 600


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "01-one.ipynb"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BuildError, match="invalid JSON"):
        read(path)


@pytest.mark.parametrize("slideshow", [None, "skip it", []])
def test_odd_slide_metadata_is_no_crash(tmp_path, slideshow):
    cells = json.loads(v4.writes(notebook(markdown("# One"))))
    cells["cells"][0]["metadata"]["slideshow"] = slideshow
    path = tmp_path / "01-one.ipynb"
    path.write_text(json.dumps(cells))
    with pytest.raises(BuildError):
        read(path)


def test_notebooks_come_in_the_order_of_their_numbers(tmp_path):
    for name in ("02-two", "10-ten", "01-one"):
        save(tmp_path, notebook(markdown("# One", "slide")), name)
    assert [n.name for n in read_all(folder=tmp_path)] == ["01-one", "02-two", "10-ten"]
    assert [n.name for n in read_all(["10-ten"], tmp_path)] == ["10-ten"]
    with pytest.raises(BuildError, match="no notebook is named 'two'"):
        read_all(["two"], tmp_path)


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(BuildError, match="no notebooks in"):
        read_all(folder=tmp_path)


def test_settings_beside_the_notebooks_are_refused(tmp_path):
    save(tmp_path, notebook(markdown("# One", "slide")))
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 40")
    with pytest.raises(BuildError, match="matplotlibrc: figures would follow it"):
        read_all(folder=tmp_path)


def raw(folder, cells, name="01-one"):
    """A file with these cells as they are, nothing mended."""
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def plain(source="# One", name="a", **more):
    slide = {"slideshow": {"slide_type": "slide"}}
    return {"cell_type": "markdown", "id": name, "metadata": slide, "source": source} | more


def test_copies_that_a_system_left_are_no_notebooks(tmp_path):
    save(tmp_path, notebook(markdown("# One", "slide")))
    for name in ("._01-one", ".~01-one", "~01-one"):
        (tmp_path / f"{name}.ipynb").write_bytes(b"\x00\x05\x16\x07")
    assert [n.name for n in read_all(folder=tmp_path)] == ["01-one"]


def folder_of_that_name(path):
    path.mkdir()


def loop(path):
    path.symlink_to(path.name)


def dangling(path):
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [folder_of_that_name, loop, dangling, os.mkfifo])
def test_what_is_no_file_is_refused_and_nothing_hangs(tmp_path, make):
    make(tmp_path / "01-one.ipynb")
    with pytest.raises(BuildError, match="01-one.ipynb: not a file"):
        read_all(folder=tmp_path)


@pytest.mark.parametrize("name", ['a"onx=', "a<b", "a&b", "a#b", "a%2e", "a'b", "\x1b[2J", " a"])
def test_a_name_that_could_leave_an_attribute_is_refused(tmp_path, name):
    save(tmp_path, notebook(markdown("# One", "slide")), name)
    with pytest.raises(BuildError, match="a name that no address can hold") as caught:
        read_all(folder=tmp_path)
    assert "\x1b" not in caught.value.report()


def test_names_may_have_letters_of_any_language_spaces_and_dots(tmp_path):
    save(tmp_path, notebook(markdown("# One", "slide")), "3. Übung für alle")
    assert read_all(folder=tmp_path)[0].name == "3. Übung für alle"
    assert topic_of("3. Übung für alle") == "Übung-für-alle"


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["index"], "is no topic's name"),
        (["a b", "a.b"], "its page would be that of"),
        (["01-one", "02-two", "03-one"], "03-one.*its page would be that of .*01-one.ipynb"),
    ],
)
def test_a_page_belongs_to_one_notebook(tmp_path, names, says):
    for name in names:
        save(tmp_path, notebook(markdown("# One", "slide")), name)
    with pytest.raises(BuildError, match=says):
        read_all(folder=tmp_path)


def test_half_a_character_is_named_with_its_cell(tmp_path):
    with pytest.raises(BuildError, match="01-one.ipynb, cell 2: half a character"):
        read(raw(tmp_path, [plain(), plain("\ud800", "b")]))


def test_equal_ids_are_named_with_both_cells(tmp_path):
    with pytest.raises(BuildError, match="cell 3: the id 'a', which cell 1 has too"):
        read(raw(tmp_path, [plain(), plain(name="b"), plain()]))


def test_a_file_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "01-one.ipynb"
    path.write_text("[" * 100_000)
    with pytest.raises(BuildError, match="not a notebook"):
        read(path)
