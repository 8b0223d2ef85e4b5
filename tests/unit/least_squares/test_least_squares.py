"""Least squares against NumPy's own fits, normal equations and plain loops."""

import numpy as np
import pytest

from demos.core.curve import TEST_X, TRAIN_X, curve, rmse
from demos.least_squares import compute as ls

SEEDS = range(20)


@pytest.mark.parametrize("count", [3, 5, 8])
def test_a_fit_is_numpys_polynomial_of_that_degree(count):
    y = ls.noisy_targets(SEEDS)
    ours = ls.predict(ls.fit(TRAIN_X, y, count), TEST_X)
    for seed in SEEDS:
        theirs = np.polynomial.Polynomial.fit(TRAIN_X, y[:, seed], count - 1)
        np.testing.assert_allclose(ours[:, seed], theirs(TEST_X), atol=1e-9)


def test_residuals_are_orthogonal_to_every_power():
    y = ls.noisy_targets([0])[:, 0]
    residual = y - ls.predict(ls.fit(TRAIN_X, y, 6), TRAIN_X)
    for power in range(6):
        assert abs(residual @ TRAIN_X**power) < 1e-10


@pytest.mark.parametrize("strength", [1e-3, 0.1, 10.0])
def test_ridge_solves_its_normal_equations(strength):
    y = ls.noisy_targets([3])[:, 0]
    powers = np.vander(TRAIN_X, 7, increasing=True)
    expected = np.linalg.solve(powers.T @ powers + strength * np.eye(7), powers.T @ y)
    np.testing.assert_allclose(ls.ridge(TRAIN_X, y, 7, strength), expected, rtol=1e-6)


def test_ridge_shrinks_weights_the_more_the_stronger():
    y = ls.noisy_targets([3])[:, 0]
    sizes = [np.linalg.norm(ls.ridge(TRAIN_X, y, 10, s)) for s in (1e-6, 1e-3, 1.0, 100.0)]
    assert sizes == sorted(sizes, reverse=True)


def test_legendre_and_powers_are_the_same_fit():
    y = ls.noisy_targets([1])[:, 0]
    powers = ls.predict(ls.fit(TRAIN_X, y, 8), TEST_X)
    np.testing.assert_allclose(ls.legendre_predict(TRAIN_X, y, 8, TEST_X), powers, atol=1e-9)


def test_past_interpolation_the_series_hits_the_points_with_the_smallest_weights():
    y = ls.noisy_targets([1])[:, 0]
    np.testing.assert_allclose(
        ls.legendre_predict(TRAIN_X, y, 60, TRAIN_X, taper=1.0), y, atol=1e-8
    )
    scale = 1 / np.arange(1, 61)
    basis = np.polynomial.legendre.legvander(2 * TRAIN_X - 1, 59) * scale
    smallest = basis.T @ np.linalg.solve(basis @ basis.T, y)  # the minimum-norm solution
    at = np.polynomial.legendre.legvander(2 * TEST_X - 1, 59) * scale
    ours = ls.legendre_predict(TRAIN_X, y, 60, TEST_X, taper=1.0)
    np.testing.assert_allclose(ours, at @ smallest, atol=1e-6)


def test_errors_are_those_of_a_plain_loop():
    y = ls.noisy_targets(SEEDS)
    weights = ls.fit(TRAIN_X, y, 5)
    for seed in SEEDS:
        off = [sum(w * x**k for k, w in enumerate(weights[:, seed])) - curve(x) for x in TEST_X]
        expected = (sum(o * o for o in off) / len(off)) ** 0.5
        assert ls.test_error(weights)[seed] == pytest.approx(expected)
        misses = np.polyval(weights[::-1, seed], TRAIN_X) - y[:, seed]
        assert ls.training_error(weights, y)[seed] == pytest.approx(np.sqrt(np.mean(misses**2)))
        fine = np.linspace(0.2, 0.6, 301)
        most = np.abs(np.polyval(weights[::-1, seed], fine) - curve(fine)).max()
        assert ls.largest_error(weights, 0.2, 0.6)[seed] == pytest.approx(most)


def test_of_many_polynomials_the_one_with_the_smallest_weights_is_taken():
    y = ls.noisy_targets(SEEDS)
    powers = np.vander(2 * TRAIN_X - 1, 40, increasing=True)
    q, r = np.linalg.qr(powers.T)
    weights = q @ np.linalg.solve(r.T, y)  # least norm: in the span of the rows
    at = np.linspace(-0.9, 0.9, 33)
    expected = np.vander(at, 40, increasing=True) @ weights
    np.testing.assert_allclose(ls.powers_predict(TRAIN_X, y, 40, (at + 1) / 2), expected, rtol=1e-4)
    few = ls.powers_predict(TRAIN_X, y, 6, TEST_X)
    np.testing.assert_allclose(few, ls.predict(ls.fit(TRAIN_X, y, 6), TEST_X), rtol=1e-6)


def test_a_cut_off_removes_the_weak_directions():
    y = ls.noisy_targets([0])[:, 0]
    powers = np.vander(TRAIN_X, 12, increasing=True)
    u, s, vt = np.linalg.svd(powers, full_matrices=False)
    kept = s > 1e-4 * s[0]
    expected = vt[kept].T @ ((u[:, kept].T @ y) / s[kept])
    np.testing.assert_allclose(ls.fit(TRAIN_X, y, 12, rcond=1e-4), expected, rtol=1e-6)


def test_what_the_slides_say_holds_on_these_seeds_too():
    y = ls.noisy_targets(range(1100, 1200))  # seeds the slides do not use, nor the record
    few, many = ls.fit(TRAIN_X, y, 5), ls.fit(TRAIN_X, y, 20)
    found = ls.compare(few, many, y)
    assert found["many_worse"] == found["seeds"] == 100
    assert found["train_many"] < found["train_few"]
    assert found["low_many"] <= found["median_many"] <= found["high_many"]
    assert np.median(ls.largest_error(many, 0.15, 0.85)) < 0.3
    assert np.median(ls.largest_error(many, 0, 1)) > 3
    clean = ls.fit(TRAIN_X, curve(TRAIN_X), 20)
    assert ls.largest_error(clean, 0, 1) < 1e-6


def test_noisy_targets_are_columns_of_noise_as_large_as_asked():
    for sd in (0.0, 1e-3, 0.2):
        noise = ls.noisy_targets([4, 9], sd) - curve(TRAIN_X)[:, None]
        for column, seed in zip(noise.T, (4, 9), strict=True):
            draws = np.random.default_rng(seed).standard_normal(21)
            np.testing.assert_allclose(column, sd * draws, atol=1e-15)


def test_two_fits_are_compared_number_by_number():
    """Invented fits, flat lines 0, 1, 2 ... off: every number tells where it comes from."""
    y = curve(TRAIN_X)[:, None] + np.zeros(21)
    off = {"few": np.full(21, 2.5), "many": np.arange(21.0)}
    heights = {name: np.stack([d + 100.0]) for name, d in off.items()}  # one coefficient

    def error(name, x):
        return np.array([np.sqrt(np.mean((h - curve(x)) ** 2)) for h in heights[name][0]])

    found = ls.compare(heights["few"], heights["many"], y)
    expected = {
        "seeds": 21,
        "many_worse": 18,  # 3, 4 ... 20 are more than 2.5
        "low_many": error("many", TEST_X)[1],  # of 21, the second and the last but one
        "high_many": error("many", TEST_X)[19],
        "median_few": error("few", TEST_X)[0],
        "median_many": error("many", TEST_X)[10],
        "train_few": error("few", TRAIN_X)[0],
        "train_many": error("many", TRAIN_X)[10],
    }
    assert found == pytest.approx(expected)


def test_sweeps_are_medians_over_seeds():
    y = ls.noisy_targets(SEEDS)
    expected = np.median(ls.test_error(ls.fit(TRAIN_X, y, 7)))
    assert ls.degree_sweep(SEEDS, [5, 7])[1] == pytest.approx(expected)
    values = ls.legendre_predict(TRAIN_X, y, 30, TEST_X, taper=1.0)
    expected = np.median(rmse(values.T, curve(TEST_X)))
    assert ls.beyond_sweep(SEEDS, [30])[0] == pytest.approx(expected)
    path = ls.ridge_sweep(SEEDS, 10, [1e-3, 1.0])
    assert path.shape == (2, len(SEEDS))
    np.testing.assert_allclose(path[1], ls.test_error(ls.ridge(TRAIN_X, y, 10, 1.0)))
