"""Networks of many training sets against the loop on the slide, one after the other."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.bias_and_variance import compute as bv
from demos.bias_and_variance import compute_networks as nets


def plain(x, y, start, width, steps, decay):
    """The loop on the slide, from a start of its own."""
    torch.manual_seed(start)
    hidden = nn.Linear(1, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh()
    net = nn.Sequential(*hidden, nn.Linear(width, 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01, weight_decay=decay)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()
    grid = torch.tensor(bv.GRID, dtype=torch.float32)[:, None]
    return net(grid).detach()[:, 0].numpy()


@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_networks_are_those_of_the_plain_loop(decay):
    found = nets.answers([3, 8], 4, (2, 6), decay, sets=2)
    assert found.shape == (2, 2, 2, len(bv.GRID))
    for at, seed in enumerate((3, 8)):
        for member, points in enumerate(nets.torch_sets(2, seed=seed)):
            for look, steps in enumerate((2, 6)):
                expected = plain(*points, 1000 * seed + member, 4, steps, decay)
                np.testing.assert_allclose(found[look, at, member], expected, rtol=0, atol=2e-5)


def test_sets_on_the_slide_are_the_same_in_columns():
    x, y = bv.training_sets(4, 3, 7)
    for n, (column, targets) in enumerate(nets.torch_sets(3, 7, seed=4)):
        assert column.shape == targets.shape == (7, 1) and column.dtype == torch.float32
        np.testing.assert_allclose(column[:, 0], x[n], rtol=1e-6)
        np.testing.assert_allclose(targets[:, 0], y[n], rtol=1e-6)


@pytest.mark.parametrize("width", [2, 32])
def test_parameters_are_counted_as_pytorch_counts_them(width):
    module = nets.recipe(width).network.module(0)
    assert nets.parameters(width) == sum(p.numel() for p in module.parameters())


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="width is 0: say a whole number, 1 or more"):
        nets.answers([0], 0)
    with pytest.raises(ValueError, match="decay is -1: say a number, 0 or more"):
        nets.answers([0], 2, decay=-1)
