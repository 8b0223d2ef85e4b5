"""Figures of the two moons: boundaries of their own networks, points with their own marks, in view."""

import numpy as np
import torch
from artists import in_view, line, named, strips_of
from matplotlib.colors import to_rgb
from torch import nn

from demos.core.style import INK, NETWORK, OVERFIT, PAPER, REGULARIZED, SIGNAL
from demos.opening import draw
from demos.opening.compute import moons


def upright(at):
    """A network that says "class 1" to the right of `at`."""
    network = nn.Linear(2, 1)
    with torch.no_grad():
        network.weight[:], network.bias[:] = torch.tensor([[1.0, 0.0]]), -at
    return network


def test_every_panel_has_its_networks_boundary_and_its_points():
    panels = []
    for at, seed, text, color in ((0.5, 1, "one", OVERFIT), (-1.25, 2, "two", REGULARIZED)):
        panels.append((upright(at), *moons(30, seed, 0.1), text, color))
    figure = draw.boundaries(panels)
    for axes, (network, x, y, text, color) in zip(figure.axes, panels, strict=True):
        at = -network.bias.item()
        areas, boundary = axes.collections
        (path,) = [path for path in boundary.get_paths() if len(path.vertices)]
        assert np.allclose(path.vertices[:, 0], at, atol=1e-5)
        assert np.allclose(boundary.get_edgecolor()[0, :3], to_rgb(color))
        left, right = areas.get_paths()  # where it says class 0, and class 1
        assert left.vertices[:, 0].max() <= at + 1e-5 <= right.vertices[:, 0].min() + 2e-5
        assert np.allclose(areas.get_facecolor()[:, :3], [to_rgb(NETWORK), to_rgb(SIGNAL)])
        for kind, marker, face in ((0, "o", INK), (1, "s", PAPER)):
            line(axes, *x[y == kind].T, marker=marker, markerfacecolor=face, linestyle="None")
        named(axes, text, color)
    in_view(figure)


def test_accuracies_are_strips_in_percent():
    groups = [("seen", np.array([1.0, 0.95]), OVERFIT), ("fresh", np.array([0.71, 0.9]), NETWORK)]
    figure = draw.accuracy_strips(groups)
    (axes,) = figure.axes
    strips_of(axes, groups)
    ticks = [tick.get_text() for tick in axes.get_xticklabels()]
    assert ticks == [f"{100 * at:.0f} %" for at in axes.get_xticks()]
    in_view(figure)


def test_the_points_alone_have_the_marks_of_their_class():
    x, y = moons(30, 3, 0.1)
    figure = draw.points(x, y)
    for kind, marker, face in ((0, "o", INK), (1, "s", PAPER)):
        line(figure.axes[0], *x[y == kind].T, marker=marker, markerfacecolor=face, linestyle="None")
    in_view(figure)


def test_bars_begin_at_zero_and_say_their_number():
    rows = [("before", 0.239, OVERFIT), ("after", 0.212, REGULARIZED)]
    figure = draw.bars(rows)
    (axes,) = figure.axes
    drawn = sorted(axes.patches, key=lambda bar: -bar.get_y())
    for bar, (_, share, color) in zip(drawn, rows, strict=True):
        assert (bar.get_x(), bar.get_width()) == (0, share)
        assert np.allclose(bar.get_facecolor()[:3], to_rgb(color))
    assert axes.get_xlim()[0] == 0
    names = dict(
        zip(axes.get_yticks(), [t.get_text() for t in axes.get_yticklabels()], strict=True)
    )
    assert [names[bar.get_y() + bar.get_height() / 2] for bar in drawn] == ["before", "after"]
    named(axes, "23.9 %", OVERFIT)
    named(axes, "21.2 %", REGULARIZED)
    in_view(figure)
