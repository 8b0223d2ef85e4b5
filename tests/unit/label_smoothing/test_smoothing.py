"""Blobs against their closed form and scikit-learn, networks against the plain loop with PyTorch's own
label smoothing, targets by hand."""

import numpy as np
import pytest
import torch
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from torch import nn

from demos.core.engine import sets
from demos.core.engine.batches import Data
from demos.core.engine.parts import Flip
from demos.label_smoothing import calibration
from demos.label_smoothing import compute as lab

TINY = lab.Fit(points=12, widths=(2, 8, 3), steps=6, lr=0.1)


def test_blobs_are_round_and_in_turn():
    x, y = lab.blobs(seed=1, count=30_000, sd=0.5)
    assert y[:4].tolist() == [0, 1, 2, 0]
    for k in range(3):
        own = x[y == k] - lab.CENTRES[k]
        assert np.abs(own.mean(0)).max() < 0.03
        np.testing.assert_allclose(np.cov(own.T), 0.25 * np.eye(2), atol=0.02)
    assert np.linalg.norm(lab.CENTRES, axis=1) == pytest.approx(lab.RADIUS)
    fresh, _ = lab.blobs(seed=1, count=30_000, sd=0.5, whose=lab.FRESH)
    assert not np.allclose(fresh, x)


def test_the_posterior_is_bayes_rule_and_discriminant_analysis_finds_it():
    x, y = lab.blobs(seed=2, count=30_000)
    p = lab.posterior(x)
    densities = np.exp(-((x[:, None] - lab.CENTRES) ** 2).sum(-1) / 2)
    np.testing.assert_allclose(p, densities / densities.sum(1, keepdims=True), rtol=1e-9)
    fitted = LinearDiscriminantAnalysis().fit(x, y).predict_proba(x)
    assert np.abs(fitted - p).mean() < 0.01  # fitted to 30,000 points


def plain(seed, data, smoothing, fit):
    """One network by torch.nn and torch.optim, as the slide has it; targets may be probabilities."""
    torch.manual_seed(seed)
    first, *inner, last = fit.widths
    layers = [nn.Linear(first, inner[0]), nn.ReLU()]
    layers += [nn.Linear(inner[-1], last)]
    net = nn.Sequential(*layers)
    loss = nn.CrossEntropyLoss(label_smoothing=smoothing)
    optimizer = torch.optim.SGD(net.parameters(), lr=fit.lr, momentum=fit.momentum)
    for _ in range(fit.steps):
        optimizer.zero_grad()
        loss(net(data.x[0]), data.y[0]).backward()
        optimizer.step()
    return net


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.4])
def test_networks_are_those_of_the_plain_loop(smoothing):
    data, fresh = lab.points([5], 12), lab.points([5], 9, whose=lab.FRESH)
    found = lab.answers([5], data, fresh, smoothing, fit=TINY)[0]
    expected = plain(5, data, smoothing, TINY)(fresh.x[0]).detach()
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-5)


def test_ways_to_label_by_hand():
    data = lab.points([3, 4], 12)
    targets, smooth, flip = lab.ways([3, 4], data, 0.3, sd=1.0)
    assert targets.shape == (12, 12, 3)
    parts = dict(zip(lab.WAYS, targets.unflatten(0, (6, 2)), strict=True))
    for way in ("hard", "smoothed", "flipped"):
        assert torch.equal(parts[way], data.y)
    np.testing.assert_allclose(parts["soft"], lab.posterior(data.x.numpy()), atol=1e-6)
    changed = (parts["wrong"] != data.y).any(-1)
    assert changed.sum(1).tolist() == [lab.WRONG] * 2
    assert not torch.equal(changed[0], changed[1])
    after = (data.y.argmax(-1) + 1) % 3
    assert (parts["wrong"].argmax(-1)[changed] == after[changed]).all()
    assert torch.equal(parts["wrong"], parts["wrong smoothed"])
    assert smooth.tolist() == [0, 0, 0.3, 0.3, 0, 0, 0, 0, 0, 0, 0.3, 0.3]
    assert flip.tolist() == pytest.approx([0, 0, 0, 0, 0.2, 0.2, 0, 0, 0, 0, 0, 0])


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_flipped_labels_are_on_average_the_smoothed_one(classes, smoothing=0.3, many=200_000):
    y = torch.eye(classes)[:1].expand(many, classes)
    share = torch.tensor(lab.flipped_like(smoothing, classes))
    dice = torch.Generator().manual_seed(0)
    _, flipped = Flip("flip").data(
        y, y, lambda name, kind, shape: torch.rand(shape, generator=dice), {"flip": share}
    )
    expected = torch.full((classes,), smoothing / classes)
    expected[0] += 1 - smoothing
    torch.testing.assert_close(flipped.mean(0), expected, rtol=0, atol=0.005)


def test_every_way_is_scored_with_its_own_networks():
    fit = lab.Fit(points=12, widths=(2, 8, 3), steps=6, lr=0.1)
    found = lab.on_blobs([3, 4], 0.3, fit=fit, tested=30)
    data, fresh = lab.points([3, 4], 12), lab.points([3, 4], 30, whose=lab.FRESH)
    wrong = lab.some_wrong(data.y, [3, 4])
    soft = torch.from_numpy(lab.posterior(data.x.numpy())).float()
    for way, y, smoothing in (
        ("hard", data.y, 0.0),
        ("smoothed", data.y, 0.3),
        ("soft", soft, 0.0),
        ("wrong", wrong, 0.0),
        ("wrong smoothed", wrong, 0.3),
    ):
        for n, seed in enumerate((3, 4)):
            net = plain(seed, Data(data.x[n : n + 1], y[n : n + 1]), smoothing, fit)
            scores = calibration.scores(net(fresh.x[n]).detach(), fresh.y[n])
            for what in ("accuracy", "nll", "error"):
                assert found[f"{what}_{way}"][n] == pytest.approx(scores[what].item(), abs=1e-4)


def test_hard_and_smoothed_start_and_learn_alike():
    out, y = lab.two([3, 4], 0.3, fit=TINY, tested=30)
    every = lab.on_blobs([3, 4], 0.3, fit=TINY, tested=30)
    for way, logits in zip(("hard", "smoothed"), out, strict=True):
        nll = calibration.scores(logits, y)["nll"]
        np.testing.assert_allclose(nll, every[f"nll_{way}"], rtol=1e-4)


def test_gaps_are_looked_at_on_the_trained_points():
    looks, seen = lab.growing([3, 4], 0.3, fit=TINY, every=3)
    assert looks.tolist() == [0, 3, 6] and seen.shape == (3, 2, 2)
    data = lab.points([4], 12)
    for way, smoothing in enumerate((0.0, 0.3)):
        out = plain(4, data, smoothing, TINY)(data.x[0]).detach().sort(-1).values
        assert seen[-1, way, 1] == pytest.approx((out[:, 2] - out[:, 1]).mean().item(), abs=1e-4)


def test_a_margin_is_the_least_lead_of_the_right_class():
    out = torch.tensor([[[3.0, 1.0, 0.0], [0.0, 2.0, 1.5]], [[1.0, 2.0, 5.0], [0.0, 9.0, 1.0]]])
    y = torch.tensor([[[1.0, 0, 0], [0, 1, 0]], [[1.0, 0, 0], [0, 1, 0]]])
    assert lab.margin(out, y).tolist() == [0.5, -4.0]


def test_softmax_regression_is_straight_and_looked_at_twice():
    early, late = lab.straight([3], steps=200, lr=0.1, momentum=0.9)
    data = lab.points([3], 60, 0.3)
    margins = []
    torch.manual_seed(3)
    net = nn.Linear(2, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    for step in range(201):
        if step in (20, 200):
            margins.append(lab.margin(net(data.x), data.y).item())
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(data.x[0]), data.y[0]).backward()
        optimizer.step()
    assert [early.item(), late.item()] == pytest.approx(margins, abs=1e-4)


def test_digits_are_fitted_as_plain_adam_does_and_tempered_on_validation_points():
    fit = lab.DigitsFit(points=30, valid=40, widths=(64, 12, 10), steps=3, batch=30, lr=0.01)
    valid_out, valid_y, out, y = lab.digits([2], 0.2, fit)
    parts = sets.split(sets.bundled("digits"), 2, 30, 40)
    assert torch.equal(valid_y, parts.valid.y) and torch.equal(y, parts.test.y)
    for way, smoothing in enumerate((0.0, 0.2)):
        torch.manual_seed(2)
        net = nn.Sequential(nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, 10))
        optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
        for _ in range(3):
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss(label_smoothing=smoothing)
            loss(net(parts.train.x[0]), parts.train.y[0].argmax(-1)).backward()
            optimizer.step()
        for found, part in ((valid_out, parts.valid), (out, parts.test)):
            torch.testing.assert_close(found[way, 0], net(part.x[0]).detach(), rtol=0, atol=2e-4)
    scores = lab.on_digits([2], 0.2, fit)
    for way, seen, fresh in zip(("hard", "smoothed"), valid_out, out, strict=True):
        t = calibration.temperature(seen, valid_y)
        assert scores[f"temperature_{way}"] == pytest.approx(t)
        tempered = calibration.scores(fresh / t[:, None, None], y)
        assert scores[f"nll_{way}_tempered"] == pytest.approx(tempered["nll"], rel=1e-5)
        assert scores[f"nll_{way}"] == pytest.approx(calibration.scores(fresh, y)["nll"], rel=1e-5)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: lab.blobs(-1, 9), "seed is -1: say a whole number, 0 or more"),
        (lambda: lab.blobs(0, 2), "points is 2: say a whole number, 3 or more"),
        (lambda: lab.blobs(0, 9, -0.5), "sd is -0.5: say a number, 0 or more"),
        (lambda: lab.two([0], smoothing=2), "smoothing is 2.0: say a number from 0 to 1"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
