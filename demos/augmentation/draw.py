"""Figures of augmentation, mixup and noise."""

import numpy as np

from demos.core.charts import strips, true_curve
from demos.core.style import (
    DATA,
    INK,
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
)

GREY = {"cmap": "gray_r", "vmin": 0, "vmax": 1, "interpolation": "nearest"}
GOAL = {"color": TRUTH, "linewidth": 3, "linestyle": (0, (4, 2)), "zorder": 1}
RING = {"marker": "o", "linestyle": "none", "markersize": 9, "fillstyle": "none"}


@styled
def album(rows, height=400):
    """Pictures in rows. `rows`: (name, pictures (n, 8, 8)), as many in each; a name may have two lines."""
    figure, axes = canvas(height=height)
    gap = ((0, 0), (1, 1), (1, 1))
    framed = [np.pad(images, gap, constant_values=np.nan) for _, images in rows]
    sheet = np.concatenate([np.concatenate(list(images), axis=1) for images in framed])
    axes.imshow(np.ma.masked_invalid(sheet), **GREY)
    side = sheet.shape[0] // len(rows)
    for row, column in np.ndindex(len(rows), sheet.shape[1] // side):
        left, top = column * side + 0.5, row * side + 0.5
        corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]) * (side - 2)
        axes.plot(*(corners + [left, top]).T, color=TRUTH, linewidth=1)
    for row, (name, _) in enumerate(rows):
        label(axes, -1, (row + 0.5) * side - 0.5, name, INK, ha="right")
    axes.set_xlim(-13, sheet.shape[1])
    axes.set_axis_off()
    return figure


@styled
def shares_right(panels, height=296):
    """Percent right, panels side by side. `panels`: (xlabel, ticks, groups) each, as wide as its ticks; a
    group: (name, values, colour), names at the first panel alone."""
    figure, axes = canvas(len(panels), height=height, squeeze=False)
    for n, (panel, (xlabel, ticks, groups)) in enumerate(zip(axes[0], panels, strict=True)):
        strips(
            panel, [(None if n else name, 100 * values, color) for name, values, color in groups]
        )
        panel.set(xticks=ticks, xlim=(ticks[0], ticks[-1]), xlabel=xlabel)
    return figure


@styled
def about(groups, xlabel, limits, place=0, height=296):
    """Strips about a dashed line at `place`. `groups`: (name, values, colour) from top to bottom."""
    figure, axes = canvas(height=height)
    axes.axvline(place, **GOAL)
    strips(axes, groups)
    axes.set(xlabel=xlabel, xlim=limits)
    return figure


@styled
def mixed_and_learned(x, seen, steps, plain, mixed, height=520):
    """Points and what two steps saw of them; log loss on fresh points without mixup and with it.

    x: (n, 2); seen: (m, 2); steps, plain, mixed: (L,).
    """
    figure, (plane, losses) = canvas(2, height=height)
    plane.plot(*seen.T, color=SIGNAL, markeredgewidth=3, **RING)
    plane.plot(*x.T, **DATA)
    plane.set(xlim=(-4, 4), ylim=(-4, 4.6), xlabel="first input", ylabel="second input")
    label(plane, -3.8, -3.6, "dots: data", INK)
    label(plane, -3.8, 4.3, "rings: what two steps saw", SIGNAL)
    for values, text, color in ((plain, "plain", OVERFIT), (mixed, "mixup", REGULARIZED)):
        (line,) = losses.plot(steps, values, color=color)
        label_line(line, text)
    losses.set(xlim=(0, 1.25 * steps[-1]), ylim=(0, None), xlabel="step")
    losses.set_ylabel("log loss on fresh points")
    losses.set_xticks(np.linspace(0, steps[-1], 3))
    return figure


@styled
def calmed(x, y, fits, groups, height=296):
    """Left, a noisy bump and fits, {name: (101,)} with colours; right, strips of RMSE, `groups`."""
    figure, (left, right) = canvas(2, height=height, width_ratios=[1, 1.2])
    true_curve(left)
    grid = np.linspace(0, 1, len(next(iter(fits.values()))[0]))
    for values, color in fits.values():
        left.plot(grid, values, color=color)
    left.plot(x, y, **DATA | {"markersize": 7})
    left.set(xlim=(-0.02, 1.02), ylim=(-1, 2.4), xlabel="x", ylabel="y", yticks=[0, 1, 2])
    left.set_xticks([0, 0.5, 1])
    strips(right, groups)
    right.set(xlim=(0, 0.8), xlabel="RMSE to the dashed bump")
    return figure


@styled
def approaching(counts, away, height=358):
    """Distance to Ridge against how many noisy copies, a thin line a seed: away (len(counts), seeds)."""
    figure, axes = canvas(height=height)
    for one in away.T[:32]:
        axes.plot(counts, one, color=NETWORK, linewidth=1.5, alpha=0.4)
    middle = np.median(away, 1)
    (line,) = axes.plot(counts, middle, color=NETWORK, linewidth=5)
    label_line(line, "median", dx=12)
    axes.plot(counts, middle[-1] * np.sqrt(counts[-1] / np.array(counts)), **GOAL)
    label(axes, 1.3, 4e-4, "dashed: 1/√copies", TRUTH)
    log_axis(axes.xaxis, 0, 4.6)
    log_axis(axes.yaxis, -4, 0.6)
    axes.set(xlabel="noisy copies (log scale)", ylabel="distance to Ridge")
    return figure


@styled
def turned(images, groups, xlabel, height=430):
    """Pictures (n, 8, 8) in a row, and strips about a dashed line at 0 below, `groups`."""
    figure, (above, below) = canvas(rows=2, height=height, height_ratios=[1, 2.2])
    sheet = np.concatenate([np.pad(image, 1, constant_values=np.nan) for image in images], 1)
    above.imshow(np.ma.masked_invalid(sheet), **GREY)
    above.set_axis_off()
    below.axvline(0, **GOAL)
    strips(below, groups)
    below.set(xlabel=xlabel, xlim=(-10, 5))
    return figure
