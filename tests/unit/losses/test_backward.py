"""Gradients by hand against an nn.Module's, and finite differences against both."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.losses import backward as back


def module(weights):
    """The same network as an nn.Module, float64."""
    w1, b1, w2, b2 = (torch.tensor(each) for each in weights)
    net = nn.Sequential(nn.Linear(*w1.shape), nn.Tanh(), nn.Linear(*w2.shape)).double()
    with torch.no_grad():
        for layer, w, b in ((net[0], w1, b1), (net[2], w2, b2)):
            layer.weight.copy_(w.T)
            layer.bias.copy_(b)
    return net


@pytest.mark.parametrize("widths", [(3, 8, 4), (1, 2, 2), (5, 1, 3)])
def test_by_hand_it_is_what_a_module_says(widths):
    weights, x, t = back.problem(4, widths, batch=7)
    net = module(weights)
    out = net(torch.tensor(x))
    nn.CrossEntropyLoss()(out, torch.tensor(t)).backward()
    h, p = back.forward(x, *weights)
    np.testing.assert_allclose(p, out.softmax(1).detach(), rtol=1e-10)
    found = back.backward(x, t, h, p, weights[2])
    expected = net[0].weight.grad.T, net[0].bias.grad, net[2].weight.grad.T, net[2].bias.grad
    for own, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(own, theirs, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(back.by_hand(weights, x, t), back.flat(found))
    np.testing.assert_allclose(back.by_autograd(weights, x, t), back.flat(found), atol=1e-12)
    np.testing.assert_allclose(back.by_differences(weights, x, t), back.flat(found), atol=1e-9)


def test_problems_differ_by_seed_and_have_soft_targets():
    (weights, x, t), (_, other, _) = back.problem(0), back.problem(1)
    assert [w.shape for w in weights] == [(3, 8), (8,), (8, 4), (4,)]
    assert x.shape == (back.BATCH, 3) and not np.allclose(x, other)
    np.testing.assert_allclose(t.sum(1), 1)
    assert (t > 0).all() and (t.max(1) < 1).all()
