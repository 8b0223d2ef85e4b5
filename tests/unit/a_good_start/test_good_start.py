"""Layers before the first step, against plain PyTorch and autograd on the same numbers."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.a_good_start import compute as cp
from demos.a_good_start import summary
from demos.core import rounding

DEPTH, WIDTH, INPUTS = 4, 5, 3
BENDS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def plain(drawn, scale, activation, biases, residual):
    """Activations, gradients at the sums, and weights' gradients, by autograd."""
    h, sums, gave, layers = 3**0.5 * drawn.x, [], [], []
    for weight, bias in zip(drawn.weights, drawn.biases, strict=True):
        layer = nn.Linear(WIDTH, WIDTH, dtype=torch.float64)
        with torch.no_grad():
            layer.weight.copy_(weight * (3 * scale / WIDTH) ** 0.5)
            layer.bias.copy_(bias / WIDTH**0.5 if biases else torch.zeros(WIDTH))
        sums.append(layer(h))
        sums[-1].retain_grad()
        out = BENDS[activation]()(sums[-1])
        h = h + out if residual else out
        gave.append(h)
        layers.append(layer)
    (h * 3**0.5 * drawn.end).sum().backward()
    lengths = [layer.weight.grad.norm().item() for layer in layers]
    return (
        torch.stack(gave).detach().numpy(),
        torch.stack([each.grad for each in sums]).numpy(),
        lengths,
    )


@pytest.mark.parametrize("activation", BENDS)
@pytest.mark.parametrize(("biases", "residual"), [(False, False), (True, False), (True, True)])
def test_both_ways_are_autograds(activation, biases, residual):
    drawn = cp.numbers(7, DEPTH, WIDTH, INPUTS)
    through = cp.passes(drawn, 1.7, activation, biases, residual)
    gave, back, lengths = plain(drawn, 1.7, activation, biases, residual)
    np.testing.assert_allclose(through.activations, gave, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(through.gradients, back, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(cp.weight_gradients(through), lengths, rtol=1e-10)


def test_numbers_fill_the_interval_and_a_deeper_network_begins_alike():
    few, many = cp.numbers(3, 2, 40, 6), cp.numbers(3, 5, 40, 6)
    for mine, others in zip(few, many, strict=True):
        np.testing.assert_array_equal(mine, others[: len(mine)])
    assert few.weights.shape == (2, 40, 40) and few.biases.shape == (2, 40)
    for values in (few.weights, few.x):
        assert -1 <= values.min() < -0.95 and 0.95 < values.max() < 1
    assert not np.array_equal(few.x, few.end)
    assert not np.array_equal(few.x, cp.numbers(4, 2, 40, 6).x)


def test_a_scale_is_the_variance_of_a_weight_times_the_width():
    drawn = cp.numbers(0, 1, 200, 200)
    one = drawn._replace(x=torch.eye(200, dtype=torch.float64) / 3**0.5)  # gives the weights back
    sums = cp.passes(one, 2.0, residual=True).activations[0] - np.eye(200)
    assert (sums**2).mean() * 200 == pytest.approx(1.0, rel=0.05)  # half of the 2: ReLU
    layer = nn.Linear(200, 200)  # PyTorch's own
    assert 200 * layer.weight.var().item() == pytest.approx(cp.PYTORCH, rel=0.05)
    assert 200 * layer.bias.var().item() == pytest.approx(cp.PYTORCH, rel=0.3)
    shifts = (drawn.biases / 200**0.5).numpy()
    assert 200 * shifts.var() == pytest.approx(cp.PYTORCH, rel=0.3)


def test_a_relu_layer_at_2_over_n_keeps_the_mean_square():
    for seed in range(3):
        drawn = cp.numbers(seed, 1, 400, 50)
        before = (3 * drawn.x**2).mean().item()
        after = (cp.passes(drawn, cp.HE).activations[0] ** 2).mean()
        assert after == pytest.approx(before, rel=0.15)


def test_spreads_by_plain_loops():
    values = np.random.default_rng(0).normal(size=(2, 3, 4)) * [[[1]], [[7]]]
    np.testing.assert_allclose(cp.spread(values), [np.std(layer) for layer in values])
    over_inputs = [np.mean([np.var(layer[:, u]) for u in range(4)]) ** 0.5 for layer in values]
    np.testing.assert_allclose(cp.apart(values), over_inputs)
    over_units = [np.std([np.mean(layer[:, u]) for u in range(4)]) for layer in values]
    np.testing.assert_allclose(cp.units(values), over_units)


def test_what_makes_no_sense_is_said():
    for words, call in {
        "depth is 0": lambda: cp.numbers(0, 0),
        "width is 1.5": lambda: cp.numbers(0, 1, 1.5),
        "seed is -1": lambda: cp.numbers(-1),
        "scale is -1": lambda: cp.passes(cp.numbers(0, 1, 2, 2), -1),
        "activation is 'step'": lambda: cp.passes(cp.numbers(0, 1, 2, 2), 1, "step"),
    }.items():
        with pytest.raises(ValueError, match=words):
            call()


def test_another_rounding_moves_the_numbers_a_little(monkeypatch):
    before = cp.numbers(0, 2, 6, 3)
    monkeypatch.setenv(rounding.VARIABLE, "nudge-1")
    after = cp.numbers(0, 2, 6, 3)
    for mine, others in zip(before, after, strict=True):
        assert not np.array_equal(mine, others)
        np.testing.assert_allclose(mine, others, rtol=1e-12)


def test_what_slides_quote():
    through = {"he": cp.passes(cp.numbers(1, 3, 8, 4), 2.0)}
    found, of = summary.sizes(through), through["he"]
    assert found["size_he"] == pytest.approx(of.activations[-1].std())
    assert found["gradient_he"] == pytest.approx(of.gradients[0].std() / of.gradients[-1].std())
    assert found["apart_he"] == pytest.approx(cp.apart(of.activations)[-1])
    assert found["units_he"] == pytest.approx(cp.units(of.activations)[-1])
    counted = summary.counts({"a": np.array([0.5, 0.96, 1.0]), "b": np.array([0.95, 0.2, 0])}, 0.95)
    assert counted == {"a": 2, "b": 0, "seeds": 3}
