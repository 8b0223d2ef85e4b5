"""Figures of dropout's mechanics: every seed, mask, weight and mark where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, TRUTH
from demos.dropout_mechanics import compute as mech
from demos.dropout_mechanics import draw

DICE = np.random.default_rng(4)


def test_shares_right_stand_at_their_rates_by_both_ways():
    rates = [0.0, 0.5]
    once, mean = DICE.uniform(0.5, 0.8, (2, 5)), DICE.uniform(0.6, 0.9, (2, 5))
    x, y = mech.rings(1, 40)
    figure = draw.asked((x, y), rates, once, mean)
    rings, share = figure.axes
    line(rings, *x[y == 0].T, color=INK)
    line(rings, *x[y == 1].T, color=NETWORK, fillstyle="none")
    for values, color, text, aside in (
        (once, OVERFIT, "eval()", -0.012),
        (mean, REGULARIZED, "mean of 40 masks", 0.012),
    ):
        for rate, some in zip(rates, values, strict=True):
            line(share, np.full(5, rate + aside), some, color=color)
        line(share, np.array(rates) + aside, np.median(values, 1), color=color)
        named(share, text, color)
    line(share, [0, 0.5], [0.5, 0.5], color=TRUTH)
    assert [tick.get_text() for tick in share.get_xticklabels()] == ["0", "0.5"]
    in_view(figure)


def test_maps_and_the_curve_of_masks():
    cells = [DICE.uniform(0.5, 1, (3, 3)), np.zeros((3, 3))]
    panels = [("eval()", cells[0], OVERFIT), ("mean", cells[1], REGULARIZED)]
    means = DICE.uniform(0.5, 1, 30)
    figure = draw.maps(panels, np.arange(1, 31), 0.55, means, reach=15.0)
    first, _, share = figure.axes
    (dashes,) = [one for one in first.lines if one.get_color() == NETWORK]
    x, y = dashes.get_data()
    lengths = (x[1::3] - x[0::3]) / 10.0
    assert same(lengths, 2 * cells[0].ravel() - 1)
    assert same(y[0::3], np.repeat([-10.0, 0.0, 10.0], 3))
    assert same((x[1::3] + x[0::3]) / 2, np.tile([-10.0, 0.0, 10.0], 3))
    assert [axes.get_title(loc="left") for axes in figure.axes[:2]] == ["eval()", "mean"]
    circles = [one for one in first.lines if one.get_color() == TRUTH]
    assert [np.hypot(*one.get_data()).max() for one in circles] == pytest.approx(mech.RADII)
    line(share, [1, 30], [0.55, 0.55], color=OVERFIT)
    line(share, np.arange(1, 31), means, color=REGULARIZED)
    assert [tick.get_text() for tick in share.get_xticklabels()] == ["1", "3", "10", "30"]


def test_all_masks_and_what_stands_for_them():
    each, chances = np.array([0.1, 0.12, 0.9]), np.array([0.2, 0.3, 0.5])
    figure = draw.all_masks(
        [("one", each, chances, 0.5, 0.4, 0.65), ("two", each, chances, *[0.2] * 3)]
    )
    first = figure.axes[0]
    heights = {round(bar.get_x(), 3): bar.get_height() for bar in first.patches}
    assert heights[0.1] == pytest.approx(0.5) and heights[0.9] == pytest.approx(0.5)
    high = 1.45 * 0.5
    for place, color, name, up in (
        (0.5, REGULARIZED, "mean", 0.95),
        (0.4, INK, "geometric", 0.86),
        (0.65, OVERFIT, "eval()", 0.77),
    ):
        line(first, [place, place], [0, up * high], color=color)
        line(first, [place], [up * high], color=color)
        named(first, name, color)
    assert first.get_xlabel() == "one"
    in_view(figure)


def test_weights_are_lines_with_dots():
    rates = np.array([0.0, 0.3, 0.6])
    formula, fitted = DICE.standard_normal((2, 3, 4))
    figure = draw.ridge_path(rates, formula, fitted, {1: "bmi"})
    (axes,) = figure.axes
    for one in range(4):
        line(axes, rates, formula[:, one], color=REGULARIZED if one == 1 else MUTED)
        line(axes, rates, fitted[:, one], color=INK)
    named(axes, "bmi", REGULARIZED)


def test_rows_are_strips_about_a_line():
    groups = [("one", np.array([-1.0, 3.0]), OVERFIT), ("two", np.array([2.0, 1.0]), NETWORK)]
    figure = draw.rows(groups, "points", ticks=[-5, 0, 5], about=0)
    (axes,) = figure.axes
    strips_of(axes, groups)
    line(axes, [0, 0], [0, 1], color=TRUTH)
    assert axes.get_xlabel() == "points" and axes.get_xlim() == (-5, 5)
    in_view(figure)
