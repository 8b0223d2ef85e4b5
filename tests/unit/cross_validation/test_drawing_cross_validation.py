"""Figures of cross-validation: every point, shuffle and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, spans, strips_of

from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, SIGNAL
from demos.cross_validation import draw
from demos.cross_validation.compute_tests import standard_error

DICE = np.random.default_rng(4)
GROUPS = [
    ("one", DICE.uniform(0.6, 1, 9), OVERFIT),
    ("many", DICE.uniform(0.8, 0.9, 9), REGULARIZED),
]


def test_each_point_stands_at_its_place_and_class():
    labels = {"sorted": np.repeat([0, 1, 2], 4), "shuffled": DICE.permutation(12) % 3}
    figure = draw.file_orders(list(labels.items()), cut=9)
    for axes, (text, classes) in zip(figure.axes, labels.items(), strict=True):
        for one, color in enumerate((NETWORK, SIGNAL, INK)):
            places = np.flatnonzero(classes == one)
            line(axes, places, np.full(len(places), one), color=color)
        ((left, right, _),) = spans(axes)
        assert (left, right) == (8.5, 11.5)
        named(axes, text, INK)
    named(figure.axes[0], "held out", MUTED, at=(10.5, 2.8))
    in_view(figure)


def test_estimates_lie_about_the_truth():
    figure = draw.estimates(GROUPS, truth=0.85)
    (axes,) = figure.axes
    strips_of(axes, GROUPS)
    line(axes, [0.85, 0.85], [0, 1])
    named(axes, "fresh points", MUTED)


def test_gaps_lie_about_nothing():
    figure = draw.gaps(GROUPS, "too much")
    (axes,) = figure.axes
    strips_of(axes, GROUPS)
    line(axes, [0, 0], [0, 1])
    assert axes.get_xlabel() == "too much"
    in_view(figure)


def test_bars_of_test_sets_on_the_formulas_lines():
    measured = np.array([[0.6, 1.0], [0.75, 0.92], [0.82, 0.87]])
    figure = draw.test_set_sizes(0.85, standard_error, (10, 100, 1000), measured)
    (axes,) = figure.axes
    for size, both in zip((10, 100, 1000), measured, strict=True):
        line(axes, [size, size], both, color=INK)
    n = np.geomspace(10 / 1.3, 1300, 81)
    bar = 1.96 * np.sqrt(0.85 * 0.15 / n)
    for edge in (0.85 + bar, 0.85 - bar):
        line(axes, n, edge, color=NETWORK)
    line(axes, [0, 1], [0.85, 0.85])
    assert axes.get_xscale() == "log"
    in_view(figure)


def test_coverages_against_the_truth():
    shares = np.array([0.5, 0.7, 0.9])
    rows = [("exact", np.array([0.96, 0.97, 0.98]), REGULARIZED)]
    rows += [("told", np.array([0.95, 0.93, 0.8]), OVERFIT)]
    figure = draw.coverages(shares, rows)
    (axes,) = figure.axes
    for text, chances, color in rows:
        line(axes, shares, chances, color=color, marker="o")
        named(axes, text, color)
    line(axes, [0, 1], [0.95, 0.95])
    in_view(figure)


def test_the_best_is_drawn_by_how_many_were_tried():
    formula, chosen, fresh = np.linspace(0.5, 0.62, 12), np.linspace(0.5, 0.6, 12), np.full(12, 0.5)
    figure = draw.best_of_many(formula, chosen, fresh)
    (axes,) = figure.axes
    tried = np.arange(1, 13)
    line(axes, tried, formula, color=INK)
    line(axes, tried, chosen, color=OVERFIT)
    line(axes, tried, fresh, color=REGULARIZED)
    named(axes, "chosen by", OVERFIT, at=(12, 0.6))
    named(axes, "fresh points", REGULARIZED, at=(12, 0.5))
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "2", "5", "10"]
    in_view(figure)


def test_a_picture_stands_upright_beside_its_strips():
    picture = np.zeros((8, 8))
    picture[0, 7] = 1  # top right
    figure = draw.moved_digits([("here", picture), ("there", picture)], GROUPS)
    first, second, strips = figure.axes
    x, y = first.lines[0].get_data()
    dashes = np.reshape(x, (8, 8, 3))
    assert np.nanmax(np.diff(dashes[..., :2])) == pytest.approx(0.25)
    assert dashes[7, 7, 1] - dashes[7, 7, 0] == pytest.approx(0.25)  # the last row: on top
    assert np.reshape(y, (8, 8, 3))[7, 7, 0] == pytest.approx(0.875)
    assert (first.get_xlabel(), second.get_xlabel()) == ("here", "there")
    strips_of(strips, GROUPS)


def test_who_is_held_out_and_where_the_model_changes_its_mind():
    x = DICE.uniform(-1, 1, (8, 2))
    y = np.array([0, 1] * 4)
    held = np.array([True, True] + [False] * 6)
    figure = draw.reshuffled(x, y, held, np.array([0.1, 0.5, 1.0]), GROUPS, 0.85)
    points, strips = figure.axes
    for one, color in ((0, INK), (1, NETWORK)):
        line(points, *x[(y == one) & ~held].T, color=color)
    ring = line(points, *x[held].T)
    assert ring.get_markeredgecolor() == SIGNAL
    line(points, [-1.6, 2.6], [0.7, -1.4], color=NETWORK, marker="None")
    strips_of(strips, GROUPS)
    line(strips, [0.85, 0.85], [0, 1])
