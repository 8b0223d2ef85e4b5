"""Networks against plain torch.nn and torch.optim, over a few steps; what is read off by hand."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.core.engine import sets
from demos.losses import compute as lab


def net_of(seed, *widths):
    """A plain network as `torch.manual_seed` starts it."""
    torch.manual_seed(seed)
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def test_losses_and_accuracy_are_looked_at_after_every_step(steps=8):
    loss, accuracy = lab.step_by_step([5, 6], lr=0.3, steps=steps)
    assert loss.shape == accuracy.shape == (steps + 1, 2)
    points = lab.irises([5, 6])
    x, y = points.x[1], points.y[1].argmax(1)
    net = net_of(6, 4, 16, 3)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
    for step in range(steps + 1):
        optimizer.zero_grad()
        now = F.cross_entropy(net(x), y)
        assert loss[step, 1] == pytest.approx(now.item(), rel=1e-4)
        right = (net(x).argmax(1) == y).float().mean().item()
        assert accuracy[step, 1] == pytest.approx(right, abs=1.01 / lab.IRISES)
        now.backward()
        optimizer.step()


def test_moves_are_counted_where_the_loss_falls():
    loss = np.array([[5.0, 5], [4, 4], [3, 3], [4, 2], [3, 1]])
    accuracy = np.array([[0.2, 0.2], [0.2, 0.4], [0.1, 0.4], [0.5, 0.4], [0.6, 0.4]])
    falls, moved, down = lab.moves(loss, accuracy)
    assert falls.tolist() == [0.75, 1.0]
    assert moved.tolist() == [0.5, 0.25]
    assert down.tolist() == [0.25, 0.0]


def test_two_curves_are_those_of_a_plain_loop(steps=6):
    looks, seen = lab.two_curves([7, 8], (2, 5, 2), steps, count=30, every=3)
    assert looks.tolist() == [0, 3, 6]
    parts = sets.split(sets.moons(30 + 2 * lab.VALID, lab.NOISE, 8), 8, 30, lab.VALID)
    net = net_of(8, 2, 5, 2)
    optimizer = torch.optim.Adam(net.parameters(), lr=lab.MOONS_LR)
    for step in range(steps + 1):
        if step % 3 == 0:
            for name, part in (("train", parts.train), ("valid", parts.valid)):
                expected = F.cross_entropy(net(part.x[0]), part.y[0]).item()
                assert seen[name][step // 3, 1] == pytest.approx(expected, rel=1e-4), name
            right = (net(parts.valid.x[0]).argmax(1) == parts.valid.y[0].argmax(1)).float().mean()
            assert seen["accuracy"][step // 3, 1] == pytest.approx(right.item(), abs=0.005)
        optimizer.zero_grad()
        F.cross_entropy(net(parts.train.x[0]), parts.train.y[0]).backward()
        optimizer.step()


def test_the_end_is_compared_with_the_lowest_loss():
    seen = {
        "train": np.array([[1.0, 1], [0.5, 0.9], [0.1, 0.8]]),
        "valid": np.array([[1.0, 1], [0.4, 0.9], [1.2, 0.8]]),
        "accuracy": np.array([[0.5, 0.5], [0.9, 0.6], [0.8, 0.7]]),
    }
    found = lab.read_off(seen)
    assert found["train"].tolist() == [0.1, 0.8] and found["valid"].tolist() == [1.2, 0.8]
    np.testing.assert_allclose(found["rise"], [3.0, 1.0])
    np.testing.assert_allclose(found["lost"], [0.1, 0.0], atol=1e-12)


PLAIN = {
    "binary": lambda out, y: F.binary_cross_entropy_with_logits(out, y, reduction="sum") / len(y),
    "sigmoid_squares": lambda out, y: F.mse_loss(out.sigmoid(), y, reduction="sum") / 2 / len(y),
    "classes": F.cross_entropy,
    "twice": lambda out, y: F.cross_entropy(out.softmax(1), y),
    "squares": lambda out, y: F.mse_loss(out, y, reduction="sum") / 2 / len(y),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_way_descends_pytorchs_loss(name, steps=3):
    assert PLAIN.keys() == lab.WAYS.keys()
    parts = sets.split(sets.bundled("digits"), 9, 40, 200, lab.TESTED)
    found = lab.on_digits([8, 9], rate=0.2, steps=steps, points=40)
    for which, lr in (("same", 0.2), ("best", lab.WAYS[name].best)):
        net = net_of(9, *lab.DIGITS_WIDTHS)
        optimizer = torch.optim.SGD(net.parameters(), lr=lr)
        for _ in range(steps):
            optimizer.zero_grad()
            PLAIN[name](net(parts.train.x[0]), parts.train.y[0]).backward()
            optimizer.step()
        right = (net(parts.test.x[0]).argmax(1) == parts.test.y[0].argmax(1)).float().mean()
        assert found[f"{which}_{name}"][1] == pytest.approx(right.item(), abs=0.004)


@pytest.mark.parametrize("name", PLAIN)
def test_a_loss_is_pytorchs_point_by_point(name):
    dice = torch.Generator().manual_seed(1)
    out = torch.randn(2, 6, 10, generator=dice)
    y = torch.eye(10)[torch.randint(10, (2, 6), generator=dice)]
    found = lab.WAYS[name].loss(out, y)
    assert found.shape == (2, 6)
    assert found[1].mean().item() == pytest.approx(PLAIN[name](out[1], y[1]).item(), rel=1e-5)
