"""Training in two legs is training in one: momentum and all goes on where it stopped.

With a momentum of 0.9 and few steps: forgetting it is then no matter of rounding.
"""

from dataclasses import replace

import numpy as np
import plain
import pytest
import torch

from demos.bump_error import compute as bump
from demos.core import ensemble
from demos.core.curve import OUTSIDE_X, TEST_X, TRAIN_X, curve, sample
from demos.core.training import Settings
from demos.l2_penalty import compute as l2
from demos.network_fit import compute as nf

WIDTHS, SEEDS = (1, 8, 8, 1), [3, 4]
LEGS = (6, 1, 9)  # 16 steps in all
FAST = Settings(lr=0.001, momentum=0.9, weight_decay=0.2)


@pytest.fixture(params=["stacked", "one by one"])
def engine(request, monkeypatch):
    """Both ways an ensemble trains: stacked, and as the wide ones do."""
    if request.param == "one by one":
        monkeypatch.setattr(ensemble, "WIDE", 8)


def in_one(seed, y, lr=FAST.lr, decay=FAST.weight_decay, steps=16):
    """The plain loop, without a stop: the network and its losses."""
    network = plain.network(WIDTHS, seed)
    return network, plain.sgd(network, TRAIN_X, y, steps, lr, FAST.momentum, decay)


def test_an_ensemble_goes_on_where_it_stopped(engine):
    together = ensemble.Ensemble(WIDTHS, SEEDS)
    y = np.stack([sample(seed) for seed in SEEDS])
    legs = [ensemble.train(together, TRAIN_X, y, replace(FAST, steps=steps))[:-1] for steps in LEGS]
    for n, seed in enumerate(SEEDS):
        network, losses = in_one(seed, y[n])
        mine = torch.cat([p.flatten() for p in together.parameters(n)]).numpy()
        np.testing.assert_allclose(mine, plain.weights(network), atol=1e-5)
        np.testing.assert_allclose(np.concatenate(legs)[:, n], losses[:-1], rtol=1e-4)


def test_a_leg_begins_with_the_loss_that_the_last_one_ended_with(engine):
    together = ensemble.Ensemble(WIDTHS, SEEDS)
    first, second = (
        ensemble.train(together, TRAIN_X, curve(TRAIN_X), replace(FAST, steps=steps))
        for steps in LEGS[::2]
    )
    np.testing.assert_allclose(first[-1], second[0], rtol=1e-5)
    assert (np.abs(first[-1] / first[-2] - 1) > 1e-3).all()  # and not the loss before it


def test_every_network_has_its_own_targets_rate_and_decay(engine):
    rates, decays = np.array([0.001, 0.002]), np.array([0.5, 0.1])
    together, y = ensemble.Ensemble(WIDTHS, SEEDS), np.stack([sample(seed) for seed in SEEDS])
    settings = replace(FAST, lr=rates, steps=sum(LEGS))
    ensemble.train(together, TRAIN_X, y, settings, weight_decay=decays)
    for n, seed in enumerate(SEEDS):
        network, _ = in_one(seed, y[n], rates[n], decays[n])
        expected = plain.outputs(network, TEST_X)
        np.testing.assert_allclose(together.predict(TEST_X)[n], expected, atol=1e-5)


def test_networks_seen_at_growing_steps_are_on_one_run():
    stops = np.cumsum(LEGS)
    seen = l2.checkpoints(WIDTHS, SEEDS, [0.0, 0.3], FAST, stops)
    test, training = nf.error_path(WIDTHS, SEEDS, replace(FAST, weight_decay=0.0), stops)
    for at, steps in enumerate(stops):
        for n, seed in enumerate(SEEDS):
            for row, decay in enumerate((0.0, 0.3)):
                network, losses = in_one(seed, curve(TRAIN_X), decay=decay, steps=steps)
                outside = plain.outputs(network, OUTSIDE_X)
                np.testing.assert_allclose(seen[at][0][row, n], outside, atol=1e-5)
                assert seen[at][1][row, n] == pytest.approx(losses[-1], rel=1e-4)
            network, _ = in_one(seed, sample(seed), decay=0.0, steps=steps)
            for errors, x, y in ((test, TEST_X, curve(TEST_X)), (training, TRAIN_X, sample(seed))):
                off = plain.outputs(network, x) - y
                assert errors[at, n] == pytest.approx(np.sqrt(np.mean(off**2)), rel=1e-4)


def test_a_bump_is_followed_without_a_stop():
    made = bump.Construction(slope=2.0)
    y, settings = made.targets() + 0.1, replace(FAST, steps=12)  # targets that are not met yet
    views, losses = bump.follow(bump.with_bump(made), y, settings, every=4)
    network = bump.with_bump(made)
    expected = plain.sgd(network, bump.POINTS, y, 12, FAST.lr, FAST.momentum, FAST.weight_decay)
    np.testing.assert_allclose(views[-1], plain.outputs(network, bump.GRID), atol=1e-5)
    np.testing.assert_allclose(losses, expected[::4], rtol=1e-4)
