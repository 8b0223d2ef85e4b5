"""Figures of L1, L2 and beliefs: every weight, belief and seed where it belongs, in view."""

import numpy as np
from artists import in_view, line, named, strips_of
from scipy import stats

from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH
from demos.l1_and_beliefs import draw, geometry

DICE = np.random.default_rng(6)


def bars(axes):
    """Foot and top of each upright bar: (bars, 2, 2)."""
    return np.concatenate([each.get_segments() for each in axes.collections])


def test_weights_are_bars_and_those_at_zero_rings():
    found = np.zeros(40)
    found[[0, 3, 39]] = [2.5, -1.0, 0.5]
    figure = draw.weights(
        [("ridge", DICE.standard_normal(40), NETWORK), ("lasso", found, REGULARIZED)]
    )
    _, lasso = figure.axes
    expected = [[[1, 0], [1, 2.5]], [[4, 0], [4, -1]], [[40, 0], [40, 0.5]]]
    np.testing.assert_allclose(bars(lasso), expected)
    rings = np.flatnonzero(found == 0) + 1
    line(lasso, rings, np.zeros(37), color=REGULARIZED, marker="o")
    line(lasso, [1, 2, 3, 4, 5], [3, -2, 1.5, -1, 1], color=INK, marker="_")
    named(lasso, "lasso", REGULARIZED)
    in_view(figure)


def test_ellipses_touch_the_diamond_and_the_circle():
    figure = draw.corners()
    for axes, power, color in zip(figure.axes, (1, 2), (REGULARIZED, NETWORK), strict=True):
        line(axes, *geometry.edge(power)[:: draw.EACH].T, color=color)
        best = geometry.touching(power)
        line(axes, *best[:, None], color=color, marker="o")
        line(axes, *geometry.CENTRE[:, None], color=INK, marker="o")
        line(axes, *geometry.level(geometry.error(best))[:: draw.EACH].T, color=TRUTH)
    in_view(figure)


def test_what_l1_and_l2_make_of_a_weight():
    (axes,) = draw.shrunk(0.5).axes
    wide = np.linspace(-3, 3, 601)
    line(axes, wide, wide / 1.5, color=NETWORK)
    line(axes, wide, np.where(np.abs(wide) < 0.5, 0, wide - 0.5 * np.sign(wide)), color=REGULARIZED)
    line(axes, wide, wide, color=TRUTH)
    named(axes, "L1", REGULARIZED)
    named(axes, "L2", NETWORK)


def test_steps_are_drawn_whole_and_close_by():
    runs = [("subgradient", DICE.random(31) / 99, OVERFIT), ("proximal", np.zeros(31), REGULARIZED)]
    figure = draw.steps(runs, 0.1)
    whole, close = figure.axes
    for axes in (whole, close):
        for _, weight, color in runs:
            line(axes, np.arange(31), weight, color=color)
    assert close.get_xlim() == (10, 30)
    for name, _, color in runs:
        named(whole, name, color)


def test_paths_have_their_colours_and_the_place_where_we_are():
    alphas, mixes = np.array([0.01, 0.1, 3.0]), np.array([0.0, 0.5, 1.0])
    weights, mixed = DICE.random((2, 3, 40))
    errors = np.array([1.0, 0.5, 3.0])
    figure = draw.paths(alphas, weights, mixes, mixed, (0.2, 0.7), errors)
    for axes, at, rows, place in zip(
        figure.axes, (alphas, mixes), (weights, mixed), (0.2, 0.7), strict=False
    ):
        for k in range(40):
            color = SIGNAL if k in (0, 5) else NETWORK if k < 5 else TRUTH
            line(axes, at, rows[:, k], color=color)
        line(axes, [place, place], [0, 1], color=TRUTH)
    right = figure.axes[2]
    line(right, alphas, errors, color=REGULARIZED)
    line(right, [0.2, 0.2], [0, 1], color=TRUTH)


def test_beliefs_have_one_spread_and_their_logarithms_are_penalties():
    figure = draw.beliefs(0.4)
    left, right = figure.axes
    w = np.linspace(-1, 1, 401)
    for prior, color, name in (
        (stats.norm(0, 0.4), NETWORK, "Gauss"),
        (stats.laplace(0, 0.4 / np.sqrt(2)), REGULARIZED, "Laplace"),
    ):
        line(left, w, prior.pdf(w), color=color)
        line(right, w, prior.logpdf(0) - prior.logpdf(w), color=color)
        named(left, name, color)


def test_strips_in_their_rows():
    groups = [("L1", DICE.random(5), REGULARIZED), ("L2", DICE.random(5) + 0.3, NETWORK)]
    figures = [
        (draw.ratios(groups, "error", ticks=(0, 1, 2)), 1),
        (draw.shares(groups, "share"), None),
        (draw.differences([("gain", [-1, 0, 2], groups)]), 0),
    ]
    for figure, place in figures:
        (axes,) = figure.axes
        strips_of(axes, groups)
        if place is not None:
            line(axes, [place, place], [0, 1], color=TRUTH)
        in_view(figure)


def test_a_year_has_its_days_and_fits():
    days, degrees = DICE.random(6) * 365, DICE.random(6) * 20
    fits = [
        ("free", np.full(365, 12.0), REGULARIZED, "-"),
        ("pulled", np.zeros(365), OVERFIT, "--"),
    ]
    figure = draw.year(days, degrees, fits)
    (axes,) = figure.axes
    line(axes, days, degrees, color=INK, linestyle="None")
    for name, values, color, _ in fits:
        line(axes, np.arange(365), values, color=color)
        named(axes, name, color)
    in_view(figure)


def test_medians_and_spread_by_scale_and_by_strength():
    rows = [
        (n, DICE.random((2, 21)), c, m)
        for n, c, m in zip("abc", (SIGNAL, NETWORK, OVERFIT), "so^", strict=True)
    ]
    (axes,) = draw.straightness((0.1, 4), rows).axes
    for (name, values, color, marker), shift in zip(rows, (0, -0.03, 0.03), strict=True):
        line(axes, np.arange(2) + shift, np.median(values, 1), color=color, marker=marker)
        named(axes, name, color)
    np.testing.assert_allclose(bars(axes)[:2, :, 1], np.percentile(rows[0][1], [5, 95], axis=1).T)
    straight, right = rows[0][1], rows[1][1] / 10 + 0.8
    figure = draw.by_strength((0, 0.01), straight, right)
    for axes, values in zip(figure.axes, (straight, right), strict=True):
        line(axes, [0, 1], np.median(values, 1), color=NETWORK, marker="o")
        np.testing.assert_allclose(bars(axes)[:, :, 1], np.percentile(values, [5, 95], axis=1).T)
