"""Figures of `demos.correlations.compute`."""

import numpy as np

from demos.core.charts import strip, strips
from demos.core.style import INK, NETWORK, OVERFIT, SHADE, SIGNAL, canvas, label, styled

PERCENT = [0, 0.5, 1], ["0", "50 %", "100 %"]
GREY = {"cmap": "gray_r", "vmin": 0, "vmax": 1, "interpolation": "nearest"}


@styled
def photos(rows):
    """Images in rows. `rows`: (name, images (n, 16, 16)), as many images in each."""
    figure, axes = canvas(height=430)
    gap = ((0, 0), (1, 1), (1, 1))
    framed = [np.pad(images, gap, constant_values=np.nan) for _, images in rows]
    sheet = np.concatenate([np.concatenate(list(images), axis=1) for images in framed])
    axes.imshow(np.ma.masked_invalid(sheet), **GREY)
    for row, (name, images) in enumerate(rows):
        height = images.shape[1] + 2
        label(axes, -1, (row + 0.5) * height, name, INK, ha="right")
    axes.set_xlim(-15, sheet.shape[1])  # room for the names
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
def dreams(images):
    """Images that excite a network most. `images`: (text, pixels (16, 16), color)."""
    figure, axes = canvas(len(images), height=416)
    for panel, (text, image, color) in zip(axes, images, strict=True):
        panel.imshow(image, **GREY)
        panel.set(xticks=[], yticks=[])
        panel.set_xlabel(text, color=color, weight="bold")
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
    figure, axes = canvas(len(panels), height=430)
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
