"""Noise in every step against the plain loop; Ridge and least squares against scikit-learn; Bishop."""

import itertools

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression, Ridge

from demos.augmentation import compute_noise as lab
from demos.core.curve import curve
from demos.core.engine.chance import Dice
from demos.core.engine.passes import Draw
from demos.core.networks import mlp

TINY = lab.Fit(points=6, widths=(1, 5, 1), steps=4, lr=0.05)
DRAWN = {"inputs": {"sd": (6, 1)}, "labels": {"sd": (6, 1)}, "none": {}}
DRAWN["weights"] = {f"sd {name}": p.shape for name, p in mlp((1, 5, 1), 0).named_parameters()}


def plain(seed, kind, sd):
    """A tanh network by torch.optim.Adam; the dice of the engine."""
    net = mlp(TINY.widths, seed, torch.nn.Tanh)
    x, y = (torch.tensor(each, dtype=torch.float32)[:, None] for each in lab.noisy(seed, TINY))
    dice = Dice(
        {name: Draw("normal", tuple(shape)) for name, shape in DRAWN[kind].items()}, [seed], {}
    )
    optimizer = torch.optim.Adam(net.parameters(), lr=TINY.lr)
    for _ in range(TINY.steps):
        drawn = {name: sd * value[0] for name, value in next(dice).items()}
        seen = {name: p + drawn.get(f"sd {name}", 0) for name, p in net.named_parameters()}
        inputs = x + drawn["sd"] if kind == "inputs" else x
        targets = y + drawn["sd"] if kind == "labels" else y
        optimizer.zero_grad()
        out = torch.func.functional_call(net, seen, inputs)
        ((out - targets) ** 2).mean().backward()
        optimizer.step()
    return net


@pytest.mark.parametrize("kind", lab.KINDS)
def test_networks_are_those_of_the_plain_loop(kind):
    found = lab.fits([3], kind, 0.2 if kind != "none" else None, TINY)[0]
    grid = torch.linspace(0, 1, 101)[:, None]
    expected = plain(3, kind, 0.2)(grid)[:, 0].detach()
    np.testing.assert_allclose(found, expected, atol=2e-4)


def test_errors_are_counted_from_the_bump():
    found = lab.errors([2, 4], TINY)
    assert list(found) == list(lab.KINDS)
    for kind, values in found.items():
        off = lab.fits([2, 4], kind, fit=TINY) - curve(np.linspace(0, 1, 101))
        np.testing.assert_allclose(values, np.sqrt((off**2).mean(1)))
    x, y = lab.noisy(1, TINY)
    assert x.tolist() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert np.std(lab.noisy(1, lab.Fit(points=4000))[1] - curve(np.linspace(0, 1, 4000))) == (
        pytest.approx(0.5, rel=0.05)
    )
    with pytest.raises(ValueError, match="kind is"):
        lab.fits([0], "moons")


def test_ridge_is_scikit_learns():
    x, y = lab.patients(2)
    assert x.shape == (30, 10) and np.abs(x.mean(0)).max() < 1e-9 and abs(y.mean()) < 1e-9
    np.testing.assert_allclose(x.std(0), 1, rtol=1e-5)
    expected = Ridge(alpha=30 * 0.49, fit_intercept=False).fit(x, y).coef_
    np.testing.assert_allclose(lab.ridge(x, y, 0.7), expected, rtol=1e-6)


def test_copies_after_copies_are_one_least_squares():
    x, y = lab.patients(1)
    noise = 0.4 * np.random.default_rng(6).standard_normal((5, 30, 10))
    found = lab.on_copies(x, y, 0.4, (2, 5), seed=6)
    for coefficients, count in zip(found, (2, 5), strict=True):
        many = (x + noise[:count]).reshape(-1, 10)
        expected = LinearRegression(fit_intercept=False).fit(many, np.tile(y, count)).coef_
        np.testing.assert_allclose(coefficients, expected, rtol=1e-6)


def test_bishops_expectation_is_ridge_exactly():
    """Noise of ±s on each of two inputs, all sixteen signs of two points: their mean is the expectation."""
    x, y, s = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([1.0, 3.0]), 0.6
    signs = np.array(list(itertools.product((-1, 1), repeat=4))).reshape(-1, 2, 2)
    many, targets = (x + s * signs).reshape(-1, 2), np.tile(y, 16)
    coefficients = np.linalg.lstsq(many, targets, rcond=None)[0]
    np.testing.assert_allclose(coefficients, lab.ridge(x, y, s), rtol=1e-9)


def test_distances_are_shares_of_that_of_least_squares():
    x, y = lab.patients(5)
    plain = LinearRegression(fit_intercept=False).fit(x, y).coef_
    goal = Ridge(alpha=30 * 0.25, fit_intercept=False).fit(x, y).coef_
    away = np.linalg.norm(lab.on_copies(x, y, 0.5, (1, 3), 5) - goal, axis=1)
    np.testing.assert_allclose(lab.off(5, (1, 3)), away / np.linalg.norm(plain - goal), rtol=1e-6)
