"""Figures of neurons, lines and rings."""

import numpy as np

from demos.core.charts import dashes
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    styled,
)
from demos.from_neuron_to_network.points import squared

LOOKS = (  # of a class: its marker and colour
    {"marker": "o", "color": INK, "markersize": 8},
    {"marker": "o", "color": SIGNAL, "markersize": 9, "fillstyle": "none", "markeredgewidth": 2.5},
    {"marker": "^", "color": MUTED, "markersize": 9},
)
GOAL = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 1}


def scatter(axes, x, y):
    """Points x (n, 2), a marker a class."""
    for k in np.unique(y):
        axes.plot(*x[y == k].T, linestyle="none", **LOOKS[k])


def border(axes, weights, bias, color=NETWORK):
    """The line where w x + b is 0, w (2,), as far as the axes go, whose limits are set."""
    w = np.asarray(weights, float)
    foot, along = -bias * w / (w @ w), np.array([-w[1], w[0]]) / np.linalg.norm(w)
    limits = np.array([axes.get_xlim(), axes.get_ylim()])
    hits = (limits - foot[:, None]) / np.where(along == 0, 1e-12, along)[:, None]
    first, last = np.sort(hits, 1).T  # where it enters and leaves either strip
    ends = foot + np.array([[first.max()], [last.min()]]) * along
    return axes.plot(*ends.T, color=color)[0]


def window(axes, x, y, ticks=None):
    """What is seen of a plane: (low, high) of both inputs."""
    axes.set(xlim=x, ylim=y, xlabel="first input", ylabel="second input")
    if ticks is not None:
        axes.set(xticks=ticks, yticks=ticks)


@styled
def through_the_origin(x, y, fits, height=416):
    """Points beside the origin, and the line of each neuron. fits: (text, (weights, bias), share right)."""
    figure, axes = canvas(len(fits), height=height, squeeze=False)
    for panel, (text, (weights, bias), right) in zip(axes[0], fits, strict=True):
        window(panel, (-1, 6), (-1, 6), [0, 2, 4, 6])
        scatter(panel, x, y)
        border(panel, weights, bias)
        panel.plot([0], [0], "+", color=INK, markersize=18, markeredgewidth=3)
        label(panel, 0.2, -0.55, "origin", INK, weight="normal")
        label(panel, 6, -0.55, f"{text}: {right:.0%} right", NETWORK, ha="right")
    return figure


@styled
def no_line(panels, height=416):
    """Points no line parts, and a trained neuron's. `panels`: (text, x, y, (weights, bias), ends)."""
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (text, x, y, (weights, bias), ends) in zip(axes[0], panels, strict=True):
        window(panel, ends, ends)
        border(panel, weights, bias)
        scatter(panel, x, y)
        label(panel, 0.5, 1.04, text, NETWORK, transform=panel.transAxes, ha="center", va="bottom")
    return figure


@styled
def feature_space(x, y, weights, bias, height=416):
    """Rings twice: as they come, and their second input against its squared distance; there w is a line's.

    weights (3,): of both inputs and the squared distance. Left its border is a circle.
    """
    figure, (plain, lifted) = canvas(2, height=height)
    first, second, third = np.asarray(weights, float)
    centre = -np.array([first, second]) / (2 * third)
    radius = np.sqrt(centre @ centre - bias / third)
    turn = np.linspace(0, 2 * np.pi, 201)
    scatter(plain, x, y)
    plain.plot(*(centre[:, None] + radius * np.stack([np.cos(turn), np.sin(turn)])), color=NETWORK)
    window(plain, (-1.6, 1.6), (-1.6, 1.6), [-1, 0, 1])
    lifted.set(xlim=(-1.6, 1.6), ylim=(0, 2.2), xticks=[-1, 0, 1], yticks=[0, 1, 2])
    scatter(lifted, squared(x)[:, [0, 2]], y)
    border(lifted, (first, third), bias)
    lifted.set(xlabel="first input", ylabel="x₁² + x₂²")
    return figure


@styled
def three_lines(x, y, weights, biases, height=485):
    """Three blobs and where two of three neurons answer alike, above the third.

    weights (3, 2), biases (3,).
    """
    figure, axes = canvas(height=height)
    window(axes, (-3, 9), (-3, 9))
    scatter(axes, x, y)
    for k, other, third in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
        line = border(axes, weights[k] - weights[other], biases[k] - biases[other])
        ends = np.stack(line.get_data(), 1)
        line.set_data(*cut(ends, weights[[k, third]], biases[[k, third]]).T)
    return figure


def cut(ends, weights, biases):
    """Of a segment, ends (2, 2), the part where the first of two neurons answers more than the second."""
    lead = (ends @ weights.T + biases) @ [1.0, -1.0]
    if lead[0] * lead[1] >= 0:
        return ends if lead.max() > 0 else ends[:0]
    meets = ends[0] + (ends[1] - ends[0]) * lead[0] / (lead[0] - lead[1])
    return np.stack([meets, ends[lead.argmax()]])


@styled
def slopes(values, loss, together, level, expected, height=416):
    """Loss and correlation against the true slope: medians and where nine in ten seeds lie.

    values (slopes,), loss and together (seeds, slopes); level: the noise's; expected (slopes,): a formula.
    """
    figure, (left, right) = canvas(2, height=height)
    between(left, values, loss, NETWORK)
    left.plot(values[[0, -1]], [level, level], **GOAL)
    label(left, values[-1], 1.65 * level, "dashed: variance of the noise", TRUTH, ha="right")
    left.set(ylim=(0, 2.2 * level), xlabel="true slope", ylabel="loss")
    between(right, values, together, NETWORK)
    right.plot(*expected, **GOAL)
    label(right, 0.45, 0.12, "|s| / √(s² + σ²)", TRUTH)
    right.set(ylim=(0, 1.05), xlabel="true slope", ylabel="correlation", yticks=[0, 0.5, 1])
    return figure


def between(axes, x, rows, color):
    """Medians of rows (seeds, len(x)), joined; and bars from the 5th to the 95th percentile."""
    low, middle, high = np.percentile(rows, [5, 50, 95], axis=0)
    for place, bottom, top in zip(x, low, high, strict=True):
        axes.plot([place, place], [bottom, top], color=color, linewidth=2.5, alpha=0.5)
    return axes.plot(x, middle, color=color, marker="o", markersize=9)[0]


@styled
def rings_live(cells, x, y, reach, steps, losses, height=430):
    """What a network makes of rings: a dash a cell, as long as it says inner; and log loss by step."""
    figure, (shaded, lost) = canvas(2, height=height)
    dashes(shaded, cells, reach, NETWORK)
    scatter(shaded, x, y)
    window(shaded, (-reach, reach), (-reach, reach), [-1, 0, 1])
    lost.plot(steps, losses, color=NETWORK)
    label(lost, 0.97, 0.93, "fresh points", NETWORK, transform=lost.transAxes, ha="right")
    lost.set(xlabel="step", ylabel="log loss", xlim=(0, steps[-1]), ylim=(0, 0.8))
    return figure
