"""Two drawings of one figure: what differs in words and marks, and how far points moved."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from scipy.spatial import cKDTree

from demos.core.palette import LIGHT
from demos.core.style import canvas, styled, to_svg
from scripts.build.drawings import difference


def png(array):
    """A picture as an address inside an SVG."""
    file = io.BytesIO()
    Image.fromarray(array).save(file, "png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def svg(inside):
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    return f"{head}{inside}</svg>"


def drawn(values, name="fit", **look):
    return to_svg(figure_of(values, **look), name)


@styled
def figure_of(values, color="#0072B2", band=(25, 75), word="a fit"):
    """A figure of ours: a line, dots, a band, a word."""
    figure, axes = canvas(width=600, height=300)
    x = np.arange(len(values))
    axes.plot(x, values, color=color)
    axes.plot(x, values, "o", color=color)
    low, high = np.percentile(values, band)
    axes.axhspan(low, high, alpha=0.1)
    axes.text(1, 1, word)
    axes.set(xlim=(-1, 6), ylim=(-1, 9))
    return figure


VALUES = np.array([1.0, 4.0, 2.0, 8.0, 5.0])


def test_equal_drawings_do_not_differ():
    found = difference(drawn(VALUES), drawn(VALUES))
    assert (found.words, found.marks, found.pixels, found.shade) == ([], [], {}, 0)


def test_a_point_that_moved_is_measured_in_pixels():
    moved = VALUES.copy()
    moved[2] += 0.1  # of ten units over the height of the axes
    found = difference(drawn(VALUES), drawn(moved))
    assert (found.words, found.marks) == ([], [])
    line, dots, band = "line2d none network 4", "line2d network network", "patch #1f77b4 0.1"
    assert found.pixels.keys() == {line, dots, band}  # no tick, no word
    assert all(1 < pixels < 3 for pixels in found.pixels.values())


@pytest.mark.parametrize("other", [{"band": (5, 95)}, {"values": VALUES[[1, 0, 2, 3, 4]]}])
def test_a_band_drawn_wider_and_two_values_swapped_move_points_far(other):
    found = difference(drawn(VALUES), drawn(**({"values": VALUES} | other)))
    assert max(found.pixels.values()) > 10


def test_another_colour_word_or_count_is_said():
    assert difference(drawn(VALUES), drawn(VALUES, color="#D55E00")).marks
    assert difference(drawn(VALUES), drawn(VALUES, word="a fat")).words == ["'a fit' is 'a fat'"]
    assert "fewer marks" in difference(drawn(VALUES), drawn(VALUES[:4])).marks[-1]


def test_another_value_of_a_named_colour_is_said():
    """What shows the file outside a deck takes the value that stands in it."""
    drawing = drawn(VALUES)
    assert LIGHT["network"] in drawing
    assert difference(drawing, drawing.replace(LIGHT["network"], "#123456")).marks


def test_a_line_of_more_points_is_as_far_as_its_farthest_point():
    few = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 5.0]])
    many = np.array([[0.0, 0.5], [10.0, 0.0], [15.0, 2.0], [20.0, 5.0]])

    def path(points):
        return svg('<path d="M ' + " L ".join(f"{x} {y}" for x, y in points) + '"/>')

    there, back = cKDTree(many).query(few)[0].max(), cKDTree(few).query(many)[0].max()
    assert difference(path(few), path(many)).pixels == {"drawing": pytest.approx(max(there, back))}


def test_pictures_are_compared_by_their_shades():
    dark, light = (np.full((4, 4, 4), shade, dtype=np.uint8) for shade in (0, 51))
    dark[..., 3] = light[..., 3] = 255
    one, two = (svg(f'<image xlink:href="{png(each)}"/>') for each in (dark, light))
    assert difference(one, one).shade == 0
    assert difference(one, two).shade == pytest.approx(0.75 * 51 / 255)
    small = svg(f'<image xlink:href="{png(dark[:2])}"/>')
    assert difference(one, small).shade == 1
