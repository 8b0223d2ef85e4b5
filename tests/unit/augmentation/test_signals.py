"""Signals rolled by NumPy, networks against a loop with AdamW and PyTorch's own smoothing."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from demos.augmentation import compute_signals as lab
from demos.core.engine import sets
from demos.core.engine.batches import Batches
from demos.core.engine.chance import Dice, numbers
from demos.core.engine.passes import Draw
from demos.core.networks import mlp

TINY = lab.Fit(points=60, widths=(40, 8, 10), steps=4, batch=20, lr=0.01)


def test_a_signal_is_rolled_as_its_lot_says():
    x = torch.rand(17, 40, generator=torch.Generator().manual_seed(1))
    rolled = lab.rolled(x, (torch.arange(17) + 0.5) / 17).numpy()
    for one, signal, by in zip(rolled, x.numpy(), range(-8, 9), strict=True):
        np.testing.assert_array_equal(one, np.roll(signal, by))


def test_every_network_of_a_seed_starts_in_its_own_place():
    assert lab.starts([3, 4], 3) == [3000, 3001, 3002, 4000, 4001, 4002]
    per_network = {name: list(values) for name, values in lab.settings(2).items()}
    assert per_network == {
        "roll": [0, 1, 1, 1],
        "decay": [0, 0, 0.1, 0.1],
        "smoothing": [0, 0, 0.1, 0.1],
    }
    assert lab.tensor(4, 2, [0, 0, 0.1, 0.2]).tolist() == [0, 0, 0, 0, 0.1, 0.1, 0.2, 0.2]


def plain(start, data, roll, decay, smoothing):
    """Logits' function after TINY's steps; the dice of the engine."""
    net = mlp(TINY.widths, start)
    draws = {name: Draw("uniform", (TINY.batch,)) for name in ("roll", "roll how")}
    dice, batches = Dice(draws, [start], {}), Batches(data, [start], TINY.batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=TINY.lr, weight_decay=decay)
    for _ in range(TINY.steps):
        batch, how = next(batches), numbers(next(dice))["roll how"][0]
        x = batch.x[0].numpy()
        if roll:
            by = [int(17 * float(lot)) - 8 for lot in how]
            x = np.array([np.roll(one, n) for one, n in zip(x, by, strict=True)])
        optimizer.zero_grad()
        loss = F.cross_entropy(
            net(torch.tensor(x)), batch.y[0].argmax(1), label_smoothing=smoothing
        )
        loss.backward()
        optimizer.step()
    return net


def test_plain_rolled_both_and_the_mean_of_members():
    found = lab.on_signals([2, 5], TINY, members=2)
    assert list(found) == ["plain", "rolled", "both", "five"]
    for n, seed in enumerate((2, 5)):
        part = sets.split(sets.mnist1d(), seed, 60, 60)
        x, y = part.test.x[0], part.test.y[0].argmax(1)
        first, second = 1000 * seed, 1000 * seed + 1
        nets = {
            "plain": plain(first, part.train, False, 0, 0),
            "rolled": plain(first, part.train, True, 0, 0),
            "both": plain(first, part.train, True, 0.1, 0.1),
        }
        other = plain(second, part.train, True, 0.1, 0.1)
        p = {name: net(x).softmax(1) for name, net in nets.items()}
        p["five"] = (p["both"] + other(x).softmax(1)) / 2
        for name, each in p.items():
            right = (each.argmax(1) == y).float().mean().item()
            assert found[name][n] == pytest.approx(right, abs=0.002), name


def test_shares_right_are_each_ones_own_and_that_of_the_mean_of_members():
    """Two points, of class 0 and of class 1, and four networks: members see both in a mean alone."""
    plain, rolled = [[0.0, 1.0], [1.0, 0.0]], [[0.0, 1.0], [0.0, 1.0]]
    both, other = [[0.6, 0.4], [0.6, 0.4]], [[0.6, 0.4], [0.1, 0.9]]
    found = lab.scores(torch.tensor([plain, rolled, both, other])[:, None], torch.eye(2)[None])
    assert {name: share.tolist() for name, share in found.items()} == {
        "plain": [0.0], "rolled": [0.5], "both": [0.5], "five": [1.0],
    }  # fmt: skip
