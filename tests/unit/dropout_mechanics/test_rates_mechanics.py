"""Networks on iris, moons and MNIST-1D against the plain loop; scores counted by hand."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.core.engine import losses, sets
from demos.core.engine.batches import Batches, Data
from demos.core.engine.chance import Dice, numbers
from demos.dropout_mechanics import rates

TINY = rates.Fit(rates.IRIS, 30, 60, 6, steps=5, batch=10, lr=0.02)


def plain(seed, rate, fit):
    """One network by torch.nn's parts and torch.optim, with the engine's batches and coins."""
    data, _ = rates.parts([seed], fit)
    torch.manual_seed(seed)
    net = nn.ModuleList([nn.Linear(4, 6), nn.Linear(6, 6), nn.Linear(6, 3)])
    kind = torch.optim.Adam if fit.adam else torch.optim.SGD
    optimizer = kind(net.parameters(), lr=fit.lr)
    hyper = {"dropout": torch.tensor(rate)}
    size = fit.batch or fit.points
    asked = rates.recipe(data, fit).draws(data.x[0, :size], data.y[0, :size], hyper)
    dice, batches = Dice(asked, [seed], hyper), Batches(data, [seed], size)
    for _ in range(fit.steps):
        x, y = (each[0] for each in (next(batches) if fit.batch else data))
        for layer, coins in zip(net[:2], numbers(next(dice)).values(), strict=True):
            x = torch.relu(layer(x)) * (coins[0] < 1 - rate) / (1 - rate)
        optimizer.zero_grad()
        F.cross_entropy(net[2](x), y).backward()
        optimizer.step()
    return net


@pytest.mark.parametrize(
    "fit", [TINY, replace(TINY, adam=False), replace(TINY, batch=None)], ids=str
)
def test_scores_are_those_of_the_plain_loop(fit):
    found = rates.scores([4, 9], (0.0, 0.4), fit)
    for row, rate in enumerate((0.0, 0.4)):
        for column, seed in enumerate((4, 9)):
            net = plain(seed, rate, fit)
            whole = nn.Sequential(net[0], nn.ReLU(), net[1], nn.ReLU(), net[2])
            data, tested = rates.parts([seed], fit)
            with torch.no_grad():
                out, off = whole(tested.x[0]), whole(data.x[0])
            # a point between two classes may go either way by the last digit
            near = {"atol": 0.02, "rtol": 0}
            said = {"accuracy": losses.accuracy(out, tested.y[0])}
            said |= {"nll": losses.nll(out, tested.y[0]), "off": losses.accuracy(off, data.y[0])}
            for name, value in said.items():
                np.testing.assert_allclose(found[name][row, column], value, **near, err_msg=name)
    np.testing.assert_allclose(found["on"][0], found["off"][0])  # nobody is dropped


def test_on_is_read_through_masks(monkeypatch):
    data = Data(torch.zeros(1, 4, 4), torch.eye(3)[[0, 1, 2, 0]][None])
    monkeypatch.setattr(rates, "parts", lambda seeds, fit: (data, data))
    seen = {}

    def through(made, parameters, x, dropped, seeds, masks):
        seen.update(dropped=dropped, seeds=seeds, masks=masks)
        yield torch.eye(3)[[0, 1, 2, 2]].expand(2, 4, 3)

    monkeypatch.setattr(rates, "through_masks", through)
    found = rates.scores([7], (0.0, 0.4), replace(TINY, batch=None))
    assert found["on"].tolist() == [[0.75], [0.75]]
    assert seen["dropped"].tolist() == [0.0, 0.4] and seen["seeds"] == [7, 7] and seen["masks"] == 1


def test_parts_are_the_seeds_own():
    data, tested = rates.parts([1, 2], replace(rates.NARROW_MOONS, points=30, tested=40))
    assert data.x.shape == (2, 30, 2) and tested.x.shape == (2, 40, 2)
    for n, seed in enumerate((1, 2)):
        own = sets.split(sets.moons(rates.MADE, rates.NOISE, seed), seed, 30, rates.HELD, 40)
        assert torch.equal(data.x[n], own.train.x[0]) and torch.equal(tested.y[n], own.test.y[0])
    assert rates.whole(rates.IRIS, 3) == rates.whole(rates.IRIS, 4)
    assert rates.whole(rates.MNIST1D, 0).x.shape == (5000, 40)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: rates.whole("wine", 0), "name is 'wine': say 'iris' or 'moons' or 'mnist1d'"),
        (lambda: rates.scores([0], (1.0,), TINY), "dropout is .*: say a number from 0 up to 1"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
