"""Deep networks on two moons: what is built, how they start, and their first steps, against plain loops."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.a_good_start import compute_training as deep

SHALLOW = deep.Fit("tanh", "glorot", depth=3, steps=20, lr=0.01)


def kinds(fit):
    return [type(each).__name__ for each in deep.network(fit).module(0).modules()]


def test_networks_are_as_deep_and_wide_as_asked():
    plain = deep.network(deep.Fit("sigmoid", depth=4)).module(0)
    linear = [each for each in plain if isinstance(each, nn.Linear)]
    assert [layer.in_features for layer in linear] == [2, 32, 32, 32, 32]
    assert [layer.out_features for layer in linear] == [32, 32, 32, 32, 1]
    assert sum(isinstance(each, nn.Sigmoid) for each in plain) == 4
    assert kinds(deep.Fit(depth=4, kind=deep.RESIDUAL)).count("Block") == 3
    assert kinds(deep.Fit(depth=4, kind=deep.NORMALIZED)).count("BatchNorm1d") == 3
    assert not {"Block", "BatchNorm1d"} & {*kinds(deep.Fit(depth=4))}


def test_tiny_weights_are_tiny_and_their_own():
    module, again, other = (deep.network(deep.Fit("tanh", "tiny")).module(s) for s in (5, 5, 6))
    weights = torch.cat([layer.weight.flatten() for layer in module[2:-1:2]])
    assert weights.std().item() == pytest.approx(0.01, rel=0.03)
    assert all((layer.bias == 0).all() for layer in module[::2])
    assert torch.equal(module[2].weight, again[2].weight)
    assert not torch.equal(module[2].weight, other[2].weight)


def test_moons_are_standardised_and_half_are_ones():
    x, y = deep.moons(3)
    assert x.shape == (1, 100, 2) and y.shape == (1, 100, 1)
    np.testing.assert_allclose(x[0].mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(x[0].std(0, correction=0), 1, rtol=1e-5)
    assert y.mean() == 0.5 and {*y.flatten().tolist()} == {0, 1}


@pytest.mark.parametrize(
    "fit",
    [
        SHALLOW,
        replace(SHALLOW, momentum=0.9),
        replace(SHALLOW, l2=1.0),
        replace(SHALLOW, kind=deep.RESIDUAL),
    ],
    ids=["adam", "sgd", "l2", "residual"],
)
def test_shares_right_are_those_of_the_plain_loop(fit):
    (x,), (y,) = deep.moons(4)
    net = deep.network(fit).module(4)
    more = {"lr": fit.lr, "weight_decay": fit.l2}
    optimizer = (
        torch.optim.Adam(net.parameters(), **more)
        if fit.momentum is None
        else torch.optim.SGD(net.parameters(), momentum=fit.momentum, **more)
    )
    expected = []
    for step in range(21):
        out = net(x)
        if step % 10 == 0:
            expected.append(((out > 0) == (y > 0.5)).float().mean().item())
        optimizer.zero_grad()
        F.binary_cross_entropy_with_logits(out, y).backward()
        optimizer.step()
    found = deep.right([3, 4], fit)[:, 1]
    np.testing.assert_allclose(found, expected, atol=0.021)  # two points that lie on the border
    assert found[-1] > found[0]


def test_steps_until_it_is_learned():
    shares = np.array([[0.5, 0.96, 0.5], [0.95, 0.5, 0.6], [0.2, 0.99, 0.94]])
    np.testing.assert_array_equal(deep.until(shares), [10, 0, 30])
