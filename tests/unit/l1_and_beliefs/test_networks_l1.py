"""L1 and L2 in networks, against plain PyTorch loops; how straight a network is, against scikit-learn."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression
from torch.nn import functional as F

from demos.core.engine import losses, sets
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.l1_and_beliefs import networks


def plain(seed, data, kind, strength, on, steps=5, lr=0.05):
    """Weights of an ordinary network after a few steps on the loss with the penalty written out."""
    net = networks.IRIS.module(seed)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    x, y = data.x[0], data.y[0].argmax(-1)
    for _ in range(steps):
        pulled = [p for n, p in net.named_parameters() if on == "all" or n.endswith("weight")]
        sizes = [p.abs().sum() if kind == "l1" else p.square().sum() / 2 for p in pulled]
        optimizer.zero_grad()
        (F.cross_entropy(net(x), y) + strength * sum(sizes)).backward()
        optimizer.step()
    return dict(net.named_parameters())


@pytest.mark.parametrize("on", ["weights", "all"])
@pytest.mark.parametrize("kind", ["l1", "l2"])
def test_a_penalty_is_a_sum_over_weights(kind, on):
    data = sets.split(sets.bundled("iris"), 1, 30, 3).train
    plan = networks.Plan(5)
    args = networks.IRIS, losses.cross_entropy, Sgd(), (kind, 0.1), [1], data, 0.05, plan
    done = networks.trained(*args, on)
    for name, expected in plain(1, data, kind, 0.1, on).items():
        np.testing.assert_allclose(done.parameters[name][0], expected.detach(), atol=1e-6)


def test_the_course_divides_by_all_its_weights():
    assert networks.COUNT == 4 * 64 + 64 + 64 * 64 + 64 + 64 * 3 + 3
    found = networks.course([0, 1], steps=60)
    parts = sets.stacked([sets.split(sets.bundled("iris"), seed, 117, 3) for seed in (0, 1)])
    for name, penalty in (
        ("none", ("none", 0.0)),
        ("l1", ("l1", 0.005 / networks.COUNT)),
        ("l2", ("l2", 0.01)),
    ):
        args = networks.IRIS, losses.cross_entropy, Sgd(), penalty, [0, 1], parts.train, 0.05
        done = networks.trained(*args, networks.Plan(60))
        out = networks.IRIS.predict(done.parameters, parts.test.x)
        right = (out.argmax(-1) == parts.test.y.argmax(-1)).float().mean(1)
        np.testing.assert_allclose(found[f"right_{name}"], right, atol=1e-6)
    assert (found["moved"] < 1e-3).all() and found["changed"].tolist() == [0, 0]


def test_answers_that_are_others_are_counted(monkeypatch):
    said = [np.array([[0, 1, 2], [1, 1, 1]]), np.array([[0, 1, 2], [1, 2, 0]])]
    weights = [torch.zeros(2, 3), torch.tensor([[0, 0, 0.5], [0, -0.25, 0]])]
    rows = [
        {"said": s, "right": np.zeros(2), "nll": np.zeros(2), "parameters": {"w": w}}
        for s, w in zip(said, weights, strict=True)
    ]
    monkeypatch.setattr(networks, "irises", lambda *_: [*rows, rows[0]])
    found = networks.course([0, 1])
    assert found["changed"].tolist() == [0, 2]
    np.testing.assert_allclose(found["moved"], [0.5, 0.25])


def test_few_irises_are_scored_way_by_way():
    found = networks.few_irises([2], steps=40)
    parts = sets.split(sets.bundled("iris"), 2, 30, 3)
    for name, penalty in (("none", ("none", 0.0)), ("l1", ("l1", 0.001)), ("l2", ("l2", 0.01))):
        args = networks.IRIS, losses.cross_entropy, Adam(), penalty, [2], parts.train, 0.001
        done = networks.trained(*args, networks.Plan(40))
        out = networks.IRIS.predict(done.parameters, parts.test.x)[0]
        nll = F.cross_entropy(out, parts.test.y[0].argmax(-1)).item()
        assert found[f"nll_{name}"].item() == pytest.approx(nll, abs=1e-5)


def test_the_best_on_validation_is_kept_network_by_network():
    rows = {
        "l1": [
            {"valid": np.array([0.5, 0.2]), "right": np.array([1, 2]), "nll": np.array([5, 6])},
            {"valid": np.array([0.4, 0.3]), "right": np.array([3, 4]), "nll": np.array([7, 8])},
        ]
    }
    found = networks.best_of(rows)
    assert found["right_l1"].tolist() == [1, 4] and found["nll_l1"].tolist() == [5, 8]


def test_one_d_tries_each_strength(monkeypatch):
    tried = []
    made = sets.Set(np.random.default_rng(0).random((2600, 40)), np.arange(2600) % 10, 10)

    def trained(network, loss, optimizer, penalty, seeds, *_):
        tried.append(penalty)
        return type("Done", (), {"parameters": network.start(seeds)[0]})

    monkeypatch.setattr(networks, "trained", trained)
    monkeypatch.setattr(sets, "mnist1d", lambda: made)
    found = networks.one_d([0], [0.1, 0.2], [0.3], points=50)
    assert tried == [("none", 0.0), ("l1", 0.1), ("l1", 0.2), ("l2", 0.3)]
    test = sets.split(made, 0, 50, 400, 2000).test
    with torch.no_grad():
        out = networks.ONE_D.module(0)(test.x[0])
    right = (out.argmax(-1) == test.y[0].argmax(-1)).float().mean().item()
    for way in ("none", "l1", "l2"):
        assert found[f"right_{way}"].item() == pytest.approx(right)


def test_straight_is_the_r2_of_a_linear_regression():
    x = torch.rand(3, 40, 2)
    out = torch.rand(3, 40, 1)
    out[2] = 2 * x[2, :, :1] - 1
    found = networks.straight(x, out)
    for n in range(3):
        line = LinearRegression().fit(x[n].double(), out[n].double())
        assert found[n] == pytest.approx(line.score(x[n].double(), out[n].double()), abs=1e-9)
    assert found[2] == pytest.approx(1)


@pytest.mark.parametrize("activation", networks.ACTIVATIONS)
def test_weights_are_scaled_and_biases_are_gone(activation):
    found = networks.scaled([3, 4], activation, (0.5, 2.0), points=60)
    x = np.random.default_rng([4, 5]).standard_normal((60, 10))
    x = torch.tensor(x, dtype=torch.float32)
    for row, scale in zip(found, (0.5, 2.0), strict=True):
        net = mlp((10, 64, 64, 64, 1), activation).module(4)
        with torch.no_grad():
            for name, p in net.named_parameters():
                p.mul_(scale if name.endswith("weight") else 0)
            out = net(x).double()
        line = LinearRegression().fit(x.double(), out)
        assert row[1] == pytest.approx(line.score(x.double(), out), abs=1e-5)


def test_moons_are_fitted_strength_by_strength():
    found = networks.bent([5, 6], [0.0, 0.05], points=20, steps=30)
    data = networks.moons([6], 20)
    net = networks.MOONS.module(6)
    decayed = [p for n, p in net.named_parameters() if n.endswith("weight")]
    others = [p for n, p in net.named_parameters() if n.endswith("bias")]
    groups = [{"params": decayed, "weight_decay": 0.05}, {"params": others}]
    optimizer = torch.optim.Adam(groups, lr=0.005)
    seen = []
    for _ in range(30):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(net(data.x[0]), data.y[0])
        loss.backward()
        optimizer.step()
        seen.append(loss.item())
    fresh = networks.moons([6], 1000, 10**6)
    with torch.no_grad():
        out = net(fresh.x[0])
    right = ((out > 0) == (fresh.y[0] > 0.5)).float().mean().item()
    assert found["right"][1, 1] == pytest.approx(right, abs=3e-3)
    assert found["straight"][1, 1] == pytest.approx(
        networks.straight(fresh.x, out[None])[0], abs=1e-3
    )
    assert found["rising"][1, 1] == pytest.approx(np.mean(np.diff(seen) > 0), abs=0.04)
    assert found["right"].shape == (2, 2)


def test_moons_have_labels_and_fresh_ones_are_others():
    data, fresh = networks.moons([1, 2], 10), networks.moons([1, 2], 10, 10**6)
    assert data.x.shape == (2, 10, 2) and data.y.shape == (2, 10, 1)
    made = sets.moons(10, 0.3, 2)
    np.testing.assert_allclose(data.x[1], made.x, atol=1e-6)
    assert data.y[1, :, 0].tolist() == made.y.tolist()
    assert not np.isclose(data.x, fresh.x).any()
