"""Figures of width and depth, and of linear against ReLU: strips and curves of share right."""

import numpy as np

from demos.core.charts import strips
from demos.core.style import (
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SCALE,
    canvas,
    label,
    label_line,
    styled,
)
from demos.from_neuron_to_network.draw import between

NAMES = {  # of networks with and without bends, from top to bottom: name and colour
    "straight": ("linear, 2-16-1-1", NETWORK),
    "bottleneck": ("ReLU, 2-16-1-1", OVERFIT),
    "straight_wide": ("linear, 2-16-16-1", NETWORK),
    "wide": ("ReLU, 2-16-16-1", REGULARIZED),
}


@styled
def bends(found, height=416):
    """Shares right of the four networks, a strip each. found: {quantity: (seeds,)}."""
    figure, axes = canvas(height=height)
    strips(axes, [(name, found[key], color) for key, (name, color) in NAMES.items()])
    axes.set(xlabel="share right, fresh points", xlim=(0.45, 1), xticks=[0.5, 0.75, 1])
    return figure


@styled
def widths(units, kinds, height=416):
    """Share right against the units in a layer, a curve a way to train; bars hold nine in ten seeds.

    `kinds`: (text, rows (seeds, units), colour, at which units the text stands, how far below).
    """
    figure, axes = canvas(height=height)
    places = np.log2(units)
    for text, rows, color, at, dy in kinds:
        label_line(between(axes, places, rows, color), text, at=at, dx=14, dy=-dy)
    axes.set_xticks(places, [f"{n}" for n in units])
    axes.set(xlabel="units in each of two hidden layers", ylabel="share right", ylim=(0.2, 1.02))
    axes.set(xlim=(places[0] - 0.3, places[-1] + 0.3), yticks=[0.25, 0.5, 0.75, 1])
    return figure


@styled
def depths(curves, steps, height=416):
    """Share right along the training, log scale, a curve a depth: {name: (L,)}, shallow to deep."""
    figure, axes = canvas(height=height)
    ticks = 10 ** np.arange(1, int(np.log10(steps[-1])) + 1)
    for row, ((name, right), color) in enumerate(zip(curves.items(), SCALE, strict=True)):
        axes.plot(steps[1:], right[1:], color=color)
        label(axes, 0.98, 0.4 - 0.14 * row, name, color, transform=axes.transAxes, ha="right")
    axes.set(
        xscale="log", xlim=(ticks[0], steps[-1]), ylim=(0.2, 1.02), yticks=[0.25, 0.5, 0.75, 1]
    )
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="step (log scale)", ylabel="share right, median")
    return figure
