"""Figures of neurons, rings, slopes and iris: every point, line and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, SCALE, SIGNAL, TRUTH
from demos.from_neuron_to_network import draw, draw_iris, slopes

DICE = np.random.default_rng(6)


def the_border(axes, weights, bias):
    """The one line of the neuron: it lies on w x + b = 0 and ends at the axes' edges. Its points."""
    (found,) = [
        one for one in axes.lines if one.get_color() == NETWORK and len(one.get_xdata()) == 2
    ]
    ends = np.stack(found.get_data(), 1)
    np.testing.assert_allclose(ends @ weights + bias, 0, atol=1e-6)
    limits = np.array([axes.get_xlim(), axes.get_ylim()])
    off = np.abs(ends[:, :, None] - limits).min((1, 2))
    assert off.max() < 0.25, "it ends before the edge"
    return ends


def test_each_neuron_has_its_line_through_the_same_points():
    x, y = 2 + DICE.random((8, 2)), np.arange(8) % 2
    fits = [
        ("with a bias", (np.array([1.0, 2.0]), -7.0), 0.9),
        ("without", (np.array([1.0, -1.0]), 0.0), 0.5),
    ]
    figure = draw.through_the_origin(x, y, fits)
    for axes, (text, (weights, bias), right) in zip(figure.axes, fits, strict=True):
        line(axes, *x[y == 0].T, color=INK, marker="o")
        line(axes, *x[y == 1].T, color=SIGNAL, marker="o")
        line(axes, [0], [0], marker="+")
        the_border(axes, weights, bias)
        named(axes, f"{text}: {right:.0%} right", NETWORK)
    in_view(figure)


@pytest.mark.parametrize("weights", [[0.0, 2.0], [3.0, 0.0], [1.0, -4.0]])
def test_a_border_may_lie_as_it_likes(weights):
    x = np.array([[0.0, 0.0], [1.0, 1.0]])
    figure = draw.no_line([("XOR", x, np.array([0, 1]), (np.array(weights), -0.6), (-0.5, 1.5))])
    (axes,) = figure.axes
    the_border(axes, weights, -0.6)
    named(axes, "XOR", NETWORK)


def test_a_circle_is_a_line_in_the_other_space():
    turn = np.linspace(0, 6, 12)
    x, y = np.stack([np.cos(turn), np.sin(turn)], 1), np.arange(12) % 2
    weights, bias = np.array([0.2, -0.1, -4.0]), 2.0
    figure = draw.feature_space(x, y, weights, bias)
    plain, lifted = figure.axes
    (circle,) = [one for one in plain.lines if one.get_color() == NETWORK]
    a, b = circle.get_data()
    np.testing.assert_allclose(0.2 * a - 0.1 * b - 4 * (a**2 + b**2) + 2, 0, atol=1e-9)
    line(plain, *x[y == 1].T, color=SIGNAL)
    line(lifted, x[y == 1, 0], np.ones(6), color=SIGNAL)
    the_border(lifted, weights[[0, 2]], bias)
    in_view(figure)


def test_borders_of_three_neurons_end_where_the_third_wins():
    weights = np.array([[1.0, 0.0], [-1.0, 0.2], [0.1, 2.0]])
    biases = np.array([-3.0, 3.0, -8.0])
    x, y = np.array([[1.0, 1.0], [5.0, 1.0], [3.0, 4.0]]), np.array([0, 1, 2])
    figure = draw.three_lines(x, y, weights, biases)
    (axes,) = figure.axes
    borders = [np.stack(one.get_data(), 1) for one in axes.lines if one.get_color() == NETWORK]
    assert len(borders) == 3
    meets = np.linalg.solve(weights[[0, 0]] - weights[[1, 2]], biases[[1, 2]] - biases[[0, 0]])
    for ends, third in zip(borders, (2, 1, 0), strict=True):
        assert np.abs(ends - meets).sum(1).min() < 1e-6
        away = ends[np.abs(ends - meets).sum(1).argmax()] @ weights.T + biases
        assert away.argmin() == third or away[third] < away.max() - 1e-6
        others = np.delete(away, third)
        assert others[0] == pytest.approx(others[1], abs=1e-6)
    line(axes, [3.0], [4.0], color=MUTED, marker="^")
    in_view(figure)


def test_a_segment_is_cut_where_the_second_neuron_wins():
    ends, weights = np.array([[0.0, 0.0], [4.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 0.0]])
    assert draw.cut(ends, weights, np.array([-1.0, 0.0])).tolist() == [[1, 0], [4, 0]]
    assert draw.cut(ends, weights, np.array([1.0, 0.0])).tolist() == ends.tolist()
    assert len(draw.cut(ends, weights, np.array([-5.0, 0.0]))) == 0


def test_slopes_have_medians_bars_and_formulas():
    values, loss, together = (
        np.array([-1.0, 0.0, 1.0]),
        DICE.random((9, 3)) / 3,
        DICE.random((9, 3)),
    )
    curve = np.linspace(-1, 1, 5)
    figure = draw.slopes(values, loss, together, 0.25, (curve, slopes.expected(curve)))
    left, right = figure.axes
    for axes, rows in ((left, loss), (right, together)):
        line(axes, values, np.median(rows, 0), color=NETWORK, marker="o")
        for place, row in zip(values, rows.T, strict=True):
            line(axes, [place, place], np.percentile(row, [5, 95]), color=NETWORK)
    line(left, [-1, 1], [0.25, 0.25], color=TRUTH)
    line(right, curve, np.abs(curve) / np.sqrt(curve**2 + 0.25), color=TRUTH)
    in_view(figure)


def test_the_map_is_as_long_as_the_network_says_inner():
    cells, x, y = np.array([[0.0, 0.5], [0.25, 1.0]]), DICE.uniform(-1, 1, (6, 2)), np.arange(6) % 2
    steps, losses = np.array([0, 10, 20]), np.array([0.7, 0.6, 0.3])
    figure = draw.rings_live(cells, x, y, 1.6, steps, losses)
    shaded, lost = figure.axes
    starts, stops, _ = shaded.lines[0].get_xdata().reshape(2, 2, 3).transpose(2, 0, 1)
    assert same(stops - starts, 1.6 * cells)
    line(shaded, *x[y == 1].T, color=SIGNAL)
    line(lost, steps, losses, color=NETWORK)
    in_view(figure)


def test_networks_with_and_without_bends_are_strips():
    found = {name: DICE.uniform(0.5, 0.98, 7) for name in draw_iris.NAMES}
    figure = draw_iris.bends(found)
    (axes,) = figure.axes
    names = [(text, found[key], color) for key, (text, color) in draw_iris.NAMES.items()]
    assert [(text, color) for text, _, color in names][:2] == [
        ("linear, 2-16-1-1", NETWORK),
        ("ReLU, 2-16-1-1", OVERFIT),
    ]
    for row, (_, values, color) in enumerate(reversed(names)):
        dots = [
            one for one in axes.lines if one.get_color() == color and same(one.get_xdata(), values)
        ]
        assert len(dots) == 1 and abs(np.mean(dots[0].get_ydata()) - row) < 0.4
    strips_of(axes, names) if len({color for _, _, color in names}) == 4 else None
    in_view(figure)


def test_widths_stand_at_their_logarithms_named():
    units, rows = (1, 4, 128), DICE.uniform(0.3, 1, (9, 3))
    figure = draw_iris.widths(
        units, [("Adam", rows, NETWORK, 1, 30), ("SGD", rows / 1.2, SIGNAL, 0, 30)]
    )
    (axes,) = figure.axes
    line(axes, [0, 2, 7], np.median(rows, 0), color=NETWORK, marker="o")
    line(axes, [7, 7], np.percentile(rows[:, 2] / 1.2, [5, 95]), color=SIGNAL)
    named(axes, "Adam", NETWORK, (2, np.median(rows[:, 1])))
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "4", "128"]
    in_view(figure)


def test_depths_are_curves_from_light_to_dark():
    steps = np.array([0, 10, 100, 1000])
    curves = {name: DICE.uniform(0.3, 0.9, 4) for name in ("one", "two", "four")}
    figure = draw_iris.depths(curves, steps)
    (axes,) = figure.axes
    for (name, right), color in zip(curves.items(), SCALE, strict=True):
        line(axes, steps[1:], right[1:], color=color)
        named(axes, name, color)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["10", "100", "1,000"]
    in_view(figure)
