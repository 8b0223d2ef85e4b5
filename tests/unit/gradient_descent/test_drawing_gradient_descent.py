"""Figures of gradient descent: every path, share and minimum where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, SCALE, SIGNAL, TRUTH
from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills
from demos.gradient_descent import draw, draw_hills

DICE = np.random.default_rng(6)


def test_four_rates_and_the_factor_on_its_formula():
    paths = [(f"rate {n}", DICE.random(5)) for n in range(4)]
    rates, factors = np.array([0.1, 0.2]), np.array([0.4, 0.3])
    figure = draw.four_rates(paths, rates, factors)
    left, right = figure.axes
    for (text, x), color in zip(paths, (*SCALE, OVERFIT), strict=True):
        line(left, np.arange(5), x, color=color)
        named(left, text, color)
    line(left, [0, 4], [0.5, 0.5], color=TRUTH)
    line(right, rates, factors, color=NETWORK, marker="o")
    fine = np.linspace(0, 0.4, 201)
    line(right, fine, np.abs(1 - 6 * fine), color=TRUTH)
    for text in ("crawls", "lands", "swings", "runs away"):
        named(right, text, INK)
    in_view(figure)


def test_the_map_is_green_where_a_start_arrives():
    starts = np.array([-1.5, -0.5, 0.5, 1.5])
    arrived = np.array([False, True, True, False])
    figure = draw.starts_map([("plain", starts, arrived), ("pushed", starts, ~arrived)])
    heights = gd.valleys(starts)
    for panel, green, text in zip(
        figure.axes, (arrived, ~arrived), ("plain", "pushed"), strict=True
    ):
        drawn = {
            one.get_color(): one.get_ydata() for one in panel.lines if len(one.get_xdata()) == 4
        }
        np.testing.assert_allclose(drawn[REGULARIZED], np.where(green, heights, np.nan))
        np.testing.assert_allclose(drawn[OVERFIT], np.where(green, np.nan, heights))
        line(panel, [gd.BOTTOM], [gd.valleys(gd.BOTTOM)], color=REGULARIZED)
        line(panel, [-gd.HIGHER], [gd.valleys(gd.HIGHER)], color=OVERFIT)
        named(panel, text, INK)
    in_view(figure)


@pytest.mark.parametrize("start", [True, False])
def test_shares_by_rate_and_the_edge(start):
    rates = np.array([0.01, 0.05, 0.3])
    lines = [("one", DICE.random(3), OVERFIT, 0, -20), ("two", DICE.random(3), REGULARIZED, 2, 0)]
    figure = draw.by_rate(rates, lines, start=start)
    (axes,) = figure.axes
    for text, shares, color, at, _ in lines:
        line(axes, rates, shares, color=color)
        named(axes, text, color, (rates[at], shares[at]))
    line(axes, [gd.EDGE] * 2, [0, 1], color=TRUTH)
    assert axes.get_xscale() == "log" and ("at the start" in axes.get_xlabel()) == start
    in_view(figure)


def test_forks_have_both_last_places():
    rates = np.array([0.01, 0.05])
    ends = np.array([[[0.4, 0.3], [0.4, 0.6]], [[1.4, 1.3], [1.4, 1.5]]])
    figure = draw.final_places(rates, ends, (0.04, 0.045))
    (axes,) = figure.axes
    for last, edge, color in zip(ends, (0.04, 0.045), (REGULARIZED, OVERFIT), strict=True):
        line(axes, [*rates, *rates], [*last[0], *last[1]], color=color)
        line(axes, [edge] * 2, [0, 1], color=TRUTH)
        named(axes, f"ends at {last[0, 0]:.2f}", color)
    in_view(figure)


def test_the_map_of_rates_and_steps_has_a_row_for_each_number_of_steps():
    shares = np.array([[0.1, 0.2], [0.5, 1.0]])
    figure = draw.rate_and_steps(shares, np.array([0.01, 0.02]), np.array([4, 8]))
    (axes,) = figure.axes
    (drawn,) = axes.lines
    x, y = drawn.get_xdata().reshape(4, 3), drawn.get_ydata().reshape(4, 3)
    np.testing.assert_allclose(np.diff(x[:, :2])[:, 0], [0.1, 0.2, 0.5, 1.0])
    np.testing.assert_allclose(y[:, 0], [-0.5, -0.5, 0.5, 0.5])
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0.01"]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["4"]
    in_view(figure)


def test_level_lines_are_level():
    for part in draw_hills.contours():
        heights = hills.peaks(part)
        level = min(draw_hills.LEVELS, key=lambda level: abs(level - heights[0]))
        np.testing.assert_allclose(heights, level, atol=0.12)


def test_arrows_point_downhill_where_it_is_steep():
    figure = draw_hills.restarts(DICE.random((3, 1, 2)), np.array([1]), [0.3], [0.3])
    (arrows,) = figure.axes[0].collections
    places, ways = arrows.XY, np.column_stack([arrows.U, arrows.V])
    down = hills.gradient(places)
    assert (np.linalg.norm(down, axis=1) > 0.3).all()
    np.testing.assert_allclose(ways, -0.36 * down / np.linalg.norm(down, axis=1)[:, None])


def test_paths_are_green_where_they_find_the_deepest_hollow():
    there = np.stack([[1.0, -1.0], hills.DEEPEST])
    elsewhere = np.array([[-1.0, 1.0], [-1.3, 0.2]])
    counts, shares, formula = np.array([1, 2]), np.array([0.3, 0.5]), np.array([0.3, 0.51])
    figure = draw_hills.restarts(np.stack([there, elsewhere], 1), counts, shares, formula)
    left, right = figure.axes
    line(left, *there.T, color=REGULARIZED)
    line(left, *elsewhere.T, color=OVERFIT)
    line(right, counts, shares, color=NETWORK)
    line(right, counts, formula, color=TRUTH)
    named(right, "dashed: 1 − (1 − p)ⁿ", MUTED)


def test_shares_and_minima_by_dimension():
    random, minima = np.array([0.5, 0.15, 0.02]), np.array([4, 15, 50])
    figure = draw_hills.by_dimension((1, 2, 3), random, np.ones(3), minima)
    left, right = figure.axes
    line(left, [1, 2, 3], random, color=NETWORK)
    line(left, [1, 2, 3], [1, 1, 1], color=REGULARIZED)
    line(right, [1, 2, 3], minima, color=SIGNAL)
    line(right, [1, 2, 3], [4, 16, 64], color=TRUTH)
    named(left, "random Hessians", NETWORK)
    named(right, "found, sum of valleys", SIGNAL)


def test_one_start_on_the_curve_and_on_the_surface():
    x, places = np.array([-1.8, -1.5]), np.array([[-1.8, -1.0], [-1.2, 0.1]])
    figure = draw_hills.both_paths(x, places)
    left, right = figure.axes
    line(left, x, gd.valleys(x), color=NETWORK)
    line(right, *places.T, color=NETWORK)
    for axes, ends in ((left, gd.valleys(x)), (right, places[:, 1])):
        line(axes, [-1.8], [ends[0]], color=SIGNAL)
        line(axes, [x[-1] if axes is left else -1.2], [ends[1]], color=REGULARIZED)
