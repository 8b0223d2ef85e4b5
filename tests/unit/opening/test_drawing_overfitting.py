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
