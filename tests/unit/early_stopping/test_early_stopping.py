"""What is kept, against a loop over looks; runs against plain PyTorch; the page's against ours."""

import copy

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.core.curve import TRAIN_X, curve, rmse, sample
from demos.core.evidence import recorded
from demos.core.networks import mlp, predict
from demos.core.training import Settings, train
from demos.early_stopping import compute as early
from demos.early_stopping import summary


def looked_through(held, patience):
    """The same as `kept` of one run, look by look."""
    best, since = 0, 0
    for look in range(1, len(held)):
        better = held[look] < held[best]
        best, since = (look, 0) if better else (best, since + 1)
        if since == patience:
            return best, look
    return best, len(held) - 1


@pytest.mark.parametrize("patience", [1, 2, 5, 100])
def test_kept_is_what_a_loop_over_looks_keeps(patience):
    held = np.random.default_rng(patience).integers(0, 12, (30, 50)).astype(float)  # with ties
    best, end = early.kept(held, patience)
    assert [*zip(best, end, strict=True)] == [looked_through(run, patience) for run in held.T]
    one, last = early.kept(held[:, 3], patience)
    assert (one, last) == (best[3], end[3])


def test_kept_and_chosen_by_hand():
    held = np.array([5.0, 4.0, 4.5, 4.2, 3.0, 6.0])
    assert early.kept(held, 1) == (1, 2)
    assert early.kept(held, 2) == (1, 3)
    assert early.kept(held, 3) == (4, 5)
    values = np.arange(12.0).reshape(6, 2)
    assert early.chosen(values, np.array([1, 4])).tolist() == [2.0, 9.0]
    assert early.valleys(np.array([3.0, 1.0, 2.0, 2.0, 0.0, 5.0])) == 2


def plain(seed, rows, steps, every):
    """By torch.nn and torch.optim, as the slide has it: outputs at all points and on the grid, by look;
    and the kept network's on the grid, by a copy of its weights."""
    x = torch.cat([torch.linspace(0, 1, 21), torch.linspace(0.025, 0.925, 10)])[:, None]
    y = torch.tensor(sample(seed, x, 0.3), dtype=torch.float32)
    grid = torch.linspace(0, 1, 101)[:, None]
    torch.manual_seed(seed)
    hidden = nn.Linear(1, 50), nn.Tanh(), nn.Linear(50, 50), nn.Tanh()
    net = nn.Sequential(*hidden, nn.Linear(50, 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    seen, lowest, weights = [], np.inf, None
    for step in range(steps + 1):
        if step % every == 0:
            with torch.no_grad():
                seen.append((net(x)[:, 0].numpy(), net(grid)[:, 0].numpy()))
                held = F.mse_loss(net(x[21:]), y[21:]).item()
            if held < lowest:
                lowest, weights = held, copy.deepcopy(net.state_dict())
        optimizer.zero_grad()
        F.mse_loss(net(x[rows]), y[rows]).backward()
        optimizer.step()
    net.load_state_dict(weights)
    at_points, on_grid = (np.array(each) for each in zip(*seen, strict=True))
    return y[:, 0].numpy(), at_points, on_grid, net(grid).detach()[:, 0].numpy()


def test_watched_runs_are_those_of_the_plain_loop():
    found = early.watched([3, 8], steps=12, every=4)
    assert found.looks.tolist() == [0, 4, 8, 12] and found.fits.shape == (4, 2, 101)
    near = {"rtol": 0, "atol": 5e-5}
    best, _ = early.kept(found.held, 9)
    for at, seed in enumerate((3, 8)):
        y, at_points, on_grid, kept = plain(seed, slice(21), 12, 4)
        squares = (at_points - y) ** 2
        np.testing.assert_allclose(found.training[:, at], squares[:, :21].mean(1), **near)
        np.testing.assert_allclose(found.held[:, at], squares[:, 21:].mean(1), **near)
        np.testing.assert_allclose(found.fits[:, at], on_grid, **near)
        truth = curve(np.linspace(0, 1, 101))
        np.testing.assert_allclose(found.error[:, at], ((on_grid - truth) ** 2).mean(1), **near)
        np.testing.assert_allclose(found.fits[best[at], at], kept, **near)
        _, _, everything, _ = plain(seed, slice(31), 12, 4)
        off = ((everything - truth) ** 2).mean(1)
        np.testing.assert_allclose(found.everything[:, at], off, **near)


def test_held_out_points_lie_between_the_others_and_have_noise_of_their_own():
    x, y = early.noisy(5, noise_sd=0.2)
    assert len(x) == len(y) == 31
    np.testing.assert_allclose(x[:21], TRAIN_X)
    apart = np.abs(x[21:, None] - x[:21]).min(1)
    np.testing.assert_allclose(apart, 0.025)
    noise = np.random.default_rng(5).standard_normal(31)
    np.testing.assert_allclose(y, curve(x) + 0.2 * noise)


def test_ways_read_the_kept_look(monkeypatch):
    held = np.array([[3.0, 3.0], [1.0, 2.0], [2.0, 1.0], [3.0, 4.0]])
    error, everything = np.arange(8.0).reshape(4, 2), np.arange(10.0, 18.0).reshape(4, 2)
    asked = []

    def watched(*given):
        asked.append(given)
        return early.Watched(np.arange(4), None, None, held, error, everything)

    monkeypatch.setattr(early, "watched", watched)
    found = early.ways([0, 1], 0.1, patience=1, steps=9)
    assert asked == [([0, 1], 0.1, 9)]
    expected = {"end": [6, 7], "stopped": [2, 5], "everything": [16, 17], "anew": [12, 15]}
    assert {name: list(values) for name, values in found.items()} == expected


def test_the_pages_network_is_the_plain_trainers():
    settings = Settings(lr=0.004, momentum=0.9, steps=12)
    looks, at_dots, at_held, fits = early.in_the_page(4, 0.3, settings, every=6)
    assert looks.tolist() == [0, 6, 12]
    x, y = early.noisy(4)
    network = mlp((1, 100, 100, 1), 4)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.004, momentum=0.9)
    for look in range(3):
        if look:
            train(network, x[:21], y[:21], Settings(steps=6), optimizer)
        near = {"rel": 1e-3, "abs": 1e-4}
        assert at_dots[look] == pytest.approx(rmse(predict(network, x[:21]), y[:21]), **near)
        assert at_held[look] == pytest.approx(rmse(predict(network, x[21:]), y[21:]), **near)
        np.testing.assert_allclose(fits[look], predict(network, early.GRID), rtol=0, atol=1e-3)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: early.kept(np.zeros(3), 0), "patience is 0: say a whole number, 1 or more"),
        (lambda: early.noisy(0, -1), "noise_sd is -1: say a number, 0 or more"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_numbers_that_slides_quote():
    assert recorded.medians({"a": np.array([1.0, 5.0, 2.0])}) == {"a": 2.0, "seeds": 3}
    found = {way: np.array([0.04, 0.09, 0.16]) for way in ("end", "stopped", "everything", "anew")}
    assert summary.roots(found)["rmse_anew"] == pytest.approx(0.3)
