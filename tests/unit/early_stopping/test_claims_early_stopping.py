"""What is measured of early stopping, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.early_stopping import claims, claims_path, claims_sets
from demos.early_stopping import compute as early
from demos.early_stopping import compute_path as path
from demos.early_stopping import compute_sets as few

CLAIMS = {claim.id: claim for each in (claims, claims_sets, claims_path) for claim in each.CLAIMS}


def reads(expected, quantities):
    """Each of these claims reads its number out of one seed's quantities."""
    values = {name: np.array([value]) for name, value in quantities.items()}
    for name, value in expected.items():
        assert CLAIMS[name].value(values).item() == pytest.approx(value), name


def test_what_is_measured_on_the_curve(monkeypatch):
    held = np.array([9.0, 5, 6, 4, 7, 7, 7, 2, 3])[:, None]
    error, everything = np.arange(9.0)[:, None] + 1, np.arange(9.0)[:, None] + 21
    run = early.Watched(10 * np.arange(9), None, None, held, error, everything)
    monkeypatch.setattr(early, "watched", lambda seeds, noise_sd, steps: run)
    found = {name: value.item() for name, value in claims.curves([0], 0.3, 80, 3).items()}
    assert found == {
        "end": 9,
        "stopped": 4,  # of look 3: three worse ones end it
        "everything": 29,
        "anew": 24,
        "hasty": 2,
        "whole": 8,
        "missed": 40,
        "valleys": 3,
        "kept_at": 30,
        "ended_at": 60,
    }
    expected = {
        "early-stopping-helps": 4 / 9,
        "early-stopping-one-valley": 3,
        "early-stopping-patience": 40,
        "early-stopping-hasty": 0.5,
        "early-stopping-pays": 4 / 29,
        "early-stopping-anew": 6,
    }
    assert expected.keys() == {claim.id for claim in claims.CLAIMS}
    reads(expected, found)
    assert CLAIMS["early-stopping-one-valley"].agrees(1)
    assert not CLAIMS["early-stopping-one-valley"].agrees(2)


def test_what_is_claimed_of_sets_reads_its_own_way():
    q = {"loss_stopped": 0.6, "loss_everything": 0.9, "right_stopped": 0.8}
    q |= {"right_everything": 0.85, "right_anew": 0.84, "plain": 0.9, "switch": 0.5, "patient": 0.7}
    expected = {
        "early-stopping-diabetes": 2 / 3,
        "early-stopping-free-lunch": -0.05,
        "early-stopping-digits": -0.05,
        "early-stopping-digits-anew": -0.01,
        "early-stopping-iris": -0.05,
        "early-stopping-switch": -0.4,
        "early-stopping-patient": 0.2,
        "early-stopping-patient-costs": -0.2,
    }
    assert expected.keys() == {claim.id for claim in claims_sets.CLAIMS}
    reads(expected, q)
    studies = {
        CLAIMS[f"early-stopping-{name}"].study.settings["name"] for name in ("digits", "iris")
    }
    assert studies == {"digits", "iris"}
    equal = np.array([0.0])  # as many right: a free lunch, no cost, no gain
    agree = [
        CLAIMS[f"early-stopping-{n}"].agrees(equal).item() for n in ("free-lunch", "digits", "iris")
    ]
    assert agree == [True, False, True]


def test_what_is_claimed_of_paths():
    x = claims_path.shares([0, 60, 120], -3.0, 3.0)
    np.testing.assert_allclose(x["x"], [0.001, 1, 1000])
    np.testing.assert_allclose(x["farther"][1:], [1 - np.exp(-1) - 0.5, 1 / 1001], rtol=1e-9)
    q = {"farther": 0.1, "product": 0.6, "stopped": 0.5, "ridge": 0.6}
    expected = {
        "early-stopping-is-l2": 0.1,
        "early-stopping-shrinks-less": 0.1,
        "early-stopping-a-fifth": 0.1,
        "early-stopping-product": 0.6,
        "early-stopping-as-good": 1 / 6,
        "early-stopping-better": 5 / 6,
    }
    assert expected.keys() == {claim.id for claim in claims_path.CLAIMS}
    reads(expected, q)


def test_studies_pass_their_settings_on(monkeypatch):
    asked = []
    monkeypatch.setattr(few, "scores", lambda *given: asked.append(given) or {})
    claims_sets.scores([1, 2], **claims_sets.DIGITS.settings)
    assert asked == [(few.DIGITS, [1, 2])]
    monkeypatch.setattr(few, "switches", lambda *given: asked.append(given) or {"plain": 1.0})
    assert claims_sets.switches([7, 8], 100)["plain"].tolist() == [1.0, 1.0]
    assert asked[1:] == [(7, 100), (8, 100)]
    monkeypatch.setattr(path, "compared", lambda *given: asked.append(given) or {"a": 2.0})
    assert claims_path.paths([5], 30, 0.05)["a"].tolist() == [2.0] and asked[-1] == (5, 30, 0.05)
