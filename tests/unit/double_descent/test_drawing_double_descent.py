"""Figures of double descent: every error where it belongs, in its colour, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, strips_of

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH
from demos.double_descent import draw

DICE = np.random.default_rng(4)
WIDTHS = (5, 20, 40, 1000)


def dashed_at(axes, place):
    """A dashed line stands at `place`, and only there."""
    marks = [each for each in axes.lines if each.get_color() == TRUTH]
    assert [each.get_xdata()[0] for each in marks] == [pytest.approx(place)]


def test_each_descent_and_their_median():
    each = DICE.uniform(0.2, 50, (5, 4))
    figure = draw.descents(WIDTHS, each, 40)
    (axes,) = figure.axes
    for row in each:
        line(axes, WIDTHS, row, color=NETWORK, marker="None")
    line(axes, WIDTHS, np.median(each, 0), color=NETWORK, marker="o")
    dashed_at(axes, 40)
    (shade,) = axes.patches
    assert shade.get_x() == 40
    assert axes.get_xscale() == axes.get_yscale() == "log"
    in_view(figure, but=[shade])


def test_three_lines_are_compared():
    texts, colors = ("a", "b", "c"), (OVERFIT, SIGNAL, REGULARIZED)
    values = DICE.uniform(0.2, 50, (3, 4))
    lines = list(zip(texts, values, colors, strict=True))
    figure = draw.compared(WIDTHS, lines, 40, mark="forty")
    (axes,) = figure.axes
    for text, row, color, marker in zip(texts, values, colors, "o^s", strict=True):
        line(axes, WIDTHS, row, color=color, marker=marker)
        named(axes, f"{dict(zip('o^s', '●▲■', strict=True))[marker]} {text}", color)
    dashed_at(axes, 40)
    named(axes, "forty", MUTED)
    in_view(figure)


def test_marks_lie_on_lines_of_their_own_kind():
    curves = [(np.array([0.1, 1, 10]), np.array(y)) for y in ([0.1, 5, 0.9], [0.05, 0.4, 0.8])]
    dots = [((0.5, 2.0), np.array([0.3, 0.8])), ((0.5, 1.0), np.array([0.2, 0.4]))]
    figure = draw.closed_form(curves, dots)
    (axes,) = figure.axes
    for (x, y), (at, found), color in zip(curves, dots, (OVERFIT, REGULARIZED), strict=True):
        line(axes, x, y, color=color, marker="None")
        line(axes, at, found, color=color, linestyle="None")
    dashed_at(axes, 1)
    named(axes, "● least squares", OVERFIT)
    named(axes, "■ best ridge", REGULARIZED)
    in_view(figure)


def test_every_cause_has_a_panel_beside_the_whole():
    counts, whole = (2, 10, 100), np.array([0.8, 12.0, 0.5])
    panels = [(text, DICE.uniform(0.4, 1, 3)) for text in ("x", "y", "z")]
    figure = draw.left_out(counts, whole, panels)
    for axes, (text, errors) in zip(figure.axes, panels, strict=True):
        line(axes, counts, whole, color=OVERFIT)
        line(axes, counts, errors, color=REGULARIZED)
        named(axes, text, REGULARIZED)
        dashed_at(axes, 10)
    in_view(figure)


def test_every_shuffle_of_patients_and_the_median():
    each = DICE.uniform(0.5, 20, (4, 3))
    figure = draw.by_patients((2, 10, 100), each)
    (axes,) = figure.axes
    for row in each:
        line(axes, (2, 10, 100), row, color=OVERFIT, marker="None")
    line(axes, (2, 10, 100), np.median(each, 0), color=OVERFIT, marker="o")
    dashed_at(axes, 10)
    in_view(figure)


def test_losses_are_strips():
    groups = [("4 units", DICE.uniform(2, 5, 6), NETWORK), ("13", DICE.uniform(1, 3, 6), OVERFIT)]
    figure = draw.losses(groups, "loss", (1, 2, 4, 8))
    (axes,) = figure.axes
    strips_of(axes, groups)
    assert axes.get_xscale() == "log" and axes.get_xlabel() == "loss"
    in_view(figure)


def test_losses_and_rates_have_a_panel_each():
    lines = [
        ("last step", (4, 16, 100), DICE.uniform(0.5, 3, 3), DICE.uniform(0, 1, 3)),
        ("L2", (4, 16), DICE.uniform(0.5, 3, 2), DICE.uniform(0, 1, 2)),
        ("stopped", (4, 16, 100), DICE.uniform(0.5, 3, 3), DICE.uniform(0, 1, 3)),
    ]
    figure = draw.loss_and_rate(lines, 13.2)
    loss, rate = figure.axes
    for (_, widths, losses, rates), color in zip(
        lines, (OVERFIT, REGULARIZED, SIGNAL), strict=True
    ):
        line(loss, widths, losses, color=color)
        line(rate, widths, rates, color=color)
    for axes, word in ((loss, "test loss"), (rate, "error rate")):
        dashed_at(axes, 13.2)
        assert axes.get_ylabel() == word and axes.get_ylim()[0] == 0
    named(loss, "● last step", OVERFIT)
    named(rate, "weights = points × classes", MUTED)
    in_view(figure)


def test_two_axes_show_the_same_errors():
    widths = (5, 20, 30, 40, 160, 1000)
    errors = np.array([0.8, 0.6, 1.2, 30, 0.5, 0.4])
    effective = np.array([6.0, 45, 150, 7000, 70, 56])
    figure = draw.two_axes(widths, errors, effective, 40)
    for axes, x in zip(figure.axes, (np.array(widths), effective), strict=True):
        line(axes, x[:4], errors[:4], color=NETWORK)
        line(axes, x[3:], errors[3:], color=OVERFIT)
    left, right = figure.axes
    dashed_at(left, 40)
    for width, color in ((5, NETWORK), (20, NETWORK), (30, NETWORK), (1000, OVERFIT)):
        at = widths.index(width)
        named(right, f"{width:,}", color, at=(effective[at], errors[at]))
    in_view(figure)


def test_the_live_pictures_stand_in_marks_where_the_slider_is():
    figure = draw.live_picture(WIDTHS, np.array([1.0, 0.6, 30.0, 0.4]), 40, 20)
    (axes,) = figure.axes
    line(axes, WIDTHS, [1.0, 0.6, 30.0, 0.4], color=OVERFIT)
    (now,) = [each for each in axes.lines if each.get_color() == INK]
    assert list(now.get_xdata()) == [20, 20]
    named(axes, "now", OVERFIT, at=(20, 0.6))
    in_view(figure)
