"""Figures of what lies outside the data: every array where it belongs, under its name, in view."""

import numpy as np
from artists import in_view, line, named, same, spans, strips_of

from demos.core.curve import OUTSIDE_X, TRAIN_X, curve
from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, TRUTH
from demos.l2_penalty import draw

DICE = np.random.default_rng(2)


def test_networks_outside_are_all_drawn_and_the_outside_is_shaded():
    panels = [
        ("free", np.stack([0.5 * OUTSIDE_X, -0.4 * OUTSIDE_X]), OVERFIT),
        ("held", np.stack([0.2 + 0 * OUTSIDE_X]), REGULARIZED),
    ]
    figure = draw.outside(panels)
    for axes, (name, predictions, color) in zip(figure.axes, panels, strict=True):
        for each in predictions:
            line(axes, OUTSIDE_X, each, color=color)
        line(axes, OUTSIDE_X, curve(OUTSIDE_X), color=TRUTH)
        line(axes, TRAIN_X, curve(TRAIN_X), color=INK, marker="o")
        named(axes, name, color)
        assert [span[:2] for span in sorted(spans(axes))] == [(-1, 0), (1, 2)]
    in_view(figure)


def test_errors_outside_are_strips():
    groups = [("two", DICE.uniform(0.3, 0.88, 5), NETWORK), ("three", np.array([0.02]), OVERFIT)]
    figure = draw.outside_strips(groups)
    strips_of(figure.axes[0], groups)
    in_view(figure)


def test_a_network_that_never_trained_is_a_cross():
    errors, stuck = np.array([0.3, 0.5, 0.7]), np.array([False, True, False])
    figure = draw.outside_strips([("two", errors, NETWORK, stuck)])
    marks = {each.get_marker(): each.get_xdata() for each in figure.axes[0].lines}
    assert same(marks["o"], [0.3, 0.7]) and same(marks["x"], [0.5])
    assert same(marks["None"], [0.5, 0.5])  # the median is that of all
    in_view(figure)


def test_error_stands_left_and_loss_right_of_every_strength():
    decays, errors = [0, 0.1, 1.0], DICE.uniform(0.05, 0.65, (3, 4))
    losses = 10.0 ** DICE.uniform(-5, 0.5, (3, 4))
    losses[0, 2] = 2e-6  # free of decay, some seeds go as low
    figure = draw.strength_path(decays, errors, losses)
    for axes, values in zip(figure.axes, (errors, losses), strict=True):
        for place in range(3):
            line(axes, [place] * 4, values[place], color=INK, marker="o")
        line(axes, [0, 1, 2], np.median(values, axis=1), color=REGULARIZED, linestyle="-")
        assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0", "0.1", "1"]
    left, right = figure.axes
    assert left.get_ylabel() == "RMSE outside the data" and left.get_yscale() == "linear"
    assert right.get_ylabel() == "training loss (log scale)" and right.get_yscale() == "log"
    in_view(figure)


def test_slopes_stand_over_decay_and_over_the_dose_with_the_marks_of_the_key():
    groups = [
        ("short", [0.05, 0.4], 4.0, np.array([0.5, 0.3]), (REGULARIZED, 0.4), "s"),
        ("long", [0.1, 0.4], 16.0, np.array([0.4, 0.011]), (REGULARIZED, 1.0), "o"),
        ("half", [0.2], 4.0, np.array([0.9]), (INK, 1.0), "D"),
    ]
    figure = draw.slope_collapse(groups)
    left, right = figure.axes
    for row, (name, decays, dose, slopes, (color, _), marker) in enumerate(groups):
        look = {"color": color, "marker": marker, "linestyle": "None"}
        line(left, decays, slopes, **look)
        line(right, [dose * decay for decay in decays], slopes, **look)
        key = 0.09 / 1.6**row
        line(right, [0.12], [key], color=color, marker=marker)
        named(right, name, color, (0.14, key))
    assert {axes.get_xscale() for axes in figure.axes} == {right.get_yscale()} == {"log"}
    assert same(left.get_xticks(), [0.05, 0.1, 0.2, 0.4])
    assert same(right.get_xticks(), [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4])
    in_view(figure)
