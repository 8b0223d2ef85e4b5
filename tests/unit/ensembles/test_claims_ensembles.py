"""What is measured of ensembles, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.ensembles import claims, claims_classes
from demos.ensembles import compute as ens
from demos.ensembles import compute_classes as cls

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_classes.CLAIMS)}


def test_farthest_from_the_formula_is_taken_over_all_counts_and_correlations(monkeypatch):
    expected = {0.0: [0.5, 0.25], 1.0: [0.5, 0.5]}
    off = {0.0: np.array([1.0, 0.8]), 1.0: np.array([1.1, 1.3])}

    def throws(seed, games, members, shared):
        assert (games, members) == (70, 2)
        return shared

    monkeypatch.setattr(ens, "throws", throws)
    monkeypatch.setattr(ens, "misses", lambda shared, counts: off[shared] * expected[shared])
    found = claims.formula([3], games=70, counts=(1, 2), correlations=(0.0, 1.0))
    np.testing.assert_allclose(found["farthest"], [0.3])


def test_what_is_measured_of_networks_on_the_curve(monkeypatch):
    errors = {
        ens.STARTS: np.array([[[1.0, 1.0], [3.0, 1.0]]]),  # a seed, two members, two points
        ens.BAGS: np.array([[[2.0, 0.0], [-2.0, 0.0]]]),
    }
    monkeypatch.setattr(ens, "fitted", lambda seeds, way, members, steps: errors[way])
    monkeypatch.setattr(ens, "errors", lambda answers: answers)
    found = {name: value.item() for name, value in claims.curves([0], 2, 9).items()}
    assert found == {
        "member_starts": 3.0,  # of 1 and 5
        "mean_starts": 2.5,  # (2, 1)
        "correlation_starts": pytest.approx(2 / 3),  # products 3 and 1, so 2 of 3
        "best_starts": 1.0,
        "member_bags": 2.0,
        "mean_bags": 0.0,
        "correlation_bags": -1.0,
        "best_bags": 2.0,
    }
    values = {name: np.array([value]) for name, value in found.items()}
    reads = {
        "ensembles-starts-independent": 2 / 3,
        "ensembles-starts-alike": 2 / 3,
        "ensembles-starts-little": 2.5 / 3,
        "ensembles-bags-apart": -1 - 2 / 3,
        "ensembles-bags-member": 2 / 3,
        "ensembles-bags-better": 0.0,
        "ensembles-mean-best": 2.5,
        "ensembles-bags-best": 0.0,
    }
    for name, value in reads.items():
        assert CLAIMS[name].value(values).item() == pytest.approx(value), name
    assert CLAIMS["ensembles-starts-alike"].agrees(2 / 3)
    assert not CLAIMS["ensembles-starts-independent"].agrees(2 / 3)


def test_what_is_claimed_of_classifiers_reads_its_own_way():
    ways = ("one", "starts", "bags", "checkpoints", "weights", "logits")
    q = {f"accuracy_{way}": np.array([0.3 + 0.01 * n]) for n, way in enumerate(ways)}
    q |= {f"nll_{way}": np.array([3.0 - 0.1 * n * n]) for n, way in enumerate(ways)}
    q |= {"accuracy_best": np.array([0.35]), "accuracy_member": np.array([0.3])}
    q |= {"tree": np.array([0.7]), "trees": np.array([0.9]), "moved": np.array([1e-6])}
    q |= {"nll_logistic": np.array([0.4]), "nll_logistics": np.array([0.45])}
    reads = {
        "ensembles-five-accuracy": 0.01,
        "ensembles-five-nll": -0.1,
        "ensembles-checkpoints-accuracy": 0.03,
        "ensembles-checkpoints-nll": -0.9,
        "ensembles-weights-accuracy": 0.04,
        "ensembles-weights-nll": -1.6,
        "ensembles-bagging-networks": 0.02,
        "ensembles-bagging-behind": 0.01,
        "ensembles-probabilities": 2.9 - 0.5,
        "ensembles-trees": 0.2,
        "ensembles-convex-starts": 1e-6,
        "ensembles-convex-bags": 0.05,
    }
    assert reads.keys() == {claim.id for claim in claims_classes.CLAIMS}
    for name, value in reads.items():
        assert CLAIMS[name].value(q).item() == pytest.approx(value), name


def test_studies_pass_their_settings_on(monkeypatch):
    asked = {}
    monkeypatch.setattr(cls, "scores", lambda *given: asked.update(scores=given) or {})
    claims_classes.networks([1, 2], **claims_classes.NETWORKS.settings)
    assert asked["scores"] == ([1, 2], cls.Fit(points=400, batch=32, steps=800, lr=0.001), 5)
    monkeypatch.setattr(cls, "trees", lambda *given: asked.update(trees=given) or {"tree": 1.0})
    monkeypatch.setattr(cls, "convex", lambda *given: asked.update(convex=given) or {"moved": 0.0})
    found = claims_classes.digits([7, 8], **claims_classes.DIGITS.settings)
    assert asked["trees"] == (8, 200, 50) and asked["convex"] == (8, 200, 16, 0.1)
    assert {name: list(value) for name, value in found.items()} == {"tree": [1, 1], "moved": [0, 0]}
