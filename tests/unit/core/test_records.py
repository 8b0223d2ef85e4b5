"""Records of figures, and the style they are drawn in."""

import json
import math
import re

import numpy as np
import pytest
from tqdm import tqdm, trange

from demos.core import progress, records
from demos.core.palette import DARK, LIGHT
from demos.core.style import canvas, label, styled, to_svg
from demos.core.training import Settings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(records.FOLDER, str(tmp_path))
    return tmp_path


def line(name="fit", color=LIGHT["network"]):
    figure, axes = canvas(width=400, height=300)
    axes.plot([0, 1], [0, 1], color=color, marker="o")
    axes.set_xlabel("x, ασ")
    axes.fill_between([0, 1], [0, 1], color=LIGHT["shade"], clip_on=True)
    return figure


def test_a_shown_figure_is_kept_with_its_record(folder):
    numbers = {"error": np.float64(0.25), "count": np.int64(3)}
    settings = {"train": Settings(steps=5), "seeds": range(2), "at": np.array([0.5, 1.0])}
    shown = records.show(line(), "fit", settings, numbers, below={"error": 0.5})
    bundle, metadata = shown._repr_mimebundle_()
    assert metadata == {"figure": "fit"}
    assert (folder / "fit.svg").read_text(encoding="utf-8") == bundle["image/svg+xml"]
    record = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
    assert record["figure"] == "fit.svg"
    assert record["numbers"] == {"error": 0.25, "count": 3}
    assert record["settings"]["train"]["steps"] == 5
    assert record["settings"] | {"train": 0} == {"train": 0, "seeds": [0, 1], "at": [0.5, 1.0]}
    assert record["below"] == {"error": 0.5}
    assert record["versions"].keys() == {"python", "numpy", "torch", "matplotlib"}


def test_numbers_alone_are_kept_without_a_figure(folder):
    records.keep("count", {}, {"n": 3})
    assert [path.name for path in folder.iterdir()] == ["count.json"]
    assert json.loads((folder / "count.json").read_text())["figure"] is None


def test_in_a_notebook_a_figure_is_as_wide_as_its_cell(monkeypatch, folder):
    shown = records.show(line(), "fit", {}, {})
    monkeypatch.delenv(records.FOLDER)
    root = shown._repr_mimebundle_()[0]["image/svg+xml"].partition(">")[0]
    assert re.search(r' viewBox="0 0 400 300"', root)  # its shape
    assert not re.search(r' (width|height)="', root)  # and no size, which JupyterLab would cut
    assert ' width="400" height="300"' in (folder / "fit.svg").read_text(encoding="utf-8")


def test_progress_bars_stand_among_what_a_cell_prints(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(tqdm, "__init__", tqdm.__init__)  # put back at the end
    progress.among_prints()
    for _ in trange(3, desc="training", disable=False):
        pass
    out, err = capsys.readouterr()
    assert "training: 100%" in out and err == ""
    with open(tmp_path / "log", "w", encoding="utf-8") as log:  # who names a file has it
        list(tqdm(range(3), desc="elsewhere", disable=False, file=log))
    assert capsys.readouterr() == ("", "")
    assert "elsewhere" in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_students_run_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(records.FOLDER, raising=False)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # running a cell again is no error either
        records.show(line(), "fit", {}, {"x": 1.0})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "Fit", "a b", "../fit", "a/b", "fit.svg", "-fit", "fit_1"])
def test_a_bad_name_is_refused(folder, name):
    with pytest.raises(ValueError, match="lower case words"):
        records.keep(name, {}, {})
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("value", [math.nan, math.inf, "3", None, [1.0], np.array([1.0, 2.0])])
def test_a_number_that_no_slide_can_quote_is_refused(folder, value):
    with pytest.raises(ValueError, match=r"fit\.error is"):
        records.keep("fit", {}, {"error": value})
    assert list(folder.iterdir()) == []


def test_a_name_taken_and_a_bound_that_does_not_hold_are_refused(folder):
    records.keep("fit", {}, {"x": 1})
    with pytest.raises(ValueError, match="two figures are named 'fit'"):
        records.keep("fit", {}, {"x": 2})
    for bound in ({"x": 1}, {"y": 1}):
        with pytest.raises(ValueError, match=r"other\.[xy] is .*, not below 1"):
            records.keep("other", {}, {"x": 1}, below=bound)
    assert json.loads((folder / "fit.json").read_text())["numbers"] == {"x": 1}


def test_equal_drawings_give_equal_bytes_with_ids_of_their_own():
    svg = to_svg(styled(line)(), "fit")
    assert svg == to_svg(styled(line)(), "fit")
    ids = re.findall(r'\bid="([^"]*)"', svg)
    assert len(ids) > 5
    assert len(ids) == len(set(ids))
    assert not set(ids) & set(re.findall(r'\bid="([^"]*)"', to_svg(styled(line)(), "other")))
    used = set(re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', svg))
    assert used
    assert {a or b for a, b in used} <= set(ids)


def test_a_row_of_equal_marks_has_its_style_once():
    figure, axes = canvas(width=400, height=300)
    axes.plot([1, 2, 3], [1, 2, 3], "o", color=LIGHT["network"])
    axes.set(xticks=[], yticks=[])
    (group,) = re.findall(r"<g style=[^>]*>\s*(?:<use [^>]*>\s*)+</g>", to_svg(figure, "fit"))
    assert group.count("<use") == 3 and group.count("style=") == 1
    assert group.count("var(--network") == 2  # face and edge


def test_an_svg_has_no_fixed_colours_and_no_outside():
    svg = to_svg(styled(line)(), "fit")
    free = re.sub(r"var\(--[\w-]+, #[0-9a-f]{6}\)", "", svg)
    assert re.findall(r"#[0-9a-fA-F]{6}\b|rgb\(", free) == []
    assert f"var(--network, {LIGHT['network']})" in svg
    assert "ασ" in svg
    addresses = set(re.findall(r"https?://[^\"' <]*", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<metadata" not in svg
    assert svg.startswith("<svg")


def test_words_have_the_colours_for_text_and_lines_their_own():
    figure, axes = canvas(width=400, height=300)
    axes.plot([0, 1], [0, 1], color=LIGHT["overfit"])
    label(axes, 0.5, 0.5, "too many", LIGHT["overfit"])
    svg = to_svg(figure, "words")
    (text,) = re.findall(r"<text[^>]*>too many", svg)
    assert f"fill: var(--overfit-text, {LIGHT['overfit-text']})" in text
    assert f"stroke: var(--overfit, {LIGHT['overfit']})" in svg


def test_all_linear_axes_write_numbers_alike():
    @styled
    def drawing():
        figure, axes = canvas(width=800, height=600)
        axes.plot([0, 1], [-1, 4000])
        axes.set(xticks=[0, 0.5, 1], yticks=[-0.5, 0, 4000])
        return figure

    figure = drawing()
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert [each.get_text() for each in axes.get_xticklabels()] == ["0", "0.5", "1"]
    assert [each.get_text() for each in axes.get_yticklabels()] == ["−0.5", "0", "4,000"]


def contrast(one, other):
    """WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(color):
        parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_can_be_read(palette):
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    paper = palette["paper"]
    assert contrast(palette["ink"], paper) >= 7
    assert contrast(palette["ink"], palette["shade"]) >= 7
    assert contrast(palette["muted"], paper) >= 4.5
    for name in ("truth", "network", "overfit", "regularized", "signal", "small", "low", "high"):
        assert contrast(palette[name], paper) >= (3 if palette is DARK else 2.9), name
    written = [name for name in palette if name.endswith("-text")]
    assert len(written) == 7
    for name in written:
        assert contrast(palette[name], paper) >= 7, name
    assert LIGHT.keys() == DARK.keys()
