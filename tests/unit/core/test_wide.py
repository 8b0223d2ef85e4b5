"""The engine for wide networks against the plain loop: parameters, momentum, losses, sleeping units.

In float64, and from states along one run of the plain loop: a leg is long enough for units to be left out
and to wake, and too short for a rounding to grow.
"""

import numpy as np
import pytest
import torch
from trajectory import apart, legs, put

from demos.core import wide
from demos.core.curve import TRAIN_X, sample
from demos.core.networks import mlp
from demos.core.training import Settings, sgd

X = torch.tensor(TRAIN_X)[:, None]
STEPS = 1000
SAME = 1e-10  # of the largest parameter; wide.DRY is a hundredth of it


def fresh(widths, seed):
    return mlp(widths, seed).double()


def plain(network, y, optimizer, count=4):
    """The loop of any textbook, in float64, as `count` legs."""
    y = torch.tensor(y)[:, None]

    def step():
        optimizer.zero_grad()
        loss = ((network(X) - y) ** 2).sum()
        loss.backward()
        optimizer.step()
        return loss.item()

    return legs(
        network,
        optimizer,
        lambda _, number: [step() for _ in range(number)],
        STEPS,
        count,
        few=STEPS // count,
        near=SAME,
    )


def follows(network, y, rule, leg):
    """Train `network` from the leg's beginning, and hold it to the leg's end."""
    parameters = list(network.parameters())
    kept = [[torch.empty_like(p) for p in parameters] for _ in leg.before.kept]
    for mine, theirs in zip(
        [parameters, *kept], [leg.before.parameters, *leg.before.kept], strict=True
    ):
        put(mine, theirs)
    rule.steps = leg.start
    losses = wide.train(parameters, TRAIN_X, y, rule, len(leg.losses), kept)
    if leg.clear:
        assert apart(parameters, leg.after.parameters) < SAME
        np.testing.assert_allclose(losses, leg.losses, rtol=1e-6)  # kept in float32
        if rule.momentum:  # without, PyTorch keeps nothing
            for mine, theirs in zip(kept, leg.after.kept, strict=True):
                assert apart(mine, theirs) < SAME


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
def test_sgd_does_the_steps_of_the_plain_loop(widths, settings, seed, woken):
    y, theirs, ours = sample(seed), fresh(widths, seed), fresh(widths, seed)
    for leg in plain(theirs, y, sgd(theirs, settings)):
        follows(ours, y, wide.Sgd(settings), leg)
    if len(widths) == 5 and settings.momentum:
        assert sum(woken) > 0, "these cases are here because units wake in them"


def test_adam_does_the_steps_of_pytorchs():
    y, theirs, ours = sample(4), fresh((1, 40, 40, 1), 4), fresh((1, 40, 40, 1), 4)
    adam = torch.optim.Adam(theirs.parameters(), lr=0.01)
    for leg in plain(theirs, y, adam, count=2):  # its momentum runs dry after 263 steps
        follows(ours, y, wide.Adam(0.01), leg)


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
    assert apart(pieces.parameters(), [p.detach() for p in whole.parameters()]) < SAME
