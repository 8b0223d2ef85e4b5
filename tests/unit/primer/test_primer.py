"""Seven numbers by hand, against PyTorch, calculus done with differences, and closed forms."""

import numpy as np
import pytest
import torch
import trajectory

from demos.core.curve import TEST_X, TRAIN_X, curve, rmse
from demos.core.networks import mlp, predict
from demos.core.training import Settings, sgd, train
from demos.primer import compute as primer
from demos.primer.compute import HAND_SET, X, Y


def test_the_hand_set_network_takes_its_known_values():
    outputs, hidden = primer.forward(HAND_SET, np.array([-1.0, 0.5, 1.0]))
    assert outputs.tolist() == [0.25, 1.375, 1.0]
    assert hidden.tolist() == [[0, 0], [1.5, 0], [2, 1]]


def test_the_torch_network_is_the_same_one():
    x = np.linspace(-2, 2, 41)
    network = primer.to_network(HAND_SET)
    assert np.allclose(predict(network, x), primer.forward(HAND_SET, x)[0], atol=1e-6)
    assert primer.to_vector(network).tolist() == HAND_SET.tolist()


def test_merged_layers_are_two_linear_layers_of_torch():
    first, second = torch.nn.Linear(3, 7).double(), torch.nn.Linear(7, 2).double()
    pairs = [(m.weight.detach().numpy(), m.bias.detach().numpy()) for m in (first, second)]
    x = np.random.default_rng(0).standard_normal((20, 3))
    expected = second(first(torch.tensor(x))).detach().numpy()
    assert np.allclose(primer.layer(x, *primer.merge(*pairs)), expected, atol=1e-12)


def test_layers_without_relu_train_to_the_least_squares_line():
    network = mlp((1, 20, 20, 1), 0, torch.nn.Identity)
    train(network, TRAIN_X, curve(TRAIN_X), Settings(steps=600))
    line = np.polyval(np.polyfit(TRAIN_X, curve(TRAIN_X), 1), TEST_X)
    assert np.allclose(predict(network, TEST_X), line, atol=2e-3)


def test_three_ways_to_the_same_gradient():
    rng = np.random.default_rng(0)
    for _ in range(5):
        p, x, y = rng.standard_normal(7), rng.standard_normal(9), rng.standard_normal(9)
        by_hand = primer.backward(p, x, y)
        assert np.allclose(by_hand, primer.autograd(p, x, y), rtol=1e-4, atol=1e-4)
        assert np.allclose(by_hand, primer.nudge(p, x, y), rtol=1e-6, atol=1e-6)


def test_at_a_kink_nudging_and_autograd_part():
    x, y = np.array([0.5]), np.array([1.0])
    nudged, autograd = primer.nudge(HAND_SET, x, y), primer.autograd(HAND_SET, x, y)
    assert autograd[3] == 0  # off, says torch
    assert np.isclose(nudged[3], -0.75 * (1.375 - 1), rtol=1e-3)  # half of 2 v (g - y)


def test_the_step_by_hand_is_that_of_torch():
    network, settings = primer.to_network(HAND_SET), Settings(0.02, 0.5, 0.1, steps=5)
    train(network, X, Y, settings)
    p, velocity = HAND_SET, np.zeros(7)
    for _ in range(5):
        gradient = primer.backward(p, X, Y)
        p, velocity = primer.sgd_step(p, gradient, velocity, 0.02, 0.5, 0.1)
    assert np.allclose(p, primer.to_vector(network), atol=1e-5)
    assert np.abs(p - HAND_SET).max() > 0.05


@pytest.mark.parametrize("lr", [0.01, 0.1, 0.35])
def test_one_knob_follows_its_parabola(lr):
    positions, losses = primer.turn_one_knob(lr, 6)
    g = primer.forward(np.append(HAND_SET[:6], 0), X)[0]
    best = (Y - g).mean()  # three points: curvature 6, so each step keeps 1 - 6 lr of the distance
    expected = best + (1.5 - best) * (1 - 6 * lr) ** np.arange(7)
    assert np.allclose(positions, expected, atol=1e-5)
    assert np.allclose(losses, 3 * (positions - best) ** 2 + ((Y - g - best) ** 2).sum(), rtol=1e-6)


def test_learning_from_all_points_is_the_plain_loop():
    seeds, settings = range(3), Settings(steps=12)
    mine = primer.learn_from(primer.all_points, seeds, settings)
    for seed in seeds:
        network = mlp((1, 20, 20, 1), seed)
        trajectory.train(network, TRAIN_X, curve(TRAIN_X), settings)
        expected = rmse(predict(network, TEST_X), curve(TEST_X))
        assert mine[seed] == pytest.approx(expected, rel=1e-4)


def test_spoiled_supplies_are_right_on_average():
    rng = np.random.default_rng(0)
    x, y = np.stack([primer.few_points(rng) for _ in range(4000)], axis=1)
    assert x.shape == (4000, 7)
    assert all(len(set(row)) == 7 for row in x)
    assert np.isin(x, TRAIN_X).all()
    assert (y == curve(x)).all()
    assert np.isclose(y.mean(), curve(TRAIN_X).mean(), atol=0.01)
    x, y = np.stack([primer.wrong_answers(rng) for _ in range(4000)], axis=1)
    assert np.allclose(y.mean(0), curve(TRAIN_X), atol=0.015)
    assert np.isclose((y - curve(x)).std(), 0.2, rtol=0.02)
    assert np.allclose(primer.high_answers(rng, 0.3)[1] - curve(TRAIN_X), 0.3)


def plainly_taught(seed, steps, anew):
    """The plain loop on wrong answers, a batch at a time."""
    network, rng = mlp((1, 20, 20, 1), seed), np.random.default_rng([seed, 7])
    settings = Settings(steps=1)
    optimizer = sgd(network, settings)
    for step in range(steps):
        if anew or not step:
            wrong = primer.wrong_answers(rng)
        train(network, *wrong, settings, optimizer)
    return predict(network, TEST_X)


@pytest.mark.parametrize("anew", [True, False])
def test_each_network_is_taught_as_by_the_plain_loop_with_its_own_dice(anew):
    found = primer.taught(primer.wrong_answers, [3, 8], Settings(steps=30), anew).predict(TEST_X)
    for seed, mine in zip((3, 8), found, strict=True):
        assert np.allclose(mine, plainly_taught(seed, 30, anew), rtol=1e-3, atol=1e-4)


def test_spoiled_steps_still_learn():
    before = primer.learn_from(primer.all_points, range(4), Settings(steps=0))
    for supply in (primer.few_points, primer.wrong_answers):
        after = primer.learn_from(supply, range(4), Settings(steps=400))
        assert (after < 0.7 * before).all()
