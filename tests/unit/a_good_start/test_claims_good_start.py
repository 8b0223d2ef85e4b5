"""What is measured of good starts, quantity by quantity, and how claims read it."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from demos.a_good_start import claims, claims_clipping, claims_training
from demos.a_good_start import compute as cp
from demos.a_good_start import compute_clipping as clip
from demos.a_good_start import compute_training as deep

ALL = (*claims.CLAIMS, *claims_clipping.CLAIMS, *claims_training.CLAIMS)
CLAIMS = {claim.id.removeprefix("good-start-"): claim for claim in ALL}


def value(name, **quantities):
    return CLAIMS[name].value({key: np.array([each]) for key, each in quantities.items()}).item()


@pytest.fixture
def asked(monkeypatch):
    """What `passes` is asked for; layers of three units whose sizes say which start they are."""
    seen = []

    def passes(drawn, scale, activation=cp.RELU, biases=False, residual=False):
        seen.append((drawn, scale, activation, biases, residual))
        gave = np.array([[[0.0, 2.0]], [[0.0, 6.0 * scale]]])
        back = np.array([[[0.0, 4.0]], [[0.0, 8.0]]])
        return SimpleNamespace(activations=gave, gradients=back, into=back)

    monkeypatch.setattr(cp, "numbers", lambda *given: given)
    monkeypatch.setattr(cp, "passes", passes)
    monkeypatch.setattr(cp, "apart", lambda gave: np.array([2.0, 7.0]))
    monkeypatch.setattr(cp, "units", lambda gave: np.array([0.0, 5.0]))
    monkeypatch.setattr(cp, "weight_gradients", lambda through: np.array([3.0, 6.0]))
    return seen


def test_sizes_are_last_over_first_gradients_first_over_last(asked):
    found = claims.sizes([5], depth=2, width=9)
    assert [given[0] for given in asked] == [(5, 2, 9)] * 4
    assert [given[1:] for given in asked] == [
        (1, "relu", False, False),
        (2, "relu", False, False),
        (4, "relu", False, False),
        (pytest.approx(1 / 3), "relu", True, False),
    ]
    expected = {"one": 3.0, "two": 6.0, "four": 12.0, "pytorch": 1.0}
    for name, size in expected.items():
        assert found[f"size_{name}"] == pytest.approx([size])
        assert found[f"gradient_{name}"] == [0.5]
        assert found[f"apart_{name}"] == [3.5] and found[f"units_{name}"] == [5.0]


def test_depths_ask_for_every_pair(asked):
    found = claims.depths([5, 6], depths=(2, 4), width=9)
    assert asked[0][0] == (5, 2, 9) and asked[-1][0] == (6, 4, 9)
    pairs = {given[1:4] for given in asked}
    assert pairs == {
        (1, "sigmoid", False),
        (1, "tanh", False),
        (2, "relu", False),
        (1 / 3, "relu", True),
    }
    assert list(found["sigmoid_2"]) == [0.5, 0.5]
    assert set(found) == {f"{n}_{d}" for n in claims.PAIRS for d in (2, 4)}


def test_tanh_layers_compare_two_scales_without_biases(asked):
    found = claims.tanh_layers([5], depth=2, width=9)
    assert [given[1:4] for given in asked] == [(1 / 3, "tanh", False), (1, "tanh", False)]
    assert found["step_pytorch"] == [0.5] and found["weights_glorot"] == [2.0]
    assert found["size_glorot"] == [3.0] and found["gradient_pytorch"] == [0.5]


def test_residual_layers_of_three_scales(asked):
    found = claims.residual([5], depth=2, width=9)
    assert [given[1:] for given in asked] == [
        (2, "relu", False, True),
        (1 / 3, "relu", True, True),
        (0.5, "relu", False, True),
    ]
    assert found["size_two"] == [6.0] and found["apart_pytorch"] == [3.5]
    assert found["size_divided"] == [1.5]


def test_what_is_measured_at_the_cliff(monkeypatch):
    monkeypatch.setattr(clip, "starts", lambda seeds: np.full(len(seeds), 1.05))
    found = claims_clipping.cliff([0, 1], lr=1e-3, steps=300, longest=2.0)
    np.testing.assert_allclose(found["clipped"], [0, 0], atol=1e-6)
    far = abs(clip.descent([1.05], None, 1e-3, 300)[-1] - clip.GOAL)
    np.testing.assert_allclose(found["plain"], np.repeat(far, 2))
    slopes = clip.gradient(np.array([1.05]))[0]
    expected = 45 - np.degrees(np.arctan2(slopes[1], slopes[0]))
    np.testing.assert_allclose(found["by_value"], np.repeat(expected, 2))
    np.testing.assert_allclose(found["by_norm"], [0, 0], atol=1e-9)


def test_what_is_measured_of_training(monkeypatch):
    seen = []

    def right(seeds, fit):
        seen.append(fit)
        return torch.tensor([[0.5, 0.4], [0.96, 0.9], [0.7, 0.8]]).numpy()

    monkeypatch.setattr(deep, "right", right)
    found = claims_training.adam([1, 2], steps=40)
    assert [(f.activation, f.init, f.depth, f.steps, f.momentum) for f in seen] == [
        ("sigmoid", "glorot", 20, 40, None),
        ("tanh", "glorot", 20, 40, None),
        ("tanh", "tiny", 20, 40, None),
        ("relu", "he", 20, 40, None),
        ("relu", "glorot", 20, 40, None),
    ]
    np.testing.assert_allclose(found["tiny"], [0.96, 0.9])
    seen.clear()
    assert list(claims_training.sgd([1, 2], steps=40)) == ["he", "default"]
    assert [(f.init, f.momentum, f.lr) for f in seen] == [("he", 0.9, 0.01), ("default", 0.9, 0.01)]
    seen.clear()
    claims_training.sigmoids([1, 2], steps=40)
    assert [(f.kind, f.l2, f.depth, f.activation) for f in seen] == [
        ("plain", 0, 10, "sigmoid"),
        ("residual", 0, 10, "sigmoid"),
        ("normalized", 0, 10, "sigmoid"),
        ("plain", 0.001, 10, "sigmoid"),
    ]
    seen.clear()
    found = claims_training.longer([1, 2], steps=900)
    assert [(f.init, f.steps) for f in seen] == [("he", 200), ("default", 900)]
    np.testing.assert_allclose(found["best"], [0.96, 0.9])
    np.testing.assert_array_equal(found["until_he"], [10, 30])
    seen.clear()
    found = claims_training.decayed([1, 2], steps=40, l2=0.7)
    assert (seen[0].init, seen[0].l2, seen[0].steps) == ("he", 0.7, 40)
    np.testing.assert_allclose(found["end"], [0.7, 0.8])


def test_every_claim_reads_its_own_quantity():
    reads = {
        "two-keeps": ({"size_two": 0.25}, 4),
        "two-gradients": ({"gradient_two": 0.5}, 2),
        "one-fades": ({"size_one": 1e-5}, 1e-5),
        "four-explodes": ({"size_four": 1e4}, 1e4),
        "pytorch-apart": ({"apart_pytorch": 1e-12}, 1e-12),
        "pytorch-units": ({"units_pytorch": 0.02}, 0.02),
        "sigmoid-fades": ({"sigmoid_20": 1e-12}, 1e-12),
        "tanh-keeps": ({"tanh_20": 0.8}, 1.25),
        "relu-fades": ({"pytorch_20": 1e-6}, 1e-6),
        "relu-keeps": ({"he_20": 3.0}, 3),
        "standard-fades": ({"step_pytorch": 0.6}, 0.6),
        "glorot-keeps": ({"gradient_glorot": 0.4}, 2.5),
        "weights-alike": ({"weights_pytorch": 1.1}, 1.1),
        "residual-cures": ({"apart_pytorch": 60}, 60),
        "residual-size": ({"size_two": 1e6}, 1e6),
        "residual-explodes": ({"size_two": 1e6}, 1e6),
        "residual-divided": ({"size_divided": 0.8}, 1.25),
        "cliff-lost": ({"plain": 1e6}, 1e6),
        "cliff-clipped": ({"clipped": 0}, 0),
        "value-turns": ({"by_value": 35}, 35),
        "norm-keeps": ({"by_norm": 0}, 0),
        "sigmoid-stuck": ({"sigmoid": 0.5}, 0.5),
        "tanh-learns": ({"tanh": 1}, 1),
        "tiny-stuck": ({"tiny": 0.5}, 0.5),
        "he-learns": ({"he": 1}, 1),
        "needs-he": ({"glorot": 1}, 1),
        "pytorch-learns": ({"best": 1}, 1),
        "he-sooner": ({"until_he": 50, "until_pytorch": 200}, 0.25),
        "sgd-he": ({"he": 0.99}, 0.99),
        "sgd-pytorch": ({"default": 0.5}, 0.5),
        "residual-sigmoids": ({"residual": 0.88}, 0.88),
        "normalized-sigmoids": ({"normalized": 1}, 1),
        "decayed-sigmoids": ({"decayed": 0.5}, 0.5),
        "decayed": ({"end": 0.5}, 0.5),
    }
    assert reads.keys() == CLAIMS.keys()
    fail = {
        "residual-size",
        "needs-he",
        "residual-sigmoids",
        "decayed-sigmoids",
    }  # told, and not so
    for name, (quantities, expected) in reads.items():
        assert value(name, **quantities) == pytest.approx(expected), name
        assert CLAIMS[name].agrees(expected) == (name not in fail), name
    assert {n for n, claim in CLAIMS.items() if claim.kind == "told"} == fail | {
        "standard-fades",
        "weights-alike",
    }
