"""What is measured of losses, and how claims read it."""

import numpy as np
import pytest
import torch

from demos.losses import (
    backward,
    claims,
    claims_networks,
    compute,
    floats,
    metrics,
    pairs,
    rates,
    summary,
)

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_networks.CLAIMS)}


def test_gradients_are_compared_for_a_class_and_for_a_soft_target(monkeypatch):
    found = claims.gradients([3, 5], **claims.GRADIENTS.settings)
    assert all((found[name] < 1e-10).all() for name in pairs.BELONG)
    asked = []
    monkeypatch.setattr(claims, "off", lambda name, z, t: asked.append((name, z, t)) or len(asked))
    found = claims.gradients([3], classes=4, spread=2.0)
    assert [name for name, *_ in asked] == [name for name in pairs.BELONG for _ in "hs"]
    for (_, z, hard), (_, _, soft) in zip(asked[::2], asked[1::2], strict=True):
        assert z.shape == (4,) and sorted(hard) == [0, 0, 0, 1]
        assert soft.sum() == pytest.approx(1) and soft.max() < 1
    assert [found[name].item() for name in pairs.BELONG] == [2, 4, 6]


def test_a_wrong_slope_would_be_seen(monkeypatch):
    right = pairs.PAIRS[pairs.BINARY]
    wrong = right._replace(predict=lambda z: right.predict(z) + 1e-6)
    monkeypatch.setitem(pairs.PAIRS, pairs.BINARY, wrong)
    z, t = np.array([0.3, -1.0]), np.array([1.0, 0.0])
    assert claims.off(pairs.BINARY, z, t) == pytest.approx(1e-6, rel=1e-3)


def test_a_case_is_a_logit_farther_out_or_another_type_and_width():
    found = claims.confident([0, 3], lr=1.0)
    for name, key in ((pairs.BINARY, "binary"), (pairs.SIGMOID_SQUARES, "squares")):
        assert found[key].tolist() == [pairs.until_right(name, z) for z in (-4, -7)]
    small = claims.overflow(range(12), logit=50)
    names = [str(floats.TYPES[case % 4]) for case in range(12)]
    expected = [float(name == "torch.float16") for name in names]
    assert small["nan"].tolist() == expected
    assert small["shifted"].max() < 1e-10
    assert claims.overflow([1, 9], logit=0)["shifted"] == pytest.approx([0.5, 0.99], abs=0.01)
    sure = claims.sure([0, 79])
    assert sure["after"].tolist() == [0, 0] and sure["logits"].tolist() == [1, 1]


def test_sum_and_mean_are_compared_along_the_way():
    found = claims.summed([4], lr=0.1, steps=5, points=50)
    x, y = rates.patients(4, 50)
    away = rates.descended(x, y, 0.1, 5, mean=False)
    assert found["grown"].item() == pytest.approx(np.log10(away[5] / away[0]))
    assert found["mean"].item() == pytest.approx(rates.descended(x, y, 0.1, 5)[-1])
    assert found["apart"].item() < 1e-12


def test_gradients_by_hand_are_compared_with_both(monkeypatch):
    monkeypatch.setattr(backward, "by_hand", lambda *_: np.array([1.0, 2.0]))
    monkeypatch.setattr(backward, "by_autograd", lambda *_: np.array([1.0, 2.5]))
    monkeypatch.setattr(backward, "by_differences", lambda *_: np.array([0.0, 2.0]))
    found = claims.backwards([1, 2])
    assert found["autograd"].tolist() == [0.5, 0.5] and found["differences"].tolist() == [1, 1]


def test_studies_pass_their_settings_on(monkeypatch):
    asked = {}

    def told(module, name, answer):
        monkeypatch.setattr(
            module, name, lambda *given: asked.setdefault(name, []).append(given) or answer
        )

    told(compute, "step_by_step", ("loss", "accuracy"))
    told(compute, "moves", (np.array([1.0]), np.array([0.1]), np.array([0.01])))
    told(compute, "two_curves", ("looks", "seen"))
    told(compute, "read_off", {"rise": np.array([2.0])})
    told(compute, "on_digits", "digits")
    told(metrics, "scored", {"f1": 0.5})
    found = claims_networks.irises([1], **claims_networks.IRISES.settings)
    assert found == {"falls": [1.0], "moves": [0.1], "down": [0.01]}
    assert asked["step_by_step"] == [([1], 0.1, 300)]
    found = claims_networks.curves([1], **claims_networks.CURVES.settings)
    assert found == {"rise_straight": [2.0], "rise_wide": [2.0]}
    assert asked["two_curves"] == [([1], w, 400, 100) for w in (compute.STRAIGHT, compute.WIDE)]
    assert claims_networks.digits([1], **claims_networks.DIGITS.settings) == "digits"
    assert asked["on_digits"] == [([1], 0.1, 100, 100)]
    assert claims_networks.sick([1, 2], **claims_networks.SICK.settings)["f1"].tolist() == [0.5] * 2
    assert asked["scored"] == [(seed, 0.05, 400, 2000) for seed in (1, 2)]


def test_each_claim_reads_its_own_quantities():
    q = {"squares": 60.0, "binary": 5.0, "classes": 3.0, "nan": 1.0, "shifted": 0.02}
    q |= {"after": -0.3, "logits": 0.75, "apart": 1e-12, "grown": 9.0}
    q |= {"autograd": 0.1, "differences": 0.4, "falls": 1.0, "moves": 0.09, "down": 0.01}
    for n, way in enumerate(compute.WAYS):
        q |= {f"same_{way}": 0.9 - 0.1 * n * n, f"best_{way}": 0.95 - 0.01 * n * n}
    q |= {"rise_straight": 1.1, "train_straight": 0.3, "rise_wide": 7.0, "train_wide": 0.01}
    q |= {"lost_wide": 0.03, "accuracy_nobody": 0.95, "accuracy_balanced": 0.85}
    q |= {"recall_balanced": 0.8, "recall_plain": 0.3, "f1_plain": 0.5, "f1_balanced": 0.4}
    reads = {
        "losses-gradient": 60.0,
        "losses-confident": 12.0,
        "losses-nan": 1.0,
        "losses-shifted": 0.02,
        "losses-sure": 0.3,
        "losses-logits": 0.25,
        "losses-sum-same": 1e-12,
        "losses-sum-away": 9.0,
        "losses-backward": 0.4,
        "losses-falls": 1.0,
        "losses-moves": 0.09,
        "losses-down": 0.01,
        "losses-rate": 0.1,
        "losses-best-rate": 0.01,
        "losses-twice": 0.5,
        "losses-twice-best": 0.05,
        "losses-squares": -0.12,
        "losses-underfit": 1.1,
        "losses-underfit-high": 0.3,
        "losses-overfit": 7.0,
        "losses-overfit-low": 0.01,
        "losses-overfit-accuracy": 0.03,
        "losses-nobody": 0.1,
        "losses-recall": 0.5,
        "losses-f1": 0.1,
    }
    q = {name: np.array([value]) for name, value in q.items()}
    assert reads.keys() == CLAIMS.keys()
    for name, value in reads.items():
        assert CLAIMS[name].value(q).item() == pytest.approx(value), name


def test_numbers_that_slides_quote():
    found = summary.steps_that_move(np.array([0.1, 0.1, 0.4, 0.3, 0.3, 0.5]))
    assert found == {"moved": 3, "fell": 1}


def test_a_float_type_of_the_census_is_none_twice():
    assert len(set(floats.TYPES)) == 4 and torch.float32 in floats.TYPES
    assert claims.OVERFLOW.cases == 12
