"""Figures of dropout: every answer where it belongs, under its name, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of, words
from matplotlib.colors import to_hex

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, PAPER, REGULARIZED, SIGNAL, TRUTH
from demos.dropout import draw

DICE = np.random.default_rng(4)


def test_thinned_networks_have_the_units_that_stay_and_their_connections():
    whole = np.ones((2, 3), bool)
    on = np.array([[True, False, True], [False, False, True]])
    figure = draw.thinned_networks([("whole", whole), ("thinned", on)])
    for axes, kept in zip(figure.axes, (whole, on), strict=True):
        connections = [one for one in axes.lines if len(one.get_xdata()) == 2]
        connections = [one for one in connections if one.get_marker() == "None"]
        first, second = kept.sum(1)
        assert len(connections) == 2 * first + first * second + second
        layers = [np.ones(2, bool), *kept, np.ones(1, bool)]
        for depth, layer in enumerate(layers):
            heights = np.arange(len(layer)) - (len(layer) - 1) / 2 + 2.5
            some = np.full(len(layer), depth)
            line(axes, some[layer], heights[layer], color=NETWORK, marker="o")
            if not layer.all():
                line(axes, some[~layer], heights[~layer], color=MUTED, marker="x")
            touched = {
                y for c in connections for x, y in zip(*c.get_data(), strict=True) if x == depth
            }
            assert touched == set(heights[layer])
    in_view(figure)


def bars(axes, color):
    """{where a bar of this colour stands: how high}."""
    found = [bar for bar in axes.patches if to_hex(bar.get_facecolor()) == color.lower()]
    return {round(bar.get_x() + bar.get_width() / 2, 6): bar.get_height() for bar in found}


def test_halves_stand_at_their_sums_and_masks_beside_what_was_said():
    sums = {"a + b": 0.25, "a + c": 1.0, "b + c": 0.75}
    said, by_hand, theirs = [0.25, 0.0, 0.75], [0.5, 0.0, 0.0], [0.0, 0.0, 1.5]
    figure = draw.halves(sums, said, by_hand, theirs)
    left, right = figure.axes
    assert bars(left, NETWORK) == {0: 0.25, 1: 1.0, 2: 0.75}
    assert [tick.get_text() for tick in left.get_xticklabels()] == list(sums)
    line(left, [0, 1], [0.5, 0.5], color=INK)  # half of all three together
    assert bars(right, TRUTH) == {-0.2: 0.25, 0.8: 0.0, 1.8: 0.75}
    assert bars(right, NETWORK) == {0.2: 0.5, 1.2: 0.0, 2.2: 0.0}
    line(right, [0.2, 1.2, 2.2], theirs, color=REGULARIZED, marker="o")
    assert [tick.get_text() for tick in right.get_xticklabels()] == ["a", "b", "c"]
    for word, color in (("before", TRUTH), ("mask by hand", NETWORK), ("nn.Dropout", REGULARIZED)):
        named(right, word, color)
    in_view(figure)


@pytest.mark.parametrize("sums", [{}, {"a + b": -3.0}, {"a + b": 0.0}])
def test_whatever_units_say_can_be_drawn(sums):
    said = [sum(sums.values()), 0.0][: 1 + len(sums)]
    in_view(draw.halves(sums, said, said, said))


def test_numbers_on_axes_are_written_one_way():
    """ "0" and "1" where there is "0.5": on both axes, in every figure."""
    square = np.tile(np.linspace(0, 1, 11), (11, 1))
    figures = [
        draw.maps([("plain", square)] * 2),
        draw.answer_panels([("plain", DICE.random((3, 4)))] * 2),
        draw.asymmetry_strips([("leak", DICE.random(4), OVERFIT)]),
        draw.thinned_answers(DICE.random(40), 0.5),
        draw.halves({"a + b": 1.0}, [0.5, 0.5], [1.0, 0.0], [1.0, 0.0]),
    ]
    for figure in figures:
        figure.draw_without_rendering()
        for axes in figure.axes:
            ticks = [t.get_text() for t in (*axes.get_xticklabels(), *axes.get_yticklabels())]
            assert not [text for text in ticks if text.endswith((".0", ".00"))]


def test_answers_of_thinned_networks_their_average_and_the_whole():
    values, whole = np.array([0.6, 0.9, 1.0, 1.1, 1.15]), 0.9
    figure = draw.thinned_answers(values, whole)
    (axes,) = figure.axes
    assert sum(bar.get_height() for bar in axes.patches) == len(values)
    for x, name, color, dash in (
        (0.9, "whole 0.90", INK, ":"),
        (0.95, "average 0.95", NETWORK, "-"),
    ):
        (drawn,) = [one for one in axes.lines if one.get_color() == color]
        assert same(drawn.get_xdata(), [x, x]) and drawn.get_linestyle() == dash
        assert abs(named(axes, name, color).get_position()[0] - x) == pytest.approx(0.02)
    in_view(figure)


def test_maps_have_the_first_input_to_the_right_and_the_second_upwards():
    side = np.linspace(0, 1, 11)
    grids = [np.tile(0.9 * side, (11, 1)), np.tile(0.5 * side[:, None], (1, 11))]
    figure = draw.maps([("first counts", grids[0]), ("second counts", grids[1])])
    for axes, grid in zip(figure.axes, grids, strict=True):
        (picture,) = axes.images
        assert same(picture.get_array(), grid)
        assert picture.origin == "lower" and tuple(picture.get_extent()) == (0, 1, 0, 1)
        from_paper = picture.cmap(picture.norm(0.0))
        assert "#" + "".join(f"{round(255 * c):02x}" for c in from_paper[:3]) == PAPER
        (contours,) = axes.collections
        levels = dict(zip(contours.levels, contours.get_paths(), strict=True))
        for level in (0.2, 0.4):
            x, y = levels[level].vertices.T
            assert np.allclose(x, level / 0.9) if grid is grids[0] else np.allclose(y, level / 0.5)
        line(axes, side, side, marker="o", linestyle="None")  # the data
    left, right = figure.axes
    assert (left.get_title(), right.get_title()) == ("first counts", "second counts")
    assert (left.get_xlabel(), left.get_ylabel()) == ("first input", "second input")
    in_view(figure)


def test_answers_stand_in_the_row_of_their_question():
    panels = [(name, DICE.uniform(-0.1, 1.19, (3, 6))) for name in ("plain", "dropout")]
    figure = draw.answer_panels(panels, loud=3)
    rows = [("f(1, 0)", NETWORK, "o"), ("f(0, 3)", SIGNAL, "s"), ("f(1, 3)", INK, "D")]
    for axes, (name, says) in zip(figure.axes, panels, strict=True):
        groups = [(n, answers, c) for (n, c, _), answers in zip(rows, says, strict=True)]
        strips_of(axes, groups, names=False)
        for (_, color, marker), answers in zip(rows, says, strict=True):
            (dots,) = [one for one in axes.lines if same(one.get_xdata(), answers)]
            assert (dots.get_marker(), dots.get_color()) == (marker, color)
        line(axes, [1, 1], [-0.6, 2.6], color=TRUTH)  # the right answer
        named(axes, name, INK)
    ticks = [(t.get_text(), t.get_color()) for t in figure.axes[0].get_yticklabels()]
    assert ticks == [row[:2] for row in reversed(rows)]
    assert same(figure.axes[0].get_yticks(), [0, 1, 2])
    in_view(figure)


def test_asymmetries_are_strips():
    groups = [("leak", DICE.uniform(0.5, 0.95, 4), OVERFIT), ("copy", np.array([0.0]), NETWORK)]
    figure = draw.asymmetry_strips(groups)
    strips_of(figure.axes[0], groups)
    in_view(figure)


def test_shares_of_both_inputs_lie_at_their_rates():
    p, shares, plain = np.array([0.2, 0.6]), DICE.random((2, 3, 2)), np.array([0.1, 0.9])

    def formula(p):
        return 0.5 - 0.4 * p

    figure = draw.linear_theory(p, shares, plain, formula)
    (axes,) = figure.axes
    grid = np.linspace(0.001, 0.9, 200)
    line(axes, grid, formula(grid))
    for side, (color, marker, name) in enumerate(
        ((NETWORK, "o", "quiet input, no dropout"), (SIGNAL, "s", "loud input, no dropout"))
    ):
        dots = [(rate, s[side]) for rate, row in zip(p, shares, strict=True) for s in row]
        line(axes, *np.transpose(dots), color=color, marker=marker)
        line(axes, [0], [plain[side]], color=color, marker=marker)
        named(axes, name, color, (0.025, plain[side]))
    assert len(words(axes)) == 3
    in_view(figure)
