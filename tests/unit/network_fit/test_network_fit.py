"""The network too big against independent oracles: a loop, hand-made interpolation, known activations."""

import numpy as np
import pytest
import torch
from trajectory import NEAR, off_kinks, train

from demos.core.curve import TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.networks import mlp, parameter_count, predict
from demos.core.training import Settings
from demos.network_fit import compute as nf

SMALL = (1, 20, 20, 1)


def test_the_wide_network_is_as_big_as_the_slide_says():
    assert parameter_count(mlp(nf.WIDE, 0)) == 2 * 1000 + 1000 * 1000 + 1000 + 1000 + 1


def test_fit_trains_each_seed_as_the_plain_loop_does():
    y, settings = nf.noisy_targets([3, 4]), Settings(lr=0.002, steps=15)
    together = nf.fit(SMALL, [3, 4], y, settings).predict(TEST_X)
    for row, seed in enumerate((3, 4)):
        alone = mlp(SMALL, seed)
        train(alone, TRAIN_X, sample(seed), settings)
        np.testing.assert_allclose(together[row], predict(alone, TEST_X), atol=1e-5)


def test_error_is_measured_to_the_curve_between_the_points_too():
    networks = nf.fit(SMALL, [0, 1], curve(TRAIN_X), Settings(steps=5))
    expected = np.sqrt(((networks.predict(TEST_X) - curve(TEST_X)) ** 2).mean(axis=1))
    np.testing.assert_allclose(nf.test_error(networks), expected)


def test_one_path_with_stops_is_one_run():
    test, training = nf.error_path(SMALL, [5], Settings(), [5, 9, 16])
    whole = nf.fit(SMALL, [5], nf.noisy_targets([5]), Settings(steps=16))
    assert test.shape == training.shape == (3, 1)
    np.testing.assert_allclose(test[-1], nf.test_error(whole), rtol=1e-5)
    np.testing.assert_allclose(training[-1], rmse(whole.predict(TRAIN_X)[0], sample(5)), rtol=1e-5)


@pytest.mark.parametrize("stops", [[10, 10], [20, 10], [0, 5]])
def test_stops_must_grow(stops):
    with pytest.raises(ValueError, match="grow"):
        nf.error_path(SMALL, [0], Settings(), stops)


def test_units_that_live_are_counted_as_by_hand():
    losses, before, after = nf.first_steps(SMALL, [7], lr=0.01, steps=3)
    network = mlp(SMALL, 7)
    for expected, steps in ((before, 0), (after, 3)):
        train(network, TRAIN_X, sample(7), Settings(lr=0.01, steps=steps))
        with torch.no_grad():
            second = network[:3](torch.tensor(TEST_X, dtype=torch.float32)[:, None])
        near = NEAR * second.abs().max()  # as on or as off as rounding has it
        least, most = ((second > edge).any(dim=0).sum() for edge in (near, -near))
        assert least <= expected[0] <= most
    assert losses.shape == (4, 1)


def test_a_large_first_step_kills_units_and_a_small_one_does_not():
    wide, seeds = (1, 300, 300, 1), [0, 1]
    _, before, after = nf.first_steps(wide, seeds, lr=0.012, steps=10)
    _, _, gentle = nf.first_steps(wide, seeds, lr=0.0005, steps=10)
    assert (after < before / 4).all() and (gentle > 0.8 * before).all()


def test_joined_dots_are_straight_between_two_points_and_exact_on_them():
    y = nf.noisy_targets([0, 1])
    np.testing.assert_allclose(nf.join_dots(y, TRAIN_X), y)
    middle = (TRAIN_X[3] + TRAIN_X[4]) / 2
    np.testing.assert_allclose(nf.join_dots(y[0], [middle]), [(y[0, 3] + y[0, 4]) / 2])


def test_adam_is_pytorchs_own_adam():
    network, y = mlp(SMALL, 2), sample(2)
    adam = torch.optim.Adam(network.parameters(), lr=0.01)
    x, targets = (torch.tensor(v, dtype=torch.float32)[:, None] for v in (TRAIN_X, y))
    with off_kinks(network):
        for _ in range(10):
            adam.zero_grad()
            torch.nn.functional.mse_loss(network(x), targets, reduction="sum").backward()
            adam.step()
    ours = nf.fit_adam(SMALL, 2, y, lr=0.01, steps=10)
    np.testing.assert_allclose(predict(ours, TEST_X), predict(network, TEST_X), atol=1e-4)


def test_a_wavy_start_hits_the_dots_and_misses_the_curve():
    y = sample(1)
    network, loss = nf.fit_sine(nf.QUICK, 1, y, 100, Settings(lr=0.001, steps=300))
    assert loss < 1e-4
    assert nf.network_error(network) > 1.5 * rmse(nf.join_dots(y, TEST_X), curve(TEST_X))


def test_only_the_first_weights_are_scaled():
    network, _ = nf.fit_sine(SMALL, 0, sample(0), 50, Settings(steps=0))
    start = mlp(SMALL, 0)
    torch.testing.assert_close(network[0].weight, 50 * start[0].weight)
    torch.testing.assert_close(network[2].weight, start[2].weight)
    torch.testing.assert_close(network[0].bias, start[0].bias)


def test_how_far_a_curve_is_from_straight_from_end_to_end_and_from_dot_to_dot():
    parabola, line = TEST_X**2, 3 - TEST_X
    tent = np.where(np.arange(41) == 7, 0.5, 0.0)  # up between the dots at 6 and 8, and down
    corner = np.maximum(0, TEST_X - 0.5)  # x = 0.5 is a dot
    outputs = np.stack([parabola, line, tent, corner])
    np.testing.assert_allclose(nf.off_straight(outputs), [0.25, 0, 0.5, 0.25], atol=1e-12)
    np.testing.assert_allclose(nf.between(outputs), [0.025**2, 0, 0.5, 0], atol=1e-12)


def test_leaning_is_one_where_the_noise_is_followed_and_none_where_it_is_not():
    class Made:
        """Two networks: one goes through the dots, one errs the other way."""

        def predict(self, x):
            return curve(x) + np.stack([noise, -2 * noise])

    y = nf.noisy_targets([0])
    noise = y[0] - curve(TRAIN_X)
    np.testing.assert_allclose(nf.leaning(Made(), np.concatenate([y, y])), [1, -1])
