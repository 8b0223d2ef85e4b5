"""Figures of `demos.least_squares`."""

import numpy as np

from demos.curve import TRAIN_X, curve
from demos.drawing.common import data, strips, true_curve
from demos.least_squares import predict
from demos.style import (
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)

GRID = np.linspace(0, 1, 501)


@styled
def fits(y, fitted, ylim=(-0.35, 1.35)):
    """Fits to the same points side by side. `fitted`: (name, weights, color) per panel."""
    figure, axes = canvas(len(fitted), sharey=True, squeeze=False)
    for panel, (name, weights, color) in zip(axes[0], fitted, strict=True):
        true_curve(panel)
        panel.plot(GRID, predict(weights, GRID), color=color)
        data(panel, TRAIN_X, y)
        panel.set(ylim=ylim, xlim=(-0.03, 1.03), xlabel="x", xticks=[0, 0.5, 1])
        label(panel, 0.5, ylim[0] + 0.08, name, color, ha="center", va="bottom")
    axes[0, 0].set_ylabel("y")
    return figure


@styled
def error_strips(groups, xlabel="test RMSE (log scale)"):
    """Test errors over seeds. `groups`: (name, values, color)."""
    figure, axes = canvas(height=400)
    log_axis(axes.xaxis, -2, 1.5)
    strips(axes, groups)
    axes.set_xlabel(xlabel)
    return figure


@styled
def error_along_x(weights):
    """Distance from the truth along x, for every seed: |p(x) - f(x)|, log scale."""
    figure, axes = canvas()
    error = np.abs(predict(weights, GRID).T - curve(GRID)).T  # (grid, seeds)
    axes.plot(GRID, error, color=OVERFIT, linewidth=1, alpha=0.15)
    (middle,) = axes.plot(GRID, np.median(error, axis=1), color=OVERFIT)
    log_axis(axes.yaxis, -3, 2)
    axes.set(xlim=(0, 1.14), xlabel="x", ylabel="distance from f")
    axes.set_xticks([0, 0.15, 0.5, 0.85, 1], ["0", "0.15", "0.5", "0.85", "1"])
    label_line(middle, "median")
    return figure


@styled
def error_with_noise(sds, medians):
    """Median test error against the noise's size, log-log: a straight line of slope 1."""
    figure, axes = canvas()
    (line,) = axes.plot(sds, medians, "o-", color=OVERFIT, markersize=11)
    label_line(line, "20 coefficients", at=len(sds) // 2, dx=24, dy=-24)
    log_axis(axes.xaxis, -6, -1)
    log_axis(axes.yaxis, -5, 1, 2)
    axes.set(xlabel="standard deviation of the noise", ylabel="median test RMSE")
    return figure


@styled
def ridge_path(strengths, errors, reference):
    """Ridge's test error against its strength, with the 5-95 % band; `reference` is 5 coefficients."""
    figure, axes = canvas()
    low, middle, high = np.percentile(errors, [5, 50, 95], axis=1)
    axes.fill_between(strengths, low, high, color=REGULARIZED, alpha=0.2, linewidth=0)
    (line,) = axes.plot(strengths, middle, color=REGULARIZED)
    log_axis(axes.xaxis, -14, 2, 2)
    log_axis(axes.yaxis, -2, 0)
    label_line(line, "20 coefficients + ridge", at=6, dx=0, dy=70)
    axes.axhline(reference, color=NETWORK, linestyle=(0, (1, 1)))
    label(axes, strengths[0], 0.9 * reference, "5 coefficients, no penalty", NETWORK, va="top")
    axes.set(xlabel="strength of the penalty λ", ylabel="test RMSE")
    return figure


@styled
def degree_path(counts, errors, beyond, beyond_errors):
    """Median test error against the number of coefficients, before and after interpolation."""
    figure, axes = canvas()
    (line,) = axes.semilogx(counts, errors, "o-", color=OVERFIT, markersize=9)
    (tail,) = axes.semilogx(beyond, beyond_errors, "s--", color=NETWORK, markersize=9)
    axes.axvline(21, color=MUTED, linewidth=2, linestyle=(0, (1, 2)))
    label(axes, 21, 60, " 21 points", MUTED, weight="normal")
    label_line(line, "smallest residuals", at=2, dx=0, dy=70)
    label_line(tail, "smallest weights", at=len(beyond) // 2, dx=0, dy=30)
    log_axis(axes.yaxis, -2, 2)
    axes.set(xlabel="number of coefficients", ylabel="median test RMSE")
    axes.set_xticks([3, 5, 10, 20, 50, 100, 400], [3, 5, 10, 20, 50, 100, 400])
    axes.minorticks_off()
    return figure
