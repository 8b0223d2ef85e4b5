"""Dropout of a linear model's inputs: the formula against SciPy's minimum of the mean over all masks,
scikit-learn's ridge on scaled columns, and a plain loop with `nn.Dropout`."""

import numpy as np
import pytest
import torch
from scipy.optimize import minimize
from sklearn.linear_model import Ridge
from torch import nn

from demos.dropout_mechanics import linear
from demos.dropout_mechanics.masks import chances, every

DICE = np.random.default_rng(6)
X, Y = DICE.standard_normal((30, 4)) * [1, 2, 0.5, 1], DICE.standard_normal(30)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.7])
def test_the_formula_is_the_minimum_of_the_mean_over_all_masks(p):
    masks = every(4)
    weights = chances(masks, p)

    def loss(w):
        off = Y - (X[None] * masks[:, None] / (1 - p)) @ w  # (masks, n)
        return weights @ (off**2).sum(1)

    lowest = minimize(loss, np.zeros(4), tol=1e-12).x
    np.testing.assert_allclose(linear.by_formula(X, Y, p), lowest, atol=1e-5)


def test_it_is_ridge_on_columns_of_length_one():
    lengths = np.linalg.norm(X, axis=0)
    ridge = Ridge(alpha=0.25 / 0.75, fit_intercept=False).fit(X / lengths, Y).coef_ / lengths
    np.testing.assert_allclose(linear.by_formula(X, Y, 0.25), ridge, atol=1e-9)


def test_masks_come_near_and_nearer():
    formula = linear.by_formula(X, Y, 0.5)
    far, near = (linear.apart(formula, linear.by_masks(X, Y, 0.5, masks)) for masks in (20, 20_000))
    assert near < 0.02 < far
    np.testing.assert_allclose(linear.by_masks(X, Y, 0.0, 3), linear.by_formula(X, Y, 0.0))


def test_a_plain_loop_with_nn_dropout_ends_there():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 1, bias=False)).double()
    x, y = torch.from_numpy(X).repeat(50, 1), torch.from_numpy(Y).repeat(50)[:, None]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    mean, steps = 0, 1500
    for step in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
        if step >= 500:
            mean = mean + model[1].weight.detach()[0].numpy() / (steps - 500)
    assert linear.apart(linear.by_formula(X, Y, 0.5), mean) < 0.03


def test_masks_leave_the_callers_dice_alone():
    torch.manual_seed(5)
    expected = torch.rand(2)
    torch.manual_seed(5)
    linear.by_masks(X, Y, 0.5, 3)
    assert torch.equal(torch.rand(2), expected)


def test_patients_are_standardised_and_their_own_seeds():
    x, y = linear.some(3)
    assert x.shape == (60, 10) and y.shape == (60,)
    np.testing.assert_allclose(x.mean(0), 0, atol=1e-6)
    np.testing.assert_allclose(x.std(0), 1, atol=1e-6)
    assert abs(y.mean()) < 1e-12
    assert not np.allclose(linear.some(4)[1], y)


def test_units_move_ridge_and_leave_dropout():
    same = linear.units_moved(X, Y, 0.5, np.ones(4))
    assert max(same.values()) < 1e-12
    moved = linear.units_moved(X, Y, 0.5, np.array([10, 1, 0.1, 1]))
    assert moved["dropout"] < 1e-12 and moved["ridge"] > 0.05
    strength = linear.as_strong(X, 0.5)
    assert strength == pytest.approx((X**2).sum() / 4)
    solved = np.linalg.solve(X.T @ X + strength * np.eye(4), X.T @ Y)
    np.testing.assert_allclose(linear.ridge(X, Y, strength), solved, atol=1e-10)


def test_a_path_is_one_fit_after_another():
    formula, masks = linear.path(X, Y, [0.1, 0.6], masks=7, seed=2)
    for at, p in enumerate((0.1, 0.6)):
        np.testing.assert_allclose(formula[at], linear.by_formula(X, Y, p))
        np.testing.assert_allclose(masks[at], linear.by_masks(X, Y, p, 7, 2))


def test_apart_is_a_share():
    assert linear.apart(np.array([3.0, 4.0]), np.array([3.0, 3.0])) == pytest.approx(0.2)


def test_a_rate_of_one_is_refused():
    with pytest.raises(ValueError, match="p is 1: say a number from 0 up to 1, without 1"):
        linear.by_formula(X, Y, 1)
