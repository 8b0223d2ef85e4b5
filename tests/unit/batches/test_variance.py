"""A batch's variance: gradients against plain autograd, counts against plain loops and by hand."""

from itertools import combinations, product

import numpy as np
import pytest
import torch
from torch import nn

from demos.batches import compute as lab
from demos.batches import variance as var
from demos.core.engine.network import mlp, one_of

SIX = np.random.default_rng(4).normal(size=(6, 3))


def test_gradients_are_autograds_one_point_at_a_time():
    network = mlp((2, 3, 2))
    parameters = one_of(network.start([1])[0], 0)
    dice = torch.Generator().manual_seed(0)
    x, y = torch.randn(5, 2, generator=dice), torch.eye(2)[[0, 1, 1, 0, 1]]
    found = var.gradients(network, parameters, x, y)
    module = network.module(1)
    for n in range(5):
        module.zero_grad()
        nn.functional.cross_entropy(module(x[n : n + 1]), y[n : n + 1]).backward()
        expected = torch.cat([p.grad.flatten() for p in module.parameters()])
        torch.testing.assert_close(found[n], expected, rtol=1e-5, atol=1e-6)


def test_the_formula_by_hand():
    assert var.share(4, 12, replacement=True) == 0.25
    assert var.share(4, 12) == pytest.approx(8 / 11 / 4)
    assert var.share(12, 12) == 0 and var.share(1, 12) == 1 and var.share(1, 1) == 0
    assert var.share(30, 12, replacement=True) == pytest.approx(1 / 30)


@pytest.mark.parametrize("batch", [1, 2, 5, 6])
@pytest.mark.parametrize("again", [True, False])
def test_every_batch_is_counted_and_the_formula_holds(batch, again):
    several = product(SIX, repeat=batch) if again else combinations(SIX, batch)
    off = [sum(np.square(np.mean(some, axis=0) - SIX.mean(0))) for some in several]
    found = var.of_every_batch(SIX, batch, again)
    assert found == pytest.approx(np.mean(off), abs=1e-12)
    one = np.mean([sum(np.square(each - SIX.mean(0))) for each in SIX])
    assert var.of_one_point(SIX) == pytest.approx(one)
    assert found == pytest.approx(var.share(batch, 6, again) * one, abs=1e-12)


@pytest.mark.parametrize("again", [True, False])
def test_drawn_batches_come_near_the_formula(again):
    points = np.random.default_rng(5).normal(size=(40, 2))
    found = var.of_drawn_batches(points, 16, 20_000, 0, again) / var.of_one_point(points)
    assert found == pytest.approx(var.share(16, 40, again), rel=0.05)
    assert var.of_drawn_batches(points, 40, 3, 0) == pytest.approx(0, abs=1e-12)


def test_first_gradients_are_of_the_first_points_and_the_start():
    found = lab.first_gradients(3, (4, 3, 3), 5)
    data, network = lab.points([3]), mlp((4, 3, 3))
    parameters = one_of(network.start([3])[0], 0)
    expected = var.gradients(network, parameters, data.x[0], data.y[0])[:5]
    assert found.dtype == torch.float64
    torch.testing.assert_close(found, expected.double())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: var.share(13, 12), "batch is 13: say a whole number, 1 to 12|from 1 to 12"),
        (lambda: var.of_every_batch(SIX, 0), "batch is 0: say a whole number"),
        (lambda: var.of_every_batch(SIX, 7), "batch is 7: say a whole number"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
