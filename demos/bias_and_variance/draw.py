"""Figures of bias and variance: fits blue, their mean purple, the true curve dashed grey; so variance is
blue, bias² purple, and noise grey."""

import numpy as np

from demos.core.charts import data, strips, true_curve
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    PAPER,
    SCALE,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)

FINE = np.linspace(0, 1, 61)  # where clouds of fits are drawn
YLIM = (-0.7, 1.8)


def framed(panel, text, color):
    """Axes of a panel that shows fits."""
    panel.set(xlim=(-0.03, 1.03), ylim=YLIM, xlabel="x", yticks=[0, 1])
    panel.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    label(panel, 0.5, 0.02, text, color, transform=panel.transAxes, ha="center", va="bottom")


@styled
def draws(sets, answers):
    """One model fitted to several training sets, side by side. sets: (x, y) each; answers on FINE each."""
    figure, axes = canvas(len(sets), height=485, sharey=True, squeeze=False)
    for n, (panel, (x, y), fit) in enumerate(zip(axes[0], sets, answers, strict=True), 1):
        true_curve(panel)
        panel.plot(FINE, fit, color=NETWORK)
        data(panel, x, y)
        framed(panel, f"training set {n}", INK)
    axes[0, 0].set_ylabel("y")
    return figure


@styled
def clouds(panels, shown=50):
    """Fits to many training sets and their mean. panels: (text, answers (sets, len(FINE))) each; the
    first `shown` fits are drawn, the mean is that of all."""
    figure, axes = canvas(len(panels), height=485, sharey=True, squeeze=False)
    for panel, (text, answers) in zip(axes[0], panels, strict=True):
        for one in answers[:shown]:
            panel.plot(FINE, one, color=NETWORK, linewidth=1.5, alpha=0.3)
        panel.plot(FINE, answers.mean(0), color=SIGNAL, linewidth=6)
        true_curve(panel).set_zorder(4)
        framed(panel, text, INK)
    first = axes[0, 0]
    first.set_ylabel("y")
    label(first, 0.5, 0.0, "fits", NETWORK, ha="center")
    label(first, 0.5, -0.2, "their mean", SIGNAL, ha="center")
    label(first, 0.5, -0.4, "truth", MUTED, ha="center")
    return figure


@styled
def stacked(rows, most):
    """The error's parts on each other, a bar a degree, cut off at `most`, and the error on fresh points.

    rows: (degree, bias², variance, noise, test error) each.
    """
    figure, axes = canvas(height=430)
    for at, (_, bias2, variance, noise, tested) in enumerate(rows):
        foot = 0.0
        for part, color in ((noise, TRUTH), (bias2, SIGNAL), (variance, NETWORK)):
            axes.bar(at, min(max(part, 0), most - foot), 0.55, foot, color=color, linewidth=0)
            foot = min(foot + max(part, 0), most)
        if tested <= most:
            axes.plot(at, tested, "D", color=INK, markersize=13)
            label(axes, at + 0.32, tested, f"{tested:.2f}", INK)
        else:
            label(axes, at + 0.32, 0.93 * most, f"up to {tested:,.0f}", INK)
    axes.set(xlim=(-1.15, len(rows)), ylim=(0, most), ylabel="squared error")
    axes.set_xticks(range(len(rows)), [f"degree {row[0]}" for row in rows])
    _, bias2, _, noise, tested = rows[0]
    places = ((noise / 2, "noise", MUTED), (noise + bias2 / 2, "bias²", SIGNAL))
    for height, text, color in places:
        label(axes, -0.32, height, text, color, ha="right")
    label(axes, -0.32, tested + 0.018, "test error", INK, ha="right")
    label(axes, len(rows) - 2 - 0.32, 0.6 * most, "variance", NETWORK, ha="right")
    return figure


@styled
def set_errors(groups, height=416):
    """Error of each training set's fit, a dot each, a bar at the median, a cross at the mean, log scale.

    groups: (name, errors (sets,), colour) from top to bottom.
    """
    figure, axes = canvas(height=height)
    farthest = max(values.max() for _, values, _ in groups)
    log_axis(axes.xaxis, -1.1, np.log10(farthest) + 0.1)
    strips(axes, groups)
    for row, (_, values, _) in enumerate(reversed(groups)):
        axes.plot(
            values.mean(), row, "X", color=INK, markersize=20, markeredgecolor=PAPER, zorder=6
        )
    for row, text in enumerate(("bar: median", "cross: mean")):
        place = axes.get_yaxis_transform()
        label(axes, 0.98, len(groups) - 1 - 0.7 * row, text, INK, ha="right", transform=place)
    axes.set_xlabel("squared error of one training set's fit (log scale)")
    return figure


@styled
def by_width(widths, lines, height=400):
    """Bias² and variance against the width, side by side; a line for each number of steps.

    lines: (text, bias² (len(widths),), variance (len(widths),)) each.
    """
    figure, axes = canvas(2, height=height, sharey=True)
    for (text, *both), color, marker in zip(lines, SCALE, "so^", strict=True):
        for panel, values in zip(axes, both, strict=True):
            (line,) = panel.plot(widths, values, f"{marker}-", color=color, markersize=11)
        label_line(line, text)
    for panel, text in zip(axes, ("bias²", "variance"), strict=True):
        panel.set_xscale("log", base=2)
        panel.set_xticks(widths, [f"{width}" for width in widths])
        panel.set_xticks([], minor=True)
        panel.set(xlabel="units in each hidden layer", ylim=(-0.01, 0.3), yticks=[0, 0.1, 0.2, 0.3])
        label(panel, 0.03, 0.97, text, INK, transform=panel.transAxes, va="top")
    axes[1].set_xlim(widths[0] / 1.2, widths[-1] * 4.5)
    axes[0].set_xlim(widths[0] / 1.2, widths[-1] * 1.2)
    axes[0].set_ylabel("squared error")
    return figure


@styled
def by_strength(strengths, bias2, variance, height=346):
    """Bias², variance and their sum against the strength of L2; strengths as evenly spaced words."""
    figure, axes = canvas(height=height)
    places = np.arange(len(strengths))
    rows = ((bias2 + variance, "sum", INK, "D"), (variance, "variance", NETWORK, "o"))
    for values, text, color, marker in (*rows, (bias2, "bias²", SIGNAL, "s")):
        (line,) = axes.plot(places, values, f"{marker}-", color=color, markersize=11)
        label_line(line, text, dx=16, dy={"sum": 12, "bias²": -12}.get(text, 0))
    axes.set_xticks(places, [f"{strength:g}" for strength in strengths])
    axes.set(xlim=(-0.2, len(strengths) - 0.2), ylim=(-0.005, 0.12), yticks=[0, 0.05, 0.1])
    axes.set(xlabel="strength of L2 (weight_decay)", ylabel="squared error")
    return figure
