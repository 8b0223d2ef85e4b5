"""Figures of `demos.correlations.compute`."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from demos.core.charts import strip, strips
from demos.core.style import INK, NETWORK, OVERFIT, SHADE, SIGNAL, canvas, label, styled

PERCENT = [0, 0.5, 1], ["0", "50 %", "100 %"]
GREY = {"cmap": "gray_r", "vmin": 0, "vmax": 1, "interpolation": "nearest"}
CHANGE = GREY | {"vmin": -1, "cmap": LinearSegmentedColormap.from_list("", [NETWORK, "w", OVERFIT])}
NAMES = 16  # room for them left of images, in pixels of those


@styled
def photos(rows, height=430):
    """Images in rows. `rows`: (name, images (n, 16, 16)), as many images in each."""
    figure, axes = canvas(height=height)
    gap = ((0, 0), (1, 1), (1, 1))
    framed = [np.pad(images, gap, constant_values=np.nan) for _, images in rows]
    sheet = np.concatenate([np.concatenate(list(images), axis=1) for images in framed])
    axes.imshow(np.ma.masked_invalid(sheet), **GREY)
    for row, (name, images) in enumerate(rows):
        tall = images.shape[1] + 2
        label(axes, -1, (row + 0.5) * tall, name, INK, ha="right")
    axes.set_xlim(-NAMES, sheet.shape[1])
    axes.set_axis_off()
    return figure


@styled
def two_by_two(objects, arms, images, shares):
    """What is in an album, object by arm. `objects`, `arms`: two names each, of rows and of columns.

    images[row][column]: two images (2, 16, 16). `shares`: (name, share[row][column], color) of each
    album, written beside them.
    """
    figure, axes = canvas(height=400)
    cell, tall = 52, 17  # in pixels of the images, as everything here
    for row, column in np.ndindex(2, 2):
        for n, image in enumerate(images[row][column]):
            left, top = column * cell + 17 * n, row * tall
            axes.imshow(image, **GREY, extent=(left, left + 16, top + 16, top))
        for line, (name, share, color) in enumerate(shares):
            text = f"{name} {100 * share[row][column]:.0f} %"
            label(axes, column * cell + 34.5, row * tall + 5.5 + 5 * line, text, color)
    for n in range(2):
        label(axes, -1, n * tall + 8, objects[n], INK, ha="right")
        label(axes, n * cell + 16.5, -2, arms[n], INK, ha="center")
    axes.set(xlim=(-NAMES, 2 * cell), ylim=(2 * tall, -4))
    axes.set_axis_off()
    return figure


@styled
def group_strips(panels):
    """Accuracy in the four groups over seeds. `panels`: (title, scores by group, color)."""
    figure, axes = canvas(len(panels), height=416, sharey=True, squeeze=False)
    for column, (panel, (title, scores, color)) in enumerate(zip(axes[0], panels, strict=True)):
        names = [name for name in scores if name not in ("worst", "test")]
        for row, name in enumerate(reversed(names)):
            strip(panel, row, scores[name], color)
            if column == 0:
                label(
                    panel, -0.05, row, name, INK, transform=panel.get_yaxis_transform(), ha="right"
                )
        panel.set(xlim=(-0.02, 1.02), ylim=(-0.6, len(names) - 0.4), yticks=[])
        panel.set_xticks(*PERCENT)
        panel.set_xlabel(title, color=color, weight="bold")
        panel.spines["left"].set_visible(False)
    return figure


@styled
def worst_strips(groups, height=485):
    """Accuracy in the worst group over seeds. `groups`: (name, values, color)."""
    figure, axes = canvas(height=height)
    strips(axes, groups)
    axes.set_xlim(-0.01, 1.01)
    axes.set_xticks(*PERCENT)
    axes.set_xlabel("right in the worst of the four groups")
    return figure


@styled
def answers(groups):
    """What networks answer where only one input carries a signal of 1. `groups`: as for `strips`."""
    figure, axes = canvas(height=200)
    strips(axes, groups)
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([0, 0.5, 1])
    axes.set_xlabel("answer where the signal is 1")
    return figure


@styled
def dreams(images, height=300):
    """Images that excite a network most. `images`: (text, pixels (16, 16), color).

    The first is the fair world's; beside each other one stands what it has more of, and less.
    """
    fair = images[0][1]
    panels = [(*images[0], GREY)]
    for text, image, color in images[1:]:
        panels += [(text, image, color, GREY), ("the difference", image - fair, color, CHANGE)]
    return in_a_row(panels, height)


@styled
def climb(images, height=290):
    """An image on its way uphill. `images`: (text, pixels (16, 16))."""
    return in_a_row([(text, image, INK, GREY) for text, image in images], height)


def in_a_row(panels, height):
    """Images side by side, each above its name. `panels`: (text, pixels, color, look)."""
    figure, axes = canvas(len(panels), height=height)
    for panel, (text, image, color, look) in zip(axes, panels, strict=True):
        panel.imshow(image, **look)
        panel.set(xticks=[], yticks=[])
        panel.set_xlabel(text, color=color, weight="bold")
    return figure


@styled
def scatters(panels, height=400):
    """Two numbers of many things. `panels`: (text, a, b, which are of a second kind or None) each."""
    figure, axes = canvas(len(panels), height=height)
    for panel, (text, a, b, second) in zip(axes, panels, strict=True):
        second = np.zeros(len(a), bool) if second is None else second
        for these, mark, color in ((~second, "o", NETWORK), (second, "s", SIGNAL)):
            panel.plot(a[these], b[these], mark, color=color, markersize=8, alpha=0.7, mew=0)
        panel.set(xticks=[], yticks=[], ylabel="b")
        panel.set_xlabel(f"a\n{text}")
    return figure


@styled
def cure(shares, mlp, cnn):
    """Worst group against the share of counterexamples. mlp, cnn: (len(shares), seeds)."""
    figure, axes = canvas(height=358)
    upper = np.median(cnn[-1]) > np.median(mlp[-1])
    dy = 0.04 if upper else -0.04  # names that do not lie on each other
    looks = (("MLP", mlp, NETWORK, "o-", -dy), ("CNN", cnn, SIGNAL, "s--", dy))
    for name, values, color, line, dy in looks:
        x = np.repeat(shares, values.shape[1])
        axes.plot(
            x, values.ravel(), line[0], color=color, alpha=0.3, markeredgewidth=0, markersize=9
        )
        axes.plot(shares, np.median(values, axis=1), line, color=color, markersize=11)
        label(axes, shares[-1] + 0.004, np.median(values[-1]) + dy, name, color)
    axes.set(ylim=(-0.02, 1.02), xlim=(-0.005, shares[-1] + 0.02), ylabel="worst group right")
    axes.set_yticks(*PERCENT)
    axes.set_xticks(shares, [f"{share:.0%}".replace("%", " %") for share in shares])
    axes.set_xlabel("training images replaced by counterexamples")
    return figure


@styled
def batches(panels):
    """Small tables of inputs and labels. `panels`: (title, color, inputs, labels, truth).

    inputs (n, 2), labels and truth (n,). Lost inputs stand on grey, wrong labels are vermillion.
    """
    figure, axes = canvas(len(panels), height=485)
    for panel, (title, color, inputs, labels, truth) in zip(axes, panels, strict=True):
        n = len(labels)
        for column, name in enumerate(("input 1", "input 2", "label")):
            label(panel, column, -1, name, INK, ha="center")
        for row in range(n):
            for column, value in enumerate((*inputs[row], labels[row])):
                lost, wrong = column < 2 and value == 0, column == 2 and value != truth[row]
                if lost:
                    panel.axhspan(row - 0.45, row + 0.45, column / 3, (column + 1) / 3, color=SHADE)
                paint = OVERFIT if wrong else INK
                weight = "bold" if wrong else "normal"
                label(panel, column, row, f"{value:.2f}", paint, ha="center", weight=weight)
        panel.set(xlim=(-0.5, 2.5), ylim=(n - 0.3, -1.6), xticks=[], yticks=[])
        panel.set_xlabel(title, color=color, weight="bold")
        panel.spines[:].set_visible(False)
    return figure
