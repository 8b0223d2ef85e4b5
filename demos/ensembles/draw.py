"""Figures of ensembles."""

import numpy as np
from matplotlib.patches import Circle

from demos.core.charts import data, strips_about, true_curve
from demos.core.style import (
    INK,
    NETWORK,
    REGULARIZED,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)
from demos.ensembles.compute import GRID, of_the_mean

TRIED = [1, 2, 4, 8, 16, 32, 64]


@styled
def discs(panels):
    """Games on a target, side by side. `panels`: (text, throws (members, 2)) each."""
    figure, axes = canvas(len(panels), height=430, squeeze=False)
    for panel, (text, thrown) in zip(axes[0], panels, strict=True):
        for radius in (0.5, 1):
            ring = Circle((0, 0), radius, fill=False, color=TRUTH, linewidth=2, linestyle="--")
            panel.add_patch(ring)
        panel.plot(0, 0, "+", color=TRUTH, markersize=22, markeredgewidth=3)
        panel.plot(*thrown.T, "o", color=NETWORK, markersize=11, alpha=0.6, markeredgewidth=0)
        panel.plot(*thrown.mean(0), "X", color=REGULARIZED, markersize=22, markeredgecolor=INK)
        panel.set(xlim=(-1.35, 1.35), ylim=(-1.35, 1.35), aspect="equal", xticks=[], yticks=[])
        panel.set_axis_off()
        label(panel, 0.5, -0.02, text, INK, transform=panel.transAxes, ha="center", va="top")
    label(axes[0, 0], -1.35, 1.2, "throws", NETWORK)
    label(axes[0, 0], -1.35, 0.95, "their mean", REGULARIZED)
    return figure


@styled
def with_members(rows, counts=TRIED):
    """Squared error of a mean against how many are in it: measured dots on the formula's lines.

    `rows`: (text, error of one, correlation, measured (len(counts),), colour) each.
    """
    figure, axes = canvas(height=422)
    fine = np.geomspace(counts[0], counts[-1], 61)
    for text, error, shared, measured, color in rows:
        (line,) = axes.plot(fine, of_the_mean(error, shared, fine), color=color)
        axes.plot(counts, measured, "o", color=color, markersize=11)
        label_line(line, text)
    log_axis(axes.yaxis, -2.3, 0)
    axes.set(xscale="log", xlim=(0.93, 250), xlabel="throws in the mean")
    axes.set_xticks(counts, [f"{count}" for count in counts])
    axes.set_xticks([], minor=True)
    axes.set_ylabel("squared distance")
    return figure


@styled
def members(x, panels):
    """Fits of many networks and their mean, side by side.

    `panels`: (text, targets (len(x),), answers (members, len(GRID)), colour of the mean) each.
    """
    figure, axes = canvas(len(panels), height=430, sharey=True, squeeze=False)
    for panel, (text, y, answers, color) in zip(axes[0], panels, strict=True):
        true_curve(panel)
        for one in answers:
            panel.plot(GRID, one, color=NETWORK, linewidth=1.5, alpha=0.35)
        panel.plot(GRID, answers.mean(0), color=color, linewidth=5)
        data(panel, x, y)
        panel.set(xlim=(-0.03, 1.03), xlabel="x", yticks=[0, 1])
        panel.set_xticks([0, 0.5, 1])
        label(panel, 0.5, 0.02, text, color, transform=panel.transAxes, ha="center", va="bottom")
    answers = np.concatenate([some for _, _, some, _ in panels])
    axes[0, 0].set(ylabel="y", ylim=(min(-0.6, answers.min()), max(1.6, answers.max())))
    return figure


@styled
def errors_with_members(rows, most):
    """Mean squared error against how many networks are in the mean, from 1 to `most`.

    `rows`: (text, error of one, correlation, colour) each.
    """
    figure, axes = canvas(height=400)
    counts = np.arange(1, most + 1)
    for text, error, shared, color in rows:
        line = axes.plot(counts, of_the_mean(error, shared, counts), "o-", color=color)[0]
        label_line(line, text)
    axes.set(xlabel="networks in the mean", ylabel="mean squared error", ylim=(0, None))
    axes.set_xlim(0.5, most + 4)
    axes.set_xticks([1, most // 4, most // 2, most])
    return figure


@styled
def ratios(groups, xlabel):
    """Ratios on a logarithmic axis; left of the line at 1 it is better.

    `groups`: (name, values, colour) from top to bottom.
    """
    figure, axes = strips_about(1, groups, xlabel, 300)
    axes.set_xscale("log", base=2)
    values = np.concatenate([values for _, values, _ in groups])
    ticks = 2.0 ** np.arange(np.floor(np.log2(values.min())), np.ceil(np.log2(values.max())) + 1)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    return figure


@styled
def gains(groups, xlabel, height=400):
    """What each way gains over one network; right of the line at 0 it is better.

    `groups`: (name, values, colour) from top to bottom.
    """
    return strips_about(0, groups, xlabel, height)[0]


@styled
def shapes(signals, names):
    """Signals of MNIST-1D, a panel each: signals (count, 40)."""
    figure, axes = canvas(len(signals) // 2, height=330, rows=2, sharex=True, sharey=True)
    for panel, signal, name in zip(np.ravel(axes), signals, names, strict=True):
        panel.plot(signal, color=INK, linewidth=3)
        panel.set(xticks=[], yticks=[])
        label(panel, 0.04, 0.9, f"{name}", INK, transform=panel.transAxes)
    return figure
