"""What is measured of L1 and L2, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.l1_and_beliefs import beliefs, biases, claims, claims_beliefs, claims_networks, networks
from demos.l1_and_beliefs import compute as l1

CLAIMS = {
    claim.id: claim for claim in (*claims.CLAIMS, *claims_beliefs.CLAIMS, *claims_networks.CLAIMS)
}


def reads(name, q):
    return CLAIMS[name].value({key: np.array([value]) for key, value in q.items()}).item()


def test_what_is_measured_of_forty_features():
    found = claims.sparse([3, 4], 0.2, 0.5)
    x, y = l1.problem(4)
    fits = {
        "none": l1.least_squares(x, y),
        "ridge": l1.ridge(x, y, 0.2),
        "lasso": l1.elastic(x, y, 0.2),
        "elastic": l1.elastic(x, y, 0.2, 0.5),
    }
    for way, w in fits.items():
        assert found[f"rmse_{way}"][1] == pytest.approx(l1.off(w))
        assert found[f"zeros_{way}"][1] == (w == 0).sum()
        assert found[f"alike_{way}"][1] == pytest.approx(l1.alike(w))
    for way, mix in (("ridge", 0.0), ("lasso", 1.0)):
        assert found[f"rmse_{way}_cv"][1] == pytest.approx(l1.off(l1.chosen(x, y, mix)))


def test_what_l1_and_l2_take_without_noise():
    found = claims.shrinking(range(60), 0.5, 6.0)
    large = np.arange(1, 61) / 10
    np.testing.assert_allclose(found["large"], large)
    for name, weight in (("large", large), ("small", large / 2)):
        np.testing.assert_allclose(found[f"l1_{name}"], np.minimum(weight, 0.5), atol=1e-9)
        np.testing.assert_allclose(found[f"l2_{name}"], weight / 3, atol=1e-9)


def test_what_is_measured_of_descents():
    found = claims.descents([5], 0.1, 300, 0.05)
    x, y = l1.problem(5)
    start = 0.1 * np.random.default_rng([5, 1]).standard_normal(40)
    ends = [l1.descended(x, y, 0.1, p, 300, 0.05, start)[-1] for p in (False, True)]
    assert found["subgradient"] == (ends[0] == 0).sum() == 0
    assert found["proximal"] == (ends[1] == 0).sum() > 5
    assert found["lasso"] == (l1.elastic(x, y, 0.1) == 0).sum()


def test_what_is_measured_of_beliefs_and_units():
    found = claims_beliefs.believed([6], 0.3)
    for way in ("Gauss", "Laplace", "few"):
        for name, value in beliefs.compared(6, way, 0.3).items():
            assert found[f"{way}_{name}"].item() == pytest.approx(value)
    assert claims_beliefs.units([6], 0.1)["kelvin_decayed"] == biases.compared(6)["kelvin_decayed"]
    near = claims_beliefs.most_likely([7], 0.3)
    assert near["gauss"] < 1e-12 and near["laplace"] < 1e-6


def test_differences_of_most_likely_weights_are_seen(monkeypatch):
    monkeypatch.setattr(beliefs, "guesses", lambda x, y, sd: (np.zeros(2), np.zeros(2)))
    monkeypatch.setattr(beliefs, "gauss_by_conditioning", lambda *_: np.array([0.1, -0.5]))
    monkeypatch.setattr(beliefs, "laplace_by_climbing", lambda *_: np.array([0.2, -0.1]))
    found = claims_beliefs.most_likely([0], 0.3)
    assert found == {"gauss": pytest.approx(0.5), "laplace": pytest.approx(0.2)}


def test_what_is_measured_of_networks(monkeypatch):
    monkeypatch.setattr(networks, "scaled", lambda seeds, a, points: np.arange(3)[:, None] + len(a))
    found = claims_networks.straightened([0], 9)
    assert {n: v.item() for n, v in found.items() if n.startswith("relu")} == {
        **{"relu_0": 4, "relu_1": 5, "relu_2": 6}
    }
    assert len(found) == 9
    rows = {"right": np.array([[0.1], [0.2]]), "rising": np.array([[0.3], [0.4]])}
    monkeypatch.setattr(networks, "bent", lambda *_: rows)
    found = claims_networks.bent([0], [0, 1], 9, 9)
    assert {name: value.item() for name, value in found.items()} == {
        **{"right_0": 0.1, "right_1": 0.2, "rising_0": 0.3, "rising_1": 0.4}
    }


def test_what_is_claimed_of_features():
    q = {"zeros_lasso": 20.0, "zeros_ridge": 1.0, "rmse_lasso_cv": 0.5, "rmse_ridge_cv": 2.0}
    q |= {"alike_lasso": -0.3, "alike_elastic": 0.8, "rmse_elastic": 3.0, "rmse_lasso": 2.0}
    expected = {"l1-zeros": 20, "l1-ridge-none": 1, "l1-smaller-error": 0.25}
    expected |= {"l1-one-twin": 0.3, "l1-both-twins": 0.8, "l1-twins-cost": 1.5}
    assert {name: reads(name, q) for name in expected} == pytest.approx(expected)
    taken = {"large": 3.0, "l1_large": 0.5, "l1_small": 0.4, "l2_large": 1.0, "l2_small": 0.5}
    assert reads("l1-shrinks-alike", taken) == pytest.approx(0.1)
    assert reads("l1-shrinks-alike", taken | {"l1_small": 0.5, "l2_small": 1.2}) == pytest.approx(
        0.2
    )
    assert reads("l1-shrinks-alike", taken | {"large": 0.9}) <= 0
    assert reads("l1-subgradient", {"subgradient": 2.0}) == 2
    assert reads("l1-proximal", {"proximal": 17.0, "lasso": 22.0}) == 5


def test_what_is_claimed_of_beliefs_and_biases():
    q = {f"{way}_laplace": v for way, v in (("Gauss", 3.0), ("Laplace", 1.0), ("few", 0.5))}
    q |= {f"{way}_gauss": 2.0 for way in ("Gauss", "Laplace", "few")}
    q |= {"gauss": 1e-15, "laplace": 1e-9, "moved": 1e-13}
    q |= {"kelvin_decayed": 30.0, "kelvin_free": 1.5, "celsius_decayed": 3.0, "celsius_free": 2.0}
    expected = {"l1-gauss-is-so": 1.5, "l1-laplace-is-so": 0.5, "l1-few-are": 0.25}
    expected |= {"l1-map-ridge": 1e-15, "l1-map-lasso": 1e-9, "l1-kelvin-free": 1e-13}
    expected |= {"l1-kelvin-decayed": 20, "l1-celsius-decayed": 1.5}
    assert {name: reads(name, q) for name in expected} == pytest.approx(expected, abs=1e-16)


def test_what_is_claimed_of_networks():
    q = {"changed": 3.0, "nll_none": 0.5, "nll_l1": 0.4, "nll_l2": 0.6}
    q |= {"right_none": 0.5, "right_l1": 0.6, "right_l2": 0.8}
    q |= {"tanh_0": 0.9, "tanh_2": 0.7, "relu_0": 0.5, "relu_1": 0.6, "relu_2": 0.4}
    expected = {"l1-cannot": 3, "l1-no-help": -0.1, "l1-helps-iris": -0.1, "l1-no-use": 0.1}
    expected |= {"l1-less-than-l2": 0.2, "l1-straight-tanh": 0.9, "l1-bent-tanh": 0.7}
    expected |= {"l1-relu-as-bent": 0.2}
    assert {name: reads(name, q) for name in expected} == pytest.approx(expected)
    q = {f"straight_{n}": v for n, v in enumerate((0.5, 0.9, 0.8, 1.0))}
    q |= {f"right_{n}": v for n, v in enumerate((0.85, 0.5, 0.88, 0.84))}
    q |= {"rising_0": 0.1, "rising_2": 0.3}
    expected = {"l1-straighter": -0.1, "l1-bent-helps": 0.03, "l1-straight-hurts": -0.04}
    expected |= {"l1-smoother": 0.2}
    assert {name: reads(name, q) for name in expected} == pytest.approx(expected)
