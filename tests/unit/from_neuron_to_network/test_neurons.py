"""Neurons and small networks against the plain loop in PyTorch; boundaries against closed forms."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.core.engine.network import mlp
from demos.from_neuron_to_network import compute as lab
from demos.from_neuron_to_network import points

SOON = lab.Fit(lr=0.1, steps=6)


def plain(seed, widths, data, fit=SOON, bend=True, bias=True):
    """One network by torch.nn and torch.optim; data: x (n, 2), y (n, k)."""
    torch.manual_seed(seed)
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        layers += [nn.Linear(inputs, outputs, bias=bias), nn.ReLU() if bend else nn.Identity()]
    net = nn.Sequential(*layers[:-1])
    loss = F.binary_cross_entropy_with_logits if widths[-1] == 1 else F.cross_entropy
    optimizer = torch.optim.SGD(net.parameters(), lr=fit.lr)
    for _ in range(fit.steps):
        optimizer.zero_grad()
        loss(net(data.x[0]), data.y[0]).backward()
        optimizer.step()
    return net.requires_grad_(False)


CASES = {
    "a neuron": (lab.one_neuron(), (2, 1), points.OFF, {}),
    "without bias": (lab.one_neuron(False), (2, 1), points.OFF, {"bias": False}),
    "hidden": (mlp((2, 5, 1)), (2, 5, 1), points.COURSE, {}),
    "without bends": (lab.straight(lab.WIDE), lab.WIDE, points.COURSE, {"bend": False}),
    "three classes": (mlp((2, 4, 3)), (2, 4, 3), points.THREE, {}),
}


@pytest.mark.parametrize("case", CASES)
def test_networks_are_those_of_the_plain_loop(case):
    network, widths, kind, how = CASES[case]
    data, fresh = lab.of_blobs([7], kind, count=12, tested=30)
    found = network.predict(lab.trained(network, [7], data, SOON), fresh.x)[0]
    expected = plain(7, widths, data, **how)(fresh.x[0])
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-5)


def test_fresh_points_are_scored_of_each_seed_its_own(monkeypatch):
    data, fresh = lab.of_blobs([3, 4], points.COURSE, count=12, tested=40)
    found = lab.right(mlp((2, 5, 1)), [3, 4], data, fresh, SOON)
    for n, seed in enumerate((3, 4)):
        own, asked = lab.of_blobs([seed], points.COURSE, count=12, tested=40)
        out = plain(seed, (2, 5, 1), own)(asked.x[0])
        assert found[n] == pytest.approx(((out > 0) == (asked.y[0] > 0.5)).float().mean().item())
    out, y = torch.tensor([[[1.0, 3, 2], [0, 1, 5]]]), torch.eye(3)[[1, 0]][None]
    assert lab.share_right(out, y).tolist() == [0.5]


def test_without_a_bias_opposite_points_get_opposite_answers():
    data, _ = lab.of_blobs([1], points.OFF, count=20)
    network = lab.one_neuron(False)
    parameters = lab.trained(network, [1], data, SOON)
    assert set(parameters) == {"0.weight"}
    there, back = (network.predict(parameters, x) for x in (data.x, -data.x))
    torch.testing.assert_close(there, -back)


def test_a_network_without_bends_is_one_neuron():
    network = lab.straight((2, 4, 4, 1))
    data, fresh = lab.of_blobs([2], points.COURSE, count=12, tested=9)
    parameters = lab.trained(network, [2], data, SOON)
    weight, bias = torch.eye(2), torch.zeros(2)
    for n in range(3):
        w, b = parameters[f"{n}.weight"][0], parameters[f"{n}.bias"][0]
        weight, bias = w @ weight, w @ bias + b
    found = network.predict(parameters, fresh.x)[0]
    torch.testing.assert_close(found, fresh.x[0] @ weight.T + bias, rtol=1e-4, atol=1e-5)


def test_each_experiment_trains_what_it_says(monkeypatch):
    asked = []

    def right(network, seeds, data, fresh, fit):
        widths = [layer.inputs for layer in network.layers if hasattr(layer, "inputs")]
        bends = sum(not hasattr(layer, "inputs") for layer in network.layers)
        asked.append((tuple(widths), bends, data.x.shape[-1], fit))
        return np.full(len(seeds), len(asked) / 100)

    monkeypatch.setattr(lab, "right", right)
    fit = lab.Fit(0.2, 3)
    assert list(lab.on_blobs([1], fit)) == ["bias", "none"]
    assert list(lab.on_three([1], 5, fit)) == ["lines", "hidden"]
    assert list(lab.on_rings([1], 0.1, 7, fit)) == ["line", "squared", "hidden"]
    assert list(lab.on_xor([1], (2, 9), fit)) == ["2", "9"]
    found = lab.bends([1], 0.2, 3)
    assert asked == [
        ((2,), 0, 2, fit), ((2,), 0, 2, fit),
        ((2,), 0, 2, fit), ((2, 5), 1, 2, fit),
        ((2,), 0, 2, fit), ((3,), 0, 3, fit), ((2, 7), 1, 2, fit),
        ((2, 2), 1, 2, fit), ((2, 9), 1, 2, fit),
        ((2, 16, 1), 2, 2, fit), ((2, 16, 16), 2, 2, fit),
        ((2, 16, 1), 0, 2, fit), ((2, 16, 16), 0, 2, fit),
    ]  # fmt: skip
    assert {name: value[0] for name, value in found.items()} == {
        "bottleneck": 0.10, "wide": 0.11, "straight": 0.12, "straight wide": 0.13,
    }  # fmt: skip


def test_corners_of_xor_are_scored_and_counted(monkeypatch):
    found = lab.on_corners([5, 6], (3,), SOON)
    x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([[0.0], [1], [1], [0]])
    for n, seed in enumerate((5, 6)):
        net = plain(seed, (2, 3, 1), points.Data(x[None], y[None]))
        assert found[n] == ((net(x) > 0) == (y > 0.5)).float().mean().item()
    shares = {(2,): np.array([1.0, 0.75, 0.5, 1.0]), (4, 4): np.array([0.75, 1.0, 1.0, 1.0])}
    monkeypatch.setattr(lab, "on_corners", lambda seeds, hidden, fit: shares[hidden])
    assert lab.xor_solved(range(4), [(2,), (4, 4)]) == [0.5, 0.75]
