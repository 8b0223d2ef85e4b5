"""The runs that other tests hold implementations to: pieces of one run, and none through a kink."""

import numpy as np
import pytest
import torch
from trajectory import NEAR, apart, legs, loss_rounding, put, train, watched

from demos.core import training
from demos.core.curve import TRAIN_X, sample
from demos.core.networks import column, mlp, predict
from demos.core.training import Settings


def bends_at(x):
    """A network of one unit, ReLU(w x' + b), with its kink at x."""
    network = mlp((1, 1, 1), 0)
    put(
        network.parameters(),
        [torch.tensor([[1.0]]), torch.tensor([-x]), torch.ones(1, 1), torch.zeros(1)],
    )
    return network


def test_how_near_a_unit_comes_to_its_kink_over_the_largest_value():
    network = bends_at(0.3)
    with watched(network) as nearest:
        network(column([0.0, 0.4, 0.8]))
        network(column([0.9, 0.1]))
    assert nearest[0] == pytest.approx(0.1 / 0.5, rel=1e-5)
    network(column([0.3]))
    assert nearest[0] == pytest.approx(0.1 / 0.5, rel=1e-5), "nobody watches any more"


def test_a_run_that_rounding_might_decide_is_refused():
    y = np.array([0.0, 1.0])
    train(bends_at(0.5 + 2 * NEAR), [0.5, 1.0], y, Settings(lr=0.0, steps=2))
    with pytest.raises(AssertionError, match="of its kink"):
        train(bends_at(0.5 + NEAR / 4), [0.5, 1.0], y, Settings(lr=0.0, steps=2))


def test_legs_lie_on_the_run_they_are_taken_from():
    settings = Settings(lr=0.01, momentum=0.5, steps=60)
    runner, walker = mlp((1, 8, 1), 1), mlp((1, 8, 1), 1)
    optimizer = training.sgd(walker, settings)

    def advance(start, number):
        return training.train(walker, TRAIN_X, sample(1), Settings(steps=number), optimizer)[:-1]

    found = legs(walker, optimizer, advance, 60, count=5, few=4)
    losses = training.train(runner, TRAIN_X, sample(1), settings)
    assert apart(walker.parameters(), [p.detach() for p in runner.parameters()]) < 1e-5
    assert [leg.start for leg in found] == [0, 12, 24, 36, 48]
    for leg in found:
        np.testing.assert_allclose(leg.losses, losses[leg.start : leg.start + 4], rtol=1e-4)
        put(runner.parameters(), leg.after.parameters)
        after = ((predict(runner, TRAIN_X) - sample(1)) ** 2).sum()
        assert after == pytest.approx(losses[leg.start + 4], rel=1e-4)
    assert all(not t.any() for t in found[0].before.kept[0])
    # v = 0.5 v + gradient, p -= lr v: the last momentum is the last step over the learning rate
    one = legs(walker, optimizer, advance, 3, count=3, few=1)[-1]
    pairs = zip(one.before.parameters, one.after.parameters, one.after.kept[0], strict=True)
    assert all(torch.allclose(old - 0.01 * v, new, atol=1e-6) for old, new, v in pairs)


def test_a_run_with_most_states_at_a_kink_is_refused():
    network = bends_at(0.5)
    with pytest.raises(AssertionError, match="another seed"):
        legs(
            network,
            training.sgd(network, Settings()),
            lambda *_: [network(column([0.5, 1.0])).sum().item()],
            steps=8,
            count=4,
            few=1,
        )


def test_rounded_residuals_move_a_loss_by_less_than_its_bound():
    dice, off = np.random.default_rng(0), 16 * 2.0**-23
    for size in (1e-1, 1e-4, 1e-7):
        residuals = size * dice.standard_normal(21)
        moved = residuals + 3 * off * np.sign(residuals)
        change = (moved**2).sum() - (residuals**2).sum()
        bound = loss_rounding((residuals**2).sum(), 21, size=3)
        assert 0.5 * bound < change <= bound
