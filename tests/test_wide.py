"""The engine for wide networks against the plain loop: parameters, momentum, losses, sleeping units.

In float64: rounding is then too small to send two equal trainings different ways.
"""

import numpy as np
import pytest
import torch

from demos import wide
from demos.curve import TRAIN_X, sample
from demos.networks import mlp
from demos.training import Settings, sgd

X = torch.tensor(TRAIN_X)[:, None]
STEPS = 1000


def fresh(widths, seed):
    return mlp(widths, seed).double()


def plain(network, y, optimizer, steps):
    """The loop of any textbook, in float64: losses (steps,)."""
    losses, y = [], torch.tensor(y)[:, None]
    for _ in range(steps):
        optimizer.zero_grad()
        loss = ((network(X) - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return np.array(losses)


def difference(one, other):
    """Largest difference between two lists of tensors."""
    pairs = zip(one, other, strict=True)
    return max(float((a.detach() - b.detach()).abs().max()) for a, b in pairs)


@pytest.fixture
def woken(monkeypatch):
    """How many units were taken back, a number per call."""
    calls, wake = [], wide.Block.wake

    def counted(self, layer, units):
        calls.append(len(units))
        wake(self, layer, units)

    monkeypatch.setattr(wide.Block, "wake", counted)
    return calls


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize(
    ("widths", "settings"),
    [
        ((1, 60, 60, 1), Settings(lr=0.001)),
        ((1, 60, 60, 60, 1), Settings(lr=0.004, weight_decay=0.1, momentum=0.5)),
        ((1, 40, 40, 1), Settings(lr=0.006, weight_decay=0.1)),
        ((1, 30, 30, 30, 1), Settings(lr=0.006)),
        ((1, 30, 30, 30, 1), Settings(lr=0.004, weight_decay=0.2, momentum=0.0)),
        ((1, 9, 1), Settings(lr=0.004, weight_decay=0.02)),
    ],
)
def test_sgd_ends_where_the_plain_loop_ends(widths, settings, seed, woken):
    y, theirs, ours = sample(seed), fresh(widths, seed), fresh(widths, seed)
    optimizer = sgd(theirs, settings)
    losses = plain(theirs, y, optimizer, STEPS)
    kept = [torch.zeros_like(p) for p in ours.parameters()]
    seen = wide.train(ours.parameters(), TRAIN_X, y, wide.Sgd(settings), STEPS, [kept])
    assert difference(theirs.parameters(), ours.parameters()) < 1e-6
    np.testing.assert_allclose(seen, losses, rtol=1e-4)
    if settings.momentum:
        buffers = [optimizer.state[p]["momentum_buffer"] for p in theirs.parameters()]
        assert difference(buffers, kept) < 1e-6
    if len(widths) == 5 and settings.momentum:
        assert sum(woken) > 0, "these cases are here because units wake in them"


def test_adam_ends_where_pytorchs_ends():
    y, theirs, ours = sample(4), fresh((1, 40, 40, 1), 4), fresh((1, 40, 40, 1), 4)
    losses = plain(theirs, y, torch.optim.Adam(theirs.parameters(), lr=0.01), STEPS)
    seen = wide.train(ours.parameters(), TRAIN_X, y, wide.Adam(0.01), STEPS)
    assert difference(theirs.parameters(), ours.parameters()) < 1e-6
    np.testing.assert_allclose(seen, losses, rtol=1e-4)


def test_units_are_left_out_and_the_work_shrinks():
    tensors = [p.detach() for p in fresh((1, 200, 200, 1), 0).parameters()]
    block = wide.Block(
        [tensors, [torch.zeros_like(p) for p in tensors]], wide.Sgd(Settings(lr=0.01))
    )
    for _ in range(100):
        block.step(X, torch.tensor(sample(0))[:, None])
    assert block.live[0] < 150
    assert block.live[1] < 150


def test_one_run_in_two_pieces_is_one_run():
    y, settings = sample(1), Settings(lr=0.002, weight_decay=0.05)
    whole, pieces = fresh((1, 50, 50, 1), 1), fresh((1, 50, 50, 1), 1)
    wide.train(whole.parameters(), TRAIN_X, y, wide.Sgd(settings), 120)
    kept = [[torch.zeros_like(p) for p in pieces.parameters()]]
    for steps in (50, 70):
        wide.train(pieces.parameters(), TRAIN_X, y, wide.Sgd(settings), steps, kept)
    assert difference(whole.parameters(), pieces.parameters()) < 1e-9
