"""Figures of the bump: every array where it belongs, under its name, in view."""

import numpy as np
from artists import in_view, line, named, spans, strips_of

from demos.bump_error import draw
from demos.bump_error.compute import GRID, POINTS
from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED


def test_networks_side_by_side_are_their_own_and_what_is_outside_is_shaded():
    y = np.array([0.1, 0.4, 0.9, 0.8, 0.3, 0.2])
    panels = [
        ("one", 0.5 + 0 * GRID, NETWORK),
        ("two", 0.3 + 0.2 * GRID, OVERFIT),
        ("three", 1.5 - GRID**2, REGULARIZED),
    ]
    figure = draw.outputs(y, panels)
    for axes, (name, values, color) in zip(figure.axes, panels, strict=True):
        line(axes, GRID, values, color=color)
        line(axes, POINTS, y, color=INK, marker="o", linestyle="None")
        named(axes, name, color)
        assert [span[:2] for span in sorted(spans(axes))] == [(-0.25, 0), (1, 1.25)]
    in_view(figure)


def test_a_network_grows_by_a_unit_a_panel():
    y, sums = np.linspace(0, 1, 6), np.stack([0.1 * n + 0 * GRID for n in range(3)])
    figure = draw.one_by_one(y, sums, first=5)
    for n, axes in enumerate(figure.axes):
        line(axes, GRID, sums[n], color=NETWORK if n < 2 else OVERFIT)
        line(axes, POINTS, y, color=INK, marker="o", linestyle="None")
        assert axes.get_xlabel() == f"with unit {5 + n}"
    in_view(figure)


def test_three_units_and_their_sum_are_marked_at_the_data():
    x = np.linspace(0.35, 1, 66)
    contributions = np.stack([x, -2 * x + 0.5, x**2], axis=1)
    figure = draw.three_units(x, contributions)
    (axes,) = figure.axes
    at = [5, 25, 45, 65]  # x = 0.4, 0.6, 0.8 and 1
    curves = [*contributions.T, contributions.sum(1)]
    looks = [(REGULARIZED, "--"), (OVERFIT, "-."), (REGULARIZED, ":"), (NETWORK, "-")]
    names = ("unit 7", "unit 8", "unit 9", "their sum")
    for values, (color, dash), name in zip(curves, looks, names, strict=True):
        line(axes, x, values, color=color, linestyle=dash)
        mark = INK if name == "their sum" else color
        line(axes, x[at], values[at], color=mark, marker="o", linestyle="None")
        named(axes, name, color, (x[-1], values[-1]))
    in_view(figure)


def test_bumps_below_the_longest_step_are_dots_and_the_others_crosses():
    over = np.array([[0.2, 0.3], [0.8, 0.95], [1.1, 1.2], [14.0, 15.0]])  # both sides of a kink
    left = np.array([1.0, 0.98, 0.1, -0.5])
    figure = draw.longest_step(over, left)
    (axes,) = figure.axes
    middle = np.sqrt(over[:, 0] * over[:, 1])
    line(axes, middle[:2], left[:2], color=NETWORK, marker="o")
    line(axes, middle[2:], left[2:], color=OVERFIT, marker="X")
    line(axes, [1, 1], [0, 1], color=INK)  # the longest stable step
    line(axes, [0, 1], [1, 1], color=MUTED)  # nothing lost
    assert named(axes, "stays", NETWORK).get_position()[0] < 1
    assert named(axes, "thrown out", OVERFIT).get_position()[0] > 1
    assert axes.get_xscale() == "log"
    in_view(figure)


def test_heights_are_the_measured_ones_beside_the_formula():
    steps = np.arange(0, 8001, 2000)
    formula = 0.6 * 0.5 ** (steps / 1000)
    curves = [
        ("plain", [0, 4000], np.array([0.6, 0.59]), OVERFIT, "-"),
        ("alone", steps[:3], 1.1 * formula[:3], NETWORK, "--"),
    ]
    figure = draw.heights(curves, (steps, formula))
    (axes,) = figure.axes
    line(axes, steps, formula, color=MUTED)
    named(axes, "formula", MUTED, (steps[-1], formula[-1]))
    for name, at, values, color, dash in curves:
        line(axes, at, values, color=color, linestyle=dash)
        named(axes, name, color, (at[-1], values[-1]))
    assert axes.get_yscale() == "log"
    in_view(figure)


def test_what_is_left_of_every_bump_is_a_dot():
    groups = [("free", np.array([1.0, 0.99, 1.02]), OVERFIT)]
    groups += [("held", np.array([-0.3, 0.0, 0.3]), REGULARIZED)]
    figure = draw.left_strips(groups)
    strips_of(figure.axes[0], groups)
    in_view(figure)
