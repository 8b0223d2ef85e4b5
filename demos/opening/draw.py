"""Figures of `demos.opening.compute`."""

from demos.core.charts import strips
from demos.core.style import DATA, INK, NETWORK, PAPER, SIGNAL, canvas, label, styled
from demos.opening.compute import surface

LOW, HIGH = (-2, -1.9), (3, 2.1)


def two_kinds(panel, x, y):
    """Points x (n, 2): dots of class 0, open squares of class 1."""
    for kind, marker, face in ((0, "o", INK), (1, "s", PAPER)):
        style = DATA | {"marker": marker, "markerfacecolor": face, "markeredgewidth": 2.5}
        panel.plot(*x[y == kind].T, **style)
    panel.set(xlim=(LOW[0], HIGH[0]), ylim=(LOW[1], HIGH[1]), xticks=[], yticks=[])


@styled
def points(x, y):
    """The points alone: x (n, 2), y (n,), 0 or 1."""
    figure, axes = canvas(height=520)
    two_kinds(axes, x, y)
    return figure


@styled
def bars(rows, height=300):
    """Shares as bars from zero, each with its number. `rows`: (name, share, color) from the top."""
    figure, axes = canvas(height=height)
    places = range(len(rows))[::-1]
    for place, (_, share, color) in zip(places, rows, strict=True):
        axes.barh(place, share, height=0.6, color=color)
        label(axes, share + 0.004, place, f"{share:.1%}".replace("%", " %"), color)
    axes.set_yticks(places, [name for name, *_ in rows])
    axes.tick_params(axis="y", length=0, pad=12)
    axes.set(xlim=(0, max(share for _, share, _ in rows) * 1.15), xlabel="wrong answers")
    axes.set_xticks([0, 0.1, 0.2], ["0", "10 %", "20 %"])
    return figure


@styled
def boundaries(panels):
    """Where networks draw the line, side by side.

    `panels`: (network, x (n, 2), y (n,), text, colour of the line and the text).
    """
    figure, axes = canvas(len(panels), height=430, sharey=True, squeeze=False)
    for panel, (network, x, y, text, color) in zip(axes[0], panels, strict=True):
        across, up, logit = surface(network, LOW, HIGH)
        panel.contourf(across, up, logit, [-1e9, 0, 1e9], colors=[NETWORK, SIGNAL], alpha=0.18)
        panel.contour(across, up, logit, [0], colors=color, linewidths=4)
        two_kinds(panel, x, y)
        label(panel, 0.02, 0.03, text, color, transform=panel.transAxes, va="bottom")
    return figure


@styled
def accuracy_strips(groups):
    """Accuracies over seeds. `groups`: (name, values 0 to 1, color) from top to bottom."""
    figure, axes = canvas(height=400)
    strips(axes, groups)
    axes.set_xlim(0.7, 1.01)
    axes.set_xticks([0.7, 0.8, 0.9, 1], ["70 %", "80 %", "90 %", "100 %"])
    axes.set_xlabel("share of points on the right side")
    return figure
