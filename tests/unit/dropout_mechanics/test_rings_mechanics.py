"""Rings by their distances, networks against the plain loop with the same coins, masks one by one in plain
PyTorch, and `nn.Dropout` itself."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.core.engine.batches import Batches
from demos.core.engine.chance import Dice, numbers
from demos.core.engine.network import one_of
from demos.dropout_mechanics import compute as mech

TINY = mech.Fit((2, 8, 8, 1), steps=6, batch=5, lr=0.05)


def test_rings_lie_around_their_radii_each_blurred_its_own_way():
    x, y = mech.rings(seed=1, count=40_000)
    assert x.dtype == np.float32 and y[:4].tolist() == [0, 1, 0, 1]
    for ring, radius, spread in ((0, 10, (3, 1)), (1, 15, (1, 3))):
        own = x[y == ring]
        # middle + noise, independent: second moments add up
        np.testing.assert_allclose((own**2).mean(0), radius**2 / 2 + np.square(spread), rtol=0.03)
        np.testing.assert_allclose(own.mean(0), 0, atol=0.2)
    fresh, _ = mech.rings(seed=1, count=40_000, whose=mech.FRESH)
    assert not np.allclose(fresh, x)


def plain(seed, rate, fit, count):
    """One network by torch.nn's parts and torch.optim, with the engine's batches and coins."""
    torch.manual_seed(seed)
    first, inner, _, last = fit.widths
    net = nn.ModuleList([nn.Linear(first, inner), nn.Linear(inner, inner), nn.Linear(inner, last)])
    kind = torch.optim.Adam if fit.adam else torch.optim.SGD
    optimizer = kind(net.parameters(), lr=fit.lr)
    data = mech.points([seed], count, divided=fit.divided)
    batches = Batches(data, [seed], fit.batch)
    hyper = {"dropout": torch.tensor(rate)}
    asked = mech.recipe(fit).draws(data.x[0, : fit.batch], data.y[0, : fit.batch], hyper)
    dice = Dice(asked, [seed], hyper)
    for _ in range(fit.steps):
        x, y = (each[0] for each in next(batches))
        for layer, coins in zip(net[:2], numbers(next(dice)).values(), strict=True):
            x = torch.relu(layer(x)) * (coins[0] < 1 - rate) / (1 - rate)
        optimizer.zero_grad()
        F.binary_cross_entropy_with_logits(net[2](x), y).backward()
        optimizer.step()
    return net


@pytest.mark.parametrize(
    ("rate", "fit"),
    [(0.0, TINY), (0.5, TINY), (0.75, TINY), (0.5, mech.Fit((2, 8, 8, 1), 6, 5, 0.05, 10.0, True))],
    ids=str,
)
def test_networks_are_those_of_the_plain_loop(rate, fit):
    found = mech.trained([4, 7], (0.25, rate), fit, count=20)
    for at, seed in enumerate((4, 7)):
        own = one_of(found, 2 + at)  # behind those at 0.25
        expected = [p.detach() for p in plain(seed, rate, fit, 20).parameters()]
        for mine, other in zip(own.values(), expected, strict=True):
            torch.testing.assert_close(mine, other, rtol=0, atol=2e-5)


def test_asked_once_is_eval_and_masks_are_train():
    """The same weights in a plain nn.Sequential: eval() once; train() so often that the mean is near."""
    made, parameters = mech.recipe(TINY), mech.trained([3], (0.5,), TINY, count=20)
    parameters = {name: 2 * value for name, value in parameters.items()}  # surer, so farther apart
    module = made.network.module(hyper={"dropout": 0.5})
    module.load_state_dict(one_of(parameters, 0))
    x = mech.points([3], 7, mech.FRESH).x
    with torch.no_grad():
        once = mech.asked_once(made, parameters, x)
        torch.testing.assert_close(once[0], module.eval()(x[0]))
        torch.manual_seed(0)
        many = x[0].expand(4000, *x[0].shape)
        expected = module.train()(many).sigmoid().mean(0)
    mean = mech.mean_answer(made, parameters, x, [0.5], [3], masks=3000)[0]
    np.testing.assert_allclose(mean, expected, atol=0.03)
    assert (mean - once[0].sigmoid()).abs().max() > 0.05  # or the two ways were one


def test_every_point_and_every_pass_has_coins_of_its_own():
    made, parameters = mech.recipe(TINY), mech.trained([3], (0.5,), TINY, count=20)
    x = mech.points([3], 2, mech.FRESH).x[:, :1].repeat(1, 50, 1)  # the same point again and again
    passes = [each[0, :, 0] for each in mech.through_masks(made, parameters, x, [0.5], [3], 2)]
    assert all(len(each.unique()) > 10 for each in passes)
    assert not torch.equal(*passes)


def test_both_ways_are_scored_on_fresh_points():
    made = mech.recipe(TINY)
    found = mech.asked_both_ways([3, 8], (0.0, 0.5), TINY, count=20, masks=2, tested=50)
    parameters = mech.trained([3, 8], (0.0, 0.5), TINY, count=20)
    assert found["once"].shape == found["mean"].shape == (2, 2)
    for n, (rate, seed) in enumerate([(0.0, 3), (0.0, 8), (0.5, 3), (0.5, 8)]):
        x, y = mech.rings(seed, 50, mech.FRESH)
        own = {name: value[n : n + 1] for name, value in parameters.items()}
        points = torch.from_numpy(x)[None]
        once = mech.asked_once(made, own, points)[0, :, 0] > 0
        mean = mech.mean_answer(made, own, points, [rate], [seed], 2)[0, :, 0] > 0.5
        for name, said in (("once", once), ("mean", mean)):
            share = np.mean(said.numpy() == (y == 1))
            assert found[name].ravel()[n] == pytest.approx(share), (name, rate, seed)
    np.testing.assert_array_equal(found["once"][0], found["mean"][0])  # no dropout: nobody to miss


def test_units_are_told():
    assert mech.wide(5).widths == (2, 5, 5, 1) and mech.wide(5).lr == mech.RAW.lr


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: mech.rings(-1, 9), "seed is -1: say a whole number, 0 or more"),
        (
            lambda: mech.trained([0], (1.0,)),
            "dropout is .*: say a number from 0 up to 1, without 1",
        ),
        (lambda: mech.mean_answer(None, None, None, [0], [0], 0), "masks is 0: say a whole number"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_points_are_divided():
    raw, divided = (mech.points([2], 6, divided=number) for number in (1.0, 10.0))
    torch.testing.assert_close(raw.x, 10 * divided.x)
    assert torch.equal(raw.y, divided.y) and raw.y.unique().tolist() == [0, 1]
