"""Figures of a good start: every line, histogram and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, strips_of, words

from demos.a_good_start import claims, draw
from demos.a_good_start import compute as cp
from demos.a_good_start import compute_clipping as clip
from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH

DICE = np.random.default_rng(4)


def test_slopes_are_differences_of_their_activations():
    left, right = draw.slopes().axes
    for color, name in ((OVERFIT, "sigmoid"), (NETWORK, "tanh"), (REGULARIZED, "ReLU")):
        (values,), (steep,) = (
            [one for one in axes.lines if one.get_color() == color] for axes in (left, right)
        )
        away = abs(draw.SUMS[1:-1]) > 0.1  # from where ReLU bends
        slope = np.gradient(values.get_ydata(), draw.SUMS)[1:-1]
        np.testing.assert_allclose(steep.get_ydata()[1:-1][away], slope[away], atol=2e-3)
        named(left, name, color)
        named(right, name, color)
    line(right, [0, 1], [0.25, 0.25], color=TRUTH)
    assert max(draw.bends(draw.SUMS)[2][2]) == 0.25


def test_sizes_stand_along_the_layers():
    rows = [
        ("a", np.array([1.0, 0.5, 0.2]), NETWORK, (3, 10, 0)),
        ("b", np.array([1.0, 20, 400]), OVERFIT, (1, 0, 18)),
    ]
    figure = draw.by_layer([("activations", rows, 1.4), ("gradients", rows[:1], 1.0)])
    for axes, shown in zip(figure.axes, (rows, rows[:1]), strict=True):
        for name, values, color, (layer, _, _) in shown:
            line(axes, [1, 2, 3], values, color=color)
            named(axes, name, color, (layer, values[layer - 1]))
        assert axes.get_yscale() == "log"
    assert [axes.get_ylabel() for axes in figure.axes] == ["activations", "gradients"]
    assert figure.axes[0].get_xlim()[1] == pytest.approx(4.2)
    in_view(figure)


def test_starts_by_layer_are_spreads_of_both_passes():
    drawn = cp.numbers(0, cp.DEPTH, 6, 4)
    through = {name: cp.passes(drawn, scale) for name, scale in claims.STARTS.items()}
    figure = draw.both_ways(through)
    for axes, which in zip(figure.axes, ("activations", "gradients"), strict=True):
        for name, (text, color, _) in draw.STARTS.items():
            line(axes, np.arange(1, 31), cp.spread(getattr(through[name], which)), color=color)
            named(axes, text, color)
        assert axes.get_ylabel() == which
    assert [text for text, *_ in draw.STARTS.values()] == ["4/n", "2/n", "1/n", "PyTorch"]


def test_histograms_hold_every_number_of_a_layer():
    values = DICE.uniform(-1, 1, (2, 30, 4))
    figure = draw.histograms(
        [("a", 1, [("x", values), ("y", values)]), ("b", 2, [("x", values)] * 2)]
    )
    middles = (draw.BINS[1:] + draw.BINS[:-1]) / 2
    for axes, reach in zip(figure.axes, (1, 1, 2, 2), strict=True):
        for layer in range(2):
            counts = np.histogram(values[layer], draw.BINS * reach)[0]
            line(axes, middles, counts / 120, color=NETWORK, alpha=[0.25, 1.0][layer])
        ends = [tick.get_text() for tick in axes.get_xticklabels()]
        assert ends == [f"{-reach}".replace("-", "\N{MINUS SIGN}"), "0", f"{reach}"]
    named(figure.axes[0], "a", INK)
    named(figure.axes[1], "y", MUTED)
    named(figure.axes[2], "b", INK)


def test_medians_by_depth():
    rows = [("tanh", [1, 1.1, 1.2], NETWORK), ("sigmoid", [0.4, 1e-6, 1e-12], OVERFIT)]
    (axes,) = draw.by_depth((2, 10, 20), rows).axes
    for name, medians, color in rows:
        line(axes, [2, 10, 20], medians, color=color)
        named(axes, name, color, (20, medians[-1]))
    assert axes.get_yscale() == "log"


def test_networks_about_the_line_of_having_learned():
    groups = [("one", np.array([1.0, 0.99]), NETWORK), ("two", np.array([0.5, 0.3]), SIGNAL)]
    (axes,) = draw.learned(groups, 0.95).axes
    strips_of(axes, groups)
    line(axes, [0.95, 0.95], [0, 1], color=TRUTH)
    assert axes.get_xlim()[0] < 0.3


def test_descents_on_the_cliff_and_their_distances():
    path = np.array([1.1, 0.3, 0.99])
    figure = draw.cliff([("down", path, NETWORK, (1, 10, 0))])
    wall, away = figure.axes
    line(wall, path, clip.loss(path), color=NETWORK, marker="o")
    (curve,) = [one for one in wall.lines if one.get_color() == INK]
    w = curve.get_xdata()
    np.testing.assert_allclose(curve.get_ydata(), (w**30 - 0.7) ** 2)
    line(away, [0, 1, 2], abs(path - clip.GOAL), color=NETWORK)
    named(away, "down", NETWORK, (1, abs(path[1] - clip.GOAL)))


def test_steps_point_where_clipping_lets_them():
    gradient = np.array([30.0, 12.0])
    groups = [
        ("by norm", np.array([0.0, 0.1]), REGULARIZED),
        ("by value", np.array([30.0, 38]), OVERFIT),
    ]
    figure = draw.directions(gradient, groups)
    left, right = figure.axes
    line(left, [0, -1], [0, -1], color=OVERFIT)
    unit = -gradient / np.linalg.norm(gradient)
    line(left, [0, unit[0]], [0, unit[1]], color=REGULARIZED)
    line(left, [0, 1.75 * unit[0]], [0, 1.75 * unit[1]], color=TRUTH)
    assert {"by value", "by norm", "unclipped"} <= set(words(left))
    strips_of(right, groups)
    in_view(figure)
