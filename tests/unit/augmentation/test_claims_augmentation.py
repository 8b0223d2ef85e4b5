"""What is measured of augmentation, mixup and noise, and how claims read it."""

import numpy as np
import pytest

from demos.augmentation import (
    claims,
    claims_noise,
    compute,
    compute_mixup,
    compute_noise,
    compute_signals,
    summary,
)
from demos.core.evidence import recorded

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_noise.CLAIMS)}


def replaced(monkeypatch, module, name, answer):
    """The function's calls, in a list that fills."""
    asked = []
    monkeypatch.setattr(
        module, name, lambda *given, **more: asked.append((given, more)) or answer(*given)
    )
    return asked


def test_digits_are_shifted_and_turned_as_the_settings_say(monkeypatch):
    def answer(seeds, ways=None, change="shifted", fit=None):
        way = "turned" if ways else "never"
        return {f"centred_{way}": np.array([1.0])}

    asked = replaced(monkeypatch, compute, "on_digits", answer)
    found = claims.digits([1], **claims.DIGITS.settings)
    assert set(found) == {"centred_never", "centred_turned"}
    fit = compute.Fit()
    assert asked == [(([1], {"turned": 0.5}, "turned", fit), {}), (([1],), {"fit": fit})]


def test_studies_pass_their_settings_on(monkeypatch):
    asked = replaced(monkeypatch, compute_signals, "on_signals", lambda *given: "signals")
    assert claims.signals([1], **claims.SIGNALS.settings) == "signals"
    assert asked == [(([1], compute_signals.Fit(), 5), {})]
    asked = replaced(monkeypatch, compute, "leak", lambda seed, *_: {"before": seed, "after": 2})
    found = claims.leaks([3, 4], **claims.LEAKS.settings)
    assert found["before"].tolist() == [3, 4] and found["after"].tolist() == [2, 2]
    assert asked[1] == ((4, 9, 0.1, 100, 0.2), {})
    asked = replaced(monkeypatch, compute_noise, "errors", lambda *given: "errors")
    assert claims_noise.bump([1], **claims_noise.BUMP.settings) == "errors"
    assert asked == [(([1], compute_noise.Fit()), {})]
    replaced(monkeypatch, compute_noise, "off", lambda seed, counts, sd, n: [seed, sd, n])
    found = claims_noise.linear([6, 7], 0.5, 30, (1, 10, 100))
    assert {name: values.tolist() for name, values in found.items()} == {
        "off_1": [6, 7], "off_10": [0.5, 0.5], "off_100": [30, 30],
    }  # fmt: skip


def test_all_six_sets_are_mixed(monkeypatch):
    asked = replaced(monkeypatch, compute_mixup, "gains", lambda name, *_: {"accuracy": len(name)})
    found = claims_noise.sets([2], **claims_noise.SETS.settings)
    assert found["accuracy_breast_cancer"] == 13 and len(found) == 6
    assert asked[0] == (("blobs", [2], 1.0, compute_mixup.Fit()), {})


def test_each_claim_reads_its_own_side():
    digits = {
        "centred_never": 0.8, "centred_half": 0.9, "centred_always": 0.7, "centred_turned": 0.5,
        "shifted_never": 0.3, "shifted_always": 0.9,
    }  # fmt: skip
    signals = {"plain": 0.3, "rolled": 0.45, "both": 0.5, "five": 0.6}
    gains = {f"accuracy_{n}": -0.1 for n in ("rings", "iris", "wine", "breast_cancer")}
    gains |= {"accuracy_blobs": 0.05, "accuracy_moons": 0.02, "nll_blobs": -2.0}
    noise = {"none": 0.5, "inputs": 0.2, "weights": 0.3, "labels": 0.4}
    ridge = {"off_1": 0.5, "off_100": 0.05, "off_10000": 0.005}
    expected = {
        "helps": -0.1, "shifted": 0.6, "turned": -0.3,
        "rolled": 0.15, "both": 0.05, "five": 0.1, "leaks": 0.2,
        "mixup": (0.07 - 0.4) / 6, "mixup-blobs": 0.05, "mixup-rings": -0.1,
        "mixup-real": -0.1, "mixup-loss": -2.0,
        "noise-inputs": 0.4, "noise-weights": 0.6, "noise-labels": 0.8,
        "is-ridge": 0.005, "few-copies": 0.5, "hundredfold": 0.1,
    }  # fmt: skip
    assert {f"augmentation-{name}" for name in expected} == set(CLAIMS)
    found = digits | signals | gains | noise | ridge | {"before": 1.0, "new_before": 0.8}
    found = {name: np.array([value]) for name, value in found.items()}
    for name, value in expected.items():
        claim = CLAIMS[f"augmentation-{name}"]
        assert claim.value(found)[0] == pytest.approx(value), name
        agrees = name not in ("helps", "mixup")  # the two that are told, against these numbers
        assert claim.agrees(claim.value(found))[0] == agrees, name


def test_slides_quote_medians_and_points():
    found = {"a b": np.array([1.0, 2.0, 9.0]), "c": np.array([0.5, 0.7, 0.6])}
    assert recorded.medians(found) == {"a_b": 2, "c": 0.6, "seeds": 3}
    gained = summary.gained(found, {"more": ("a b", "c")})
    assert gained["more"] == pytest.approx(130)
