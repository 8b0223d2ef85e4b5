"""What the page walks, draws and says, against Python's walk."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.gradient_descent import compute as gd
from demos.gradient_descent.draw import FINE
from demos.gradient_descent.draw_hills import contours
from demos.gradient_descent.live import FALLS, readouts, walked


def ends(panel, kind):
    """Where the dots of a kind are, in pixels."""
    found = panel.group(f"dots {kind}")["children"]
    return np.array([[float(one["attributes"][c]) for c in ("cx", "cy")] for one in found])


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"steps": 0},
        {"start": 0.9, "second": -1.6, "lr": 0.03, "momentum": 0.5, "steps": 20},
        {"lr": 0.05, "rate": FALLS, "momentum": 0.8, "steps": 30},
        {"start": 0.3, "lr": 0.1, "rate": FALLS, "steps": 5},
    ],
    ids=str,
)
def test_paths_ends_and_readouts(page, moved):
    now = {
        "start": -1.8,
        "second": -1.0,
        "lr": 0.01,
        "rate": "stays",
        "momentum": 0.0,
        "steps": 100,
    }
    now |= moved
    page.show(live.gradient_descent(None, stored=([-1, 1], [2, 3])))
    page.move(**moved)
    line, plane = walked(**now)
    said = readouts(line, plane)
    page.says(**{"left:_x": said["x"], "height": said["height"], "right:_height": said["surface"]})
    curve, surface = panels(page("see")["svg"])
    curve.curve("truth", FINE, gd.valleys(FINE))
    curve.curve("talk", [-1, 1], [2, 3])
    for panel, xs, ys in ((curve, line, gd.valleys(line)), (surface, *plane.T)):
        path, shown = panel.pixels(xs, ys), panel.line("network")
        np.testing.assert_allclose(shown[[0, -1]], path[[0, -1]], atol=0.06)
        assert all(np.abs(path - point).max(1).min() < 0.06 for point in shown)
        panel.dots(xs[:51], ys[:51])
        np.testing.assert_allclose(ends(panel, "signal"), path[:1], atol=1e-3)
        np.testing.assert_allclose(ends(panel, "regularized"), path[-1:], atol=1e-3)
    assert labels(page("see")["svg"])["regularized"] == ["green: end"]


def test_level_lines_are_those_of_the_figures(page):
    page.show(live.gradient_descent(None))
    surface = panels(page("see")["svg"])[1]
    drawn = [one for one in surface.drawn if one["attributes"]["class"] == "line level"]
    assert len(drawn) == len(contours())
    for one, part in zip(drawn, contours(), strict=True):
        points = [[float(at) for at in p.split(",")] for p in one["attributes"]["points"].split()]
        np.testing.assert_allclose(points, surface.pixels(*part.T), atol=0.15)
