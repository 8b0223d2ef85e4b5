"""Figures of dropout: every answer where it belongs, under its name, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of, words

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, PAPER, SIGNAL, TRUTH
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


def test_answers_of_thinned_networks_their_average_and_the_whole():
    values, whole = np.array([0.6, 0.9, 1.0, 1.1, 1.15]), 0.9
    figure = draw.thinned_answers(values, whole)
    (axes,) = figure.axes
    assert sum(bar.get_height() for bar in axes.patches) == len(values)
    for x, name, color, dash in (
        (0.9, "whole network", INK, ":"),
        (0.95, "their average", NETWORK, "-"),
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
