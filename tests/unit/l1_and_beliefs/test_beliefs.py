"""Penalties as beliefs, and decayed biases, against posteriors on a grid and plain PyTorch."""

import numpy as np
import pytest
import torch
from scipy import stats

from demos.l1_and_beliefs import beliefs, biases


def posterior(w, x, y, prior):
    """Log of prior times likelihood, of one weight, up to a constant."""
    return prior.logpdf(w) + stats.norm(0, 1).logpdf(y[:, None] - x * w).sum(0)


def test_one_weight_is_most_likely_where_a_grid_says():
    dice = np.random.default_rng(0)
    x = dice.standard_normal((6, 1))
    grid = np.linspace(-2, 2, 40_001)
    for true in (0.02, 0.8):
        y = x[:, 0] * true + dice.standard_normal(6)
        gauss, laplace = beliefs.guesses(x, y, sd=0.5)
        for guess, prior in (
            (gauss, stats.norm(0, 0.5)),
            (laplace, stats.laplace(0, 0.5 / np.sqrt(2))),
        ):
            assert prior.std() == pytest.approx(0.5)
            likely = grid[posterior(grid, x, y, prior).argmax()]
            assert guess.item() == pytest.approx(likely, abs=1e-4)


def test_most_likely_weights_by_two_ways():
    _, x, y = beliefs.drawn(3, beliefs.LAPLACE, 0.4)
    gauss, laplace = beliefs.guesses(x, y, 0.4)
    np.testing.assert_allclose(gauss, beliefs.gauss_by_conditioning(x, y, 0.4), atol=1e-12)
    np.testing.assert_allclose(laplace, beliefs.laplace_by_climbing(x, y, 0.4), atol=1e-7)
    inverse = np.linalg.inv(x.T @ x + np.eye(40) / 0.16)
    np.testing.assert_allclose(gauss, inverse @ x.T @ y, atol=1e-12)
    corner = x.T @ (y - x @ laplace)  # of |y - Xw|²/2, against σ²/b
    kept, strength = laplace != 0, np.sqrt(2) / 0.4
    np.testing.assert_allclose(corner[kept], strength * np.sign(laplace[kept]), atol=1e-4)
    assert (np.abs(corner[~kept]) < strength).all() and not kept.all()


def test_true_weights_are_drawn_as_they_say():
    many = {
        way: np.concatenate([beliefs.drawn(seed, way, 0.3)[0] for seed in range(400)])
        for way in (beliefs.GAUSS, beliefs.LAPLACE, beliefs.FEW)
    }
    for way, weights in many.items():
        assert weights.std() == pytest.approx(0.3, rel=0.06), way
    assert stats.kurtosis(many[beliefs.GAUSS]) == pytest.approx(0, abs=0.2)
    assert stats.kurtosis(many[beliefs.LAPLACE]) == pytest.approx(3, abs=0.9)
    assert np.mean(many[beliefs.FEW] == 0) == pytest.approx(7 / 8, abs=0.01)
    weights, x, y = beliefs.drawn(1, beliefs.FEW, points=4000)
    assert (y - x @ weights).std() == pytest.approx(1, abs=0.04)


def test_what_is_compared_are_errors_on_fresh_points():
    weights, x, y = beliefs.drawn(5, beliefs.LAPLACE)
    found = beliefs.compared(5, beliefs.LAPLACE)
    fresh = np.random.default_rng(0).standard_normal((100_000, 40))
    for name, guess in zip(("gauss", "laplace"), beliefs.guesses(x, y), strict=True):
        seen = np.sqrt(np.mean((fresh @ (guess - weights)) ** 2))
        assert found[name] == pytest.approx(seen, rel=0.01)
    assert found["zeros"] == np.mean(beliefs.guesses(x, y)[1] == 0)


@pytest.mark.parametrize("bias_too", [False, True])
def test_a_decayed_bias_is_pytorchs_parameter_group(bias_too):
    x, y = biases.weather(2)
    days, target = torch.tensor(x), torch.tensor(y + 100)
    net = torch.nn.Linear(2, 1, dtype=torch.float64)
    groups = [
        {"params": [net.weight], "weight_decay": 0.1},
        {"params": [net.bias], "weight_decay": 0.1 * bias_too},
    ]
    optimizer = torch.optim.SGD(groups, lr=0.3)
    for _ in range(2000):
        optimizer.zero_grad()
        (net(days)[:, 0] - target).square().mean().div(2).backward()
        optimizer.step()
    weights, bias = biases.fitted(x, y + 100, 0.1, bias_too)
    np.testing.assert_allclose(net.weight.detach()[0], weights, atol=1e-9)
    assert net.bias.item() == pytest.approx(bias, abs=1e-9)


def test_errors_over_the_year_in_two_units():
    x, celsius = biases.weather(4)
    found = biases.compared(4)
    year = 2 * np.pi * np.arange(365) / 365
    days = np.stack([np.sin(year), np.cos(year)], 1)
    for unit, zero in (("celsius", 0), ("kelvin", 273.15)):
        for way, too in (("free", False), ("decayed", True)):
            weights, bias = biases.fitted(x, celsius + zero, 0.1, too)
            off = days @ weights + bias - zero - (12 - 8 * np.cos(year))
            assert found[f"{unit}_{way}"] == pytest.approx(np.sqrt(np.mean(off**2)))
    assert 0 < found["moved"] < 1e-9
    assert found["kelvin_decayed"] > 10 > found["celsius_decayed"]
    cold = celsius[x[:, 1] > 0.7].mean(), celsius[x[:, 1] < -0.7].mean()
    assert cold[0] < 12 < cold[1]  # the year begins in winter
