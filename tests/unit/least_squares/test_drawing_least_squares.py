"""Figures of polynomials: every array where it belongs, under its name, in view."""

import numpy as np
from artists import in_view, line, named, same

from demos.core.charts import GRID
from demos.core.curve import curve
from demos.core.style import MUTED, OVERFIT, REGULARIZED, SMALL
from demos.least_squares import draw

DICE = np.random.default_rng(0)


def polynomial(weights, x):
    return sum(w * x**k for k, w in enumerate(weights))


def test_distances_along_x_are_each_seeds_and_their_median():
    weights = np.array([[0.2, 0.5, 0.9], [0.6, 0.1, 2.0]])  # three seeds
    figure = draw.error_along_x(weights)
    (axes,) = figure.axes
    off = [np.abs(polynomial(w, GRID) - curve(GRID)) for w in weights.T]
    for each in off:
        line(axes, GRID, each, color=OVERFIT, alpha=0.15)
    middle = line(axes, GRID, np.median(off, axis=0), color=OVERFIT, alpha=None)
    named(axes, "median", OVERFIT, (GRID[-1], middle.get_ydata()[-1]))
    assert axes.get_yscale() == "log" and axes.get_ylim() == (1e-3, 100)
    # where a polynomial crosses the curve the logarithm has no floor: that may leave the picture
    in_view(figure, but=[one for one in axes.lines if min(one.get_ydata()) < 1e-3])


def test_error_is_drawn_over_noise():
    sds, medians = np.array([1e-6, 1e-4, 5e-2]), np.array([3e-5, 4e-3, 2.0])
    figure = draw.error_with_noise(sds, medians)
    (axes,) = figure.axes
    line(axes, sds, medians, color=OVERFIT)
    named(axes, "20 coefficients", OVERFIT, (1e-4, 4e-3))
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert "noise" in axes.get_xlabel() and "RMSE" in axes.get_ylabel()
    in_view(figure)


def test_ridge_has_its_median_and_the_band_it_says():
    strengths, errors = np.logspace(-14, 2, 9), DICE.uniform(0.02, 0.9, (9, 101))
    figure = draw.ridge_path(strengths, errors, 0.025)
    (axes,) = figure.axes
    assert "5-95 %" in draw.ridge_path.__doc__
    ordered = np.sort(errors, axis=1)  # of 101 seeds, 5 are below the 5 % point
    line(axes, strengths, ordered[:, 50], color=REGULARIZED)
    (band,) = axes.collections
    edge = {tuple(np.round(point, 12)) for point in band.get_paths()[0].vertices}
    for column in (5, 95):
        assert {tuple(np.round(p, 12)) for p in zip(strengths, ordered[:, column])} <= edge  # noqa: B905
    line(axes, [0, 1], [0.025, 0.025], color=SMALL)  # across the axes
    named(axes, "5 coefficients, no penalty", SMALL, (strengths[0], 0.9 * 0.025))
    named(axes, "20 coefficients + ridge", REGULARIZED, (strengths[6], ordered[6, 50]))
    assert axes.get_xscale() == axes.get_yscale() == "log"
    in_view(figure)


def test_the_second_descent_begins_where_the_first_ends():
    counts, beyond = [3, 5, 12, 20], [21, 30, 100, 400]
    errors, later = np.array([0.3, 0.02, 0.5, 30.0]), np.array([80.0, 7.0, 0.6, 0.1])
    figure = draw.degree_path(counts, errors, beyond, later)
    (axes,) = figure.axes
    line(axes, counts, errors, color=OVERFIT, marker="o", linestyle="-")
    line(axes, beyond, later, color=REGULARIZED, marker="s", linestyle="--")
    line(axes, [21, 21], [0, 1], color=MUTED)  # across the axes
    named(axes, "smallest residuals", OVERFIT, (12, 0.5))
    named(axes, "smallest weights", REGULARIZED, (100, 0.6))
    named(axes, " 21 points", MUTED, (21, 60))
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert same(axes.get_xticks(), [3, 5, 10, 20, 50, 100, 400])
    in_view(figure)
