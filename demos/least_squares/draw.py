"""Figures of `demos.least_squares.compute`."""

import numpy as np

from demos.core.charts import GRID
from demos.core.charts import error_strips as error_strips
from demos.core.charts import fits as fits
from demos.core.curve import curve
from demos.core.style import (
    MUTED,
    OVERFIT,
    REGULARIZED,
    SMALL,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)
from demos.least_squares.compute import predict


@styled
def error_along_x(weights):
    """Distance from the truth along x, for every seed: |p(x) - f(x)|, log scale."""
    figure, axes = canvas(height=485)
    error = np.abs(predict(weights, GRID).T - curve(GRID)).T  # (grid, seeds)
    axes.plot(GRID, error, color=OVERFIT, linewidth=1, alpha=0.15)
    (middle,) = axes.plot(GRID, np.median(error, axis=1), color=OVERFIT)
    log_axis(axes.yaxis, -3, 2)
    axes.set(xlim=(0, 1.14), xlabel="x", ylabel="distance from f")
    axes.set_xticks([0, 0.15, 0.5, 0.85, 1])
    label_line(middle, "median")
    return figure


@styled
def error_with_noise(sds, medians):
    """Median test error against the noise's size, log-log: a straight line of slope 1."""
    figure, axes = canvas(height=485)
    (line,) = axes.plot(sds, medians, "o-", color=OVERFIT, markersize=11)
    label_line(line, "20 coefficients", at=len(sds) // 2, dx=24, dy=-24)
    log_axis(axes.xaxis, -6, -1)
    log_axis(axes.yaxis, -5, 1, 2)
    axes.set(xlabel="standard deviation of the noise", ylabel="median test RMSE")
    return figure


@styled
def ridge_path(strengths, errors, reference):
    """Ridge's test error against its strength, with the 5-95 % band; `reference` is 5 coefficients."""
    figure, axes = canvas(height=420)
    low, middle, high = np.percentile(errors, [5, 50, 95], axis=1)
    axes.fill_between(strengths, low, high, color=REGULARIZED, alpha=0.2, linewidth=0)
    (line,) = axes.plot(strengths, middle, color=REGULARIZED)
    log_axis(axes.xaxis, -14, 2, 2)
    log_axis(axes.yaxis, -2, 0)
    label_line(line, "20 coefficients + ridge", at=6, dx=0, dy=70)
    axes.axhline(reference, color=SMALL, linestyle=(0, (1, 1)))
    label(axes, strengths[0], 0.9 * reference, "5 coefficients, no penalty", SMALL, va="top")
    axes.set(xlabel="strength of the penalty λ", ylabel="test RMSE")
    return figure


@styled
def degree_path(counts, errors, beyond, beyond_errors):
    """Median test error against the number of coefficients, before and after interpolation."""
    figure, axes = canvas(height=415)
    (line,) = axes.semilogx(counts, errors, "o-", color=OVERFIT, markersize=9)
    (tail,) = axes.semilogx(beyond, beyond_errors, "s--", color=REGULARIZED, markersize=9)
    axes.axvline(21, color=MUTED, linewidth=2, linestyle=(0, (1, 2)))
    label(axes, 21, 60, " 21 points", MUTED, weight="normal")
    label_line(line, "smallest residuals", at=2, dx=0, dy=70)
    label_line(tail, "smallest weights", at=len(beyond) // 2, dx=0, dy=30)
    log_axis(axes.yaxis, -2, 2)
    axes.set(xlabel="number of coefficients", ylabel="median test RMSE")
    axes.set_xticks([3, 5, 10, 20, 50, 100, 400], [3, 5, 10, 20, 50, 100, 400])
    axes.minorticks_off()
    return figure
