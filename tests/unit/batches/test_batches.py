"""Iris in batches against a plain loop over the same batches; a last batch that is small, by hand."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.batches import compute as lab
from demos.core.engine.batches import Batches

TINY = lab.Fit(widths=(4, 5, 3), lr=0.05, epochs=2, steps=7)


def plain(seed, batch, steps, lr):
    """Loss on all points after so many steps of torch.optim, as the slide has it."""
    data = lab.points([seed])
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _, some in zip(range(steps), Batches(data, [seed], batch), strict=False):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(some.x[0]), some.y[0]).backward()
        optimizer.step()
    return nn.functional.cross_entropy(net(data.x[0]), data.y[0]).item()


def test_an_epoch_is_so_many_whole_batches():
    assert [lab.steps_per_epoch(batch) for batch in (2, 12, 60, 64, 120)] == [60, 10, 2, 1, 1]
    with pytest.raises(ValueError, match="batch is 121: say a whole number"):
        lab.steps_per_epoch(121)


def test_losses_are_those_of_the_plain_loop_once_an_epoch():
    looks, found = lab.learned([3, 8], 40, 6, 0.05, TINY)
    assert looks.tolist() == [0, 3, 6] and found.shape == (3, 2)
    for row, steps in enumerate(looks):
        for column, seed in enumerate((3, 8)):
            assert found[row, column] == pytest.approx(plain(seed, 40, steps, 0.05), rel=1e-4)


def test_both_clocks_run_to_their_end():
    found = lab.clocks([3], (30, 60), TINY)
    assert {batch: looks[-1] for batch, (looks, _) in found.items()} == {30: 8, 60: 7}
    looks, losses = found[30]
    assert looks.tolist() == [0, 4, 8]
    assert losses[-1, 0] == pytest.approx(plain(3, 30, 8, 0.05), rel=1e-4)


def test_the_rate_grows_with_the_batch():
    found = lab.scaled([3], 60, 0.002, TINY)
    assert found[0] == pytest.approx(plain(3, 60, 4, 0.06), rel=1e-4)
    assert lab.scaled([3], 2, 0.002, TINY)[0] == pytest.approx(plain(3, 2, 120, 0.002), rel=1e-3)


def test_a_run_that_goes_astray_counts_as_lost():
    _, losses = lab.learned([0], 60, 40, 1e6, TINY)
    assert losses[-1, 0] == lab.LOST


def test_shares_right_are_averaged_batch_by_batch():
    hits = np.array([True, True, True, False, False])
    order = np.random.default_rng(7).permutation(5)
    parts = [hits[order[:2]].mean(), hits[order[2:4]].mean(), hits[order[4:]].mean()]
    assert lab.mean_of_batches(hits, 2, 7) == pytest.approx(np.mean(parts))
    assert lab.mean_of_batches(hits, 5, 7) == pytest.approx(0.6)


def test_sepals_alone_leave_something_to_get_wrong():
    hits = lab.right_or_wrong(1, 130)
    assert hits.shape == (130,) and 0.7 < hits.mean() < 0.9
    assert not np.array_equal(hits, lab.right_or_wrong(2, 130))
