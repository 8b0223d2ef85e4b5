"""Figures of L1, L2, beliefs: lasso and L1 green, ridge and L2 blue, no penalty orange, twins purple."""

import numpy as np

from demos.core.charts import strips
from demos.core.style import (
    DATA,
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    PAPER,
    REGULARIZED,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)
from demos.l1_and_beliefs import geometry
from demos.l1_and_beliefs.compute import TRUTH as TRUE
from demos.l1_and_beliefs.compute import TWIN, soft

LASSO, RIDGE, NO_PENALTY = REGULARIZED, NETWORK, OVERFIT
GOAL = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 1}
THIN = {"color": TRUTH, "linewidth": 1.5, "alpha": 0.7}
RING = {"marker": "o", "linestyle": "none", "markerfacecolor": PAPER, "markeredgewidth": 2}


@styled
def weights(panels, height=358):
    """Weights by number of their feature, a panel a way to fit: (name, weights (d,), colour) each.

    True weights are grey dashes; a ring is a weight of exactly 0, a bar any other.
    """
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (name, found, color) in zip(axes[0], panels, strict=True):
        number = np.arange(1, len(found) + 1)
        kept = found != 0
        panel.axhline(0, color=TRUTH, linewidth=1.5, zorder=0)
        panel.vlines(number[kept], 0, found[kept], color=color, linewidth=6)
        panel.plot(number[~kept], found[~kept], color=color, markersize=8, zorder=4, **RING)
        panel.plot(
            number[: len(TRUE)], TRUE, "_", color=INK, markersize=14, markeredgewidth=4, zorder=5
        )
        panel.set(
            xlabel="feature", xlim=(0, len(found) + 1), ylim=(-4.4, 5.6), yticks=[-2, 0, 2, 4]
        )
        panel.set_xticks([1, 10, 20, 30, 40])
        label(panel, 0.98, 0.93, name, color, transform=panel.transAxes, ha="right")
    axes[0, 0].set_ylabel("weight")
    place = {"transform": axes[0, -1].transAxes, "ha": "right"}
    label(axes[0, -1], 0.98, 0.2, "ring: exactly 0", LASSO, **place)
    label(axes[0, -1], 0.98, 0.07, "dash: the true weight", INK, **place)
    return figure


EACH = 20  # of the edge's points: more than an eye can tell apart, and the corners among them


@styled
def corners(heights=(0.04, 0.12), height=485):
    """A diamond and a circle, ellipses of equal error, and where the smallest error inside is."""
    figure, axes = canvas(2, height=height, sharey=True)
    rows = ((1, "|w₁| + |w₂| ≤ 1", LASSO), (2, "w₁² + w₂² ≤ 1", RIDGE))
    for panel, (power, name, color) in zip(axes, rows, strict=True):
        inside = geometry.edge(power)[::EACH]
        panel.fill(*inside.T, color=color, alpha=0.25, linewidth=0)
        panel.plot(*inside.T, color=color)
        best = geometry.touching(power)
        for level in (*heights, geometry.error(best)):
            panel.plot(*geometry.level(level)[::EACH].T, color=TRUTH, linewidth=3)
        panel.axhline(0, color=TRUTH, linewidth=1.5, zorder=0)
        panel.axvline(0, color=TRUTH, linewidth=1.5, zorder=0)
        panel.plot(*geometry.CENTRE, "o", color=INK, markersize=12, zorder=5)
        panel.plot(*best, "o", color=color, markersize=18, zorder=6)
        label(panel, 0.98, 0.05, name, color, transform=panel.transAxes, ha="right")
        panel.set(xlim=(-1.5, 3.6), ylim=(-1.15, 2.5), aspect="equal", xlabel="weight w₁")
        panel.set(xticks=[-1, 0, 1, 2, 3], yticks=[-1, 0, 1, 2])
    axes[0].set_ylabel("weight w₂")
    label(axes[0], 1.15, 1.6, "dot: least squares", INK)
    label(axes[0], 1.15, 2.1, "grey: equal error", MUTED)
    return figure


@styled
def shrunk(alpha, height=430):
    """What L1 and L2 make of a least-squares weight, features at right angles."""
    figure, axes = canvas(height=height)
    wide = np.linspace(-3, 3, 601)
    axes.plot(wide, wide, **GOAL)
    label(axes, 2.2, 2.75, "no penalty", TRUTH, ha="right")
    (l1,) = axes.plot(wide, soft(wide, alpha), color=LASSO)
    (l2,) = axes.plot(wide, wide / (1 + alpha), color=RIDGE, linestyle="--")
    label_line(l1, "L1")
    label_line(l2, "L2")
    axes.set(xlim=(-3, 3.4), ylim=(-3, 3), xlabel="least-squares weight", ylabel="weight")
    axes.set(xticks=[-3, -2, -1, 0, 1, 2, 3], yticks=[-2, 0, 2])
    return figure


@styled
def steps(runs, alpha, height=358):
    """One weight along descents with L1, from the start on and then close by, near 0.

    runs: (name, weight (steps + 1,), colour) each.
    """
    figure, (whole, close) = canvas(2, height=height)
    for _, weight, color in runs:
        for axes in (whole, close):
            axes.plot(np.arange(len(weight)), weight, color=color, linewidth=3)
    for axes in (whole, close):
        axes.axhline(0, color=TRUTH, linewidth=1.5, zorder=0)
        axes.set(xlabel="step")
    last = len(runs[0][1]) - 1
    whole.set(xlim=(0, last), ylim=(-0.1, 1.05), ylabel="weight", yticks=[0, 0.5, 1])
    close.set(xlim=(last - 20, last), ylim=(-0.06, 0.06), yticks=[-0.05, 0, 0.05])
    for row, (name, _, color) in enumerate(runs):
        label(whole, 0.97, 0.9 - 0.13 * row, name, color, transform=whole.transAxes, ha="right")
    label(close, 0.03, 0.93, "the last 20 steps", INK, transform=close.transAxes)
    return figure


def weight_lines(axes, at, found):
    """The weights of every feature against `at`: (k, d); twins, other true ones and the rest by colour."""
    for k in range(found.shape[1] - 1, -1, -1):
        twin = k in (0, TWIN)
        look = {"color": SIGNAL if twin else NETWORK} if k < len(TRUE) or twin else THIN
        axes.plot(at, found[:, k], **look)


@styled
def paths(alphas, by_strength, mixes, by_mix, at, errors, height=430):
    """Weights along the strength and along the share of L1, and the error along the strength.

    by_strength (len(alphas), d), by_mix (len(mixes), d), errors (len(alphas),); at: strength and mix of
    the dashed lines.
    """
    figure, (left, middle, right) = canvas(3, height=height)
    weight_lines(left, alphas, by_strength)
    weight_lines(middle, mixes, by_mix)
    right.plot(alphas, errors, color=LASSO)
    for axes, place in zip((left, middle, right), (at[0], at[1], at[0]), strict=True):
        axes.axvline(place, **GOAL)
    for axes in (left, right):
        axes.set(xscale="log", xlim=(alphas[0], alphas[-1]), xlabel="strength α")
        axes.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
        axes.set_xticks([], minor=True)
    for axes in (left, middle):
        axes.set(ylim=(-2.7, 3.7), yticks=[-2, 0, 2])
    left.set_ylabel("weight")
    middle.set(xlim=(-0.02, 1.02), xlabel="share of L1")
    middle.set_xticks([0, 0.5, 1], ["0: L2", "0.5", "1: L1"])
    right.set(ylim=(0, 4), ylabel="error")
    label(left, 0.97, 0.95, "twins", SIGNAL, transform=left.transAxes, ha="right")
    label(left, 0.97, 0.04, "other true ones", NETWORK, transform=left.transAxes, ha="right")
    label(middle, 0.03, 0.04, "not true", MUTED, transform=middle.transAxes)
    return figure


@styled
def beliefs(sd, height=358):
    """Two beliefs about a weight, of one standard deviation, and minus their logarithms, from 0."""
    figure, (left, right) = canvas(2, height=height)
    w = np.linspace(-1, 1, 401)
    b = sd / np.sqrt(2)
    densities = {
        "Gauss": (np.exp(-((w / sd) ** 2) / 2) / sd / np.sqrt(2 * np.pi), w**2 / 2 / sd**2, RIDGE),
        "Laplace": (np.exp(-np.abs(w) / b) / 2 / b, np.abs(w) / b, LASSO),
    }
    for (name, (density, penalty, color)), dash in zip(densities.items(), ("--", "-"), strict=True):
        left.plot(w, density, color=color, linestyle=dash)
        right.plot(w, penalty, color=color, linestyle=dash)
        row = 0.92 if name == "Laplace" else 0.79
        label(left, 0.03, row, name, color, transform=left.transAxes)
    left.set(ylabel="how likely", ylim=(0, None), yticks=[0, 1, 2])
    right.set(ylabel="−log, from 0", ylim=(0, 6), yticks=[0, 2, 4, 6])
    label(right, 0.5, 0.92, "L2: w²/2τ²", RIDGE, transform=right.transAxes, ha="center")
    label(right, 0.5, 0.79, "L1: |w|/b", LASSO, transform=right.transAxes, ha="center")
    for axes in (left, right):
        axes.set(xlim=(-1, 1), xlabel="weight")
        axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    return figure


@styled
def ratios(groups, xlabel, height=296, ticks=(0.5, 1, 1.5)):
    """Ratios about a dashed line at 1. `groups`: (name, values, colour) from top to bottom."""
    figure, axes = canvas(height=height)
    axes.axvline(1, **GOAL)
    strips(axes, groups)
    axes.set(xlabel=xlabel, xlim=(ticks[0], ticks[-1]))
    axes.set_xticks(ticks)
    return figure


@styled
def shares(groups, xlabel, height=296):
    """Strips on an axis from 0 to 1. `groups`: (name, values, colour) from top to bottom."""
    figure, axes = canvas(height=height)
    strips(axes, groups)
    axes.set(xlabel=xlabel, xlim=(-0.02, 1.02))
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    return figure


@styled
def differences(panels, height=296):
    """Strips about a dashed line at 0, a panel a quantity. `panels`: (xlabel, ticks, groups) each."""
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (xlabel, ticks, groups) in zip(axes[0], panels, strict=True):
        panel.axvline(0, **GOAL)
        strips(panel, groups)
        panel.set(xlabel=xlabel, xlim=(ticks[0], ticks[-1]))
        panel.set_xticks(ticks)
    return figure


@styled
def year(days, celsius, fits, height=358):
    """Temperatures of some days, in °C, and fits: (name, values (365,), colour, dash) each."""
    figure, axes = canvas(height=height)
    axes.plot(days, celsius, **DATA)
    for name, values, color, dash in fits:
        (line,) = axes.plot(np.arange(365), values, color=color, linestyle=dash)
        label_line(line, name)
    label(axes, 375, celsius.max(), "measured", INK)
    axes.set(xlim=(0, 520), xlabel="day of the year", ylabel="°C")
    axes.set_xticks([0, 100, 200, 300])
    return figure


@styled
def straightness(scales, rows, height=296):
    """R² of the nearest plane against the scale of the weights. rows: (name, R² (scales, seeds), colour,
    marker) each.

    A line through the medians, a thin bar from the 5th to the 95th of a hundred.
    """
    figure, axes = canvas(height=height)
    for shift, (name, values, color, marker) in zip((0, -0.03, 0.03), rows, strict=True):
        at = np.arange(len(scales)) + shift
        axes.vlines(at, *np.percentile(values, [5, 95], axis=1), color=color, linewidth=2)
        (line,) = axes.plot(at, np.median(values, 1), f"{marker}-", color=color, markersize=12)
        label_line(line, name, dx=18, dy={"tanh": 14, "ReLU": -14}.get(name, 0))
    label(axes, 0.03, 0.12, "thin: nine in ten networks", MUTED, transform=axes.transAxes)
    axes.set_xticks(range(len(scales)), [f"× {scale:g}" for scale in scales])
    axes.set(xlim=(-0.2, len(scales) - 0.5), ylim=(0, 1.05), yticks=[0, 0.5, 1])
    axes.set(xlabel="all weights", ylabel="R²")
    return figure


@styled
def by_strength(strengths, straight, right, height=296):
    """R² of the nearest plane, and share right, against the strength of L2: (strengths, seeds) each."""
    figure, axes = canvas(2, height=height)
    for panel, values, name in zip(axes, (straight, right), ("R²", "share right"), strict=True):
        at = np.arange(len(strengths))
        panel.vlines(at, *np.percentile(values, [5, 95], axis=1), color=RIDGE, linewidth=2)
        panel.plot(at, np.median(values, 1), "o-", color=RIDGE, markersize=12)
        panel.set_xticks(at, [f"{strength:g}" for strength in strengths])
        panel.set(xlabel="strength of L2", ylabel=name, xlim=(-0.3, len(strengths) - 0.7))
    place = {"transform": axes[0].transAxes, "ha": "right"}
    label(axes[0], 0.97, 0.12, "thin: nine in ten networks", MUTED, **place)
    axes[0].set(ylim=(0, 1.05), yticks=[0, 0.5, 1])
    axes[1].set(ylim=(0.75, 0.95), yticks=[0.75, 0.8, 0.85, 0.9, 0.95])
    return figure
