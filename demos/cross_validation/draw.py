"""Figures of splits and leaks: one split or a leak in vermillion, honest folds in green, models in blue."""

import numpy as np

from demos.core.charts import dashes, strips, strips_about
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    PAPER,
    REGULARIZED,
    SHADE,
    SIGNAL,
    TRUE_CURVE,
    canvas,
    label,
    label_line,
    styled,
)

CLASSES = (NETWORK, SIGNAL, INK)


@styled
def file_orders(panels, cut, height=416):
    """The class of each point by its place in the file; what is held out is shaded.

    `panels`: (text, classes (n,), 0 to 2) each, one above the other; cut: the first place held out.
    """
    figure, axes = canvas(height=height, rows=len(panels), sharex=True, squeeze=False)
    for panel, (text, classes) in zip(axes[:, 0], panels, strict=True):
        places = np.arange(len(classes))
        panel.axvspan(cut - 0.5, len(classes) - 0.5, color=SHADE, linewidth=0, zorder=0)
        for one, color in enumerate(CLASSES):
            of_it = places[classes == one]
            panel.plot(of_it, np.full(len(of_it), one), "o", color=color, markersize=7)
        panel.set(xlim=(-0.5, len(classes) - 0.5), ylim=(-0.6, 3.1), yticks=[0, 1, 2])
        panel.set_ylabel("class")
        label(panel, 0, 2.8, text, INK)
    label(axes[0, 0], (cut + len(classes)) / 2, 2.8, "held out", MUTED, ha="center")
    axes[-1, 0].set_xlabel("place in the file")
    return figure


@styled
def estimates(groups, truth, height=416):
    """Estimates after one shuffle after another, a dot a shuffle, about the accuracy on fresh points.

    `groups`: (name, estimates, colour) from top to bottom.
    """
    figure, axes = strips_about(truth, groups, "estimated accuracy, a dot a shuffle", height)
    label(axes, truth, len(groups) - 0.35, "fresh points", MUTED, ha="center", va="bottom")
    return figure


@styled
def gaps(groups, xlabel, height=416):
    """What is promised and not kept, a dot a seed: right of the line at 0 too much is promised."""
    return strips_about(0, groups, xlabel, height)[0]


@styled
def test_set_sizes(p, error, sizes, measured, height=416):
    """Where 95 % of test sets land by their size: the formula's band, and what was measured, as bars.

    p: the model's share right; error(p, n): a standard deviation; measured: (low, high) for each size.
    """
    figure, axes = canvas(height=height)
    n = np.geomspace(sizes[0] / 1.3, sizes[-1] * 1.3, 81)
    for sign, text in ((1, "p + 1.96 · √(p(1 − p)/n)"), (-1, "p − 1.96 · √(p(1 − p)/n)")):
        axes.plot(n, p + sign * 1.96 * error(p, n), color=NETWORK)
        at = p + sign * 1.96 * error(p, sizes[1])
        place = {"x": sizes[1] * 1.1, "y": at + sign * 0.05, "va": "center"}
        label(axes, text=text, color=NETWORK, **place)
    axes.axhline(p, **TRUE_CURVE)
    for size, both in zip(sizes, measured, strict=True):
        axes.plot([size, size], both, "o-", color=INK, markersize=10)
    axes.set(xscale="log", xlim=(n[0], n[-1]), xlabel="points in the test set", ylabel="accuracy")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_xticks([], minor=True)
    label(axes, n[-1] / 1.1, p + 0.12, "bars: measured", INK, ha="right")
    return figure


@styled
def coverages(shares, rows, height=416):
    """How often intervals hold the truth, against the truth. `rows`: (text, chances, colour) each."""
    figure, axes = canvas(height=height)
    axes.axhline(0.95, **TRUE_CURVE)
    for text, chances, color in rows:
        (line,) = axes.plot(shares, chances, "o-", color=color, markersize=6, linewidth=2)
        label_line(line, text, at=0, dx=0, dy=-34 if color == OVERFIT else 26)
    axes.set(ylim=(0.2, 1.06), yticks=[0.25, 0.5, 0.75, 0.95], xlim=(0.49, 1))
    axes.set(xlabel="the model’s true accuracy p", ylabel="holds p")
    return figure


@styled
def best_of_many(formula, chosen, fresh, height=416):
    """Accuracy of the best of m models on coin flips, by m: what it was chosen by, and on fresh ones.

    formula, chosen, fresh: (models,) each, for the best of the first 1, 2, …
    """
    figure, axes = canvas(height=height)
    tried = np.arange(1, len(chosen) + 1)
    axes.axhline(0.5, **TRUE_CURVE)
    (exact,) = axes.plot(tried, formula, color=INK, linewidth=2, linestyle=(0, (1, 1)))
    (promised,) = axes.plot(tried, chosen, color=OVERFIT)
    (kept,) = axes.plot(tried, fresh, color=REGULARIZED)
    label_line(promised, "chosen by", dy=-16)
    label_line(exact, "formula", dy=16)
    label_line(kept, "fresh points", dy=22)
    axes.set(xscale="log", xlim=(0.95, 2.6 * len(chosen)), ylim=(0.46, 0.66))
    axes.set(xlabel="models tried", ylabel="accuracy of the best")
    ticks = [at for at in (1, 2, 5, 10, 20, 50, 100, 200, 500) if at <= len(chosen)]
    axes.set_xticks(ticks, [f"{at}" for at in ticks])
    axes.set_xticks([], minor=True)
    return figure


@styled
def moved_digits(pictures, groups, height=416):
    """A digit and the same one moved, and strips of accuracies. pictures: (text, (8, 8), 0 to 1) each;
    `groups`: (name, accuracies, colour) from top to bottom."""
    figure, axes = canvas(3, height=height, width_ratios=(1, 1, 2.6))
    for panel, (text, picture) in zip(axes, pictures, strict=False):
        dashes(panel, picture[::-1], 1, NETWORK, linewidth=14)
        panel.set(xticks=[], yticks=[], aspect="equal", xlabel=text)
    strips(axes[2], groups)
    axes[2].set_xlabel("accuracy")
    return figure


@styled
def reshuffled(x, y, held, weights, groups, truth, height=416):
    """Points of two classes, rings held out, where the model changes its mind; strips of estimates.

    weights: (3,), the model's; groups: (name, estimates, colour) from top to bottom.
    """
    figure, (points, right) = canvas(2, height=height, width_ratios=(1, 1.2))
    for one, color in ((0, INK), (1, NETWORK)):
        points.plot(*x[(y == one) & ~held].T, "o", color=color, markersize=9)
    look = {"markeredgecolor": SIGNAL, "color": PAPER, "markeredgewidth": 3, "markersize": 10}
    points.plot(*x[held].T, "o", **look)
    along = np.array([-1.6, 2.6])
    points.plot(along, -(weights[0] + weights[1] * along) / weights[2], color=NETWORK)
    points.set(xlim=(-1.8, 2.8), ylim=(-1.3, 1.9), xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
    label(points, -1.7, 1.8, "rings: held out", SIGNAL)
    right.axvline(truth, **TRUE_CURVE)
    strips(right, groups)
    right.set_xlabel("estimated accuracy")
    return figure
