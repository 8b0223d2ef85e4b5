"""What is measured of the arm and its cures: which options each cure sets, and how claims read them."""

import numpy as np
import pytest
import torch

from demos.correlations import claims as family
from demos.correlations import compute as cor

CLAIMS = {claim.id: claim for claim in family.CLAIMS}
PLAIN = cor.Settings(lr=0.01, epochs=2, batch=50)


def test_each_cure_sets_its_own_option_and_leaves_the_rest_alone():
    decayed = family.option("weight decay", 0.3, PLAIN)["settings"]
    assert decayed == cor.Settings(lr=0.01, weight_decay=0.3, epochs=2, batch=50)
    assert family.option("dropout", 0.4, PLAIN) == {"dropout": 0.4}
    assert family.option("input dropout", 0.2, PLAIN) == {"input_dropout": 0.2}
    images, labels = torch.ones(50, 256), torch.arange(50) % 2.0
    same, soft = family.option("label smoothing", 0.2, PLAIN)["change"](images, labels)
    assert torch.equal(same, images) and torch.allclose(soft, 0.1 + 0.8 * labels)
    holes, hard = family.option("erasing", 5, PLAIN)["change"](images, labels)
    assert torch.equal(hard, labels) and ((holes == 0).sum(1) == 25).all()
    _, mixed = family.option("mixup", None, PLAIN)["change"](images, labels)
    assert ((mixed > 0.1) & (mixed < 0.9)).any()


def test_an_unknown_cure_is_refused():
    with pytest.raises(KeyError, match="prayer"):
        family.option("prayer", 1.0, PLAIN)


def test_each_cure_is_fitted_with_its_own_options_and_read_by_its_worst_group(monkeypatch):
    asked = []

    def over_seeds(kind, seeds, tests, **options):
        asked.append((kind, seeds, [len(x) for x, _ in tests.values()], options))
        return {"worst": np.full(len(seeds), len(asked)), "test": np.ones(len(seeds))}

    monkeypatch.setattr(cor, "over_seeds", over_seeds)
    tried = {"heavy": ("weight decay", 20.0), "half": ("dropout", 0.5)}
    found = family.cures([4, 5], tried, 0.01, 2, 50, tested=60)
    assert {name: list(row) for name, row in found.items()} == {
        "alone": [1, 1],
        "heavy": [2, 2],
        "half": [3, 3],
    }
    heavy = cor.Settings(lr=0.01, weight_decay=20.0, epochs=2, batch=50)
    options = [{"settings": PLAIN}, {"settings": heavy}, {"settings": PLAIN, "dropout": 0.5}]
    assert asked == [("mlp", [4, 5], [60] * 4, each) for each in options]


def test_the_best_of_the_cures_is_taken_seed_by_seed():
    q = {"alone": np.array([9.0, 9.0]), "a": np.array([1.0, 4.0]), "b": np.array([2.0, 3.0])}
    assert family.best_cure(q).tolist() == [2.0, 4.0]


def test_the_arm_wins_only_where_both_groups_go_by_it():
    q = {
        "dumbbell_alone_98": np.array([0.1, 0.6, 0.1]),
        "hammer_arm_98": np.array([0.2, 0.1, 0.7]),
        "test_98": np.array([0.97, 0.97, 0.90]),
        "test_50": np.array([0.91, 0.98, 0.91]),
    }
    claim = CLAIMS["arm-wins"]
    assert claim.agrees(claim.value(q)).tolist() == [True, False, False]
    claim = CLAIMS["arm-flatters"]
    assert claim.agrees(claim.value(q)).tolist() == [True, False, False]
    claim = CLAIMS["arm-hammer"]
    assert claim.value(q) == pytest.approx([0.8, 0.9, 0.3])


def test_counterexample_claims_read_the_network_and_the_share_they_name():
    shares = ("0", "4", "10", "20")
    q = {f"{kind}_{s}": float(s) + (kind == "cnn") / 2 for kind in ("mlp", "cnn") for s in shares}
    expected = {"arm-counterexamples": 10, "arm-counterexamples-more": 20}
    expected |= {"arm-counterexamples-cnn": 10.5, "arm-cnn-ahead": 0.5}
    for name, value in expected.items():
        assert CLAIMS[name].value(q) == pytest.approx(value), name
