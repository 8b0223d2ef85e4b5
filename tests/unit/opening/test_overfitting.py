"""The moons, and the one loop that fits classifiers."""

import numpy as np
import pytest
import torch
from torch import nn
from trajectory import off_kinks

from demos.core.classification import Settings, accuracy, fit
from demos.core.networks import mlp
from demos.opening import compute as moons


def test_moons_without_noise_lie_on_two_half_circles():
    x, y = moons.moons(200, 0, noise_sd=0.0)
    upper, lower = x[y == 0], x[y == 1]
    assert np.allclose(np.hypot(*upper.T), 1) and (upper[:, 1] >= 0).all()
    assert np.allclose(np.hypot(*(lower - [1, 0.5]).T), 1) and (lower[:, 1] <= 0.5).all()


def test_moons_noise_is_the_same_noise_scaled():
    base, one, two = (moons.moons(500, 3, sd)[0] for sd in (0.0, 0.3, 0.6))
    assert np.allclose(two - base, 2 * (one - base))
    assert np.std(one - base) == pytest.approx(0.3, rel=0.1)


def test_fresh_points_are_none_of_the_training_points(monkeypatch):
    """Without noise a point is its angle: the same dice would throw the first 40 again."""
    seen = []
    monkeypatch.setattr(moons, "accuracy", lambda network, x, y: seen.append(x) or 0.0)
    moons.scores([3, 4], Settings(lr=0.0, epochs=1, batch=40), 40, noise_sd=0.0)
    points = np.concatenate(seen)
    assert [len(x) for x in seen] == [40, 2000] * 2
    assert len(np.unique(points.round(9), axis=0)) == len(points)


def test_every_moons_network_starts_from_its_own_seed():
    still = Settings(lr=0.0, epochs=1, batch=10)
    for seed in (3, 4):
        network, x, _ = moons.fitted(seed, still, n=10)
        start = mlp(moons.WIDTHS, seed)
        assert all(map(torch.equal, network.parameters(), start.parameters()))
        assert np.array_equal(x, moons.moons(10, [seed, 0])[0])


def test_full_batch_fit_is_torchs_own_adamw():
    x, y = moons.moons(20, 0)
    ours, theirs = mlp((2, 8, 1), 0), mlp((2, 8, 1), 0)
    fit(ours, x, y, Settings(lr=0.01, weight_decay=0.5, epochs=20, batch=20))
    optimizer = torch.optim.AdamW(theirs.parameters(), lr=0.01, weight_decay=0.5)
    inputs, targets = torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)
    with off_kinks(theirs):
        for _ in range(20):
            optimizer.zero_grad()
            logit = theirs(inputs)[:, 0]
            right = torch.where(targets > 0, logit.sigmoid(), 1 - logit.sigmoid())
            (-right.log().mean()).backward()
            optimizer.step()
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.allclose(a, b, atol=1e-4)


def test_every_sample_is_seen_once_an_epoch_and_the_loss_is_their_mean():
    seen, x = [], np.arange(10.0)[:, None]

    def watch(inputs, targets):
        seen.append(inputs[:, 0].tolist())
        return inputs, targets

    network = nn.Linear(1, 1)
    nn.init.zeros_(network.weight)
    nn.init.zeros_(network.bias)
    losses = fit(network, x, np.zeros(10), Settings(lr=0.0, epochs=2, batch=4), 0, watch)
    assert [len(batch) for batch in seen] == [4, 4, 2] * 2
    first, second = sum(seen[:3], []), sum(seen[3:], [])
    assert sorted(first) == sorted(second) == list(range(10)) and first != second
    assert losses == pytest.approx([np.log(2)] * 2)


def test_a_seed_repeats_a_fit_and_leaves_the_random_state():
    x, y = moons.moons(40, 0)
    state = torch.get_rng_state()
    results = []
    for seed in (0, 0, 1):
        network = mlp((2, 8, 1), 0, dropout=0.5)
        results.append(fit(network, x, y, Settings(epochs=3, batch=10), seed))
    assert np.allclose(results[0], results[1], rtol=1e-4)
    assert not np.allclose(results[0], results[2], rtol=1e-2)
    assert torch.equal(torch.get_rng_state(), state)


def test_accuracy_of_a_known_boundary():
    network = nn.Linear(2, 1)
    with torch.no_grad():
        network.weight[:], network.bias[:] = torch.tensor([[1.0, 0.0]]), -0.5
    x = np.array([[0.0, 9], [0.4, 9], [0.6, -9], [2.0, 0]])
    assert accuracy(network, x, [0, 1, 1, 1]) == 0.75


def test_surface_is_the_logit_at_the_grid_points():
    network = mlp((2, 5, 1), 2)
    x, y, logit = moons.surface(network, (-1, -2), (3, 4), steps=7)
    point = torch.tensor([[x[5], y[2]]], dtype=torch.float32)
    assert (x[0], x[-1], y[0], y[-1]) == (-1, 3, -2, 4)
    assert logit[2, 5] == pytest.approx(network(point).item(), abs=1e-6)


def test_the_plain_network_threads_its_points_and_misses_fresh_ones():
    plain = moons.scores([2], moons.PLAIN)[0]
    decayed = moons.scores([2], moons.DECAYED)[0]
    assert plain[0] == 1 and plain[1] < 0.87
    assert decayed[0] < plain[0] and decayed[1] > plain[1] + 0.02
