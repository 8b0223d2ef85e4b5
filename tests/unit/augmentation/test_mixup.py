"""Points of the plane against scikit-learn, mixed and noisy networks against the plain loop."""

import numpy as np
import pytest
import torch
from sklearn import datasets
from torch.nn import functional as F

from demos.augmentation import compute_mixup as mix
from demos.core.engine.chance import Dice, numbers
from demos.core.engine.passes import Draw
from demos.core.networks import mlp

TINY = mix.Fit(points=12, hidden=(8,), steps=5, lr=0.1, tested=30)


@pytest.mark.parametrize("name", mix.PLANE)
def test_classes_take_turns_on_scikit_learns_points(name):
    x, y = mix.plane(name, 3, 60)
    classes = mix.PLANE[name]
    assert x.shape == (60, 2) and y.tolist() == [n % classes for n in range(60)]
    if name == "blobs":
        angle = np.pi / 2 + np.arange(3) * 2 * np.pi / 3
        centres = 1.5 * np.column_stack([np.cos(angle), np.sin(angle)])
        wanted, labels = datasets.make_blobs(60, centers=centres, random_state=3)
    elif name == "moons":
        wanted, labels = datasets.make_moons(60, noise=0.3, random_state=3)
        wanted = 2 * wanted - [1, 0.5]
    else:
        wanted, labels = datasets.make_circles(60, noise=0.1, factor=0.5, random_state=3)
        wanted = 2.5 * wanted
    for k in range(classes):
        np.testing.assert_allclose(x[y == k], wanted[labels == k])
    fresh, _ = mix.plane(name, 3, 60, mix.FRESH)
    assert not np.allclose(fresh, x)


def test_points_of_several_seeds_and_of_real_sets():
    data = mix.points("rings", [1, 2], 8)
    assert data.x.shape == (2, 8, 2) and data.y.shape == (2, 8, 3)
    assert data.y[1].argmax(1).tolist() == [0, 1] * 4
    np.testing.assert_allclose(data.x[1], mix.plane("rings", 2, 8)[0], rtol=1e-6)
    train, test = mix.real("iris", [4])
    assert train.x.shape == (1, 30, 4) and test.x.shape == (1, 110, 4)
    np.testing.assert_allclose(train.x[0].mean(0), 0, atol=1e-5)  # scaled by these alone
    np.testing.assert_allclose(train.x[0].std(0, correction=0), 1, rtol=1e-5)
    for wrong, said in ((("squares", 0, 6), "name is"), (("blobs", -1, 6), "seed is -1")):
        with pytest.raises(ValueError, match=said):
            mix.plane(*wrong)


def plain(seed, data, alpha, noise, fit):
    """One network by torch.nn and torch.optim; the dice of the engine, thrown in its order."""
    net = mlp((2, *fit.hidden, 3), seed)
    n = data.x.shape[1]
    draws = (
        {"alpha with": Draw("uniform", (n,)), "alpha": Draw("beta", (), "alpha")} if alpha else {}
    )
    draws |= {"noise": Draw("normal", (n, 2))} if noise else {}
    dice = Dice(draws, [seed], {"alpha": torch.tensor(alpha)})
    optimizer = torch.optim.SGD(net.parameters(), lr=fit.lr, momentum=fit.momentum)
    for _ in range(fit.steps):
        lots, x, y = numbers(next(dice)), data.x[0], data.y[0]
        if alpha:
            other = np.argsort(lots["alpha with"][0].numpy(), kind="stable")
            share = float(lots["alpha"][0])
            x, y = (share * each + (1 - share) * each[other] for each in (x, y))
        x = x + noise * lots["noise"][0] if noise else x
        optimizer.zero_grad()
        F.cross_entropy(net(x), y).backward()
        optimizer.step()
    return net


@pytest.mark.parametrize(("alpha", "noise"), [(0.0, 0.0), (1.0, 0.0), (0.3, 0.2), (0.0, 0.4)])
def test_networks_are_those_of_the_plain_loop(alpha, noise):
    data = mix.points("blobs", [5], 12)
    network, done = mix.trained([5], data, alpha, noise, TINY)
    expected = plain(5, data, alpha, noise, TINY)(data.x[0]).detach()
    np.testing.assert_allclose(network.predict(done.parameters, data.x)[0], expected, atol=1e-4)


def test_what_mixup_adds_is_mixed_minus_plain():
    found = mix.gains("moons", [2], alpha=1.0, fit=TINY)
    data, test = mix.points("moons", [2], 12), mix.points("moons", [2], 30, mix.FRESH)
    right, lost = [], []
    for alpha in (0.0, 1.0):
        out, y = plain(2, data, alpha, 0.0, TINY)(test.x[0]), test.y[0].argmax(1)
        right.append((out.argmax(1) == y).float().mean().item())
        lost.append(F.cross_entropy(out, y).item())
    assert found["accuracy"][0] == pytest.approx(right[1] - right[0], abs=0.002)
    assert found["nll"][0] == pytest.approx(lost[1] - lost[0], abs=1e-4)
    assert found["accuracy_plain"][0] == pytest.approx(right[0], abs=0.002)
    assert found["nll_plain"][0] == pytest.approx(lost[0], abs=1e-4)


def test_real_sets_are_real_and_shares_no_share_are_refused():
    train, _ = mix.parts_of("wine", [1], TINY)
    assert torch.equal(train.x, mix.real("wine", [1])[0].x)
    for wrong, said in (({"alpha": -1}, "alpha is -1"), ({"noise": -2}, "noise is -2")):
        with pytest.raises(ValueError, match=said):
            mix.trained([0], train, fit=TINY, **wrong)


def test_a_run_is_watched_from_its_start():
    fresh = mix.points("blobs", [9], 30, mix.FRESH)
    steps, losses, network, done = mix.watched("blobs", 4, fresh, every=2, fit=TINY)
    assert steps.tolist() == [0, 2, 4, 5]
    y = fresh.y[0].argmax(1)
    begun = F.cross_entropy(mlp((2, 8, 3), 4)(fresh.x[0]), y)
    ended = F.cross_entropy(network.predict(done.parameters, fresh.x)[0], y)
    assert losses[[0, -1]] == pytest.approx([begun.item(), ended.item()], rel=1e-4)
