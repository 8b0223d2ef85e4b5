"""Figures of ensembles: every throw, network and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of

from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, TRUTH
from demos.ensembles import draw
from demos.ensembles.compute import GRID

DICE = np.random.default_rng(4)


def test_throws_and_their_mean_lie_on_their_own_disc():
    panels = [("few", DICE.uniform(-1, 1, (3, 2))), ("many", DICE.uniform(-1, 1, (9, 2)))]
    figure = draw.discs(panels)
    for axes, (text, thrown) in zip(figure.axes, panels, strict=True):
        line(axes, *thrown.T, color=NETWORK)
        line(axes, *thrown.mean(0)[:, None], color=REGULARIZED)
        assert sorted(ring.get_radius() for ring in axes.patches) == [0.5, 1]
        named(axes, text, INK)
        assert axes.get_aspect() == 1
    named(figure.axes[0], "throws", NETWORK)
    named(figure.axes[0], "their mean", REGULARIZED)


def test_measured_dots_and_the_formulas_line():
    counts = [1, 4, 16]
    rows = [
        ("half", 0.5, 0.5, np.array([0.51, 0.3, 0.27]), OVERFIT),
        ("none", 0.5, 0.0, np.array([0.5, 0.12, 0.03]), REGULARIZED),
    ]
    figure = draw.with_members(rows, counts)
    (axes,) = figure.axes
    for text, _, shared, measured, color in rows:
        line(axes, counts, measured, color=color, marker="o")
        fine = np.geomspace(1, 16, 61)
        line(axes, fine, 0.5 * shared + 0.5 * (1 - shared) / fine, color=color, marker="None")
        named(axes, text, color)
    assert axes.get_xscale() == axes.get_yscale() == "log"
    in_view(figure)


def test_members_and_their_mean():
    x = np.array([0.0, 0.5, 1.0])
    panels = [
        ("starts", DICE.normal(size=3), DICE.random((2, len(GRID))), OVERFIT),
        ("bags", DICE.normal(size=3), DICE.random((4, len(GRID))), REGULARIZED),
    ]
    figure = draw.members(x, panels)
    for axes, (text, y, answers, color) in zip(figure.axes, panels, strict=True):
        for one in answers:
            line(axes, GRID, one, color=NETWORK)
        line(axes, GRID, answers.mean(0), color=color)
        line(axes, x, y, color=INK, linestyle="None")
        named(axes, text, color)
    in_view(figure)


def test_errors_fall_as_the_formula_says():
    figure = draw.errors_with_members([("a", 0.04, 0.5, OVERFIT), ("b", 0.06, 0.2, NETWORK)], 8)
    (axes,) = figure.axes
    n = np.arange(1, 9)
    line(axes, n, 0.02 + 0.02 / n, color=OVERFIT)
    line(axes, n, 0.012 + 0.048 / n, color=NETWORK)
    assert axes.get_ylim()[0] == pytest.approx(0)
    in_view(figure)


def test_gains_are_strips_about_nothing_gained():
    groups = [("one", np.array([-0.1, 0.3]), OVERFIT), ("two", np.array([0.2, 0.1]), NETWORK)]
    figure = draw.gains(groups, "points more")
    strips_of(figure.axes[0], groups)
    line(figure.axes[0], [0, 0], [0, 1], color=TRUTH)
    assert figure.axes[0].get_xlabel() == "points more"


def test_ratios_are_strips_about_one():
    groups = [("one", np.array([1.5, 0.9, 3.0]), OVERFIT), ("all", np.array([0.3, 1.1]), NETWORK)]
    figure = draw.ratios(groups, "over")
    (axes,) = figure.axes
    strips_of(axes, groups)
    line(axes, [1, 1], [0, 1], color=TRUTH)
    assert axes.get_xscale() == "log"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0.25", "0.5", "1", "2", "4"]
    in_view(figure)


def test_signals_stand_under_their_names():
    signals = DICE.normal(size=(4, 40))
    figure = draw.shapes(signals, range(4))
    for axes, signal, name in zip(figure.axes, signals, "0123", strict=True):
        (drawn,) = axes.lines
        assert same(drawn.get_ydata(), signal)
        named(axes, name, INK)
    in_view(figure)
