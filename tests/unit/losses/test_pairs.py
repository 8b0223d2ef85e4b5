"""Outputs and losses against PyTorch's, and their slopes against autograd and differences."""

import numpy as np
import pytest
import torch
from torch.distributions import Bernoulli, Categorical, Normal
from torch.nn import functional as F

from demos.losses import pairs

TORCH = {
    pairs.SQUARES: lambda z, t: F.mse_loss(z, t, reduction="sum") / 2,
    pairs.BINARY: lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="sum"),
    pairs.CLASSES: F.cross_entropy,
    pairs.SIGMOID_SQUARES: lambda z, t: F.mse_loss(z.sigmoid(), t, reduction="sum") / 2,
    pairs.SOFTMAX_SQUARES: lambda z, t: F.mse_loss(z.softmax(0), t, reduction="sum") / 2,
    pairs.TWICE: lambda z, t: F.cross_entropy(z.softmax(0), t),
}
OUTPUTS = {"none": lambda z: z, "sigmoid": torch.sigmoid, "softmax": lambda z: z.softmax(0)}
DICE = np.random.default_rng(5)
TARGETS = {"a class": np.eye(4)[2], "soft": DICE.dirichlet(np.ones(4))}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", pairs.PAIRS)
def test_a_pair_is_pytorchs(name, target):
    pair, t = pairs.PAIRS[name], TARGETS[target]
    for z in 3 * DICE.standard_normal((5, 4)):
        logits = torch.tensor(z, requires_grad=True)
        loss = TORCH[name](logits, torch.tensor(t))
        (slope,) = torch.autograd.grad(loss, logits)
        np.testing.assert_allclose(pair.loss(z, t), loss.item(), rtol=1e-10)
        np.testing.assert_allclose(pair.slope(z, t), slope, rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(
            pair.predict(z), OUTPUTS[pair.output](logits).detach(), rtol=1e-12
        )


@pytest.mark.parametrize("name", pairs.PAIRS)
def test_many_points_at_once_are_each_their_own(name):
    pair, z = pairs.PAIRS[name], DICE.standard_normal((3, 5, 4))
    t = DICE.dirichlet(np.ones(4), (3, 5))
    for found, own in ((pair.loss(z, t), pair.loss), (pair.slope(z, t), pair.slope)):
        np.testing.assert_allclose(found[2, 3], own(z[2, 3], t[2, 3]), rtol=1e-12)


def test_losses_are_logarithms_of_likelihoods():
    z, t = torch.tensor([0.3, -2.0]), torch.tensor([1.0, 0.0])
    bell = -Normal(z, 1.0).log_prob(t).sum() - np.log(2 * np.pi)
    coin = -Bernoulli(logits=z).log_prob(t).sum()
    die = -Categorical(logits=z).log_prob(torch.tensor(0))
    for name, expected in zip(pairs.BELONG, (bell, coin, die), strict=True):
        found = pairs.PAIRS[name].loss(z.numpy().astype(float), t.numpy())
        assert found == pytest.approx(expected.item(), rel=1e-5), name


def test_losses_from_logits_are_finite_far_out():
    z, t = np.array([-1000.0, 1000.0, 0.0]), np.array([1.0, 0.0, 0.0])
    assert pairs.PAIRS[pairs.BINARY].loss(z, t) == pytest.approx(2000 + np.log(2))
    assert pairs.PAIRS[pairs.CLASSES].loss(z, t) == pytest.approx(2000)


def test_differences_are_exact_for_powers_up_to_four():
    z = np.array([0.5, -1.5, 2.0])
    found = pairs.differences(lambda z: (z**4).sum() + z[0] * z[1], z, step=0.1)
    expected = 4 * z**3 + [z[1], z[0], 0]
    np.testing.assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("name", [pairs.SQUARES, pairs.BINARY, pairs.SIGMOID_SQUARES])
def test_a_logit_descends_as_pytorchs_does(name, lr=0.7, target=0.8):
    z = torch.tensor([-3.0], dtype=torch.float64, requires_grad=True)
    optimizer, expected = torch.optim.SGD([z], lr=lr), []
    for _ in range(30):
        expected.append(z.item())
        optimizer.zero_grad()
        TORCH[name](z, torch.tensor([target], dtype=torch.float64)).backward()
        optimizer.step()
    path = pairs.descent(name, -3.0, lr, target)
    np.testing.assert_allclose([next(path) for _ in range(30)], expected, rtol=1e-9, atol=1e-12)


def test_until_right_counts_steps():
    path = pairs.descent(pairs.BINARY, -4.0)
    logits = [next(path) for _ in range(20)]
    (first,) = np.flatnonzero(np.diff(np.sign(logits)) > 0)[:1]
    assert pairs.until_right(pairs.BINARY, -4) == first + 1
    assert pairs.until_right(pairs.BINARY, -4) < pairs.until_right(pairs.BINARY, -4, lr=0.1)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: next(pairs.descent("hinge", 0.0)), "name is 'hinge'"),
        (lambda: next(pairs.descent(pairs.TWICE, 0.0)), "name is 'twice'"),
        (lambda: next(pairs.descent(pairs.BINARY, 0.0, target=2)), "target is 2: say a number"),
        (lambda: next(pairs.descent(pairs.BINARY, 0.0, lr=-1)), "lr, the learning rate, is -1"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
