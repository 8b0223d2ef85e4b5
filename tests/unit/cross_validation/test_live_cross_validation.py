"""What the page shuffles, solves, draws and says, against Python after the same shuffles."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.cross_validation import compute as cv
from demos.cross_validation.live import ALONG, readouts


@pytest.mark.parametrize(
    "moved",
    [{}, {"shuffles": 2, "folds": 15, "data": 3}, {"shuffles": 64, "tested": 5, "folds": 2}],
    ids=str,
)
def test_splits_models_and_readouts(page, moved):
    now = {"shuffles": 10, "folds": 5, "tested": 20, "data": 0} | moved
    page.show(live.cross_validation(None, stored=([-1.6, 2.6], [0.5, 0.2])))
    page.move(**moved)
    said, folds = readouts(**now), now["folds"]
    page.says(
        digits=2,
        **{"one split": said["one"], f"{folds} folds": said["folds"]},
        **{"one split moves": said["one_moves"], "folds move": said["folds_move"]},
        **{"fresh points": said["fresh"]},
    )
    x, y = cv.moons(now["data"])
    orders = [cv.shuffled(seed, 100) for seed in range(now["shuffles"])]
    splits = [cv.single(order, now["tested"]) for order in orders]
    points, strips = panels(page("see")["svg"])
    (held,) = splits[-1]
    for name, some in (
        ("dots", (y == 0) & ~held),
        ("dots network thin", (y == 1) & ~held),
        ("dots signal", held),
    ):
        lie(points, name, *x[some].T)
    (weights,) = cv.fitted(x, y, splits[-1])
    boundary = -(weights[0] + weights[1] * np.array(ALONG)) / weights[2]
    points.curve("network", ALONG, boundary)
    points.curve("talk", [-1.6, 2.6], [0.5, 0.2])
    one = cv.estimate(x, y, np.stack(splits))
    many = cv.estimate(x, y, np.stack([cv.folds(order, folds) for order in orders]))
    assert said["one"] == one[-1] and said["folds_move"] == many.std(ddof=1)
    for name, values in (("overfit", one), ("regularized", many)):
        dots = strips.group(f"dots {name} thin")["children"]
        found = [float(dot["attributes"]["cx"]) for dot in dots]
        np.testing.assert_allclose(found, strips.x.pixel(values), atol=1e-3)
    truth = strips.x.pixel([said["fresh"]] * 2)
    np.testing.assert_allclose(strips.line("truth")[:, 0], truth, atol=0.06)


def lie(panel, name, x, y):
    """Assert that the dots of a kind lie at these points, in whichever order."""
    dots = panel.group(name)["children"]
    found = [[float(dot["attributes"][c]) for c in ("cx", "cy")] for dot in dots]
    np.testing.assert_allclose(sorted(found), sorted(panel.pixels(x, y).tolist()), atol=1e-3)


def test_rows_are_named_and_apart(page):
    page.show(live.cross_validation(None))
    words = labels(page("see")["svg"])
    assert words["overfit"] == ["one split"] and words["regularized"] == ["folds"]
    strips = panels(page("see")["svg"])[1]
    heights = [
        {float(dot["attributes"]["cy"]) for dot in strips.group(f"dots {name} thin")["children"]}
        for name in ("overfit", "regularized")
    ]
    assert max(heights[0]) < min(heights[1]) and len(heights[0]) == 10
