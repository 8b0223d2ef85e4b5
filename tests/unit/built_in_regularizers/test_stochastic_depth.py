"""Blocks that sit out, against a plain loop that tosses the same coins, and blocks deleted by hand."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from demos.built_in_regularizers import compute_depth as depth
from demos.core.engine import losses, sets
from demos.core.engine.batches import batches
from demos.core.engine.chance import Dice, numbers

FIT = depth.Fit("digits", points=40, width=6, steps=5, batch=10, lr=0.01)


def body(module, number):
    """A block's layers, of the plain module."""
    return module[2 + number].body


def out(module, x, shares):
    """What the network answers when each block counts as much as its share."""
    x = module[1](module[0](x))
    for number, share in enumerate(shares):
        x = x + share * body(module, number)(x)
    return module[-1](x)


def fitted(seed, survival):
    """A plain loop: a block is in where its coin is below its survival."""
    part = sets.split(sets.bundled("digits"), seed, 40, 10, 1000)
    network = depth.network(64, 10, 6)
    module = network.module(seed)
    rates = [1 - (n + 1) / 8 * (1 - survival) for n in range(8)]
    names = {f"{2 + n}": () for n in range(8)}
    recipe = depth.Recipe(network, losses.cross_entropy, depth.Adam())
    hyper = {"lr": torch.tensor(0.01), "survival": torch.tensor(survival)}
    dice = Dice(recipe.draws(part.train.x[0], part.train.y[0], hyper), [seed], hyper)
    optimizer = torch.optim.Adam(module.parameters(), lr=0.01)
    order = batches(part.train, [seed], 10)
    for _ in range(5):
        coins, (x, y) = numbers(next(dice)), next(order)
        assert coins.keys() == names.keys()
        shares = [float(coins[n].item() < rate) for n, rate in zip(names, rates, strict=True)]
        for each in module.parameters():
            each.grad = torch.zeros_like(each)
        F.cross_entropy(out(module, x[0], shares), y[0]).backward()
        optimizer.step()
    return module, rates, part.test


@pytest.mark.parametrize("survival", [0.5, 1.0])
def test_answers_with_all_blocks_and_without_each(survival):
    logits, y = depth.trained([2, 7], survival, FIT)
    assert logits.shape == (9, 2, 1000, 10) and y.shape == (2, 1000, 10)
    for at, seed in enumerate((2, 7)):
        module, rates, test = fitted(seed, survival)
        assert torch.equal(y[at], test.y[0])
        for gone in range(-1, 8):
            shares = [0 if n == gone else rate for n, rate in enumerate(rates)]
            with torch.no_grad():
                expected = out(module, test.x[0], shares)
            torch.testing.assert_close(logits[gone + 1, at], expected, rtol=1e-3, atol=1e-3)


def test_without_takes_one_block_and_no_other():
    network = depth.network(4, 3, 5)
    parameters, _ = network.start([0, 1])
    left = depth.without(parameters, 3)
    gone = {name for name, value in left.items() if not value.any()}
    assert gone == {name for name in parameters if name.startswith("5.")} and len(gone) == 4
    assert all(torch.equal(left[n], parameters[n]) for n in parameters.keys() - gone)


def test_scores_read_their_own_answers(monkeypatch):
    y = torch.eye(2)[None]  # one seed, two points
    good, half, bad = ([[a, 0.0], [0.0, b]] for a, b in ((2.0, 2.0), (2.0, -1.0), (-1.0, -1.0)))
    answers = {1.0: [good, *[half] * 7, bad], 0.3: [half, good, *[half] * 7]}

    def trained(seeds, survival, fit):
        assert (seeds, fit) == ([4], FIT)
        return torch.tensor(answers[survival])[:, None], y

    monkeypatch.setattr(depth, "trained", trained)
    found = {name: value.item() for name, value in depth.scores([4], 0.3, FIT).items()}
    right, wrong = np.log1p(np.exp(-2.0)), np.log1p(np.exp(1.0))
    assert found["accuracy_all"] == 1 and found["accuracy_some"] == 0.5
    assert found["nll_all"] == pytest.approx(right)
    assert found["nll_some"] == pytest.approx((right + wrong) / 2)
    assert [found[f"without_all_{n}"] for n in (1, 7, 8)] == [0.5, 0.5, 1]
    assert [found[f"without_some_{n}"] for n in (1, 2, 8)] == [-0.5, 0, 0]
    assert found["worst_all"] == 1 and found["worst_some"] == 0


def test_later_blocks_are_in_less_often():
    np.testing.assert_allclose(depth.survivals(), [0.9375 - 0.0625 * n for n in range(8)])
    np.testing.assert_allclose(depth.survivals(0.2, 2), [0.6, 0.2])
    module = depth.network(4, 3, 5).module(hyper={"survival": 0.5})
    rates = [each.survival for each in module if hasattr(each, "survival")]
    np.testing.assert_allclose(rates, depth.survivals())
    assert isinstance(module[0], nn.Linear) and module[0].in_features == 4
