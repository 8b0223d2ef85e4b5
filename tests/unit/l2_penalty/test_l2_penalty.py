"""The L2 penalty against independent oracles: finite differences, PyTorch's optimizer, straight lines."""

import numpy as np
import plain
import pytest
import torch
from trajectory import EPS, loss_rounding, train

from demos.core.curve import OUTSIDE_X, TRAIN_X, curve
from demos.core.networks import mlp, predict
from demos.core.training import Settings
from demos.l2_penalty import compute as l2

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
    size = max(float(p.detach().abs().max()) for p in one.parameters())
    assert l2.largest_difference(one, other) < 16 * EPS * size
    assert l2.largest_difference(one, mlp(SMALL, 3)) > 1e-3


def test_adam_moves_by_the_penalty_and_adamw_decays_apart_from_it():
    """Adam's first step is lr times the sign of the gradient: the penalty can only turn signs."""
    start, adam, adamw = (mlp(SMALL, 3) for _ in range(3))
    gradient = [torch.full_like(p, 0.01) for p in start.parameters()]
    l2.descend(adam, gradient, 0.01, 0.5, torch.optim.Adam)
    l2.descend(adamw, gradient, 0.01, 0.5, torch.optim.AdamW)
    for p, one, other in zip(*(n.parameters() for n in (start, adam, adamw)), strict=True):
        sign = torch.sign(0.01 + 0.5 * p)
        torch.testing.assert_close(one, p - 0.01 * sign, atol=1e-6, rtol=0)
        torch.testing.assert_close(other, p * (1 - 0.01 * 0.5) - 0.01, atol=1e-6, rtol=0)


def test_every_decay_and_seed_is_trained_as_the_plain_loop_does():
    settings = Settings(steps=10)
    predictions, losses = l2.fit(DEEP, [11, 12], [0, 0.2], settings)
    for row, decay in enumerate((0, 0.2)):
        for place, seed in enumerate((11, 12)):
            alone = mlp(DEEP, seed)
            loss = train(alone, TRAIN_X, curve(TRAIN_X), Settings(steps=10, weight_decay=decay))
            expected = predict(alone, OUTSIDE_X)
            np.testing.assert_allclose(predictions[row, place], expected, atol=1e-5)
            assert abs(losses[row, place] - loss[-1]) < loss_rounding(loss[-1], len(TRAIN_X))


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
    stops = l2.checkpoints(DEEP, [0], [0.1], Settings(), [4, 15])
    whole, loss = l2.fit(DEEP, [0], [0.1], Settings(steps=15))
    assert len(stops) == 2
    np.testing.assert_allclose(stops[-1][0], whole, atol=1e-5)
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


def test_a_tail_is_as_steep_where_it_begins_and_ends_as_it_was_drawn():
    right = np.where(OUTSIDE_X < 1.5, 3 * OUTSIDE_X, 6 - OUTSIDE_X)
    begins, ends = l2.tail_slopes(np.stack([right, OUTSIDE_X**2]))
    np.testing.assert_allclose(begins, [3, 1.025 + 1.05])
    np.testing.assert_allclose(ends, [1, 1.975 + 2])
