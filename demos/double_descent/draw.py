"""Figures of double descent: errors against how many features, points or units there are."""

import numpy as np
from matplotlib.ticker import NullLocator

from demos.core.charts import strips
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SHADE,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)

DASHED = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 1}
FEATURES = (5, 10, 20, 40, 80, 160, 400, 1000)


def counted(axis, values, low, high):
    """A logarithmic axis of counts, labelled at these."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log", f"{axis.axis_name}lim": (low, high)})
    axis.set_ticks(values, [f"{value:,}" for value in values])
    axis.set_minor_locator(NullLocator())


def as_many(axes, at, text, up=0.97):
    """Where there are as many of the one as of the other: a dashed line, and what it is."""
    axes.axvline(at, **DASHED)
    label(axes, at * 1.06, up, text, MUTED, transform=axes.get_xaxis_transform(), va="top")


def error_by_features(axes, points, ends=(-1, 5), text="as many features as points"):
    """Axes of an error against features."""
    counted(axes.xaxis, FEATURES, 4.5, 1100)
    log_axis(axes.yaxis, *ends)
    as_many(axes, points, text)
    axes.set(xlabel="random features (log scale)", ylabel="test error (log)")


@styled
def descents(widths, each, points, height=430):
    """Errors of many training sets by the number of features, thin, and their median.

    each: (sets, widths). Shaded: where the fit meets every training point.
    """
    figure, axes = canvas(height=height)
    for row in each:
        axes.plot(widths, row, color=NETWORK, linewidth=1.2, alpha=0.25)
    axes.plot(widths, np.median(each, axis=0), "o-", color=NETWORK, linewidth=6, markersize=12)
    error_by_features(axes, points)
    axes.axvspan(points, axes.get_xlim()[1], color=SHADE, zorder=0, linewidth=0)
    place = {"transform": axes.transAxes, "va": "bottom"}
    label(axes, 0.02, 0.66, "bold: median", NETWORK, **place)
    label(axes, 0.02, 0.55, "thin: one set each", NETWORK, **place)
    label(axes, 0.98, 0.66, "shaded: training error 0", MUTED, ha="right", **place)
    return figure


@styled
def compared(widths, lines, points, low=-1, mark="as many features as points", height=358):
    """Median errors by the number of features. lines: (text, errors (widths,), colour), three of them.

    mark: what the dashed line is.
    """
    figure, axes = canvas(height=height)
    for n, ((text, errors, color), marker) in enumerate(zip(lines, "o^s", strict=True)):
        axes.plot(widths, errors, f"{marker}-", color=color, markersize=11)
        place = {"transform": axes.transAxes, "ha": "right"}
        label(axes, 0.98, 0.82 - 0.13 * n, f"{'●▲■'[n]} {text}", color, **place)
    error_by_features(axes, points, (low, 2.2), mark)
    return figure


@styled
def closed_form(curves, dots, height=430):
    """Mean errors of many training sets on what theory says of them, by features a point.

    curves: (ratios (k,), errors (k,)) of least squares and of ridge; dots likewise.
    """
    figure, axes = canvas(height=height)
    counted(axes.xaxis, (0.1, 0.2, 0.5, 1, 2, 5, 10), 0.09, 11)
    log_axis(axes.yaxis, -2, 1.5)
    as_many(axes, 1, "as many features as points")
    for (x, y), (at, found), color, dash in zip(
        curves, dots, (OVERFIT, REGULARIZED), ("-", "--"), strict=True
    ):
        axes.plot(x, y, color=color, linestyle=dash, linewidth=3)
        axes.plot(at, found, "o" if dash == "-" else "s", color=color, markersize=13)
    place = {"transform": axes.transAxes}
    label(axes, 0.02, 0.93, "lines: closed form", INK, **place)
    label(axes, 0.02, 0.81, "marks: mean of 100 sets", INK, **place)
    label(axes, 0.66, 0.72, "● least squares", OVERFIT, **place)
    label(axes, 0.66, 0.3, "■ best ridge", REGULARIZED, **place)
    axes.set(xlabel="features a training point (log scale)", ylabel="error (log)")
    return figure


@styled
def left_out(counts, whole, panels, features=10, height=296):
    """Median errors by training patients: as they are, and with one cause of the peak left out.

    whole: (counts,); panels: (text, errors (counts,)) each.
    """
    figure, axes = canvas(len(panels), height=height, sharey=True)
    for panel, (text, errors) in zip(axes, panels, strict=True):
        counted(panel.xaxis, (2, 5, 10, 20, 40, 100), 1.8, 110)
        panel.axvline(features, **DASHED)
        panel.plot(counts, whole, "o-", color=OVERFIT, markersize=9)
        panel.plot(counts, errors, "s-", color=REGULARIZED, markersize=9)
        label(panel, 0.98, 0.9, text, REGULARIZED, transform=panel.transAxes, ha="right")
        panel.set_xlabel("patients (log)")
    log_axis(axes[0].yaxis, -0.6, 1.6)
    axes[0].set_ylabel("test error (log)")
    label(axes[0], 0.03, 0.72, "as it is", OVERFIT, transform=axes[0].transAxes)
    return figure


@styled
def by_patients(counts, each, features=10, height=358):
    """Errors on other patients by how many were trained on: many shuffles, thin, and their median."""
    figure, axes = canvas(height=height)
    for errors in each:
        axes.plot(counts, errors, color=OVERFIT, linewidth=1.2, alpha=0.3)
    axes.plot(counts, np.median(each, axis=0), "o-", color=OVERFIT, linewidth=6, markersize=12)
    counted(axes.xaxis, counts, 1.8, 110)
    log_axis(axes.yaxis, -0.6, 3)
    as_many(axes, features, "as many patients as features")
    label(axes, 0.02, 0.9, "bold: median", OVERFIT, transform=axes.transAxes)
    label(axes, 0.02, 0.77, "thin: one shuffle each", OVERFIT, transform=axes.transAxes)
    axes.set(xlabel="patients to train on (log scale)", ylabel="test error (log)")
    return figure


@styled
def losses(groups, xlabel, ticks, height=296):
    """A dot a seed on a logarithmic axis. groups: (name, values, colour) from top to bottom."""
    figure, axes = canvas(height=height)
    strips(axes, groups)
    counted(axes.xaxis, ticks, 0.9 * ticks[0], 1.1 * ticks[-1])
    axes.set_xlabel(xlabel)
    return figure


@styled
def loss_and_rate(lines, threshold, height=358):
    """Test loss and error rate of networks by width, side by side.

    lines: (text, widths, losses, rates) of the last step, of L2, of stopping early. threshold: the width
    of as many weights as points times classes.
    """
    figure, axes = canvas(2, height=height)
    looks = ((OVERFIT, "o"), (REGULARIZED, "s"), (SIGNAL, "^"))
    for n, ((text, widths, *both), (color, marker)) in enumerate(zip(lines, looks, strict=True)):
        for panel, values in zip(axes, both, strict=True):
            panel.plot(widths, values, f"{marker}-", color=color, markersize=11)
        place = {"transform": axes[0].transAxes, "ha": "right"}
        label(axes[0], 1, 0.93 - 0.13 * n, f"{'●■▲'[n]} {text}", color, **place)
    for panel, top, word in zip(axes, (3.2, 1), ("test loss", "error rate"), strict=True):
        counted(panel.xaxis, (4, 8, 16, 32, 100), 3.5, 120)
        panel.axvline(threshold, **DASHED)
        panel.set(ylim=(0, top), ylabel=word, xlabel="hidden units (log scale)")
    label(axes[1], threshold * 1.06, 0.93, "weights = points × classes", MUTED)
    return figure


@styled
def two_axes(widths, errors, effective, points, height=358):
    """The same errors against features, and against effective parameters on fresh points."""
    figure, axes = canvas(2, height=height, sharey=True)
    below = np.array(widths) <= points
    past = np.array(widths) >= points
    for panel, x in zip(axes, (np.array(widths), effective), strict=True):
        for some, color, marker in ((below, NETWORK, "o"), (past, OVERFIT, "s")):
            panel.plot(x[some], errors[some], f"{marker}-", color=color, markersize=11)
    error_by_features(axes[0], points, ends=(-1, 2.2), text="")
    counted(axes[0].xaxis, (5, 20, 40, 160, 1000), 4.5, 1300)
    log_axis(axes[1].xaxis, 0.6, 4.1)
    axes[1].set_xlabel("effective parameters (log scale)")
    for width, dx, dy in ((5, 0, 26), (20, -6, 24), (30, -34, 20), (1000, -16, -26)):
        at = list(widths).index(width)
        color = NETWORK if width <= points else OVERFIT
        axes[1].annotate(
            f"{width:,}", (effective[at], errors[at]), (dx, dy), textcoords="offset points",
            color=color, weight="bold", ha="center", va="center",
        )  # fmt: skip
    label(axes[0], 0.03, 0.93, "● up to 40", NETWORK, transform=axes[0].transAxes)
    label(axes[0], 0.97, 0.93, "■ 40 and more", OVERFIT, transform=axes[0].transAxes, ha="right")
    return figure


@styled
def live_picture(widths, errors, points, at, height=440):
    """What stands for the live picture: errors of one training set, and where the slider is."""
    figure, axes = canvas(height=height)
    (line,) = axes.plot(widths, errors, "o-", color=OVERFIT, markersize=11)
    axes.axvline(at, color=INK, linewidth=2)
    error_by_features(axes, points)
    label_line(line, "now", at=list(widths).index(at), dx=-14, dy=-16, ha="right")
    return figure
