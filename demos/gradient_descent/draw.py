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
    for (text, x), color in zip(paths, (*SCALE, OVERFIT), strict=True):
        (line,) = left.plot(np.arange(len(x)), x, "o-", color=color, markersize=8, linewidth=3)
        label_line(line, text)
    left.axhline(gd.PARABOLA_MINIMUM, **DASHED)
    steps = len(paths[0][1]) - 1
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
    for x, y, text in ((0.02, 0.16, "crawls"), (0.19, 0.62, "swings"), (0.24, 1.2, "runs away")):
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
def by_rate(rates, lines, height=416, note="2/f″", start=False):
    """Share of all starts that arrive against the rate, log scale.

    lines: (text, shares (rates,), colour, point number of the label, its dy) each. start: rates are those
    in the beginning.
    """
    figure, axes = canvas(height=height)
    for marker, (text, shares, color, at, dy) in zip("os^Dv", lines, strict=False):
        (line,) = axes.plot(rates, shares, f"{marker}-", color=color, markersize=9, linewidth=3)
        label_line(
            line, text, at=at, dx=14 if at == -1 else 0, dy=dy, ha="left" if at == -1 else "center"
        )
    axes.axvline(gd.EDGE, **DASHED)
    label(axes, gd.EDGE * 1.03, 1.13, note, MUTED)
    said = "learning rate" + (" at the start" if start else "") + " (log scale)"
    axes.set(xscale="log", xlim=(rates[0] / 1.1, rates[-1] * 2.3), ylim=(-0.05, 1.2), xlabel=said)
    axes.set(ylabel="share of all starts", yticks=[0, 0.5, 1])
    axes.set_xticks(RATE_TICKS, [f"{tick:g}" for tick in RATE_TICKS])
    axes.set_xticks([], minor=True)
    return figure


@styled
def final_places(rates, ends, height=485):
    """Where one start ends, after the last two steps, against the rate. ends: (2, rates)."""
    figure, axes = canvas(height=height)
    for place in (-gd.HIGHER, -gd.BOTTOM, gd.BOTTOM, gd.HIGHER):
        axes.axhline(place, **DASHED)
    for last in ends:
        arrived = gd.arrived(last)
        for where, color, marker in ((arrived, REGULARIZED, "o"), (~arrived, OVERFIT, "s")):
            if where.any():
                axes.plot(
                    rates[where], last[where], marker, color=color, markersize=8, linestyle="none"
                )
    axes.axvline(gd.EDGE, color=INK, linewidth=2)
    label(axes, gd.EDGE * 1.005, 1.95, "2/f″: two places in turn", INK)
    axes.set(
        xlim=(0, rates[-1] * 1.22), ylim=(-1.8, 2.2), xlabel="learning rate", ylabel="x at the end"
    )
    axes.set_yticks([-1, 0, 1])
    return figure


@styled
def rate_and_steps(shares, rates, steps, height=485):
    """A map: dashes as long as the share of starts that stand still, (side, side); rates across."""
    figure, axes = canvas(height=height, width=820)
    side = len(shares)
    dashes(axes, shares, side / 2, NETWORK, linewidth=26)
    places = np.arange(side) + 0.5 - side / 2
    axes.set_xticks(places[::3], [f"{rate:.3g}" for rate in rates[::3]])
    axes.set_yticks(places[::3], [f"{count:,}" for count in steps[::3]])
    axes.set(xlabel="learning rate (doubles)", ylabel="steps (doubles)")
    return figure
