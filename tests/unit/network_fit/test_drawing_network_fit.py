"""Figures of the network too big: every array where it belongs, under its name, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of

from demos.core.charts import GRID
from demos.core.curve import TRAIN_X, curve, sample
from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH
from demos.network_fit import draw

DICE = np.random.default_rng(1)


def test_losses_are_named_each_by_its_own_rate():
    losses = [
        ("fast", np.array([5.0, 900.0, 30.0]), OVERFIT, "-"),
        ("middling", np.array([5.0, 8.0, 4.0]), NETWORK, "--"),
        ("slow", np.array([5.0, 3.0, 0.6]), REGULARIZED, ":"),
    ]
    figure = draw.first_losses(losses)
    (axes,) = figure.axes
    for name, values, color, dash in losses:
        line(axes, [0, 1, 2], values, color=color, linestyle=dash)
        named(axes, name, color, (2, values[-1]))
    assert axes.get_yscale() == "log"
    in_view(figure)


def test_a_rate_is_named_by_its_number():
    assert draw.rate_name(0.0004) == "lr\N{NO-BREAK SPACE}0.0004"


def test_active_units_are_counted_out_of_all():
    groups = [("before", np.array([990, 1000, 950]), SIGNAL), ("after", np.array([0, 9]), NETWORK)]
    figure = draw.active_units(groups, total=1000)
    (axes,) = figure.axes
    strips_of(axes, groups)
    assert "1,000" in axes.get_xlabel()
    in_view(figure)


def test_a_path_has_its_medians_and_the_band_it_says():
    stops, low, high = (500, 4000, 40000), 0.021, 0.059
    test, training = DICE.uniform(low, high, (2, 3, 41))
    figure = draw.error_path(stops, test, training)
    (axes,) = figure.axes
    assert "25-75 %" in draw.error_path.__doc__
    ordered = np.sort(test, axis=1)
    line(axes, stops, ordered[:, 20], color=OVERFIT, marker="o")
    line(axes, stops, np.sort(training, axis=1)[:, 20], color=INK, marker="s")
    (band,) = axes.collections
    edge = band.get_paths()[0].vertices
    for at, steps in enumerate(stops):
        ends = edge[edge[:, 0] == steps, 1]
        assert min(ends) == pytest.approx(ordered[at, 10])
        assert max(ends) == pytest.approx(ordered[at, 30])
    named(axes, "to the curve", OVERFIT, (stops[-1], ordered[-1, 20]))
    named(axes, "to the dots", INK, (stops[-1], np.median(training[-1])))
    assert axes.get_xscale() == "log" and "log" in axes.get_xlabel()
    assert same(axes.get_xticks(), stops)
    in_view(figure)
    lowest, highest = axes.get_ylim()
    assert lowest < low and highest > high  # what is drawn today is in view, too


def test_a_network_and_joined_dots_are_two_lines():
    y, values, joined = sample(1), 0.9 * curve(GRID), np.interp(GRID, TRAIN_X, curve(TRAIN_X))
    figure = draw.between_dots(y, values, joined, "a network")
    (axes,) = figure.axes
    line(axes, GRID, values, color=NETWORK)
    line(axes, GRID, joined, color=INK)
    line(axes, TRAIN_X, y, color=INK, marker="o")
    named(axes, "a network", NETWORK)
    named(axes, "straight lines from dot to dot", INK)
    in_view(figure)


def test_the_wavy_fit_and_the_errors_beside_it():
    y, values = sample(2), curve(GRID) + 0.3 * np.sin(60 * GRID)
    errors = [("joined", np.array([0.03, 0.05, 0.04]), NETWORK)]
    errors += [("sine", np.array([0.1, 0.21, 0.12]), OVERFIT)]
    figure = draw.sine_scales(y, values, errors, "a wave")
    left, right = figure.axes
    line(left, GRID, values, color=OVERFIT)
    line(left, TRAIN_X, y, color=INK, marker="o")
    line(left, np.linspace(0, 1, 301), curve(np.linspace(0, 1, 301)), color=TRUTH)
    named(left, "a wave", OVERFIT)
    strips_of(right, errors, names=False)
    for row, (name, numbers, color) in enumerate(reversed(errors)):
        named(right, name, color, (np.median(numbers), row + 0.42))
    in_view(figure)


def test_untrained_networks_stand_left_and_a_trained_one_right_with_its_dots():
    untrained, y, trained = DICE.uniform(-0.2, 0.2, (3, 501)), sample(5), curve(GRID) + 0.02
    figure = draw.straight_start(untrained, y, trained)
    before, after = figure.axes
    for each in untrained:
        line(before, GRID, each, color=NETWORK)
    line(after, GRID, trained, color=NETWORK)
    line(after, TRAIN_X, y, color=INK)
    named(before, "3 untrained", NETWORK)
    named(after, "one trained", NETWORK)
    for axes in (before, after):
        (truth,) = [one for one in axes.lines if one.get_color() == TRUTH]
        assert same(truth.get_ydata(), curve(truth.get_xdata()))
    in_view(figure)


def test_the_gap_between_two_targets_is_shaded():
    y, clean, noisy = sample(6), curve(GRID), curve(GRID) + 0.03 * np.sin(9 * GRID)
    figure = draw.two_targets(y, clean, noisy)
    (axes,) = figure.axes
    line(axes, GRID, clean, color=REGULARIZED)
    line(axes, GRID, noisy, color=NETWORK)
    line(axes, TRAIN_X, y, color=INK)
    named(axes, "trained on the curve", REGULARIZED)
    named(axes, "trained on the dots", NETWORK)
    (gap,) = axes.collections
    edge = gap.get_paths()[0].vertices
    for at in (40, 333):
        ends = edge[np.isclose(edge[:, 0], GRID[at]), 1]
        assert same(sorted({*ends.round(9)}), sorted([clean[at].round(9), noisy[at].round(9)]))
    in_view(figure)
