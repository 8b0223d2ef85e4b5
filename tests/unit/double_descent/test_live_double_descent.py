"""What the page draws, fits and says, against Python's problem of the same seed."""

import numpy as np
import pytest
from drawn import NEAR, labels, panels
from rooms import live

from demos.double_descent import compute as dd
from demos.double_descent.live import readouts


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"features": 40},
        {"features": 1000, "strength": 0.1},
        {"features": 30, "strength": 3.0, "seed": 5},
        {"features": 60, "points": 80},
        {"features": 400, "points": 20, "seed": 2},
    ],
    ids=str,
)
def test_errors_answers_and_readouts(page, moved):
    now = {"features": 20, "strength": 0.0, "points": 40, "seed": 0} | moved
    page.show(live.double_descent(None, stored=([5, 1000], [0.5, 0.2])))
    page.move(**moved)
    said = readouts(**now)
    page.says(
        test_error=said["error"],
        training_error=said["training"],
        length_of_the_weights=said["length"],
    )
    given = dd.problem(now["seed"], now["points"])
    by, scatter = panels(page("see")["svg"])
    widths = sorted({*dd.WIDTHS, now["features"], now["points"]})
    by.curve("overfit", widths, dd.by_width(given, widths, now["strength"]).error)
    by.curve("truth", [now["points"]] * 2, [0.01, 1e4])
    by.curve("talk", [5, 1000], [0.5, 0.2])
    own, fresh = (
        dd.features(x, given.directions[: now["features"]]) for x in (given.x, given.fresh)
    )
    answers = fresh @ dd.inverse(own, now["strength"]) @ given.y
    dots = [
        [float(one["attributes"][name]) for name in ("cx", "cy")]
        for one in scatter.group("dots signal")["children"]
    ]
    inside = np.abs(answers) < 4
    expected = scatter.pixels(given.truth[inside], answers[inside])
    np.testing.assert_allclose(dots, expected, rtol=0, atol=NEAR)
    scatter.curve("truth", [-4, 4], [-4, 4])
    assert "fresh points" in labels(page("see")["svg"])["signal"]


def test_the_mark_stands_on_the_curve_where_the_slider_is(page):
    page.show(live.double_descent(None, features=160))
    by, _ = panels(page("see")["svg"])
    (mark,) = by.group("dots")["children"]
    at = [float(mark["attributes"][name]) for name in ("cx", "cy")]
    (expected,) = by.pixels([160], [readouts(160)["error"]])
    np.testing.assert_allclose(at, expected, rtol=0, atol=NEAR)
