"""Figures of a good start."""

import numpy as np

from demos.a_good_start import compute as cp
from demos.a_good_start import compute_clipping as clip
from demos.core.charts import strips
from demos.core.style import (
    INK,
    MUTED,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SIGNAL,
    TRUTH,
    canvas,
    label,
    label_line,
    log_axis,
    styled,
    tick,
)

STARTS = {  # what they are called, and where beside their gradients
    "four": ("4/n", OVERFIT, (5, 12, 16)),
    "two": ("2/n", REGULARIZED, (5, 0, 18)),
    "one": ("1/n", NETWORK, (5, 12, -16)),
    "pytorch": ("PyTorch", SIGNAL, (6, 12, -14)),
}
SUMS = np.linspace(-6, 6, 241)
BINS = np.linspace(-1, 1, 41)  # of histograms: tanh stays within


def bends(z):
    """(name, values, slopes, colour) of sigmoid, tanh and ReLU at z."""
    sigmoid, tanh = 1 / (1 + np.exp(-z)), np.tanh(z)
    return (
        ("ReLU", np.maximum(z, 0), (z > 0).astype(float), REGULARIZED),
        ("tanh", tanh, 1 - tanh**2, NETWORK),
        ("sigmoid", sigmoid, sigmoid * (1 - sigmoid), OVERFIT),
    )


@styled
def slopes():
    """Three activations on the left, how steep they are on the right."""
    figure, axes = canvas(2, height=430)
    for name, values, steep, color in bends(SUMS):
        for panel, line in zip(axes, (values, steep), strict=True):
            panel.plot(SUMS, line, color=color)
        places = {
            "ReLU": ((1.3, 1.8), (2.2, 0.93)),
            "tanh": ((-2.3, -0.75), (-1.2, 0.75)),
            "sigmoid": ((-2.3, 0.3), (-1.8, 0.33)),
        }[name]
        for panel, place in zip(axes, places, strict=True):
            label(panel, *place, name, color, ha="left" if place[0] > 2 else "right")
    axes[0].set(ylim=(-1.2, 2.2), yticks=[-1, 0, 1, 2], ylabel="activation")
    axes[1].axhline(0.25, color=TRUTH, linewidth=3, linestyle=(0, (4, 2)), zorder=1)
    axes[1].set(ylim=(-0.03, 1.1), yticks=[0, 0.25, 0.5, 1], ylabel="its slope")
    for panel in axes:
        panel.set(xlabel="sum that comes in", xticks=[-5, 0, 5])
    return figure


@styled
def by_layer(panels, height=430):
    """Sizes along the layers on logarithmic axes, side by side, a line a start.

    panels: (what, rows, wide) each: rows (name, sizes (depth,), colour, (layer, dx, dy) of the name), and
    how much wider than its layers the panel is, for names at its end.
    """
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for panel, (what, rows, wide) in zip(axes[0], panels, strict=True):
        sizes = np.log10(np.concatenate([row[1] for row in rows]))
        low, high = sizes.min() - 0.5, sizes.max() + 0.5
        log_axis(panel.yaxis, low, high, step=max(1, int(np.ceil((high - low) / 6))))
        for name, values, color, (layer, dx, dy) in rows:
            (line,) = panel.plot(np.arange(1, len(values) + 1), values, color=color)
            label_line(line, name, at=layer - 1, dx=dx, dy=dy)
        panel.set(xlim=(0, wide * len(values)), xlabel="layer", ylabel=what)
        panel.set_xticks([1, *range(10, len(values) + 1, 10)])
    return figure


def both_ways(through, height=430):
    """Activations and gradients of several starts along the layers: {name of STARTS: `Passes`}."""
    there, back = [], []
    for name, (text, color, at) in STARTS.items():
        there.append((text, cp.spread(through[name].activations), color, (cp.DEPTH, 10, 0)))
        back.append((text, cp.spread(through[name].gradients), color, at))
    return by_layer([("activations", there, 1.4), ("gradients", back, 1.05)], height)


@styled
def histograms(rows, height=430):
    """Histograms of five layers, Glorot and Bengio's way: rows of panels, a line a layer.

    rows: (what, reach, [(start, values (depth, ...)), …]) each: bins go from -reach to reach.
    """
    figure, axes = canvas(len(rows[0][2]), height=height, rows=len(rows), squeeze=False)
    middles = (BINS[1:] + BINS[:-1]) / 2
    for row, (what, reach, starts) in zip(axes, rows, strict=True):
        for panel, (start, values) in zip(row, starts, strict=True):
            for layer, some in enumerate(values):
                share = np.histogram(some / reach, BINS)[0] / some.size
                shade = 0.25 + 0.75 * layer / max(len(values) - 1, 1)
                panel.plot(middles, share, color=NETWORK, alpha=shade, linewidth=3)
            panel.set(xlim=(-1, 1), yticks=[])
            panel.set_xticks([-1, 0, 1], [tick(end * reach) for end in (-1, 0, 1)])
            panel.spines["left"].set_visible(False)
            label(panel, 0.01, 0.86, what, INK, transform=panel.transAxes)
            label(panel, 0.99, 0.86, start, MUTED, transform=panel.transAxes, ha="right")
    first = axes[0, 0]
    for up, text, shade in ((0.6, "layer 1", 0.6), (0.36, f"layer {len(values)}", 1)):
        label(first, 0.01, up, text, NETWORK, alpha=shade, transform=first.transAxes)
    return figure


@styled
def by_depth(depths, rows, height=400):
    """Gradient of the first layer over the last one's against the depth: (name, medians, colour) each."""
    figure, axes = canvas(height=height)
    log_axis(axes.yaxis, -12.5, 0.8, step=3)
    for n, (name, medians, color) in enumerate(rows):
        (line,) = axes.plot(depths, medians, "o^sD"[n] + "-", color=color, markersize=12)
        label_line(line, name, dx=16, dy=12 if n == 0 else -12 if n == 1 else 0)
    axes.set(xlim=(0, depths[-1] * 1.45), xlabel="hidden layers", ylabel="first over last gradient")
    axes.set_xticks(depths)
    return figure


@styled
def learned(groups, bound, height=400):
    """The best share of points right, a dot a seed, about the line that counts as learned.

    groups: (name, shares, colour) from top to bottom.
    """
    figure, axes = canvas(height=height)
    axes.axvline(bound, color=TRUTH, linewidth=3, linestyle=(0, (4, 2)))
    strips(axes, groups)
    axes.set(xlim=(0.4, 1.02), xlabel="best share of its points right, a dot a network")
    return figure


@styled
def cliff(paths, height=430):
    """The loss along w with descents on it, and how far each is from its goal, step by step.

    paths: (name, w (steps + 1,), colour, (step, dx, dy) of the name) each.
    """
    figure, axes = canvas(2, height=height)
    w = np.linspace(-0.2, 1.12, 400)
    axes[0].plot(w, clip.loss(w), color=INK)
    axes[0].set(xlim=(-0.2, 1.14), ylim=(-1, 26), xlabel="w", ylabel="(w³⁰ − 0.7)²")
    axes[0].set(xticks=[0, 0.5, 1], yticks=[0, 10, 20])
    log_axis(axes[1].yaxis, -4.2, 1)
    for name, path, color, (step, dx, dy) in paths:
        inside = path[:: max(1, len(path) // 60)]
        inside = inside[(inside > -0.2) & (inside < 1.14)]
        axes[0].plot(inside, clip.loss(inside), "o", color=color, markersize=11)
        away = np.maximum(np.abs(path - clip.GOAL), 1e-9)
        (line,) = axes[1].plot(np.arange(len(path)), away, color=color)
        label_line(line, name, at=step, dx=dx, dy=dy)
    axes[1].set(xlabel="step", ylabel="distance from the goal")
    return figure


@styled
def directions(gradient, turned, height=416):
    """A step against a gradient along (w, b): whole, by norm and by value; and how far many turned.

    turned: (name, degrees (seeds,), colour) from top to bottom.
    """
    figure, axes = canvas(2, height=height, width_ratios=[1, 1.2])
    left, right = axes
    whole = -1.75 * gradient / np.linalg.norm(gradient)
    left.plot([0, whole[0]], [0, whole[1]], color=TRUTH, linestyle=(0, (4, 2)), linewidth=3)
    label(left, whole[0], whole[1] - 0.2, "unclipped", MUTED)
    ways = (
        ("by value", clip.by_value, OVERFIT, -0.2),
        ("by norm", clip.by_norm, REGULARIZED, 0.22),
    )
    for name, way, color, up in ways:
        along_w, along_b = -way(gradient)
        left.plot([0, along_w], [0, along_b], color=color, linewidth=6)
        left.plot(along_w, along_b, "o", color=color, markersize=14)
        label(left, along_w, along_b + up, name, color, ha="center")
    left.plot(0, 0, "o", color=INK, markersize=12)
    left.set(xlim=(-1.9, 0.3), ylim=(-1.4, 0.4), aspect="equal", xticks=[-1, 0], yticks=[-1, 0])
    left.set(xlabel="step along w", ylabel="along b")
    strips(right, turned)
    right.set(xlim=(-1, 46), xlabel="degrees turned, a dot a start", xticks=[0, 15, 30, 45])
    return figure
