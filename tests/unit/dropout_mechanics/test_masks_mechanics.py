"""All masks: counted by hand, against plain PyTorch mask by mask, and the geometric mean's theorem."""

from itertools import product

import numpy as np
import pytest
import torch
from torch import nn

from demos.dropout_mechanics import masks

DICE = np.random.default_rng(2)


def test_masks_are_all_there_and_as_likely_as_their_coins():
    every = masks.every(3)
    assert sorted(map(tuple, every)) == sorted(product((0.0, 1.0), repeat=3))
    chances = masks.chances(every, 0.2)
    for mask, chance in zip(every, chances, strict=True):
        assert chance == pytest.approx(np.prod([0.8 if on else 0.2 for on in mask]))
    assert chances.sum() == pytest.approx(1)
    assert masks.chances(every, 0.0).tolist() == [0] * 7 + [1]


def test_thinned_networks_are_plain_ones_with_units_cut_out():
    layers, x, p = masks.network(5, (3, 4, 2, 3)), DICE.standard_normal((6, 3)), 0.3
    every = masks.every(6)
    found = masks.thinned(layers, x, every, p)
    assert found.shape == (64, 6, 3)
    for at in (0, 37, 63):  # 37: 1001 01, other units in each layer
        h = torch.from_numpy(x)
        for (w, b), mask in zip(layers, (every[at, :4], every[at, 4:], None), strict=True):
            linear = nn.Linear(*w.T.shape).double()
            linear.weight.data, linear.bias.data = torch.from_numpy(w), torch.from_numpy(b)
            h = linear(h)
            if mask is not None:
                h = torch.relu(h) * torch.from_numpy(mask) / (1 - p)
        np.testing.assert_allclose(found[at], h.detach(), atol=1e-12)


def test_scaled_is_nothing_dropped():
    layers, x = masks.network(1, (3, 4, 2)), DICE.standard_normal((5, 3))
    whole = masks.thinned(layers, x, masks.every(4), 0.0)[-1]
    np.testing.assert_allclose(masks.scaled(layers, x), whole)


def test_means_by_hand():
    p = np.array([[[0.8, 0.2]], [[0.2, 0.8]]])
    weights = np.array([0.75, 0.25])
    np.testing.assert_allclose(masks.arithmetic(p, weights), [[0.65, 0.35]])
    first, second = 0.8**0.75 * 0.2**0.25, 0.2**0.75 * 0.8**0.25
    both = first + second
    np.testing.assert_allclose(masks.geometric(p, weights), [[first / both, second / both]])


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_before_a_softmax_the_whole_is_the_geometric_mean_and_with_a_layer_below_it_is_not(p):
    x = DICE.standard_normal((10, 3))
    one = masks.distances(masks.network(3, (3, 8, 3)), x, p)
    assert one["geometric"] < 1e-12 and one["sum"] < 1e-12 and one["arithmetic"] > 0.03
    two = masks.distances(masks.network(3, (3, 5, 5, 3)), x, p)
    assert min(two.values()) > 0.001


def test_distances_are_the_largest_over_points_and_classes():
    layers, x = masks.network(4, (2, 3, 2)), DICE.standard_normal((3, 2))
    every, p = masks.every(3), 0.4
    weights = masks.chances(every, p)
    torch_softmax = torch.softmax(torch.from_numpy(masks.thinned(layers, x, every, p)), -1).numpy()
    whole = torch.softmax(torch.from_numpy(masks.scaled(layers, x)), -1).numpy()
    mean = sum(w * each for w, each in zip(weights, torch_softmax, strict=True))
    found = masks.distances(layers, x, p)
    assert found["arithmetic"] == pytest.approx(np.abs(mean - whole).max())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: masks.every(17), "units is 17: say a whole number from 1 to 16"),
        (
            lambda: masks.chances(masks.every(1), 1),
            "p is 1: say a number from 0 up to 1, without 1",
        ),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
