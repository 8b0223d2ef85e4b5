"""Figures of descent along a line: what it goes down is dashed grey, where it gets to the lowest point is
green, where not orange; rates in an order have the scale of one hue."""

import numpy as np

from demos.core.charts import dashes
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SCALE,
    TRUE_CURVE,
    TRUTH,
    canvas,
    label,
    label_line,
    styled,
)
from demos.gradient_descent import compute as gd

FINE = np.linspace(-gd.REACH, gd.REACH, 401)
DASHED = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2))}
RATE_TICKS = (0.001, 0.01, 0.1)


@styled
def four_rates(paths, rates, factors, height=430):
    """Left where four rates go on the parabola, right the error's factor a step on its closed form.

    paths: (text, x (steps + 1,)) each, rates in order, the last one runs away. rates, factors: measured
    ones, (n,) each.
    """
    figure, (left, right) = canvas(2, height=height, width_ratios=[1.25, 1])
    for (text, x), color, dy in zip(paths, (*SCALE, OVERFIT), (-28, 0, 28, 0), strict=True):
        (line,) = left.plot(np.arange(len(x)), x, "o-", color=color, markersize=8, linewidth=3)
        label_line(line, text, dy=dy)
    steps = len(paths[0][1]) - 1
    left.plot([0, steps], [gd.PARABOLA_MINIMUM] * 2, **DASHED)
    left.set(xlim=(-0.3, 1.45 * steps), xlabel="step", ylabel="x")
    left.set_xticks(np.arange(0, steps + 1, 4))
    fine = np.linspace(0, 0.4, 201)
    right.plot(fine, np.abs(gd.shrunk(fine, 1)), **TRUE_CURVE)
    right.plot(rates, factors, "o", color=NETWORK, markersize=8)
    right.axhline(1, color=MUTED, linewidth=1.6)
    right.set(
        xlim=(0, 0.4), ylim=(-0.04, 1.5), xlabel="learning rate", ylabel="error's factor a step"
    )
    right.set_xticks([0, 1 / 6, 1 / 3], ["0", "1/6", "1/3"])
    right.set_yticks([0, 1])
    words = ((0.02, 0.16, "crawls"), (0.2, 0.03, "lands"), (0.29, 0.5, "swings"))
    for x, y, text in (*words, (0.2, 1.16, "runs away")):
        label(right, x, y, text, INK)
    label(right, 0.02, 1.36, "dashed: |1 − 6·lr|", MUTED)
    return figure


@styled
def starts_map(panels, height=416):
    """Which start arrives: f over the starts, green where descent ends at a lowest point, orange elsewhere.

    panels: (text, starts (n,), arrived (n,)) each.
    """
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (text, starts, arrived) in zip(axes[0], panels, strict=True):
        heights = gd.valleys(starts)
        for where, color in ((arrived, REGULARIZED), (~arrived, OVERFIT)):
            panel.plot(starts, np.where(where, heights, np.nan), color=color, linewidth=6)
        for sign in (-1, 1):
            panel.plot(sign * gd.HIGHER, gd.valleys(gd.HIGHER), "s", color=OVERFIT, markersize=14)
            panel.plot(
                sign * gd.BOTTOM, gd.valleys(gd.BOTTOM), "o", color=REGULARIZED, markersize=15
            )
        panel.set(xlim=(-2.1, 2.1), ylim=(-1.2, 5.9), xlabel="start", yticks=[0, 2, 4])
        panel.set_xticks([-2, -1, 0, 1, 2])
        label(panel, 0, 5.5, text, INK, ha="center")
    axes[0, 0].set_ylabel("f = cos(2πx) + x²")
    first = axes[0, 0]
    label(first, 0, 3.9, "arrives", REGULARIZED, ha="center")
    label(first, 0, 3.1, "does not", OVERFIT, ha="center")
    return figure


@styled
def by_rate(rates, lines, height=416, start=False):
    """Share of all starts that arrive against the rate, log scale; dashed where the bottom lets go.

    lines: (text, shares (rates,), colour, at which point the label is, its dy) each; the first one lies
    under the others. start: rates are those in the beginning.
    """
    figure, axes = canvas(height=height)
    for marker, (text, shares, color, at, dy) in zip("os^Dv", lines, strict=False):
        width = 9 if marker == "o" else 3
        (line,) = axes.plot(rates, shares, f"{marker}-", color=color, markersize=9, linewidth=width)
        end = at == len(rates) - 1
        label_line(line, text, at, 14 if end else 0, dy, ha="left" if end else "center")
    axes.axvline(gd.EDGE, **DASHED)
    label(axes, gd.EDGE / 1.03, 1.13, "2/f″", MUTED, ha="right")
    said = "learning rate" + (" at the start" if start else "") + " (log scale)"
    axes.set(xscale="log", xlim=(rates[0] / 1.1, rates[-1] * 2.3), ylim=(-0.05, 1.2), xlabel=said)
    axes.set(ylabel="share of all starts", yticks=[0, 0.5, 1])
    shown = [tick for tick in RATE_TICKS if tick >= rates[0] / 1.1]
    axes.set_xticks(shown, [f"{tick:g}" for tick in shown])
    axes.set_xticks([], minor=True)
    return figure


@styled
def final_places(rates, ends, edges, height=485):
    """Where starts end, after each of the last two steps, against the rate.

    ends: (starts, 2, rates). edges: the rate at which each start's valley lets go.
    """
    figure, axes = canvas(height=height)
    for last, edge, color in zip(ends, edges, (REGULARIZED, OVERFIT), strict=True):
        axes.plot(np.tile(rates, 2), last.ravel(), "o", color=color, markersize=7)
        axes.axvline(edge, **DASHED)
        label(axes, 0.001, last[0, 0] + 0.14, f"ends at {last[0, 0]:.2f}", color)
    axes.set(xlim=(0, rates[-1] * 1.02), ylim=(0, 2), xlabel="learning rate", ylabel="x at the end")
    axes.set_yticks([0, 1, 2])
    return figure


@styled
def rate_and_steps(shares, rates, steps, height=485):
    """A map: dashes as long as the share of starts that stand still, (side, side); rates across."""
    figure, axes = canvas(height=height)
    side = len(shares)
    dashes(axes, shares, side / 2, NETWORK, linewidth=26)
    places = np.arange(side) + 0.5 - side / 2
    axes.set_xticks(places[::3], [f"{rate:.3g}" for rate in rates[::3]])
    axes.set_yticks(places[::3], [f"{count:,}" for count in steps[::3]])
    axes.set(xlabel="learning rate (doubles)", ylabel="steps (doubles)")
    return figure
