"""Reliability against counts by hand and scikit-learn; temperatures against a search."""

import numpy as np
import pytest
import torch
from scipy.optimize import minimize_scalar
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss

from demos.core.engine.losses import one_hot
from demos.label_smoothing import calibration as cal


def some(seed, *shape, size=3.0):
    """Logits (*shape, 4) and one-hot labels."""
    dice = torch.Generator().manual_seed(seed)
    logits = size * torch.randn(*shape, 4, generator=dice, dtype=torch.float64)
    return logits, one_hot(torch.randint(4, shape, generator=dice), 4).double()


def test_three_points_by_hand():
    p = torch.tensor([[0.9, 0.1], [0.2, 0.8], [0.55, 0.45]])
    y = torch.tensor([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    share, confidence, right = cal.reliability(p, y, bins=2)
    assert share.tolist() == [0.0, 1.0]
    assert confidence.tolist() == pytest.approx([0.0, 0.75])
    assert right.tolist() == pytest.approx([0.0, 2 / 3])
    assert cal.error(p, y, bins=2).item() == pytest.approx(0.75 - 2 / 3, abs=1e-6)
    # alone in their bins: off by 0.1, 0.8 and 0.45
    assert cal.error(p, y, bins=10).item() == pytest.approx(1.35 / 3, abs=1e-6)


def test_bins_are_scikit_learns():
    logits, y = some(0, 500)
    p = logits.softmax(-1)
    confidence, said = p.max(-1)
    hits = said == y.argmax(-1)
    share, sure, right = cal.reliability(p, y)
    expected = calibration_curve(hits.numpy(), confidence.numpy(), n_bins=cal.BINS)
    filled = share > 0
    np.testing.assert_allclose(right[filled], expected[0], atol=1e-12)
    np.testing.assert_allclose(sure[filled], expected[1], atol=1e-12)
    counts = np.histogram(confidence, bins=cal.BINS, range=(0, 1))[0]
    np.testing.assert_allclose(share, counts / 500, atol=1e-12)


def test_several_networks_are_scored_one_by_one():
    logits, y = some(1, 3, 40)
    found = cal.scores(logits, y)
    for n in range(3):
        p, truth = logits[n].softmax(-1).numpy(), y[n].argmax(-1).numpy()
        assert found["accuracy"][n] == pytest.approx(np.mean(p.argmax(1) == truth))
        assert found["nll"][n] == pytest.approx(log_loss(truth, p, labels=range(4)))
        assert found["confidence"][n] == pytest.approx(p.max(1).mean())
        assert found["error"][n] == pytest.approx(cal.error(logits[n].softmax(-1), y[n]).item())


def test_who_is_as_sure_as_right_has_no_error():
    dice = np.random.default_rng(2)
    p = torch.from_numpy(dice.dirichlet([1, 1, 1], 200_000))
    drawn = (p.cumsum(-1) > torch.from_numpy(dice.random((len(p), 1)))).double().argmax(-1)
    assert cal.error(p, one_hot(drawn, 3)).item() < 0.005
    sharper = p**3 / (p**3).sum(-1, keepdim=True)
    assert cal.error(sharper, one_hot(drawn, 3)).item() > 0.1


def test_the_temperature_is_the_best_there_is():
    logits, y = some(3, 2, 300)
    logits[0] = 2 * y[0] + 0.5 * logits[0]
    for t, own, truth in zip(cal.temperature(logits, y), logits, y, strict=True):
        best = minimize_scalar(
            lambda s, own=own, truth=truth: log_loss(
                truth.argmax(-1), (own / s).softmax(-1), labels=range(4)
            ),
            bounds=(0.1, 10), method="bounded",
        )  # fmt: skip
        assert abs(np.log(t.item() / best.x)) < 0.03 or best.x > 9.9
