"""Digits with wrong labels, and networks on them, against the loop on the slide."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.double_descent import compute_networks as nets

SHORT = nets.Fit(steps=6, every=2)


def plain(seed, width, fit, decay, kind):
    """The loop on the slide: test loss, error rates on test and training digits after every two steps."""
    shown, looked = nets.digits(seed, fit)
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.003, weight_decay=decay)

    def loss(x, y):
        if kind == nets.CROSS:
            return nn.functional.cross_entropy(net(x), y)
        return (net(x) - y).square().sum(1).mean()

    def wrong(x, y):
        return (net(x).argmax(1) != y.argmax(1)).float().mean()

    x, y = shown.x[0], shown.y[0]
    (valid, test), (valid_y, test_y) = (
        each[0].split([fit.valid, fit.tested]) for each in (looked.x, looked.y)
    )
    rows = []
    for step in range(fit.steps + 1):
        if step % fit.every == 0:
            with torch.no_grad():
                seen = loss(valid, valid_y), loss(test, test_y), wrong(test, test_y), wrong(x, y)
            rows.append([each.item() for each in seen])
        optimizer.zero_grad()
        loss(x, y).backward()
        optimizer.step()
    return np.array(rows).T


@pytest.mark.parametrize(("decay", "kind"), [(0.0, nets.SQUARED), (0.1, nets.CROSS)])
def test_networks_are_those_of_the_plain_loop(decay, kind):
    found = nets.along([3, 8], 5, SHORT, decay, kind)
    for at, seed in enumerate((3, 8)):
        expected = plain(seed, 5, SHORT, decay, kind)
        for name, values in zip(("valid", "loss", "rate", "training"), expected, strict=True):
            np.testing.assert_allclose(found[name][:, at], values, rtol=1e-4, atol=1e-6)


def test_wrong_labels_are_as_many_as_asked_and_another_classs():
    y = torch.eye(10).repeat(10, 1)
    found = nets.some_wrong(y, 1, 20)
    changed = (found != y).any(1)
    assert changed.sum() == 20 and (found.sum(1) == 1).all()
    assert not torch.equal(found, nets.some_wrong(y, 2, 20))
    assert torch.equal(nets.some_wrong(y, 1, 0), y)
    assert (nets.some_wrong(y, 1, 100).argmax(1) != y.argmax(1)).all()
    with pytest.raises(ValueError, match="wrong is 101: say a whole number from 0 to 100"):
        nets.some_wrong(y, 1, 101)


def test_no_digit_is_in_two_parts_and_labels_to_look_at_are_right():
    shown, looked = nets.digits(4)
    assert shown.x.shape == (1, 100, 64) and looked.x.shape == (1, 600, 64)
    rows = {tuple(row) for row in torch.cat([shown.x[0], looked.x[0]]).tolist()}
    assert len(rows) == 700 and max(map(max, rows)) == 1
    right = nets.digits(4, nets.Fit(wrong=0))
    assert (right[0].y != shown.y).any(-1).sum() == 20
    assert torch.equal(right[1].y, looked.y)
    assert sorted(right[0].y[0].sum(0).tolist()) == pytest.approx([10] * 10, abs=1)
    x, y, x_test, y_test = nets.plain_digits(4)
    assert torch.equal(x, shown.x[0]) and torch.equal(y, shown.y[0])
    assert torch.equal(x_test, looked.x[0, 100:]) and torch.equal(y_test, looked.y[0, 100:])


@pytest.mark.parametrize("width", [4, 13, 100])
def test_parameters_are_counted_as_pytorch_counts_them(width):
    net = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    assert nets.parameters(width) == sum(p.numel() for p in net.parameters())


def test_what_is_kept_is_the_last_look_and_the_best_on_validation(monkeypatch):
    seen = {
        "valid": [[3, 1], [1, 2], [2, 3]],
        "loss": [[5, 6], [7, 8], [9, 10]],
        "rate": [[0.5, 0.6], [0.7, 0.8], [0.9, 1.0]],
        "training": [[1, 1], [1, 0.5], [0, 0.25]],
    }
    seen = {name: np.array(rows, dtype=float) for name, rows in seen.items()}
    monkeypatch.setattr(nets, "along", lambda *_: seen)
    found = nets.at_end([0, 1], 4)
    expected = {"loss": [9, 10], "rate": [0.9, 1.0], "training": [0, 0.25]}
    expected |= {"loss_stopped": [7, 6], "rate_stopped": [0.7, 0.6], "stopped_at": [50, 0]}
    assert {name: values.tolist() for name, values in found.items()} == expected


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="width is 0: say a whole number, 1 or more"):
        nets.at_end([0], 0)
    with pytest.raises(ValueError, match="decay is -1: say a number, 0 or more"):
        nets.at_end([0], 2, decay=-1)
    with pytest.raises(ValueError, match="kind is 'hinge': say 'squared error' or 'cross-entropy'"):
        nets.at_end([0], 2, kind="hinge")
