"""What is measured of double descent, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.double_descent import claims, claims_linear, claims_networks
from demos.double_descent import compute as dd
from demos.double_descent import compute_linear as lin
from demos.double_descent import compute_networks as nets

CLAIMS = {
    claim.id.removeprefix("double-descent-"): claim
    for part in (claims, claims_linear, claims_networks)
    for claim in part.CLAIMS
}


def reads(name, q):
    return CLAIMS[name].value({key: np.array([value]) for key, value in q.items()}).item()


def test_what_is_measured_of_features_is_each_problems_own():
    found = claims.by_features([3, 4], 12, 0.5, 10.0, 30)
    for at, seed in enumerate((3, 4)):
        plain = dd.by_width(dd.problem(seed, 12, 0.5))
        own = {
            "error": plain.error,
            "effective": plain.effective,
            "length": plain.length,
            "ridge": dd.by_width(dd.problem(seed, 12, 0.5), strength=10.0).error,
            "clean": dd.by_width(dd.problem(seed, 12, 0.0)).error,
            "more": dd.by_width(dd.problem(seed, 30, 0.5)).error,
        }
        for name, values in own.items():
            for p, value in zip(dd.WIDTHS, values, strict=True):
                assert found[f"{name}_{p}"][at] == value
        assert found["order"][at] == claims.together(plain)


def test_orders_are_compared_from_twenty_features_on():
    n = len(dd.WIDTHS)
    error = np.arange(n, dtype=float)
    effective = error**2
    effective[:2] = 1000, 2000  # 5 and 10 features do not count
    found = dd.Found(error, error, error, effective)
    assert claims.together(found) == pytest.approx(1)
    assert claims.together(found._replace(effective=-effective)) == pytest.approx(-1)


def test_what_is_claimed_of_features():
    q = {f"{kind}_{p}": 0.5 for kind in ("error", "more", "clean") for p in dd.WIDTHS}
    q |= {"error_5": 0.8, "error_30": 2.0, "error_20": 0.6, "error_40": 10.0, "error_80": 1.0}
    q |= {"error_50": 4.0, "error_1000": 0.4, "more_80": 6.0, "more_400": 2.0}
    q |= {"ridge_20": 0.4, "ridge_40": 0.2, "ridge_80": 0.1, "order": 0.7}
    q |= {"clean_20": 0.5, "clean_40": 3.0, "clean_80": 0.25}
    q |= {"effective_30": 100.0, "effective_1000": 50.0}
    q["error_10"] = 0.5
    expected = {
        "peak": 2.5,
        "second": 0.8,
        "moves": 3.0,
        "ridge": 0.02,
        "ridge-flat": 0.5,
        "ridge-wide": 0.5,
        "noise": 6.0,
        "effective": 0.5,
        "folds": 0.7,
    }
    assert expected.keys() == {c.id.removeprefix("double-descent-") for c in claims.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name
    assert reads("second", q | {"error_50": 0.1}) == pytest.approx(0.8)  # of fewer than 40 alone


def test_what_is_measured_of_gaussian_features():
    found = claims_linear.gaussian([1, 2], 10, 4, 0.5, (0.5, 2.0), (1.0,))
    for at, seed in enumerate((1, 2)):
        mean = lin.errors(seed, 5, 4, 10).mean()
        assert found["plain_0.5"][at] == mean
        assert found["plain_off_0.5"][at] == pytest.approx(abs(mean - 0.25) / 0.25)
        mean = lin.errors(seed, 20, 4, 10).mean()
        assert found["plain_off_2"][at] == pytest.approx(abs(mean - 0.75) / 0.75)
        mean = lin.errors(seed, 10, 4, 10, strength=2.5).mean()
        assert found["ridge_1"][at] == pytest.approx(mean)
        limit = lin.limit_ridge(1.0)
        assert found["ridge_off_1"][at] == pytest.approx(abs(mean - limit) / limit)


def test_what_is_measured_of_patients():
    found = claims_linear.patients([5, 6], (3, 10))
    for way, name in claims_linear.NAMES.items():
        for at, seed in enumerate((5, 6)):
            own = [found[f"{name}_{count}"][at] for count in (3, 10)]
            np.testing.assert_array_equal(own, lin.patients(seed, (3, 10), way))


def test_what_is_claimed_of_linear_regression():
    q = {"plain_off_0.5": 0.01, "plain_off_2": 0.05, "ridge_off_0.5": 0.07, "ridge_off_1": 0.02}
    q |= {"plain_0.5": 0.25, "plain_2": 0.75, "all_5": 2.0, "all_10": 8.0, "all_40": 1.0}
    q |= {"no_small_10": 1.0, "no_small_40": 0.8, "in_span_10": 0.6, "in_span_40": 0.5}
    q |= {"no_noise_10": 0.5, "no_noise_40": 0.5}
    expected = {
        "closed": 0.05,
        "closed-ridge": 0.07,
        "no-second": 3.0,
        "more-data": 4.0,
        "patients": 8.0,
        "no-small": 1.25,
        "in-span": 1.2,
        "no-noise": 1.0,
    }
    assert expected.keys() == {c.id.removeprefix("double-descent-") for c in claims_linear.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name


def test_what_is_measured_of_networks(monkeypatch):
    def at_end(seeds, width, fit, decay=0.0, kind=nets.SQUARED):
        assert fit.points == 7
        value = width + decay + (0.5 if fit.wrong == 0 else 0) + (100 if kind == nets.CROSS else 0)
        return {"loss": np.array(seeds) + value}

    monkeypatch.setattr(nets, "at_end", at_end)
    found = claims_networks.widths([1, 2], (4, 16), (4,), 0.25, 16, points=7, wrong=3)
    expected = {"loss_4": [5, 6], "loss_16": [17, 18], "loss_l2_4": [5.25, 6.25]}
    expected |= {"loss_clean_16": [17.5, 18.5]}
    assert {name: values.tolist() for name, values in found.items()} == expected
    found = claims_networks.cross_entropy([1, 2], (4, 13), points=7)
    assert {k: v.tolist() for k, v in found.items()} == {
        "loss_4": [105, 106],
        "loss_13": [114, 115],
    }


def test_what_is_claimed_of_networks():
    q = {"loss_4": 1.0, "loss_16": 3.0, "loss_100": 0.6, "loss_13": 0.5}
    q |= {"rate_4": 0.8, "rate_16": 0.6, "rate_100": 0.3, "loss_l2_4": 0.75, "loss_l2_16": 0.3}
    q |= {"loss_stopped_4": 0.8, "loss_stopped_16": 0.4, "loss_clean_16": 1.2}
    expected = {
        "loss": 3.0,
        "rate": -0.2,
        "rate-falls": -0.2,
        "l2": 0.4,
        "l2-wide": 0.5,
        "stopped": 0.5,
        "clean": 0.4,
        "exactly": 0.5,
    }
    assert expected.keys() == {c.id.removeprefix("double-descent-") for c in claims_networks.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name
    assert reads("rate-falls", q | {"rate_100": 0.7}) == pytest.approx(0.1)
    assert reads("loss", q | {"loss_100": 6.0}) == pytest.approx(0.5)


def test_settings_are_those_that_the_claims_name():
    assert nets.WIDTHS[0] == 4 and {16, 100} < set(nets.WIDTHS)
    assert nets.parameters(13) == 985 and nets.FIT.points * nets.CLASSES == 1000
    assert len(dd.WIDTHS) == 11 and dd.POINTS == 40 and dd.STRENGTHS[-1] == 10
    assert lin.POINTS * 0.5 == 50 and lin.SETS == 100
