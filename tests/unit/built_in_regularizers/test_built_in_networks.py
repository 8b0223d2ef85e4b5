"""Networks that look for shapes, on MNIST-1D, and normalized, against plain PyTorch loops."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.built_in_regularizers import compute as sig
from demos.built_in_regularizers import compute_mnist1d as mnist
from demos.built_in_regularizers import compute_networks as net
from demos.built_in_regularizers import compute_norms as norms
from demos.core.engine import sets
from demos.core.engine.batches import Data, batches

TINY = net.Fit(points=8, noise_sd=0.2, steps=4, lr=0.05, hidden=5, filters=3)


def plain(kind):
    """The same networks, written by hand."""
    filters = nn.Unflatten(-1, (1, 40)), nn.Conv1d(1, 3, 8), nn.ReLU()
    if kind == net.LARGEST:
        return nn.Sequential(*filters, nn.AdaptiveMaxPool1d(1), nn.Flatten(), nn.Linear(3, 4))
    if kind == net.FLAT:
        return nn.Sequential(*filters, nn.Flatten(), nn.Linear(3 * 33, 4))
    return nn.Sequential(nn.Linear(40, 5), nn.ReLU(), nn.Linear(5, 4))


def begun(module, network, seed):
    """A module written by hand, with the start of an engine's network."""
    for own, other in zip(module.parameters(), network.module(seed).parameters(), strict=True):
        own.data = other.data.clone()
    return module


def fitted(module, data, steps, optimizer, order=None):
    """Some steps of cross-entropy, all points in each, or those that `order` gives."""
    module.train()
    for _ in range(steps):
        x, y = (each[0] for each in (next(order) if order else data))
        optimizer.zero_grad()
        F.cross_entropy(module(x), y).backward()
        optimizer.step()
    return module.eval()


def right(module, data):
    with torch.no_grad():
        return float((module(data.x[0]).argmax(-1) == data.y[0].argmax(-1)).float().mean())


@pytest.mark.parametrize("permute", [False, True])
@pytest.mark.parametrize("kind", net.KINDS)
def test_scores_are_those_of_the_plain_loop(kind, permute):
    seeds = [4, 11]
    home, away = net.scores(seeds, kind, TINY, permute)
    for at, seed in enumerate(seeds):
        parts = [
            sig.data(seed, count, 0.2, whose)
            for count, whose in ((8, sig.TRAINED), (400, sig.AT_HOME), (400, sig.SHIFTED))
        ]
        parts = [sig.permuted(part, [seed]) for part in parts] if permute else parts
        module = begun(plain(kind), net.network(kind, TINY), seed)
        module = fitted(module, parts[0], 4, torch.optim.Adam(module.parameters(), lr=0.05))
        assert home[at] == pytest.approx(right(module, parts[1]), abs=0.006)
        assert away[at] == pytest.approx(right(module, parts[2]), abs=0.006)


def test_weights_are_counted_by_hand():
    counts = {kind: net.weights(net.network(kind)) for kind in net.KINDS}
    assert counts == {
        net.DENSE: 40 * 32 + 32 + 32 * 4 + 4,
        net.LARGEST: 8 * 16 + 16 + 16 * 4 + 4,
        net.FLAT: 8 * 16 + 16 + 16 * 33 * 4 + 4,
    }
    assert net.weights(mnist.network("linear")) == 410
    assert net.weights(mnist.network("dense")) == 41 * 100 + 101 * 100 + 101 * 10
    assert net.weights(mnist.network("conv")) == 6 * 16 + 2 * 16 * 49 + 10 * 81


def test_each_way_is_measured_of_its_own_network(monkeypatch):
    asked = []

    def scores(seeds, kind, fit, permute):
        asked.append((seeds, kind, fit, permute))
        return f"home of {kind}, {permute}", f"away of {kind}, {permute}"

    monkeypatch.setattr(net, "scores", scores)
    found = net.on_places([3], TINY, ("dense", "permuted"))
    assert found == {
        "home_dense": "home of dense, False",
        "away_dense": "away of dense, False",
        "home_permuted": "home of largest, True",
        "away_permuted": "away of largest, True",
    }
    assert all(seeds == [3] and fit == TINY for seeds, _, fit, _ in asked)


def test_the_dense_network_may_be_shown_every_place():
    found = net.shown_everywhere([6, 9], 12, TINY)
    for value, seed in zip(found, (6, 9), strict=True):
        learned = sig.data(net.OTHER + seed, 12, 0.2, sig.SHIFTED)
        module = net.network(net.DENSE, TINY).module(seed)
        module = fitted(module, learned, 4, torch.optim.Adam(module.parameters(), lr=0.05))
        expected = right(module, sig.data(seed, 400, 0.2, sig.SHIFTED))
        assert value == pytest.approx(expected, abs=0.006)


def test_a_convolution_is_its_matrix_and_moves_along(monkeypatch):
    tied, moved = net.difference(5)
    assert 0 <= tied < 1e-12 and 0 <= moved < 1e-12
    monkeypatch.setattr(sig, "tied", lambda weights: np.zeros((33, 40)))
    assert net.difference(5)[0] > 0.1
    kept = nn.Conv1d.forward
    monkeypatch.setattr(
        nn.Conv1d,
        "forward",
        lambda self, x: kept(self, x) + torch.arange(33.0),  # knows its place
    )
    assert net.difference(5)[1] == pytest.approx(1)


@pytest.mark.parametrize("kind", ["linear", "dense", "conv"])
def test_scores_on_mnist1d_are_those_of_the_plain_loop(kind, monkeypatch):
    fit = mnist.Fit(points=60, tested=1000, hidden=7, channels=3, steps=40, batch=20)
    monkeypatch.setattr(mnist, "RATES", {kind: mnist.RATES[kind]})
    seeds = [8, 9, 12]
    found = mnist.scores(seeds, fit)
    assert found.keys() == ({kind} if kind == "linear" else {kind, f"{kind}_permuted"})
    by_hand = {
        "linear": lambda: nn.Sequential(nn.Linear(40, 10)),
        "dense": lambda: nn.Sequential(
            *(nn.Linear(40, 7), nn.ReLU(), nn.Linear(7, 7), nn.ReLU(), nn.Linear(7, 10))
        ),
        "conv": lambda: nn.Sequential(
            *(nn.Unflatten(-1, (1, 40)), nn.Conv1d(1, 3, 5, 2, 1), nn.ReLU()),
            *(nn.Conv1d(3, 3, 3, 2, 1), nn.ReLU(), nn.Conv1d(3, 3, 3, 2, 1), nn.ReLU()),
            *(nn.Flatten(), nn.Linear(15, 10)),
        ),
    }
    for name, at in product(found, range(len(seeds))):
        seed = seeds[at]
        learned, _, test = sets.split(sets.mnist1d(), seed, 60, 10, 1000)
        if name.endswith("permuted"):
            learned, test = (sig.permuted(each, [seed]) for each in (learned, test))
        module = begun(by_hand[kind](), mnist.network(kind, fit), seed)
        optimizer = torch.optim.Adam(module.parameters(), lr={"dense": 0.005}.get(kind, 0.01))
        order = (Data(*each) for each in batches(learned, [seed], 20))
        module = fitted(module, learned, 40, optimizer, order)
        assert found[name][at] == pytest.approx(right(module, test), abs=0.0045), (name, seed)


@pytest.mark.parametrize(
    ("norm", "rates"), [("none", [0.1, 3]), ("batch", [0.1, 3]), ("layer", [0.1])]
)
def test_normalized_networks_are_those_of_the_plain_loop(norm, rates, monkeypatch):
    fit = norms.Fit(points=40, tested=300, width=6, hidden=2, steps=5, batch=10)
    monkeypatch.setattr(norms, "NORMS", {norm: norms.NORMS[norm]})
    found = norms.scores([3], (0.1,), 3.0, fit)
    assert found.keys() == {f"{norm}_{rate:g}" for rate in rates}
    part = sets.split(sets.bundled("digits"), 3, 40, 10, 300)
    between = {
        "none": lambda: [],
        "batch": lambda: [nn.BatchNorm1d(6)],
        "layer": lambda: [nn.LayerNorm(6)],
    }[norm]
    for rate in rates:
        module = nn.Sequential(
            *(nn.Linear(64, 6), *between(), nn.ReLU(), nn.Linear(6, 6), *between(), nn.ReLU()),
            nn.Linear(6, 10),
        )
        module = begun(module, norms.network(norm, fit), 3)
        order = (Data(*each) for each in batches(part.train, [3], 10))
        optimizer = torch.optim.SGD(module.parameters(), lr=rate)
        module = fitted(module, part.train, 5, optimizer, order)
        share = right(module, part.test)
        assert found[f"{norm}_{rate:g}"].item() == pytest.approx(share, abs=0.008)


def test_settings_of_a_fit_reach_the_network():
    assert net.weights(net.network(net.DENSE, replace(TINY, hidden=2))) == 41 * 2 + 3 * 4
    deep = norms.network("layer", norms.Fit(width=3, hidden=1)).module()
    assert [type(each).__name__ for each in deep] == ["Linear", "LayerNorm", "ReLU", "Linear"]
