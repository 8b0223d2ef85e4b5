"""Epochs in every order against autograd; flows against small steps down their losses."""

from itertools import permutations

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from demos.batches import orders

X, Y = orders.problem(2, batches=3)


def losses(w, x, y):
    """Each batch's loss, autograd's own."""
    return F.binary_cross_entropy_with_logits(
        torch.as_tensor(x) @ w, torch.as_tensor(y, dtype=torch.float64), reduction="none"
    )


def test_every_order_is_walked_once():
    found = orders.every_order(X, Y, 0.3)
    expected = []
    for order in permutations(range(3)):
        w = torch.tensor(orders.START, dtype=torch.float64)
        for i in order:
            w = w.detach().requires_grad_()
            losses(w, X, Y)[i].backward()
            w = w - 0.3 * w.grad
        expected.append(w.detach().numpy())
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("smith", [False, True])
def test_the_flow_slides_down_its_loss(smith, rate=0.2, pieces=1000):
    w = torch.tensor(orders.START, dtype=torch.float64)
    for _ in range(pieces):  # midpoint rule
        half = w - 0.5 * (3 * rate / pieces) * slope(w, rate, smith)
        w = w - 3 * rate / pieces * slope(half, rate, smith)
    np.testing.assert_allclose(orders.flow(X, Y, rate, smith), w.numpy(), rtol=1e-6)


def slope(w, rate, smith):
    """The gradient of C, or of C + rate/4 times the mean squared gradient of a batch."""
    w = w.detach().requires_grad_()
    each = losses(w, X, Y)
    whole = each.mean()
    if smith:
        own = [torch.autograd.grad(one, w, create_graph=True)[0] for one in each]
        whole = whole + rate / 4 * torch.stack(own).square().sum(1).mean()
    return torch.autograd.grad(whole, w)[0]


def test_the_distance_is_that_of_the_mean_end():
    mean = orders.every_order(X, Y, 0.1).mean(0)
    for smith in (False, True):
        expected = np.linalg.norm(mean - orders.flow(X, Y, 0.1, smith))
        assert orders.off(X, Y, 0.1, smith) == pytest.approx(expected)


def test_half_the_rate_an_eighth_of_the_distance():
    x, y = orders.problem(7)
    assert x.shape == (5, 2) and set(y) <= {0, 1}
    for smith, times in ((False, 4), (True, 8)):
        off = [orders.off(x, y, rate, smith) for rate in (0.02, 0.01)]
        assert off[0] / off[1] == pytest.approx(times, rel=0.1)
