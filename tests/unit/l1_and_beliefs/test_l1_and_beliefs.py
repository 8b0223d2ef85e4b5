"""Forty features and what penalties make of them, against plain formulas, optimality and other solvers."""

import numpy as np
import pytest
from scipy.optimize import minimize

from demos.l1_and_beliefs import compute as l1
from demos.l1_and_beliefs import geometry


def slope(w, x, y):
    """Of |y - Xw|²/2n."""
    return x.T @ (x @ w - y) / len(x)


def test_five_features_and_a_twin_make_the_targets():
    x, y = l1.problem(3, points=20_000)
    np.testing.assert_allclose(np.cov(x.T), l1.covariance(), atol=0.04)
    np.testing.assert_allclose(np.corrcoef(x[:, 0], x[:, 5])[0, 1], 1 / np.sqrt(1.01), atol=1e-3)
    noise = y - x[:, :5] @ [3, -2, 1.5, -1, 1]
    assert noise.var() == pytest.approx(1, abs=0.03) and abs(noise @ x).max() / len(x) < 0.03
    same, twice = (l1.problem(3, noise_sd=sd) for sd in (0, 2))
    np.testing.assert_allclose(twice[1] - same[1], 2 * (l1.problem(3)[1] - same[1]), atol=1e-12)


def test_the_error_is_that_on_all_points_there_are():
    w = np.random.default_rng(0).standard_normal((2, 40))
    x, _ = l1.problem(8, points=200_000)
    seen = np.sqrt(((x @ (w - l1.truth()).T) ** 2).mean(0))
    np.testing.assert_allclose(l1.off(w), seen, rtol=0.02)
    assert l1.off(l1.truth()) == 0


@pytest.mark.parametrize("mix", [1.0, 0.5, 0.05, 0.0])
def test_weights_are_where_the_cost_is_least(mix):
    """No slope at weights that are not 0; at those that are, less than the penalty's corner holds."""
    x, y = l1.problem(1)
    alpha = 0.1
    w = l1.elastic(x, y, alpha, mix)
    left = slope(w, x, y) + alpha * (1 - mix) * w
    kept = w != 0
    np.testing.assert_allclose(left[kept], -alpha * mix * np.sign(w[kept]), atol=1e-5)
    assert (np.abs(left[~kept]) <= alpha * mix + 1e-9).all()
    assert kept.all() == (mix < 0.04) or mix > 0
    for away in np.random.default_rng(2).standard_normal((20, 40)) * 1e-3:
        assert l1.cost(w + away, x, y, alpha, mix) > l1.cost(w, x, y, alpha, mix)


def test_ridge_is_the_formula_and_no_penalty_least_squares():
    x, y = l1.problem(2)
    inverse = np.linalg.inv(x.T @ x / 50 + 0.3 * np.eye(40))
    np.testing.assert_allclose(l1.ridge(x, y, 0.3), inverse @ x.T @ y / 50, atol=1e-10)
    np.testing.assert_allclose(l1.least_squares(x, y), np.linalg.lstsq(x, y)[0], atol=1e-9)
    np.testing.assert_array_equal(l1.elastic(x, y, 0.3, 0), l1.ridge(x, y, 0.3))


def test_cost_written_out():
    x, y, w = np.array([[1.0, 2.0]]), np.array([3.0]), np.array([-1.0, 0.5])
    assert l1.cost(w, x, y, 0.1, 0.25) == pytest.approx(9 / 2 + 0.1 * (0.25 * 1.5 + 0.375 * 1.25))


@pytest.mark.parametrize("mix", [0.0, 1.0])
def test_cross_validation_chooses_the_strength_with_the_least_error(mix):
    x, y = l1.problem(4)
    folds = np.array_split(np.arange(50), 5)
    errors = []
    for alpha in l1.TRIED:
        off = []
        for fold in folds:
            rest = np.setdiff1d(np.arange(50), fold)
            # the sum of squares is what RidgeCV weighs, over all fifty; the lasso's is a mean
            own = alpha * 50 / 40 if mix == 0 else alpha
            w = l1.elastic(x[rest], y[rest], own, mix)
            off.append(np.mean((x[fold] @ w - y[fold]) ** 2))
        errors.append(np.mean(off))
    best = l1.TRIED[np.argmin(errors)]
    np.testing.assert_allclose(l1.chosen(x, y, mix), l1.elastic(x, y, best, mix), atol=0.02)


def test_how_alike_twins_are():
    w = np.zeros((4, 40))
    w[:, 0], w[:, 5] = [2.0, -0.5, 1.0, 3.0], [1.0, 2.0, 0.0, 3.0]
    np.testing.assert_allclose(l1.alike(w), [0.5, -0.25, 0, 1])


def test_the_soft_threshold_is_the_least_of_its_cost():
    for w in (-2.0, -0.3, 0.0, 0.2, 0.31, 1.5):
        grid = np.linspace(-3, 3, 60_001)
        least = grid[((grid - w) ** 2 / 2 + 0.3 * np.abs(grid)).argmin()]
        assert l1.soft(w, 0.3) == pytest.approx(least, abs=1e-4)
    x = np.linalg.qr(np.random.default_rng(0).standard_normal((50, 4)))[0] * np.sqrt(50)
    y = x @ [2.0, -0.3, 0.1, 1.0]
    np.testing.assert_allclose(
        l1.elastic(x, y, 0.2), l1.soft(np.array([2, -0.3, 0.1, 1]), 0.2), atol=1e-8
    )


@pytest.mark.parametrize("proximal", [False, True])
def test_descent_is_a_loop_over_numbers(proximal):
    x, y = l1.problem(5, points=7)
    start = np.random.default_rng(1).standard_normal(40)
    path = l1.descended(x, y, 0.2, proximal, 3, 0.01, start)
    w = [float(v) for v in start]
    for step in range(1, 4):
        off = [sum(x[i, k] * w[k] for k in range(40)) - y[i] for i in range(7)]
        for k in range(40):
            w[k] -= 0.01 * sum(off[i] * x[i, k] for i in range(7)) / 7
            if proximal:
                w[k] = max(w[k] - 0.002, 0) if w[k] > 0 else min(w[k] + 0.002, 0)
            else:
                w[k] -= 0.002 * np.sign(path[step - 1][k])
        np.testing.assert_allclose(path[step], w, atol=1e-12)


def test_proximal_steps_end_at_the_lasso():
    x, y = l1.problem(6, apart=3.0)  # twins that are hardly any: descent is fast
    np.testing.assert_allclose(
        l1.descended(x, y, 0.3, True, 20_000)[-1], l1.elastic(x, y, 0.3), atol=1e-6
    )


def test_paths_are_weights_pair_by_pair():
    x, y = l1.problem(7)
    found = l1.paths(x, y, [0.1, 0.5], [1.0, 0.2])
    np.testing.assert_array_equal(found, [l1.elastic(x, y, 0.1, 1.0), l1.elastic(x, y, 0.5, 0.2)])


@pytest.mark.parametrize("power", [1, 2])
def test_the_ellipse_touches_where_the_error_inside_is_least(power):
    edge = geometry.edge(power)
    np.testing.assert_allclose((np.abs(edge) ** power).sum(1), 1, atol=1e-12)
    best = geometry.touching(power)
    inside = {"type": "ineq", "fun": lambda w: 1 - (np.abs(w) ** power).sum()}
    other = minimize(geometry.error, [0.1, 0.2], constraints=inside, method="SLSQP").x
    np.testing.assert_allclose(best, other, atol=2e-3)
    if power == 1:
        np.testing.assert_allclose(best, [0, 1], atol=1e-9)
    ring = geometry.level(0.3)
    np.testing.assert_allclose(geometry.error(ring), 0.3, atol=1e-12)
