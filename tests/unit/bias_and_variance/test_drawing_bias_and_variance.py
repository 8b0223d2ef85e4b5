"""Figures of bias and variance: every fit, part and training set where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, strips_of

from demos.bias_and_variance import draw
from demos.core.style import INK, NETWORK, OVERFIT, SCALE, SIGNAL, TRUTH

DICE = np.random.default_rng(4)


def test_each_training_set_has_its_own_fit():
    sets = [(DICE.random(5), DICE.random(5)) for _ in range(2)]
    answers = DICE.random((2, len(draw.FINE)))
    figure = draw.draws(sets, answers)
    for n, (axes, points, fit) in enumerate(zip(figure.axes, sets, answers, strict=True), 1):
        line(axes, *points, color=INK, linestyle="None")
        line(axes, draw.FINE, fit, color=NETWORK)
        named(axes, f"training set {n}", INK)
    in_view(figure)


def test_clouds_show_some_fits_and_the_mean_of_all():
    panels = [(f"degree {n}", DICE.random((6, len(draw.FINE)))) for n in (1, 3)]
    figure = draw.clouds(panels, shown=4)
    for axes, (text, answers) in zip(figure.axes, panels, strict=True):
        fits = [each for each in axes.lines if each.get_color() == NETWORK]
        assert len(fits) == 4
        for one in answers[:4]:
            line(axes, draw.FINE, one, color=NETWORK)
        line(axes, draw.FINE, answers.mean(0), color=SIGNAL)
        named(axes, text, INK)
    in_view(figure)


def test_bars_are_the_parts_on_each_other_and_end_at_the_edge():
    rows = [(1, 0.1, 0.05, 0.09, 0.25), (3, 0.02, 0.06, 0.09, 0.16), (9, -3.0, 70.0, 0.09, 67.0)]
    figure = draw.stacked(rows, most=0.4)
    (axes,) = figure.axes
    bars = [(b.get_x() + b.get_width() / 2, b.get_y(), b.get_height()) for b in axes.patches]
    expected = [(0, 0, 0.09), (0, 0.09, 0.1), (0, 0.19, 0.05)]
    expected += [(1, 0, 0.09), (1, 0.09, 0.02), (1, 0.11, 0.06)]
    expected += [(2, 0, 0.09), (2, 0.09, 0), (2, 0.09, 0.31)]
    np.testing.assert_allclose(bars, expected, atol=1e-12)
    line(axes, [0], [0.25], color=INK, marker="D")
    line(axes, [1], [0.16], color=INK, marker="D")
    assert len(axes.lines) == 2
    for text, color in (("0.25", INK), ("up to 67", INK), ("bias²", SIGNAL), ("variance", NETWORK)):
        named(axes, text, color)
    assert axes.get_ylim() == pytest.approx((0, 0.4))


def test_errors_of_sets_are_strips_with_their_mean():
    groups = [
        ("degree 1", np.array([0.1, 0.2, 0.3]), SIGNAL),
        ("degree 9", np.array([0.2, 0.4, 90.0]), OVERFIT),
    ]
    figure = draw.set_errors(groups)
    (axes,) = figure.axes
    strips_of(axes, groups)
    line(axes, [0.2], [1], color=INK, marker="X")
    line(axes, [90.6 / 3], [0], color=INK, marker="X")
    assert axes.get_xscale() == "log"
    in_view(figure)


def test_parts_by_width_have_a_line_for_each_number_of_steps():
    lines = [(f"{n} steps", DICE.random(3) / 10, DICE.random(3)) for n in (3, 10, 30)]
    figure = draw.by_width((2, 4, 8), lines)
    bias, variance = figure.axes
    for (text, bias2, spread), color in zip(lines, SCALE, strict=True):
        line(bias, [2, 4, 8], bias2, color=color)
        line(variance, [2, 4, 8], spread, color=color)
        named(variance, text, color)
    named(bias, "bias²", INK)
    named(variance, "variance", INK)
    in_view(figure)


def test_parts_by_strength_and_their_sum():
    bias2, variance = np.array([0.0, 0.01, 0.07]), np.array([0.1, 0.03, 0.01])
    figure = draw.by_strength((0, 0.003, 0.1), bias2, variance)
    (axes,) = figure.axes
    line(axes, [0, 1, 2], bias2, color=SIGNAL)
    line(axes, [0, 1, 2], variance, color=NETWORK)
    line(axes, [0, 1, 2], [0.1, 0.04, 0.08], color=INK)
    for text, color in (("bias²", SIGNAL), ("variance", NETWORK), ("sum", INK)):
        named(axes, text, color)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0", "0.003", "0.1"]
    assert TRUTH not in {each.get_color() for each in axes.lines}
    in_view(figure)
