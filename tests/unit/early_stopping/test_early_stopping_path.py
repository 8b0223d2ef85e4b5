"""Stopped descent against torch.optim.SGD, Ridge against scikit-learn's, shares of the way by calculus."""

import numpy as np
import pytest
import torch
from scipy.optimize import brentq
from sklearn.linear_model import Ridge

from demos.early_stopping import compute_path as path

X, FRESH, Y, TRUTH = path.patients(seed=0)


def test_patients_are_standardised_by_the_training_points():
    assert X.shape == (30, 10) and FRESH.shape == (412, 10)
    np.testing.assert_allclose(X.mean(0), 0, atol=1e-12)
    np.testing.assert_allclose(X.std(0), 1)
    assert np.abs(FRESH.mean(0)).max() > 0.01 and Y.mean() == pytest.approx(0, abs=1e-12)


def test_descended_is_what_sgd_reaches():
    x, y = torch.tensor(X), torch.tensor(Y)
    weights = torch.zeros(10, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weights], lr=0.05)
    found = path.descended(X, Y, steps=[1, 7, 40])
    for step in range(1, 41):
        optimizer.zero_grad()
        (((x @ weights - y) ** 2).mean() / 2).backward()
        optimizer.step()
        if step in (1, 7, 40):
            expected = found[[1, 7, 40].index(step)]
            np.testing.assert_allclose(weights.detach(), expected, rtol=1e-8, atol=1e-12)


def test_penalised_is_scikit_learns_ridge():
    alphas = [0.01, 0.3, 5.0]
    for alpha, found in zip(alphas, path.penalised(X, Y, alphas), strict=True):
        model = Ridge(alpha=30 * alpha, fit_intercept=False).fit(X, Y)
        np.testing.assert_allclose(found, model.coef_, rtol=1e-6, atol=1e-10)


def test_far_along_both_paths_end_at_least_squares():
    solution = np.linalg.lstsq(X, Y, rcond=None)[0]
    np.testing.assert_allclose(path.descended(X, Y, [10**8])[0], solution, atol=1e-8)
    np.testing.assert_allclose(path.penalised(X, Y, [1e-12])[0], solution, atol=1e-8)


def test_errors_are_mean_squares():
    some = np.random.default_rng(0).normal(size=(3, 10))
    for weights, found in zip(some, path.errors(some, X, Y), strict=True):
        assert found == pytest.approx(
            np.mean([(row @ weights - t) ** 2 for row, t in zip(X, Y, strict=True)])
        )


def test_shares_of_the_way():
    x = np.geomspace(1e-3, 1e3, 40)
    np.testing.assert_allclose(path.stopped(x), 1 - np.exp(-x), rtol=1e-9)
    np.testing.assert_allclose(path.ridge(x, 0.5), 1 / (1 + 0.5 / x))
    # a small rate: steps of 1 - lr λ are a flow; α = 1 / (lr t) is a share of x / (1 + x)
    lr, steps, curvature = 1e-5, 100_000, 1.7
    there = lr * steps * curvature
    assert path.stopped(there) == pytest.approx(1 - (1 - lr * curvature) ** steps, rel=1e-4)
    assert path.ridge(there) == pytest.approx(curvature / (curvature + 1 / (lr * steps)))


def test_farthest_apart_where_the_slopes_are_equal():
    at = brentq(lambda x: np.exp(-x) - (1 + x) ** -2, 0.5, 10)
    farthest = path.stopped(at) - path.ridge(at)
    fine = np.geomspace(1e-3, 1e3, 20_001)
    gaps = path.stopped(fine) - path.ridge(fine)
    assert gaps.max() == pytest.approx(farthest, abs=1e-6) and gaps.min() > 0
    assert 0.2 < farthest < 0.21


def test_compared_reads_both_paths():
    found = path.compared(0)
    stops = path.descended(X, Y)
    at = np.argmin([np.mean((FRESH @ w - TRUTH) ** 2) for w in stops])
    assert found["steps"] == path.STEPS[at]
    assert found["stopped"] == pytest.approx(np.mean((FRESH @ stops[at] - TRUTH) ** 2))
    assert found["end"] > found["stopped"]

    def distance(product):
        alpha = product / (path.LR * path.STEPS[at])
        weights = Ridge(alpha=30 * alpha, fit_intercept=False).fit(X, Y).coef_
        return np.linalg.norm(weights - stops[at]) / np.linalg.norm(stops[at])

    assert found["apart"] == pytest.approx(distance(found["product"]), rel=1e-4)
    assert distance(found["product"] * 1.05) >= found["apart"] <= distance(found["product"] / 1.05)
    assert found["apart_told"] == pytest.approx(distance(1.0), rel=1e-4)
    ridges = path.penalised(X, Y, 1 / (path.LR * path.STEPS))
    assert found["ridge"] == pytest.approx(path.errors(ridges, FRESH, TRUTH).min())
    with pytest.raises(ValueError, match="points is 1: say a whole number, 2 or more"):
        path.patients(0, 1)
