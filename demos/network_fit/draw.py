"""Figures of `demos.network_fit.compute`."""

import numpy as np

from demos.core.charts import GRID as GRID
from demos.core.charts import data, strip, strips, true_curve
from demos.core.charts import error_strips as error_strips
from demos.core.charts import fits as fits
from demos.core.curve import TRAIN_X
from demos.core.style import (
    INK,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)


def rate_name(lr):
    """How a figure names a learning rate; the space holds the two together."""
    return f"lr\N{NO-BREAK SPACE}{lr}"


@styled
def first_losses(losses, width=1184, height=520):
    """Loss against step, log scale. `losses`: (name, (steps + 1,), color, dash) for three lines."""
    figure, axes = canvas(width=width, height=height)
    for (name, values, color, dash), dy in zip(losses, (0, 14, -14), strict=True):
        (line,) = axes.plot(values, "o", linestyle=dash, color=color, markersize=9)
        label_line(line, name, dx=14, dy=dy)
    log_axis(axes.yaxis, -0.3, 3)
    last = len(losses[0][1]) - 1
    axes.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.set(xlim=(-0.1, 1.3 * last), xticks=range(last + 1), xlabel="step", ylabel="loss")
    return figure


@styled
def active_units(groups, total, height=430):
    """Units that are on somewhere, one dot per seed. `groups`: (name, counts, color)."""
    figure, axes = canvas(height=height)
    strips(axes, groups)
    axes.set(xlim=(-0.01 * total, 1.02 * total), xlabel=f"active units of {total:,}")
    return figure


@styled
def error_path(checkpoints, test, training, height=430):
    """Errors along training: medians over seeds, with the 25-75 % band of the test error."""
    figure, axes = canvas(height=height)
    low, middle, high = np.percentile(test, [25, 50, 75], axis=1)
    axes.fill_between(checkpoints, low, high, color=OVERFIT, alpha=0.2, linewidth=0)
    (line,) = axes.plot(checkpoints, middle, "o-", color=OVERFIT, markersize=11)
    (fit,) = axes.plot(checkpoints, np.median(training, axis=1), "s--", color=INK, markersize=9)
    above = 18 if middle[-1] > np.median(training[-1]) else -18
    label_line(line, "to the curve", dx=14, dy=above)
    label_line(fit, "to the dots", dx=14, dy=-above)
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_xticks(checkpoints, [f"{steps:,}" for steps in checkpoints])
    axes.set(xlim=(checkpoints[0] / 1.1, checkpoints[-1] * 1.8), ylim=(0.02, 0.06))
    axes.set(xlabel="steps (log scale)", ylabel="RMSE")
    axes.set_yticks([0.02, 0.03, 0.04, 0.05, 0.06])
    return figure


@styled
def between_dots(y, values, joined, name, height=430):
    """A network and the straight lines from dot to dot. `values`, `joined` on GRID."""
    figure, axes = canvas(height=height)
    true_curve(axes)
    axes.plot(GRID, values, color=NETWORK, linewidth=9, alpha=0.55)
    axes.plot(GRID, joined, color=INK, linewidth=3, linestyle=(0, (3, 1.5)))
    data(axes, TRAIN_X, y)
    label(axes, 0.5, 0.42, name, NETWORK, ha="center")
    label(axes, 0.5, 0.27, "straight lines from dot to dot", INK, ha="center")
    axes.set(xlim=(-0.02, 1.02), ylim=(0, 1.15), xlabel="x", ylabel="y", xticks=[0, 0.5, 1])
    return figure


@styled
def two_targets(y, clean, noisy, height=358):
    """A network trained on the curve and one on the noisy dots, both on GRID, the gap between shaded."""
    figure, axes = canvas(height=height)
    true_curve(axes)
    axes.fill_between(GRID, clean, noisy, color=NETWORK, alpha=0.2, linewidth=0)
    axes.plot(GRID, clean, color=REGULARIZED)
    axes.plot(GRID, noisy, color=NETWORK)
    data(axes, TRAIN_X, y)
    label(axes, 0.5, 0.42, "trained on the curve", REGULARIZED, ha="center")
    label(axes, 0.5, 0.2, "trained on the dots", NETWORK, ha="center")
    axes.set(xlim=(-0.02, 1.02), ylim=(0, 1.15), xlabel="x", ylabel="y")
    axes.set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
    return figure


@styled
def straight_start(untrained, y, trained, height=378):
    """Left: networks before training, (seeds, 501) on GRID. Right: one after it, and its dots."""
    figure, (before, after) = canvas(2, height=height, sharey=True)
    before.plot(GRID, untrained.T, color=NETWORK, linewidth=2, alpha=0.8)
    after.plot(GRID, trained, color=NETWORK)
    data(after, TRAIN_X, y)
    for panel, name in ((before, f"{len(untrained)} untrained"), (after, "one trained")):
        true_curve(panel)
        panel.set(xlim=(-0.03, 1.03), ylim=(-0.3, 1.2), xlabel="x", yticks=[0, 0.5, 1])
        panel.set_xticks([0, 0.5, 1])
        label(panel, 0.5, 0.1 if panel is after else 0.25, name, NETWORK, ha="center")
    before.set_ylabel("y")
    return figure


@styled
def sine_scales(y, values, errors, name):
    """Left: the wavy fit through the dots. Right: test errors over seeds, (name, values, color)."""
    figure, (left, right) = canvas(2, height=358, width_ratios=[1.15, 1])
    true_curve(left)
    left.plot(GRID, values, color=OVERFIT, linewidth=3)
    data(left, TRAIN_X, y)
    left.set(xlim=(-0.02, 1.02), ylim=(-0.35, 1.55), xlabel="x", ylabel="y", xticks=[0, 0.5, 1])
    label(left, 0.5, -0.22, name, OVERFIT, ha="center")
    for row, (group, numbers, color) in enumerate(reversed(errors)):
        strip(right, row, numbers, color)
        label(right, np.median(numbers), row + 0.42, group, color, ha="center", va="bottom")
    right.set(xlim=(0, 0.22), xlabel="test RMSE", yticks=[], ylim=(-0.5, len(errors) - 0.2))
    right.spines["left"].set_visible(False)
    return figure
