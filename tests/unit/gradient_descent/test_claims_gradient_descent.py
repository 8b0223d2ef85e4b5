"""What is measured of gradient descent, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.gradient_descent import claims, claims_hills
from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_hills.CLAIMS)}


def reads(name, q):
    return CLAIMS[name].value({key: np.array([value]) for key, value in q.items()}).item()


def test_what_is_measured_on_the_parabola():
    found = claims.parabola([2, 30, 55], -1.0, 10)
    assert found["lr"] == pytest.approx([2.5 / 150, 30.5 / 150, 55.5 / 150])
    assert found["off"].max() < 1e-12
    assert found["swings"].tolist() == [0, 1, 1]
    assert found["end"] == pytest.approx(np.abs(1 - 6 * found["lr"]) ** 10, rel=1e-6)
    share = 2.02  # of 1 / (36 lr): u becomes u |1 - u|, whatever the rate
    for _ in range(10):
        share *= abs(1 - share)
    assert found["beyond"] == pytest.approx([share / 2.02] * 3, rel=1e-6)
    assert found["before"].max() < 1


def test_an_error_off_its_formula_is_seen(monkeypatch):
    monkeypatch.setattr(gd, "shrunk", lambda lr, steps: (1 - 5 * lr) ** steps)
    assert claims.parabola([20], -1.0, 10)["off"] > 0.01


def test_what_is_measured_by_rate():
    found = claims.rates([0, 20], 21, 30, 0.9)
    for at, case in enumerate((0, 20)):
        lr = claims.RATES[case]
        assert found["lr"][at] == lr
        assert found["plain"][at] == gd.share(gd.every_start(21), lr, 30)
        assert found["momentum"][at] == gd.share(gd.every_start(21), lr, 30, 0.9)
    assert found["top"].tolist() == [0, 0]
    assert claims.RATES[[0, -1]] == pytest.approx([0.001, 0.3])


def test_a_push_beside_the_top_is_ten_times_less_each_other_case(monkeypatch):
    seen = []
    monkeypatch.setattr(gd, "descended", lambda slope, start, *rest: seen.append(start) or start)
    claims.nudged([0, 1, 2, 31], 0.01, 5)
    assert seen[0] == pytest.approx([1e-1, -1e-1, 1e-2, -1e-16], rel=1e-9)


def test_what_is_measured_of_random_starts():
    found = claims.starts([3, 8], 40, 60, 0.9)
    for at, seed in enumerate((3, 8)):
        x = gd.random_starts(seed, 40)
        lr = np.random.default_rng([seed, 1]).uniform(0.1, 0.3)
        expected = {
            "one": gd.share(x[:1], 0.01, 60),
            "small": gd.share(x, 0.01, 60),
            "small_momentum": gd.share(x, 0.01, 60, 0.9),
            "small_falling": gd.share(x, 0.01, 60, kind="by step"),
            "large": gd.share(x, lr, 60),
            "large_falling": gd.share(x, lr, 60, kind="by step"),
            "large_both": gd.share(x, lr, 60, 0.9, "by step"),
            "small_loss": gd.share(x, 0.01, 60, kind="by loss"),
            "large_slope": gd.share(x, lr, 60, kind="by slope"),
            "small_distance": gd.share(x, 0.01, 60, kind="by distance"),
        }
        assert found.keys() == expected.keys()
        assert {name: found[name][at] for name in found} == pytest.approx(expected)
    assert set(found["one"]) <= {0.0, 1.0}


def test_what_is_measured_of_half_a_rate():
    found = claims.halved([5], 900)
    lr = np.random.default_rng([5, 1]).uniform(0.002, 0.005)
    x = gd.random_starts(5, 1)
    expected = gd.needed(x, lr / 2, 900)[0] / gd.needed(x, lr, 900)[0]
    assert found["ratio"] == pytest.approx([expected])


def test_what_is_measured_of_restarts_and_climbs():
    found = claims_hills.restarts([1, 2], 50, 0.05, 40)
    hits = hills.found(gd.random_starts(2, 50, 2), 0.05, 40)
    assert found["one"][1] == hits.mean()
    assert found["five"][1] == np.mean([group.any() for group in np.split(hits, 10)])
    climbed = claims_hills.ascents([0, 60, 120], 0.05, 30)
    assert climbed["apart"].tolist() == [0, 0, 0]
    corners = np.array([[-2.0, -2], [0, 0], [2, 2]])
    ends = hills.uphill(corners, 0.05, 30)[0][-1]
    assert climbed["higher"] == pytest.approx(hills.peaks(ends) - hills.peaks(corners))


def test_two_paths_that_differ_are_apart(monkeypatch):
    paths = np.zeros((2, 3, 1, 2))
    paths[1, 1, 0, 1] = -0.25
    monkeypatch.setattr(hills, "uphill", lambda *given: paths)
    assert claims_hills.ascents([4], 0.1, 2)["apart"].tolist() == [0.25]


def test_what_is_measured_by_dimension():
    found = claims_hills.dimensions([4], 200, 60, 80)
    assert found["share_1"] == hills.minima(hills.symmetric(4, 1, 200))
    assert found["share_5"] == hills.minima(hills.symmetric(4, 5, 200))
    assert found["squares"] == hills.minima(hills.least_squares(4, 5, 200))
    assert (found["five"], found["minima"]) == hills.sums_of_valleys(4, 5, 60, steps=80)
    assert found["line"] == gd.share(gd.every_start(), 0.01, 80)


def test_what_is_claimed_along_a_line():
    q = {"lr": 0.2, "off": 1e-12, "swings": 0.75, "end": 0.5, "beyond": 20.0, "before": 0.1}
    q |= {"plain": 0.02, "top": 0.0, "one": 1.0, "small": 0.5, "small_momentum": 0.7}
    q |= {"small_falling": 0.52, "large": 0.01, "large_falling": 0.99, "large_both": 0.6}
    q |= {"small_loss": 0.001, "large_slope": 0.03, "small_distance": 0.002, "ratio": 2.1}
    expected = {
        "descent-formula": 1e-12,
        "descent-swings": 0.25,
        "descent-away": 0.0,
        "descent-slope-away": 10.0,
        "descent-not-guaranteed": 0.02,
        "descent-edge": -0.03,
        "descent-top": 0.0,
        "descent-nudged": 1e-12,
        "descent-coin": 1.0,
        "descent-momentum": 0.2,
        "descent-large": 0.01,
        "descent-falling": 0.99,
        "descent-falling-small": 0.02,
        "descent-falling-momentum": -0.39,
        "descent-by-loss": 0.001,
        "descent-by-slope": 0.03,
        "descent-by-distance": 0.002,
        "descent-half-rate": 0.05,
    }
    assert expected.keys() == {claim.id for claim in claims.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name
    below = q | {"lr": 0.04, "plain": 0.53}
    assert reads("descent-edge", below) == pytest.approx(-0.03)
    assert reads("descent-swings", below) == pytest.approx(0.75)
    assert reads("descent-away", q | {"end": 1.5}) == 1.0
    assert reads("descent-away", q | {"lr": 0.35, "end": 1.5}) == 0.0
    assert reads("descent-slope-away", q | {"before": 2.0}) == 0.5


def test_what_is_claimed_in_more_dimensions():
    q = {"one": 0.3, "apart": 0.0, "share_5": 0.001, "squares": 1.0}
    q |= {"minima": 780.0, "five": 0.05, "line": 0.5}
    expected = {
        "descent-hills-miss": 0.3,
        "descent-best-of-five": 1 - 0.7**5 - 0.05,
        "descent-ascent": 0.0,
        "descent-few-minima": 0.001,
        "descent-squares": 1.0,
        "descent-many-minima": 780.0,
        "descent-five-dimensions": 0.05 - 0.5**5,
    }
    assert expected.keys() == {claim.id for claim in claims_hills.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name
