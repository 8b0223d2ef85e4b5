"""Figures of built-in regularizers."""

import numpy as np

from demos.built_in_regularizers import compute as sig
from demos.core.charts import strips
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SHADE,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)

DASHED = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2))}


@styled
def signals(rows):
    """Signals, a row per kind. rows: (text, signals (n, LENGTH), shapes without noise (n, LENGTH)) each."""
    figure, axes = canvas(
        len(rows[0][1]), height=430, rows=len(rows), sharex=True, sharey=True, squeeze=False
    )
    for across, (text, noisy, clean) in zip(axes, rows, strict=True):
        for panel, x, shape in zip(across, noisy, clean, strict=True):
            panel.axvspan(
                sig.HOME - 0.5, sig.HOME + sig.KERNEL - 0.5, color=SHADE, zorder=0, linewidth=0
            )
            panel.plot(shape, **DASHED)
            panel.plot(x, color=INK, linewidth=3)
            panel.set(yticks=[], xticks=[0, 20, 39], ylim=(-2.2, 2.2), xlim=(-1, sig.LENGTH))
        across[0].set_ylabel(text)
    for panel, name in zip(axes[0], sig.NAMES, strict=False):
        label(panel, 0.5, 1.08, name, INK, transform=panel.transAxes, ha="center", va="bottom")
    for panel in axes[-1]:
        panel.set_xlabel("place")
    return figure


@styled
def matrix(weights, places, height=358):
    """A filter as a dense layer, and what it answers to a shape at two places.

    weights: (KERNEL,); places: (text, place, colour, answers (PLACES,)) of each.
    """
    figure, (left, right) = canvas(2, height=height, width_ratios=[1, 1.25])
    dense = sig.tied(weights)
    rows = np.arange(len(dense))
    sizes = 2 + 8 * np.abs(weights) / np.abs(weights).max()
    for tap, size in enumerate(sizes):
        color = NETWORK if weights[tap] >= 0 else OVERFIT
        left.plot(rows + tap, rows, "s", color=color, markersize=size, markeredgewidth=0)
    left.set(xlim=(-1, sig.LENGTH), ylim=(len(dense), -1), xticks=[0, 20, 39], yticks=[0, 32])
    left.set(xlabel="place in the signal", ylabel="answer")
    label(left, 0.03, 0.16, "all others: 0", MUTED, transform=left.transAxes)
    for text, place, color, answers in places:
        (line,) = right.plot(rows, answers, color=color)
        at = int(np.argmax(answers))
        label_line(line, text, at=at, dx=0, dy=22, ha="center")
        right.plot(place, answers[place], "o", color=color, markersize=11)
    top = max(answers.max() for *_, answers in places)
    low = min(answers.min() for *_, answers in places)
    right.set(
        xlim=(-1, sig.PLACES), ylim=(low - 0.1 * top, 1.35 * top), xlabel="place of the answer"
    )
    right.set(ylabel="answer", xticks=[0, 16, 32])
    return figure


@styled
def shares(groups, xlabel, line=None, height=358):
    """Strips, a dot a seed. groups: (name, values, colour); `line`, dashed: (text, share, its row)."""
    figure, axes = canvas(height=height)
    if line:
        text, share, row = line
        axes.axvline(share, **DASHED)
        axes.annotate(
            text, (share, row), (10, 0), textcoords="offset points", color=MUTED, va="center"
        )
    strips(axes, groups)
    axes.locator_params(axis="x", nbins=6)
    axes.set_xlabel(xlabel)
    return figure


@styled
def detectors(shape, noise_sd, seed):
    """Answers against the place where a shape stands: of a weight for every place, of a sliding filter."""
    figure, axes = canvas(height=430)
    dense, slides, _ = sig.found(shape, noise_sd, seed)
    places = np.arange(sig.PLACES)
    (one,) = axes.plot(places, dense, color=OVERFIT)
    (two,) = axes.plot(places, slides, color=REGULARIZED)
    label_line(one, "dense, one place")
    label_line(two, "slides, maximum")
    axes.set(xlim=(0, sig.PLACES + 12), xlabel="place of the shape", ylabel="answer")
    axes.set_xticks([0, sig.HOME, sig.PLACES - 1])
    return figure


def spread(axes, x, values, color, text, **where):
    """Medians with bars from the 5th to the 95th percentile: values (len(x), seeds)."""
    for at, some in zip(x, values, strict=True):
        axes.plot([at, at], np.percentile(some, [5, 95]), color=color, linewidth=3, alpha=0.5)
    (line,) = axes.plot(x, np.median(values, 1), "o-", color=color, markersize=11)
    label_line(line, text, **where)


@styled
def blocks(rows, height=358):
    """What deleting a block costs. rows: (text, shares lost (blocks, seeds), colour, dy) each."""
    figure, axes = canvas(height=height)
    axes.axhline(0, **DASHED)
    for shift, (text, lost, color, dy) in zip((-0.07, 0.07), rows, strict=True):
        spread(axes, np.arange(1, len(lost) + 1) + shift, 100 * lost, color, text, dy=dy)
    count = len(rows[0][1])
    axes.set(xlabel="deleted block", ylabel="points lost", xlim=(0.6, count + 3))
    axes.set_xticks(range(1, count + 1))
    return figure


@styled
def rates(rows, height=358):
    """Share right against learning rate. rows: (text, rates, shares (rates, seeds), colour, where) each.

    where: of the text, for `label_line`.
    """
    figure, axes = canvas(height=height)
    for shift, (text, tried, right, color, where) in zip((0.96, 1, 1.04), rows, strict=True):
        spread(axes, shift * np.array(tried), right, color, text, **where)
    ticks = sorted({rate for _, tried, *_ in rows for rate in tried})
    axes.set(xscale="log", xlim=(ticks[0] / 1.3, ticks[-1] * 12), ylim=(0, 1))
    axes.set_xticks(ticks, [f"{rate:g}" for rate in ticks])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="learning rate", ylabel="share right")
    return figure
