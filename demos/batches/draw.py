"""Figures of batches."""

import numpy as np

from demos.batches import paths
from demos.batches.page import LEVELS
from demos.core.charts import strips
from demos.core.style import (
    DATA,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SCALE,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
)

DASHED = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 1}
RATIOS = (0.5, 1, 2, 4, 8)


@styled
def shares(sizes, drawn, formula):
    """A batch's variance, of one point's, against its size: {way: (len(sizes),)} each, a way a line."""
    figure, axes = canvas(height=358)
    axes.set(xscale="log", yscale="log")
    for (way, values), color, marker in zip(
        formula.items(), (OVERFIT, REGULARIZED), "os", strict=True
    ):
        keep = values > 0  # all points at once have no variance, and no place on a log axis
        axes.plot(sizes[keep], values[keep], color=color)
        axes.plot(sizes[keep], drawn[way][keep], marker, color=color, markersize=10)
    label(axes, sizes[-1], 0.06, "with replacement", OVERFIT, ha="right")
    label(axes, sizes[-1] / 5, 0.012, "without", REGULARIZED, ha="right")
    label(axes, 1.0, 0.006, "dots: drawn; lines: formula", MUTED, weight="normal")
    axes.set_xticks(sizes, [f"{size:g}" for size in sizes])
    axes.set_xticks([], minor=True)
    log_axis(axes.yaxis, -2.5, 0.15)
    axes.set(xlabel="points in a batch, of 120", ylabel="variance, of one point’s")
    return figure


@styled
def by_clocks(sizes, in_epochs, in_steps, height=296):
    """Training loss by epochs and by steps, a line a batch size: (epochs, steps, losses) each, (looks,)."""
    figure, panels = canvas(2, height=height, sharey=True)
    for size, (epochs, _, losses), color in zip(sizes, in_epochs, SCALE, strict=True):
        (line,) = panels[0].plot(epochs, losses, color=color)
        label_line(line, f"{size}")
    for (_, steps, losses), color, width in zip(in_steps, SCALE, (14, 8, 3), strict=True):
        panels[1].plot(steps, losses, color=color, linewidth=width)
    label(panels[1], 20, 0.3, f"{sizes[0]}, {sizes[1]} and {sizes[2]}: one line", MUTED)
    panels[0].set(xlabel="epoch", ylabel="training loss", ylim=(0, 1.2), xlim=(0, 56))
    panels[1].set(xlabel="step", xlim=(0, None))
    return figure


@styled
def rows(groups, xlabel, low, height=358):
    """Strips one above the other, on a log axis from 10^low. `groups`: (name, values, colour) each."""
    figure, axes = canvas(height=height)
    log_axis(axes.xaxis, low, 2.2)
    strips(axes, groups)
    axes.set_xlabel(xlabel)
    return figure


@styled
def differences(panels, height=358):
    """Strips about a dashed line at 0, a panel a quantity. `panels`: (xlabel, ticks, values, colour) each.

    A panel is as wide as its ticks, whatever rounding does to the marks.
    """
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (xlabel, ticks, values, color) in zip(axes[0], panels, strict=True):
        panel.axvline(0, **DASHED)
        strips(panel, [(None, values, color)])
        panel.set(xlabel=xlabel, xticks=ticks, xlim=(ticks[0], ticks[-1]))
    return figure


@styled
def ratios(groups, height=358):
    """Strips on a log axis about a dashed line at 1. `groups`: (name, values, colour) each."""
    figure, axes = canvas(height=height)
    axes.set_xscale("log", base=2)
    axes.axvline(1, **DASHED)
    strips(axes, groups)
    axes.set_xlim(RATIOS[0], RATIOS[-1])
    axes.set_xticks(RATIOS, [f"{tick:g}" for tick in RATIOS])
    axes.set_xlabel("variance in batches of 8, over that by all points")
    return figure


@styled
def orders(rates, plain, smith):
    """How far the mean of all orders is from two flows, against the rate: (len(rates),) each."""
    figure, axes = canvas(height=388)
    for values, text, color in (
        (plain, "the plain loss", OVERFIT),
        (smith, "Smith’s loss", REGULARIZED),
    ):
        (line,) = axes.plot(rates, values, "o-", color=color, markersize=10)
        label_line(line, text)
    axes.set(xscale="log", xlim=(rates[0] * 0.9, rates[-1] * 2.4))
    axes.set_xticks(rates, [f"{rate:g}" for rate in rates])
    axes.set_xticks([], minor=True)
    ends = np.floor(np.log10(smith.min())), np.ceil(np.log10(plain.max()))
    log_axis(axes.yaxis, *ends)
    axes.set(xlabel="learning rate (log)", ylabel="distance of the mean end (log)")
    return figure


@styled
def walk(walks, whole):
    """Paths on rings of equal loss, and losses against the step: (runs, steps + 1, 2); (steps + 1, 2)."""
    figure, (places, curve) = canvas(2, height=400, width_ratios=(0.46, 0.54))
    for level in LEVELS:
        places.plot(*paths.ellipse(level), color=TRUTH, linewidth=1.5, zorder=1)
    places.plot(*walks[0].T, color=NETWORK)
    places.plot(*walks[:, -1].T, **DATA | {"markersize": 7})
    places.set(xlim=(-1.6, 2.2), ylim=(-0.8, 2.6), xlabel="intercept", ylabel="slope")
    label(places, -1.5, -0.6, "dots: where all end", MUTED, weight="normal")
    lost = paths.excess(walks)
    for one in lost[1:]:
        curve.plot(one, color=NETWORK, linewidth=1, alpha=0.25)
    curve.plot(lost[0], color=NETWORK)
    curve.plot(paths.excess(whole), **DASHED | {"zorder": 4})
    log_axis(curve.yaxis, -5, 1)
    curve.set(xlabel="step", ylabel="loss over the best (log)", xlim=(0, walks.shape[1] - 1))
    label(curve, len(whole) + 2, 3, "all points at once", TRUTH)
    return figure
