"""What is measured of bias and variance, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.bias_and_variance import claims, claims_networks
from demos.bias_and_variance import compute as bv
from demos.bias_and_variance import compute_networks as nets
from demos.core.curve import curve

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_networks.CLAIMS)}


def reads(name, q):
    return CLAIMS[name].value({key: np.array([value]) for key, value in q.items()}).item()


def test_what_is_measured_of_a_degree(monkeypatch):
    far = np.array([0.0, 1.0, 2.0, 3.0])[:, None]  # every set's distance from the curve
    monkeypatch.setattr(bv, "values", lambda weights: curve(bv.GRID) + far)
    found = claims.of_degree(None, 0.5)
    assert found["variance"] == pytest.approx(5 / 3)
    assert found["bias2"] == pytest.approx(1.5**2 - 5 / 12)
    assert found["mean"] == pytest.approx(14 / 4 + 0.25)
    assert found["median"] == pytest.approx(2.5 + 0.25)
    assert found["worst"] == pytest.approx(13 / 14)


def test_what_is_measured_of_polynomials_is_each_degrees_own():
    settings = {"sets": 12, "points": 20, "noise_sd": 0.3, "fresh": 50, "more": 60}
    found = claims.polynomials([3, 4], **settings)
    for at, seed in enumerate((3, 4)):
        x, y = bv.training_sets(seed, 12)
        for degree in bv.DEGREES:
            weights = bv.fitted(x, y, degree)
            own = claims.of_degree(weights, 0.3)
            assert {name: found[f"{name}_{degree}"][at] for name in own} == pytest.approx(own)
            tested = bv.test_errors(weights, seed, 0.3, 50).mean()
            assert found[f"off_{degree}"][at] == pytest.approx(
                abs(tested - own["mean"]) / own["mean"]
            )
        even = bv.fitted(*bv.training_sets(seed, 12, where=bv.EVEN), 9)
        assert found["even_9"][at] == pytest.approx(claims.of_degree(even, 0.3)["mean"])
        many = bv.training_sets(seed, 12, 60)
        parts = {d: bv.parts(bv.values(bv.fitted(*many, d))) for d in (1, 3)}
        assert found["more_bias2_1"][at] == pytest.approx(parts[1][0])
        assert found["more_variance_3"][at] == pytest.approx(parts[3][1])


def test_what_is_claimed_of_polynomials():
    q = {"off_1": 0.01, "off_3": 0.02, "worst_9": 0.8, "even_9": 0.5}
    q |= {f"mean_{d}": value for d, value in zip(bv.DEGREES, (0.2, 0.1, 0.4, 50.0), strict=True)}
    q |= {f"median_{d}": value for d, value in zip(bv.DEGREES, (0.2, 0.1, 0.1, 5.0), strict=True)}
    q |= {"bias2_1": 0.08, "bias2_3": 0.01, "bias2_5": 0.02, "bias2_9": -3.0}
    q |= {"variance_1": 0.02, "variance_3": 0.03, "variance_5": 0.3}
    q |= {"more_bias2_1": 0.06, "more_variance_3": 0.006}
    expected = {
        "bias-variance-sum": 0.02,
        "bias-variance-trade": 0.01,  # bias² rises from 3 to 5
        "bias-variance-lowest": 0.5,
        "bias-variance-mean-says": 2.0,
        "bias-variance-median-says": 0.5,
        "bias-variance-few": 0.8,
        "bias-variance-mean-median": 10.0,
        "bias-variance-unseen": 3.0,
        "bias-variance-even": 0.01,
        "bias-variance-more-bias": 0.25,
        "bias-variance-more-variance": 0.05,
    }
    assert expected.keys() == {claim.id for claim in claims.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name
    assert reads("bias-variance-trade", q | {"bias2_5": 0.005}) == pytest.approx(-0.005)
    q |= {"bias2_5": 0.005, "variance_3": 0.01}
    assert reads("bias-variance-trade", q) == pytest.approx(0.01)  # variance falls from 1 to 3


def test_what_is_measured_of_networks(monkeypatch):
    shifts = {2: (0.0, 1.0), 4: (0.0, 3.0)}  # by width: how far two networks are off

    def answers(seeds, width, steps, decay=0.0, sets=6):
        assert sets == 2
        scale = np.array(steps)[:, None, None, None] * (1 + decay)
        off = scale * np.array(shifts[width])[:, None]
        return curve(bv.GRID) + np.broadcast_to(off, (len(steps), len(seeds), 2, len(bv.GRID)))

    monkeypatch.setattr(nets, "answers", answers)
    found = claims_networks.widths([1, 5], (2, 4), (1, 2), 2)
    assert found["variance_2_1"] == pytest.approx([0.5, 0.5])
    assert found["variance_4_2"] == pytest.approx([18, 18])
    assert found["bias2_4_2"] == pytest.approx([0, 0], abs=1e-9)  # 3² - 18 / 2
    nine = [bv.parts(bv.values(bv.fitted(*bv.training_sets(s, 2), 9)))[1] for s in (1, 5)]
    assert found["variance_nine"] == pytest.approx(nine)
    pulled = claims_networks.penalties([1, 5], (0.0, 1.0), 2, 3, 2)
    assert pulled["variance_0"] == pytest.approx([4.5, 4.5])
    assert pulled["variance_1"] == pytest.approx([18, 18])
    assert pulled["moves_0"] == pytest.approx([1, 1])


def test_what_is_claimed_of_networks():
    q = {"variance_4_300": 0.02, "variance_32_300": 0.03, "variance_4_1000": 0.05}
    q |= {"variance_8_1000": 0.08, "variance_32_1000": 0.1, "variance_4_3000": 0.09}
    q |= {"variance_32_3000": 0.2, "variance_nine": 4.0}
    q |= {"bias2_0": 0.0, "variance_0": 0.1, "bias2_2": 0.005, "variance_2": 0.02}
    q |= {"bias2_4": 0.07, "variance_4": 0.01, "moves_4": 0.001}
    expected = {
        "bias-variance-wider": 2.0,
        "bias-variance-no-wider": 1.25,
        "bias-variance-stopped": 1.5,
        "bias-variance-steps": 0.2 / 0.03,
        "bias-variance-steps-not-width": 3.0,
        "bias-variance-weights": 0.025,
        "bias-variance-l2-variance": 0.2,
        "bias-variance-l2-free": 0.005,
        "bias-variance-l2-bias": 7.0,
        "bias-variance-l2-flat": 0.001,
        "bias-variance-l2-middle": 0.025 / 0.08,
    }
    assert expected.keys() == {claim.id for claim in claims_networks.CLAIMS}
    for name, value in expected.items():
        assert reads(name, q) == pytest.approx(value), name


def test_strengths_are_those_that_the_claims_name():
    places = claims_networks.NONE, claims_networks.SMALL, claims_networks.LARGE
    assert [nets.DECAYS[place] for place in places] == [0.0, 0.003, 0.1]
    assert nets.parameters(32) == 1153  # said by a claim
