"""Figures of early stopping: every point, run and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, strips_of

from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH
from demos.early_stopping import draw
from demos.early_stopping.compute import GRID
from demos.early_stopping.compute_path import ridge, stopped

DICE = np.random.default_rng(4)


def test_the_kept_fit_the_last_one_and_their_run():
    x, y = np.linspace(0, 1, 31), DICE.normal(0.5, 0.3, 31)
    fits = DICE.random((2, len(GRID)))
    looks = np.arange(0, 110, 10)
    training, held = DICE.uniform(0.01, 0.1, 11), DICE.uniform(0.1, 0.2, 11)
    figure = draw.kept_and_last((x, y), fits, (looks, training, held), (30, 80))
    left, right = figure.axes
    line(left, GRID, fits[0], color=REGULARIZED)
    line(left, GRID, fits[1], color=OVERFIT)
    line(left, x[:21], y[:21], color=INK)
    line(left, x[21:], y[21:], color=SIGNAL, linestyle="None")
    line(right, looks[1:], training[1:], color=NETWORK)
    line(right, looks[1:], held[1:], color=SIGNAL)
    line(right, [30], [held[3]], color=REGULARIZED)
    line(right, [80, 80], [0, 1], color=TRUTH)
    for axes, text, color in (
        (left, "kept", REGULARIZED),
        (left, "last step", OVERFIT),
        (right, "held out", SIGNAL),
        (right, "trained on", NETWORK),
    ):
        named(axes, text, color)
    in_view(figure)


def test_ratios_are_strips_about_one():
    groups = [("one", np.array([1.5, 0.9, 3.0]), OVERFIT), ("ten", np.array([0.3, 1.1]), NETWORK)]
    figure = draw.ratios(groups, "over")
    (axes,) = figure.axes
    strips_of(axes, groups)
    line(axes, [1, 1], [0, 1], color=TRUTH)
    assert axes.get_xscale() == "log" and axes.get_xlabel() == "over"
    in_view(figure)


def test_real_points_errors_about_one_and_gains_about_nothing():
    errors = [("patients", np.array([0.6, 0.8, 1.1]), REGULARIZED)]
    gained = [("digits", np.array([-2.0, -1, 1]), OVERFIT), ("irises", np.array([0.0, 2]), SIGNAL)]
    left, right = draw.real(errors, gained).axes
    strips_of(left, errors)
    strips_of(right, gained)
    line(left, [1, 1], [0, 1], color=TRUTH)
    line(right, [0, 0], [0, 1], color=TRUTH)


def test_shares_are_the_formulas():
    figure = draw.shares((1.0, 0.6))
    (axes,) = figure.axes
    x = np.geomspace(0.01, 100, 201)
    line(axes, x, stopped(x), color=NETWORK)
    line(axes, x, ridge(x), color=OVERFIT)
    line(axes, x, ridge(x, 0.6), color=REGULARIZED)
    named(axes, "Ridge, α = 0.60/(lr · t)", REGULARIZED)
    in_view(figure)


def test_two_paths_and_their_lowest_points():
    places = np.geomspace(0.1, 1000, 9)
    rows = [("stopped", DICE.random(9), NETWORK, "-"), ("Ridge", DICE.random(9), REGULARIZED, "--")]
    best = [(places[2], rows[0][1][2]), (places[4], rows[1][1][4])]
    (axes,) = draw.two_paths(places, rows, best).axes
    for (name, values, color, _), (x, y) in zip(rows, best, strict=True):
        line(axes, places, values, color=color, marker="None")
        line(axes, [x], [y], color=color, marker="o")
        named(axes, name, color)
    assert axes.get_xlim()[0] == pytest.approx(0.1)
