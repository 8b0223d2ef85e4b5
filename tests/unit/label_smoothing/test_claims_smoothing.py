"""What is measured of label smoothing, and how claims read it."""

import numpy as np
import pytest
import torch

from demos.core.evidence import recorded
from demos.label_smoothing import calibration, claims, claims_digits, gaps, summary
from demos.label_smoothing import compute as lab

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_digits.CLAIMS)}


def test_a_case_has_its_own_number_of_classes_and_the_farthest_step_counts():
    found = claims.alone([0, 3], smoothing=0.2, lr=0.1, steps=400)
    for n, classes in enumerate((2, 5)):
        off = gaps.descended(classes, 0.0, 0.1, 400) - gaps.at_time(0.1 * np.arange(401), classes)
        assert found["off"][n] == pytest.approx(np.abs(off).max())
        last = gaps.descended(classes, 0.2, 0.1, 400)[-1]
        assert found["end"][n] == pytest.approx(abs(last - gaps.end(0.2, classes)))


def test_studies_pass_their_settings_on(monkeypatch):
    asked = {}

    def told(name, answer):
        monkeypatch.setattr(
            lab, name, lambda *given, **more: asked.update({name: (given, more)}) or answer
        )

    told("straight", np.array([[1.0, 2.0], [4.0, 7.0]]))
    told("growing", (None, np.arange(12.0).reshape(3, 2, 2)))
    told("on_blobs", "blobs")
    told("on_digits", "digits")
    assert claims.straight([1, 2], **claims.STRAIGHT.settings)["gained"].tolist() == [3, 5]
    assert asked["straight"] == (([1, 2], 0.3, 10_000), {})
    found = claims.growing([1, 2], **claims.GROWING.settings)
    assert {name: value.tolist() for name, value in found.items()} == {
        "early_hard": [4, 5], "early_smoothed": [6, 7], "late_hard": [8, 9], "late_smoothed": [10, 11],
    }  # fmt: skip
    assert asked["growing"] == (([1, 2], 0.1), {"fit": lab.Fit(steps=4000), "every": 400})
    assert claims.blobs([1], **claims.BLOBS.settings) == "blobs"
    assert asked["on_blobs"] == (([1], 0.1, 1.0, lab.Fit()), {})
    assert claims_digits.digits([1], **claims_digits.DIGITS.settings) == "digits"
    assert asked["on_digits"] == (([1], 0.1, lab.DIGITS), {})


def test_blobs_apart_are_scored_hard_then_smoothed(monkeypatch):
    out, y = torch.randn(2, 3, 20, 3), torch.eye(3)[torch.arange(60) % 3].view(3, 20, 3)
    monkeypatch.setattr(lab, "two", lambda *given: (out, y))
    found = claims.apart([1, 2, 3], **claims.APART.settings)
    for name, logits in zip(("hard", "smoothed"), out, strict=True):
        expected = calibration.scores(logits, y)["error"]
        np.testing.assert_allclose(found[f"error_{name}"], expected)


def test_each_claim_reads_its_own_quantities():
    ways = (*lab.WAYS, "hard_tempered", "smoothed_tempered")
    q = {f"accuracy_{way}": np.array([0.5 + 0.01 * n * n]) for n, way in enumerate(ways)}
    q |= {f"nll_{way}": np.array([2.0 - 0.03 * n * n]) for n, way in enumerate(ways)}
    q |= {f"error_{way}": np.array([0.3 - 0.005 * n * n]) for n, way in enumerate(ways)}
    q |= {"off": np.array([0.01]), "end": np.array([1e-9]), "gained": np.array([0.8 * np.log(10)])}
    q |= {"early_hard": np.array([3.0]), "late_hard": np.array([9.0])}
    q |= {"late_smoothed": np.array([np.log(28) - 0.1])}
    reads = {
        "smoothing-formula": 0.01,
        "smoothing-end": 1e-9,
        "smoothing-log": 0.2,
        "smoothing-goes-on": 6.0,
        "smoothing-stops": 0.1,
        "smoothing-blobs-error": -0.005,
        "smoothing-blobs-nll": -0.03,
        "smoothing-blobs-accuracy": 0.01,
        "smoothing-flipped": 3.0,  # 0.03 (4 - 1) over 0.03
        "smoothing-soft": -0.03 * 8,  # than the smoothed one's, the smaller of two
        "smoothing-wrong-accuracy": 0.09,
        "smoothing-wrong-nll": -0.27,
        "smoothing-apart": -0.005,
        "smoothing-digits-accuracy": 0.01,
        "smoothing-digits-nll": -0.03,
        "smoothing-calibrates": -0.005,
        "smoothing-tempered": -0.005 * 48,
        "smoothing-tempered-nll": -0.03 * 13,
    }
    assert reads.keys() == CLAIMS.keys()
    for name, value in reads.items():
        assert CLAIMS[name].value(q).item() == pytest.approx(value), name


def test_numbers_that_slides_quote():
    found = {"nll_hard": np.array([1.0, 3.0, 5.0]), "nll_wrong smoothed": np.array([2.0, 2.0, 8.0])}
    assert recorded.medians(found) == {"nll_hard": 3.0, "nll_wrong_smoothed": 2.0, "seeds": 3}
    assert summary.minus(found, "nll", "wrong smoothed", "hard").tolist() == [1.0, -1.0, 3.0]
