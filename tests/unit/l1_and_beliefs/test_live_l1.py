"""What the page solves, draws and says, against scikit-learn's weights for the same problem."""

import numpy as np
import pytest
from drawn import kind, labels, panels
from rooms import live

from demos.l1_and_beliefs import compute as l1
from demos.l1_and_beliefs.live import readouts, shown
from demos.l1_and_beliefs.page import ALPHAS, MIXES, UPPER, products

GROUPS = {"cloud": range(6, 40), "network": range(1, 5), "signal": (0, 5)}
TALK = {"alpha": 0.1, "mix": 1.0, "noise": 1.0, "seed": 0}


def curves(panel, name, count):
    """The curves that one line joins, without its ends out of sight, each from left to right: pixels."""
    words = panel.group(f"line {name}")["attributes"]["points"].split()
    points = np.array([[float(at) for at in word.split(",")] for word in words])
    points = points.reshape(len(GROUPS[name]), count + 2, 2)
    inside, out = points[:, 1:-1, 0], points[:, [0, -1], 0]
    assert ((out < inside.min() - 100) | (out > inside.max() + 100)).all()
    return [own[:: -1 if n % 2 else 1] for n, own in enumerate(points[:, 1:-1])]


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"alpha": 0.02, "mix": 0.5},
        {"mix": 0.0, "seed": 3},
        {"alpha": 1.0, "mix": 0.05, "noise": 0.2},
    ],
    ids=str,
)
def test_it_solves_draws_and_says_what_scikit_learn_finds(page, moved):
    now = TALK | moved
    page.show(live.l1_and_beliefs(None, stored=([0.1, 1.0], [2.0, 3.0])))
    page.move(**moved)
    said = readouts(**now)
    page.says(share_at_zero=said["zeros"], error=said["error"], difference_of_twins=said["twins"])
    by_strength, by_mix, errors = shown(**now)
    drawn = panels(page("see")["svg"])
    for panel, at, weights in zip(drawn, (ALPHAS, MIXES), (by_strength, by_mix), strict=False):
        for name, features in GROUPS.items():
            for own, feature in zip(curves(panel, name, len(at)), features, strict=True):
                np.testing.assert_allclose(own[:, 1], panel.y.pixel(weights[:, feature]), atol=0.15)
    for panel, place in zip(drawn, (now["alpha"], now["mix"], now["alpha"]), strict=True):
        dashed = panel.line("truth")
        assert np.ptp(dashed[:, 0]) == 0 and np.ptp(dashed[:, 1]) > 200
        assert panel is drawn[1] or panel.x.value(dashed[0, 0]) == pytest.approx(place, rel=0.01)
    drawn[2].curve("regularized", ALPHAS, errors, near=0.1)
    drawn[2].curve("talk", [0.1, 1.0], [2.0, 3.0])
    assert labels(page("see")["svg"])["signal"] == ["twins"]


def test_the_share_of_l1_is_marked_where_it_is(page):
    page.show(live.l1_and_beliefs(None))
    places = []
    for mix in (0.0, 0.5, 1.0):
        page.move(mix=mix)
        places.append(panels(page("see")["svg"])[1].line("truth")[0, 0])
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.2)
    assert places[0] < places[1]


def test_the_page_gets_the_problems_products():
    gram, pull = products(2)
    x, y = l1.problem(2)
    whole = np.zeros((40, 40))
    whole[UPPER] = gram
    np.testing.assert_allclose(whole + np.triu(whole, 1).T, x.T @ x / 50, atol=1e-12)
    np.testing.assert_allclose(pull, x.T @ (y - x @ l1.truth()) / 50, atol=1e-12)


def test_colours_tell_twins_true_ones_and_others(page):
    page.show(live.l1_and_beliefs(None))
    svg = page("see")["svg"]
    lines = [[kind(one) for one in panel.drawn] for panel in panels(svg)]
    assert lines[0][:3] == ["line cloud", "line network", "line signal"]
