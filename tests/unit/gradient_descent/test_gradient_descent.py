"""Descent along a line, against PyTorch, SciPy, finite differences, a closed form and plain loops."""

import numpy as np
import pytest
import torch
from scipy.optimize import minimize_scalar

from demos.gradient_descent import compute as gd
from demos.gradient_descent import summary

PLACES = np.linspace(-2.3, 2.3, 47)


@pytest.mark.parametrize(
    ("function", "slope"),
    [
        (gd.parabola, gd.parabola_slope),
        (gd.valleys, gd.valleys_slope),
        (gd.valleys_slope, gd.valleys_curvature),
    ],
)
def test_slopes_are_finite_differences(function, slope):
    h = 1e-5
    expected = (function(PLACES + h) - function(PLACES - h)) / (2 * h)
    np.testing.assert_allclose(slope(PLACES), expected, rtol=1e-6, atol=1e-6)


def test_the_lowest_points_and_the_other_valleys_are_scipys():
    for place, bounds in ((gd.BOTTOM, (0.3, 0.7)), (gd.HIGHER, (1.2, 1.7))):
        found = minimize_scalar(
            gd.valleys, bounds=bounds, method="bounded", options={"xatol": 1e-9}
        )
        assert place == pytest.approx(found.x, abs=1e-6)
        assert gd.valleys(place) == pytest.approx(gd.valleys(-place))
    fine = np.linspace(-3, 3, 60_001)
    assert gd.valleys(fine).min() == pytest.approx(gd.valleys(gd.BOTTOM), abs=1e-6)
    lowest = minimize_scalar(gd.parabola).x
    assert lowest == pytest.approx(gd.PARABOLA_MINIMUM, abs=1e-6)


def test_the_parabolas_error_follows_the_closed_form():
    for lr in (0.02, 1 / 6, 0.3, 0.4):
        path = gd.path(gd.parabola_slope, -1.0, lr, 8)
        expected = 0.5 - 1.5 * np.array([(1 - 6 * lr) ** n for n in range(9)])
        np.testing.assert_allclose(path, expected, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(-1.5 * gd.shrunk(lr, np.arange(9)), expected - 0.5, atol=1e-12)


def torchs(starts, lr, steps, momentum, falls=False):
    """The same walk by PyTorch: (steps + 1, starts)."""
    x = torch.tensor(starts, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=lr, momentum=momentum)
    rule = (lambda step: 1 - step / steps) if falls else (lambda step: 1.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rule)
    places = [x.detach().numpy().copy()]
    for _ in range(steps):
        optimizer.zero_grad()
        (torch.cos(2 * torch.pi * x) + x**2).sum().backward()
        optimizer.step()
        schedule.step()
        places.append(x.detach().numpy().copy())
    return np.array(places)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("kind", [gd.FIXED, gd.BY_STEP])
def test_the_walk_is_pytorchs(momentum, kind):
    starts = np.array([-1.8, -0.3, 0.0, 1.2])
    found = gd.path(gd.valleys_slope, starts, 0.01, 15, momentum, gd.SCHEDULES[kind])
    expected = torchs(starts, 0.01, 15, momentum, kind == gd.BY_STEP)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
    end = gd.descended(gd.valleys_slope, starts, 0.01, 15, momentum, gd.SCHEDULES[kind])
    np.testing.assert_array_equal(end, found[-1])


def test_rates_and_starts_are_broadcast():
    rates = np.array([0.01, 0.02, 0.03])
    together = gd.path(gd.valleys_slope, 1.7, rates, 6)
    for n, lr in enumerate(rates):
        np.testing.assert_allclose(together[:, n], gd.path(gd.valleys_slope, 1.7, lr, 6))


def test_what_each_rule_makes_of_the_rate():
    x = np.array([-0.4, 0.1, 1.3])
    expected = {
        "fixed": 1.0,
        "by step": 0.75,
        "by slope": np.abs(-2 * np.pi * np.sin(2 * np.pi * x) + 2 * x),
        "by loss": np.cos(2 * np.pi * x) + x**2,
        "by distance": np.array([gd.BOTTOM - 0.4, gd.BOTTOM - 0.1, 1.3 - gd.BOTTOM]),
    }
    assert gd.SCHEDULES.keys() == expected.keys()
    for kind, factor in expected.items():
        np.testing.assert_allclose(gd.SCHEDULES[kind](x, 0.25), factor)
        once = gd.descended(gd.valleys_slope, x, 0.1, 1, 0.0, gd.SCHEDULES[kind])
        by_hand = x - 0.1 * gd.SCHEDULES[kind](x, 0.0) * gd.valleys_slope(x)
        np.testing.assert_allclose(once, by_hand)


def test_arrived_is_within_a_thousandth_of_either_lowest_point():
    ends = gd.BOTTOM * np.array([1, -1, 1, -1]) + np.array([0.0009, -0.0009, 0.0011, 0.0011])
    assert gd.arrived(ends).tolist() == [True, True, False, False]
    assert not gd.arrived(np.array([0.0, gd.HIGHER, np.inf, np.nan])).any()


def test_the_share_is_that_of_a_plain_loop():
    starts = gd.every_start(41)
    for momentum in (0.0, 0.9):
        arrived = 0
        for x in starts.tolist():
            velocity = 0.0
            for _ in range(300):
                velocity = momentum * velocity + gd.valleys_slope(x)
                x -= 0.01 * velocity
            arrived += abs(abs(x) - gd.BOTTOM) < 0.001
        assert gd.share(starts, 0.01, 300, momentum) == arrived / 41
        assert 0 < arrived < 41


def test_starts_are_even_or_random_and_the_top_is_among_the_even_ones():
    every = gd.every_start()
    assert len(every) == 2001 and every[[0, 1000, -1]].tolist() == [-2, 0, 2]
    np.testing.assert_allclose(np.diff(every), 0.002)
    some = gd.random_starts(3, 4000)
    assert np.quantile(some, [0, 0.25, 0.5, 0.75, 1]) == pytest.approx([-2, -1, 0, 1, 2], abs=0.1)
    np.testing.assert_array_equal(some[:5], gd.random_starts(3, 4000)[:5])
    assert not np.allclose(some, gd.random_starts(4, 4000))
    assert gd.random_starts(1, 3, 2).shape == (3, 2)


def test_steps_needed_are_those_after_which_the_slope_stays_flat():
    starts = np.array([0.9, -1.6, gd.BOTTOM])
    found = gd.needed(starts, 0.005, 400)
    for start, steps in zip(starts, found, strict=True):
        path = gd.path(gd.valleys_slope, start, 0.005, 400)
        steep = np.abs(gd.valleys_slope(path)) >= 1e-3
        assert not steep[steps + 1 :].any()
        assert steps == 400 or not steep[-1]
    whole, half = found[0], gd.needed(starts, 0.0025, 400)[0]
    assert 1.9 < half / whole < 2.2
    assert gd.needed(np.array([1.0]), 0.005, 3) == 3  # not within them


def test_a_bottom_lets_go_where_the_curvature_says():
    off = 1e-4
    for lr, farther in ((0.99 * gd.EDGE, False), (1.01 * gd.EDGE, True)):
        path = gd.path(gd.valleys_slope, gd.BOTTOM + off, lr, 6)
        assert (np.abs(path[-1] - gd.BOTTOM) > off) == farther


def test_what_runs_away_is_told_without_a_warning():
    end = gd.descended(gd.parabola_slope, np.array([1.0]), 5.0, 2000)
    assert not np.isfinite(end).any()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lr": -1}, "lr is -1: say a number, 0 or more"),
        ({"momentum": 1.0}, "momentum is 1.0: say a number from 0 up to 1, without 1"),
        ({"steps": 0.5}, "steps is 0.5: say a whole number, 0 or more"),
        ({"kind": "by luck"}, "kind is 'by luck': say 'fixed' or "),
    ],
)
def test_what_makes_no_sense_is_told(changed, sentence):
    with pytest.raises(ValueError, match="^" + sentence):
        gd.share(np.array([1.0]), **({"lr": 0.1, "steps": 2} | changed))


# ---- what the slides quote ----
def test_maps_and_shares_by_rate_are_those_of_single_walks():
    starts, arrived = summary.mapped(0.01, 0.9, 200)
    assert len(starts) == summary.SHOWN
    end = gd.descended(gd.valleys_slope, starts[::50], 0.01, 200, 0.9)
    np.testing.assert_array_equal(arrived[::50], gd.arrived(end))
    found = summary.by_rate(kind=gd.BY_DISTANCE, rates=[0.01, 0.03])
    assert found[1] == gd.share(gd.every_start(), 0.03, kind=gd.BY_DISTANCE)


def test_forks_are_the_last_two_places():
    found = summary.forks((0.3, 1.7), np.array([0.01, 0.05]))
    path = gd.path(gd.valleys_slope, 0.3, 0.05, gd.STEPS)
    np.testing.assert_allclose(found[0, :, 1], path[-2:], atol=1e-6)
    assert found[0, :, 0] == pytest.approx([gd.BOTTOM] * 2)
    assert found[1, :, 0] == pytest.approx([gd.HIGHER] * 2)


def test_standing_still_is_a_flat_slope_twice_in_a_row():
    rates, steps = np.array([0.005, 0.02]), np.array([1, 20])
    found = summary.standing(rates, steps, 21)
    for column, lr in enumerate(rates):
        path = gd.path(gd.valleys_slope, gd.every_start(21), lr, 20)
        for row, n in enumerate(steps):
            both = np.abs(gd.valleys_slope(path[n - 1 : n + 1])) < summary.STILL
            assert found[row, column] == both.all(0).mean()
    assert found[1, 1] > found[1, 0] > found[0, 0]


def test_numbers_of_a_row_get_their_places():
    assert summary.numbered("share", [0.5, 0.1]) == {"share_1": 0.5, "share_2": 0.1}
