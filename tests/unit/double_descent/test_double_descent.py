"""Random features and the errors of their fits, against plain loops, NumPy and scikit-learn."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from demos.core.evidence import recorded
from demos.double_descent import compute as dd
from demos.double_descent import summary


def test_points_have_variance_one_and_normal_noise():
    given = dd.problem(1, points=2000, noise_sd=0.5)
    assert given.x.shape == (2000, 10) and given.fresh.shape == (200, 10)
    assert np.abs(given.x).max() <= np.sqrt(3) and np.abs(given.directions).max() <= 1
    assert given.x.mean() == pytest.approx(0, abs=0.03)
    assert given.x.var() == pytest.approx(1, abs=0.03)
    noise = given.y - given.x.sum(1) / np.sqrt(10)
    assert noise.std() == pytest.approx(0.5, abs=0.03)
    assert np.mean(np.abs(noise) < 0.98) == pytest.approx(0.95, abs=0.015)
    np.testing.assert_allclose(given.truth, given.fresh.sum(1) / np.sqrt(10))


def test_fewer_points_are_the_first_ones_and_seeds_differ():
    few, many = dd.problem(3, 20), dd.problem(3, 80)
    for name in ("fresh", "truth", "directions"):
        np.testing.assert_array_equal(getattr(few, name), getattr(many, name))
    np.testing.assert_array_equal(few.x, many.x[:20])
    np.testing.assert_allclose(few.y, many.y[:20])
    assert not np.allclose(few.x, dd.problem(4, 20).x)
    quiet = dd.problem(3, 20, noise_sd=0)
    np.testing.assert_allclose(quiet.y, quiet.x @ dd.DIRECTION)


def test_features_are_rectified_sums():
    dice = np.random.default_rng(0)
    x, directions = dice.normal(size=(4, 3)), dice.normal(size=(5, 3))
    found = dd.features(x, directions)
    for i in range(4):
        for k in range(5):
            total = sum(x[i, j] * directions[k, j] for j in range(3))
            assert found[i, k] == pytest.approx(max(0.0, total))


@pytest.mark.parametrize("shape", [(20, 7), (7, 20), (9, 9)])
def test_the_inverse_is_numpys_and_ridge_is_scikit_learns(shape):
    dice = np.random.default_rng(2)
    phi, y = dice.normal(size=shape), dice.normal(size=shape[0])
    np.testing.assert_allclose(dd.inverse(phi), np.linalg.pinv(phi), atol=1e-10)
    shortest = np.linalg.lstsq(phi, y)[0]
    np.testing.assert_allclose(dd.inverse(phi) @ y, shortest, atol=1e-9)
    model = Ridge(alpha=3.0, fit_intercept=False).fit(phi, y)
    np.testing.assert_allclose(dd.inverse(phi, 3.0) @ y, model.coef_, atol=1e-9)


def test_directions_that_do_not_vary_are_left_out():
    phi = np.random.default_rng(3).normal(size=(8, 3))
    doubled = np.hstack([phi, phi[:, :1]])  # of rank 3
    np.testing.assert_allclose(dd.inverse(doubled), np.linalg.pinv(doubled), atol=1e-10)
    u, s, v = np.linalg.svd(phi, full_matrices=False)
    two = (u[:, :2] * s[:2]) @ v[:2]
    least = s[1:].mean()
    np.testing.assert_allclose(dd.inverse(phi, least=least), np.linalg.pinv(two), atol=1e-10)


@pytest.mark.parametrize("strength", [0.0, 10.0])
def test_errors_are_those_of_the_fit_as_one_writes_it(strength):
    given = dd.problem(5, points=12)
    widths = (3, 12, 40)
    found = dd.by_width(given, widths, strength)
    for n, p in enumerate(widths):
        own, fresh = (dd.features(x, given.directions[:p]) for x in (given.x, given.fresh))
        pulled = np.vstack([own, np.sqrt(strength) * np.eye(p)])
        weights = np.linalg.lstsq(pulled, np.append(given.y, np.zeros(p)), rcond=1e-12)[0]
        off = np.mean((fresh @ weights - given.truth) ** 2)
        assert found.error[n] == pytest.approx(off, rel=1e-6)
        left = np.mean((own @ weights - given.y) ** 2)
        assert found.training[n] == pytest.approx(left, rel=1e-6, abs=1e-18)
        assert found.length[n] == pytest.approx(np.sqrt((weights**2).sum()), rel=1e-6)
    assert (found.training[1:] < 1e-12).all() == (strength == 0)


def test_effective_parameters_are_how_much_predictions_follow_targets():
    """A squared derivative of every prediction by every target, added up: by finite differences."""
    given, p, step = dd.problem(6, points=9), 5, 1e-4
    own, fresh = (dd.features(x, given.directions[:p]) for x in (given.x, given.fresh))

    def said(y):
        return fresh @ np.linalg.lstsq(own, y)[0]

    slopes = [(said(given.y + step * e) - said(given.y - step * e)) / (2 * step) for e in np.eye(9)]
    expected = 9 / dd.FRESH * np.sum(np.square(slopes))
    assert dd.by_width(given, [p]).effective[0] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("p", [3, 12, 30])
def test_on_training_points_they_are_the_features_but_no_more_than_the_points(p):
    given = dd.problem(7, points=12)
    own = dd.features(given.x, given.directions[:p])
    assert dd.effective(own @ dd.inverse(own)) == pytest.approx(min(p, 12))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: dd.problem(-1), "seed is -1: say a whole number, 0 or more"),
        (lambda: dd.problem(0, 1), "points is 1: say a whole number, 2 or more"),
        (lambda: dd.problem(0, noise_sd=-1), "noise_sd is -1: say a number, 0 or more"),
        (lambda: dd.by_width(dd.problem(0), [5], -1), "strength is -1: say a number, 0 or more"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_numbers_that_slides_quote():
    found = summary.many([0, 4], 12, 1.0, (3, 20))
    for n, seed in enumerate((0, 4)):
        one = dd.by_width(dd.problem(seed, 12), (3, 20), 1.0)
        np.testing.assert_array_equal(found.error[n], one.error)
        np.testing.assert_array_equal(found.effective[n], one.effective)
    values = np.array([[1.0, 5.0], [2.0, 6.0], [9.0, 4.0]])
    assert summary.by_name("error", values, (3, 20)) == {"error_3": 2.0, "error_20": 5.0}
    numbers = recorded.medians({"error_3": values[:, 0], "error_20": values[:, 1]})
    assert numbers == {"error_3": 2.0, "error_20": 5.0, "seeds": 3}
    np.testing.assert_array_equal(summary.row(numbers, "error", (20, 3)), [5.0, 2.0])
