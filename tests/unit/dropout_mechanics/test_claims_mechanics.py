"""What is measured of dropout's mechanics, how claims read it, and what slides quote."""

import numpy as np
import pytest

from demos.core.evidence import recorded
from demos.dropout_mechanics import claims, claims_rates, linear, masks, rates, summary
from demos.dropout_mechanics import compute as mech

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_rates.CLAIMS)}


def test_rings_are_asked_with_the_studys_settings(monkeypatch):
    asked = []
    answer = {
        "once": np.array([[0.9, 0.8], [0.6, 0.5]]),
        "mean": np.array([[0.9, 0.8], [0.7, 0.6]]),
    }
    monkeypatch.setattr(mech, "asked_both_ways", lambda *given: asked.append(given) or answer)
    settings = claims.RINGS.settings | {"rates": (0.0, 0.25)}
    found = claims.rings([5, 6], **settings)
    assert {name: value.tolist() for name, value in found.items()} == {
        "once_0": [0.9, 0.8],
        "once_0.25": [0.6, 0.5],
        "mean_0": [0.9, 0.8],
        "mean_0.25": [0.7, 0.6],
    }
    assert asked.pop() == ([5, 6], (0.0, 0.25), mech.RAW, 320, 40, 1000)
    claims.rings([5], **claims.ONE.settings | {"rates": (0.0, 0.5)})
    assert asked.pop() == ([5], (0.0, 0.5), mech.RAW, 320, 1, 1000)
    claims.scaled([5], **claims.SCALED.settings)
    assert asked.pop() == ([5], (0.0, 0.5), mech.SCALED, 320, 40, 1000)


def test_small_networks_are_their_seeds_own():
    found = claims.small([3, 8], **claims.SMALL.settings)
    for n, seed in enumerate((3, 8)):
        x = np.random.default_rng([seed, 1]).standard_normal((10, 3))
        for name, widths in (("one", (3, 8, 3)), ("two", (3, 5, 5, 3))):
            expected = masks.distances(masks.network(seed, widths), x, 0.5)
            assert {key: found[f"{name}_{key}"][n] for key in expected} == expected


def test_regressions_are_their_seeds_own():
    found = claims.regression([2, 5], rate=0.3, points=20, masks=30)
    for n, seed in enumerate((2, 5)):
        x, y = linear.some(seed, 20)
        formula, fitted = linear.by_formula(x, y, 0.3), linear.by_masks(x, y, 0.3, 30, seed)
        assert found["off"][n] == pytest.approx(linear.apart(formula, fitted))
        assert found["dropout"][n] < 1e-9 and found["ridge"][n] > 0.001
    assert found["ridge"][0] != found["ridge"][1]


def test_sets_are_scored_with_and_without(monkeypatch):
    asked = []

    def scores(seeds, both, fit):
        asked.append((seeds, both, fit))
        return {"accuracy": np.array([[0.5, 0.6], [0.7, 0.8]]), "nll": np.array([[2, 3], [1, 4]])}

    monkeypatch.setattr(rates, "scores", scores)
    found = claims_rates.scored([1, 2], **claims_rates.IRIS.settings)
    assert found["plain_accuracy_narrow"].tolist() == [0.5, 0.6]
    assert found["accuracy_wide"].tolist() == [0.7, 0.8] and found["nll_wide"].tolist() == [1, 4]
    assert asked == [
        ([1, 2], (0.0, 0.5), rates.NARROW_IRIS),
        ([1, 2], (0.0, 0.5), rates.WIDE_IRIS),
    ]
    asked.clear()
    claims_rates.scored([1], **claims_rates.SHAPES.settings)
    assert [(fit.points, fit.hidden) for _, _, fit in asked] == [
        (100, 128), (400, 128), (1600, 128), (400, 8),
    ]  # fmt: skip
    asked.clear()
    claims_rates.scored([1], **claims_rates.MOONS.settings)
    assert [fit for *_, fit in asked] == [rates.NARROW_MOONS, rates.WIDE_MOONS]


def test_each_claim_reads_its_own_quantities():
    rings = {f"once_{rate:g}": np.array([0.9 - rate**2]) for rate in mech.RATES}
    rings |= {f"mean_{rate:g}": np.array([0.9 - rate**4]) for rate in mech.RATES}
    q = rings | {"one_sum": 1.0, "one_geometric": 2.0, "one_arithmetic": 3.0, "two_geometric": 4.0}
    q |= {"off": 5.0, "dropout": 6.0, "ridge": 7.0, "on_narrow": 0.5, "off_narrow": 0.75}
    for n, way in enumerate(("narrow", "wide", "few", "some", "many")):
        q |= {f"plain_accuracy_{way}": 0.4, f"accuracy_{way}": 0.4 + 0.01 * 2**n}
        q |= {f"plain_nll_{way}": 2.0, f"nll_{way}": 2.0 - 0.1 * 2**n}
    reads = {
        "mechanics-rings-fall": -0.0625,
        "mechanics-rings-masks": 0.25 - 0.0625,
        "mechanics-rings-learned": 0.0625,
        "mechanics-one-mask": 0.25 - 0.0625,
        "mechanics-rings-scaled": 0.25,
        "mechanics-sum": 1,
        "mechanics-geometric": 2,
        "mechanics-arithmetic": 3,
        "mechanics-hidden": 4,
        "mechanics-ridge": 5,
        "mechanics-units": 6,
        "mechanics-ridge-units": 7,
        "mechanics-iris-narrow": 0.01,
        "mechanics-iris-wide": 0.02,
        "mechanics-read-on": -0.25,
        "mechanics-moons-narrow": 0.01,
        "mechanics-moons-wide": -0.2,
        "mechanics-shapes-few": 0.04,
        "mechanics-shapes-many": 0.16,
        "mechanics-sufficient": 0.12,
        "mechanics-bigger": 0.08,
        "mechanics-large": 0.07,
    }
    assert reads.keys() == CLAIMS.keys()
    for name, value in reads.items():
        assert np.ravel(CLAIMS[name].value(q)) == pytest.approx([value]), name


def test_accuracy_that_rises_once_does_not_fall():
    once = dict(zip(mech.RATES, ([0.9, 0.9], [0.8, 0.8], [0.81, 0.7], [0.6, 0.6]), strict=True))
    found = claims.steepest({f"once_{rate:g}": np.array(values) for rate, values in once.items()})
    np.testing.assert_allclose(found, [0.01, -0.1])
    assert CLAIMS["mechanics-rings-fall"].agrees(found).tolist() == [False, True]


def test_numbers_that_slides_quote():
    found = {"once_0.5": np.array([0.5, 0.6, 0.9]), "once_0": np.array([0.8, 0.8, 0.9])}
    assert recorded.medians(found) == {"once_0_5": 0.6, "once_0": 0.8, "seeds": 3}
    np.testing.assert_allclose(
        summary.per_rate(found, "once", (0.0, 0.5)), [[0.8, 0.8, 0.9], [0.5, 0.6, 0.9]]
    )
    q = {"nll_few": np.array([2.0, 1.0]), "plain_nll_few": np.array([3.0, 0.5])}
    assert summary.gains(q, "nll", ["few"])["few"].tolist() == [-1.0, 0.5]
