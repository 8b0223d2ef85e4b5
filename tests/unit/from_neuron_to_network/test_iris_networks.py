"""Wide and deep networks on iris against the plain loop, split and standardised by scikit-learn's own."""

import numpy as np
import pytest
import torch
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch import nn

from demos.core.engine import sets
from demos.from_neuron_to_network import iris


def test_flowers_are_split_in_equal_shares_and_standardised_by_those_to_learn_from():
    data, fresh = iris.flowers([2, 3])
    assert data.x.shape == (2, iris.FLOWERS, 4) and fresh.x.shape == (2, iris.FRESH, 4)
    assert data.y.sum(1).tolist() == [[30, 30, 30]] * 2
    torch.testing.assert_close(data.x.mean(1), torch.zeros(2, 4), rtol=0, atol=1e-5)
    whole = sets.bundled("iris")
    there = train_test_split(np.arange(150), train_size=90, random_state=3, stratify=whole.y)[0]
    expected = StandardScaler().fit_transform(whole.x[there])
    np.testing.assert_allclose(data.x[1], expected, rtol=0, atol=1e-5)
    assert not torch.equal(data.x[0], data.x[1])


def plain(seed, widths, fit):
    """Share right of fresh flowers before training and after every step, by torch.nn and torch.optim."""
    data, fresh = iris.flowers([seed])
    torch.manual_seed(seed)
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    net = nn.Sequential(*layers[:-1])
    kind = torch.optim.Adam if fit.adam else torch.optim.SGD
    optimizer = kind(net.parameters(), lr=fit.lr)
    right = []
    for _ in range(fit.steps + 1):
        out = net(fresh.x[0])
        right.append((out.argmax(1) == fresh.y[0].argmax(1)).float().mean().item())
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(data.x[0]), data.y[0]).backward()
        optimizer.step()
    return right


@pytest.mark.parametrize("adam", [False, True])
def test_networks_are_those_of_the_plain_loop(adam):
    fit = iris.Fit(6, 0.05, adam)
    looks, seen = iris.watched([2, 9], (5, 4), fit, every=3)
    assert looks.tolist() == [0, 3, 6]
    for n, seed in enumerate((2, 9)):
        expected = plain(seed, (4, 5, 4, 3), fit)
        np.testing.assert_allclose(seen[:, n], [expected[k] for k in (0, 3, 6)], atol=1e-6)


def test_widths_are_two_hidden_layers_after_all_steps():
    fit = iris.Fit(4, 0.05)
    found = iris.widths([2, 9], fit, (1, 6))
    for row, n in zip(found, (1, 6), strict=True):
        for share, seed in zip(row, (2, 9), strict=True):
            assert share == pytest.approx(plain(seed, (4, n, n, 3), fit)[-1])


def test_depths_are_watched_side_by_side():
    fit = iris.Fit(4, 0.05)
    looks, seen = iris.depths([2], [(6,), (3, 3)], fit, every=2)
    assert looks.tolist() == [0, 2, 4] and seen.shape == (3, 2, 1)
    for n, widths in enumerate([(4, 6, 3), (4, 3, 3, 3)]):
        expected = plain(2, widths, fit)
        np.testing.assert_allclose(seen[:, n, 0], [expected[k] for k in (0, 2, 4)], atol=1e-6)


def test_equal_units_and_equal_parameters():
    assert {sum(hidden) for hidden in iris.EQUAL_UNITS} == {48}
    by_hand = [4 * 62 + 62 + 62 * 3 + 3, 4 * 18 + 18 + 18 * 18 + 18 + 18 * 3 + 3]
    counts = iris.sizes(iris.EQUAL_PARAMETERS)
    assert counts[:2] == by_hand
    assert max(counts) / min(counts) < 1.06
    units = iris.sizes(iris.EQUAL_UNITS)
    assert max(units) / min(units) > 2
