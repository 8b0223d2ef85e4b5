"""The curve and the networks, against oracles written another way."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from demos.core import networks
from demos.core.curve import TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.networks import Sine, mlp, parameter_count


def test_the_curve_at_points_worked_out_by_hand():
    # 2^(-10 d^2) with d the distance from 1/2
    assert curve(0.5) == 1.0
    assert curve(0.5 + math.sqrt(0.1)) == pytest.approx(0.5)
    assert curve(0.0) == curve(1.0) == pytest.approx(2**-2.5)
    assert curve(-0.5) == pytest.approx(1 / 1024)
    assert curve(np.zeros((2, 3))).shape == (2, 3)
    assert len(TRAIN_X) == 21
    assert np.isin(np.round(TRAIN_X, 12), np.round(TEST_X, 12)).all()


def test_noise_repeats_with_its_seed_and_scales_with_sd():
    one = sample(3)
    assert np.array_equal(one, sample(3))
    assert not np.array_equal(one, sample(4))
    assert np.array_equal(sample(3, sd=0.0), curve(TRAIN_X))
    assert np.allclose(sample(3, sd=0.1) - curve(TRAIN_X), 2 * (one - curve(TRAIN_X)))


def test_noise_has_the_spread_it_claims():
    noise = np.stack([sample(seed) for seed in range(2000)]) - curve(TRAIN_X)
    assert noise.std() == pytest.approx(0.05, rel=0.02)  # 42,000 draws: 0.35 % is one sd
    assert abs(noise.mean()) < 0.001
    neighbours = np.corrcoef(noise[:, :-1].ravel(), noise[:, 1:].ravel())[0, 1]
    assert abs(neighbours) < 0.03


def test_rmse_is_a_plain_loop():
    dice = np.random.default_rng(0)
    guesses, truth = dice.normal(size=(3, 7)), dice.normal(size=7)
    expected = []
    for row in guesses:
        total = 0.0
        for guess, true in zip(row, truth, strict=True):
            total += (guess - true) ** 2
        expected.append(math.sqrt(total / 7))
    assert rmse(guesses, truth) == pytest.approx(expected)


def test_a_network_has_the_layers_and_the_count_it_should():
    network = mlp((1, 1000, 1000, 1), seed=0)
    assert [type(layer).__name__ for layer in network] == ["Linear", "ReLU"] * 2 + ["Linear"]
    assert parameter_count(network) == 1_004_001  # (1+1)1000 + (1000+1)1000 + 1001
    assert network(torch.zeros(5, 1)).shape == (5, 1)


def test_dropout_follows_every_hidden_activation():
    network = mlp((2, 8, 8, 1), seed=0, activation=Sine, dropout=0.25)
    names = [type(layer).__name__ for layer in network]
    assert names == ["Linear", "Sine", "Dropout"] * 2 + ["Linear"]
    assert network[2].p == 0.25


def test_weights_follow_the_seed_and_leave_the_callers_dice_alone():
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    one, same, other = (mlp((1, 9, 1), seed)[0].weight for seed in (5, 5, 6))
    assert torch.equal(torch.rand(3), expected)
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    torch.manual_seed(5)
    assert torch.equal(one, nn.Linear(1, 9).weight)  # PyTorch's own initialisation


def test_predict_switches_dropout_off_and_on_again():
    network = mlp((1, 50, 1), seed=0, dropout=0.5).train()
    x = np.linspace(0, 1, 4)
    values = networks.predict(network, x)
    assert np.array_equal(values, networks.predict(network, x))
    assert network.training
    first, last = network[0], network[3]
    by_hand = (torch.relu(networks.column(x) @ first.weight.T + first.bias)) @ last.weight.T
    assert values == pytest.approx((by_hand + last.bias)[:, 0].detach().numpy(), abs=1e-6)
