"""Part 4 against independent oracles: finite differences, PyTorch's optimizer, straight lines."""

import numpy as np
import plain
import pytest
import torch

from demos import l2_penalty as l2
from demos.curve import OUTSIDE_X, TRAIN_X, curve
from demos.networks import mlp, predict
from demos.training import Settings, train

SMALL, DEEP = (1, 10, 10, 1), (1, 20, 20, 20, 1)


def test_the_penalty_is_the_sum_of_all_squares_biases_too():
    network = mlp(SMALL, 0)
    expected = sum(float(v) ** 2 for p in network.parameters() for v in p.detach().flatten())
    assert l2.penalty(network.parameters()).item() == pytest.approx(expected, rel=1e-5)


def test_its_gradient_is_two_alpha_w_on_top_of_the_losss():
    network, y = mlp(SMALL, 1), curve(TRAIN_X)
    plain = l2.penalized_gradient(network, TRAIN_X, y, 0)
    pulled = l2.penalized_gradient(network, TRAIN_X, y, 0.3)
    for p, without, with_penalty in zip(network.parameters(), plain, pulled, strict=True):
        torch.testing.assert_close(with_penalty - without, 2 * 0.3 * p.detach())


def test_its_gradient_agrees_with_a_finite_difference():
    network, step = mlp(SMALL, 2).double(), 1e-6
    x, y = (torch.tensor(v)[:, None] for v in (TRAIN_X, curve(TRAIN_X)))

    def energy():
        squares = sum((p**2).sum() for p in network.parameters())
        return float(((network(x) - y) ** 2).sum() + 0.3 * squares)

    single = mlp(SMALL, 2)
    gradient = l2.penalized_gradient(single, TRAIN_X, curve(TRAIN_X), 0.3)[2][4, 5]
    weight = network[2].weight
    with torch.no_grad():
        weight[4, 5] += step
        above = energy()
        weight[4, 5] -= 2 * step
        below = energy()
    assert float(gradient) == pytest.approx((above - below) / (2 * step), rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("decay", [0.08, 1.0])
def test_weight_decay_is_twice_alpha(decay):
    one, other, y = mlp(SMALL, 3), mlp(SMALL, 3), curve(TRAIN_X)
    l2.descend(one, l2.penalized_gradient(one, TRAIN_X, y, decay / 2), 0.01)
    l2.descend(other, l2.penalized_gradient(other, TRAIN_X, y, 0), 0.01, weight_decay=decay)
    assert l2.largest_difference(one, other) < 1e-6
    assert l2.largest_difference(one, mlp(SMALL, 3)) > 1e-3


def test_every_decay_and_seed_is_trained_as_the_plain_loop_does():
    settings = Settings(steps=40)
    predictions, losses = l2.fit(DEEP, [4, 5], [0, 0.2], settings)
    for row, decay in enumerate((0, 0.2)):
        for place, seed in enumerate((4, 5)):
            alone = mlp(DEEP, seed)
            loss = train(alone, TRAIN_X, curve(TRAIN_X), Settings(steps=40, weight_decay=decay))
            expected = predict(alone, OUTSIDE_X)
            np.testing.assert_allclose(predictions[row, place], expected, atol=1e-5)
            assert losses[row, place] == pytest.approx(loss[-1], rel=1e-4)


def test_another_target_is_learnt_and_measured():
    def line(x):
        return 3 * np.asarray(x) - 2

    predictions, losses = l2.fit(SMALL, [4], [0.0], Settings(steps=40), line)
    network = plain.network(SMALL, 4)
    loss = plain.sgd(network, TRAIN_X, line(TRAIN_X), 40)[-1]
    outputs = plain.outputs(network, OUTSIDE_X)
    np.testing.assert_allclose(predictions[0, 0], outputs, atol=1e-4)
    assert losses[0, 0] == pytest.approx(loss, rel=1e-4)
    pairs = zip(OUTSIDE_X, outputs, strict=True)
    off = [out - (3 * x - 2) for x, out in pairs if not 0 <= x <= 1]
    found = l2.outside_error(predictions, line)[0, 0]
    assert found == pytest.approx(np.sqrt(np.mean(np.square(off))), rel=1e-4)


def test_checkpoints_are_stops_of_one_run():
    stops = l2.checkpoints(DEEP, [0], [0.1], Settings(), [10, 30])
    whole, loss = l2.fit(DEEP, [0], [0.1], Settings(steps=30))
    assert len(stops) == 2
    np.testing.assert_allclose(stops[-1][0], whole, atol=1e-6)
    assert np.abs(stops[0][0] - whole).max() > 1e-3
    np.testing.assert_allclose(stops[-1][1], loss, rtol=1e-4)


def test_the_error_outside_ignores_what_is_inside():
    off = curve(OUTSIDE_X) + np.where((OUTSIDE_X < 0) | (OUTSIDE_X > 1), 0.5, 100.0)
    np.testing.assert_allclose(l2.outside_error(np.stack([off, curve(OUTSIDE_X)])), [0.5, 0])


def test_slope_and_bend_of_known_lines():
    line, kink = 3 * OUTSIDE_X, np.maximum(OUTSIDE_X - 1.625, 0)
    np.testing.assert_allclose(l2.end_slope(np.stack([line, -line])), [3, 3])
    np.testing.assert_allclose(l2.end_slope(kink), 0.5)  # flat on the left, 1 on the right
    np.testing.assert_allclose(l2.bend(np.stack([line, -line])), 0, atol=1e-12)
    np.testing.assert_allclose(l2.bend(kink), 0.375 / 2)


def test_a_very_strong_penalty_leaves_a_flat_line_near_the_mean():
    predictions, _ = l2.fit(DEEP, [0, 1], [1.0], Settings(steps=2500))
    assert np.ptp(predictions, axis=-1).max() < 0.01
    pulled_mean = 21 * curve(TRAIN_X).mean() / (21 + 0.5)  # the output bias is decayed too
    np.testing.assert_allclose(predictions, pulled_mean, atol=0.01)
