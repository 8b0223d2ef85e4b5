"""Figures of `demos.l2_penalty.compute`."""

import numpy as np

from demos.core.charts import strips, true_curve
from demos.core.curve import OUTSIDE_X, TRAIN_X, curve
from demos.core.style import DATA, INK, REGULARIZED, canvas, label, log_axis, shade_outside, styled


@styled
def outside(panels, height=520, ylim=(-1.6, 1.5)):
    """Networks on [-1, 2] side by side. `panels`: (name, predictions (n, 121), color) each."""
    figure, axes = canvas(len(panels), height=height, sharey=True, squeeze=False)
    for panel, (name, predictions, color) in zip(axes[0], panels, strict=True):
        true_curve(panel, OUTSIDE_X)
        thin = len(predictions) > 1
        panel.plot(OUTSIDE_X, predictions.T, color=color, linewidth=2 if thin else 4)
        panel.plot(TRAIN_X, curve(TRAIN_X), **DATA | {"markersize": 6})
        panel.set(xlim=(-1, 2), ylim=ylim, xlabel="x", xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
        shade_outside(panel)
        label(panel, 0.5, ylim[0] + 0.08, name, color, ha="center", va="bottom")
    axes[0, 0].set_ylabel("y")
    return figure


@styled
def outside_strips(groups, height=296):
    """Errors outside the data, one dot per seed. `groups`: (name, values, color, never trained)."""
    figure, axes = canvas(height=height)
    strips(axes, groups)
    axes.set(xlim=(0, 0.9), xlabel="RMSE outside the data")
    return figure


@styled
def strength_path(decays, outside_errors, losses, height=416):
    """Error outside (left) and training loss (right) against λ; rows of seeds, λ = 0 first."""
    figure, axes = canvas(2, height=height)
    for panel, values, name in (
        (axes[0], outside_errors, "RMSE outside the data"),
        (axes[1], losses, "training loss (log scale)"),
    ):
        places = np.arange(len(decays))
        for place, column in zip(places, values, strict=True):
            panel.plot([place] * len(column), column, "o", color=INK, alpha=0.3, markersize=8)
        panel.plot(places, np.median(values, axis=1), "D-", color=REGULARIZED, markersize=10)
        panel.set_xticks(places, [f"{decay:g}" for decay in decays])
        panel.set(xlabel="weight decay λ", ylabel=name)
    axes[0].set_ylim(0, 0.7)
    log_axis(axes[1].yaxis, -6, 1, 2)
    return figure


@styled
def slope_collapse(groups, height=430):
    """Steepness at the ends, against λ (left) and against lr · λ · steps (right), log-log.

    `groups`: (name, decays λ, lr · steps, slopes, (color, opacity), marker).
    """
    figure, axes = canvas(2, height=height, sharey=True)
    for row, (name, decays, dose, slopes, (color, alpha), marker) in enumerate(groups):
        look = {"color": color, "alpha": alpha, "markersize": 13}
        axes[0].plot(decays, slopes, marker, **look)
        axes[1].plot(dose * np.asarray(decays), slopes, marker, **look)
        axes[1].plot(0.12, 0.09 / 1.6**row, marker, **look)
        label(axes[1], 0.14, 0.09 / 1.6**row, name, color)
    log_axis(axes[0].yaxis, -2.2, 0)
    for panel, ticks, name in (
        (axes[0], [0.05, 0.1, 0.2, 0.4], "weight decay λ (log scale)"),
        (axes[1], [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4], "learning rate · λ · steps (log scale)"),
    ):
        panel.set_xscale("log")
        panel.minorticks_off()
        panel.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        panel.set(xlim=(ticks[0] * 0.8, ticks[-1] * 1.3), xlabel=name)
    axes[0].set_ylabel("slope at the ends")
    return figure
