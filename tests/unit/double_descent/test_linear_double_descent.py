"""Linear regression: the closed forms against exact expectations, integrals and NumPy; patients' fits."""

import numpy as np
import pytest
from scipy.integrate import quad
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge

from demos.double_descent import compute_linear as lin
from demos.double_descent import summary


def exact(features, points, noise_sd):
    """The mean error of finitely many: by the mean of an inverse Wishart matrix."""
    if features < points:
        return noise_sd**2 * features / (points - features - 1)
    return 1 - points / features + noise_sd**2 * points / (features - points - 1)


@pytest.mark.parametrize("features", [10, 20, 60, 120])
def test_simulated_errors_have_the_exact_mean(features):
    found = np.mean([lin.errors(s, features, 100, 40, 0.5) for s in range(10)])
    assert found == pytest.approx(exact(features, 40, 0.5), rel=0.06)


@pytest.mark.parametrize("ratio", [0.1, 0.5, 0.9, 1.1, 2.0, 10.0])
@pytest.mark.parametrize("noise_sd", [0.0, 0.5, 2.0])
def test_the_closed_form_is_the_limit_of_the_exact_mean(ratio, noise_sd):
    many = 1_000_000
    expected = exact(round(ratio * many), many, noise_sd)
    assert lin.limit(ratio, noise_sd) == pytest.approx(expected, rel=1e-4)
    assert lin.limit(ratio, noise_sd, size=3.0) - lin.limit(ratio, noise_sd) == pytest.approx(
        2 * max(0, 1 - 1 / ratio)
    )


@pytest.mark.parametrize("ratio", [0.3, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("size", [1.0, 4.0])
def test_the_best_ridges_limit_is_an_integral_over_singular_values(ratio, size):
    """σ² γ ∫ 1 / (s + λ) over the Marchenko-Pastur law, numerically; its atom at 0 beside it."""
    noise_sd = 0.5
    pull = noise_sd**2 * ratio / size
    low, high = (1 - np.sqrt(ratio)) ** 2, (1 + np.sqrt(ratio)) ** 2

    def law(angle):  # s = middle + half * cos(angle): the ends' square roots go away
        s = (low + high) / 2 + (high - low) / 2 * np.cos(angle)
        density = np.sqrt(np.maximum((high - s) * (s - low), 0)) / (2 * np.pi * ratio * s)
        return density * (high - low) / 2 * np.sin(angle) / (s + pull)

    mean = quad(law, 0, np.pi)[0] + max(0, 1 - 1 / ratio) / pull
    assert lin.limit_ridge(ratio, noise_sd, size) == pytest.approx(noise_sd**2 * ratio * mean)


def test_at_one_there_is_no_number():
    with pytest.raises(ValueError, match="ratio is 1: there the error has no bound"):
        lin.limit(1)
    assert lin.limit(0.999) > 100 and lin.limit(1.001) > 100


@pytest.mark.parametrize("shape", [(9, 4), (4, 9)])
def test_weights_are_numpys_and_scikit_learns(shape):
    dice = np.random.default_rng(1)
    x, y = dice.normal(size=(3, *shape)), dice.normal(size=(3, shape[0]))
    for plain, pulled, one, targets in zip(
        lin.solved(x, y), lin.solved(x, y, 2.0), x, y, strict=True
    ):
        np.testing.assert_allclose(plain, np.linalg.lstsq(one, targets)[0], atol=1e-9)
        model = Ridge(alpha=2.0, fit_intercept=False).fit(one, targets)
        np.testing.assert_allclose(pulled, model.coef_, atol=1e-9)


def test_no_other_ridge_is_better_on_average():
    best = lin.best_strength(60)
    assert best == 15
    found = [
        np.mean([lin.errors(s, 60, 100, 40, strength=pull) for s in range(4)])
        for pull in (best / 3, best, 3 * best)
    ]
    assert found[1] < min(found[0], found[2])


def shuffled(seed):
    x, y = load_diabetes(return_X_y=True)
    x, y = (x - x.mean(0)) / x.std(0), (y - y.mean()) / y.std()
    order = np.random.default_rng(seed).permutation(442)
    return x[order], y[order], (x @ np.linalg.lstsq(x, y)[0])[order]


@pytest.mark.parametrize("way", lin.WAYS)
def test_patients_are_fitted_as_on_the_slide(way):
    x, y, best = shuffled(2)
    for n, found in zip((4, 10, 30), lin.patients(2, (4, 10, 30), way), strict=True):
        own, fresh, targets = x[:n], x[-142:], (best if way == lin.NO_NOISE else y)[:n]
        u, s, vt = np.linalg.svd(own, full_matrices=False)
        few = s > (2.0 if way == lin.NO_SMALL else 0)
        weights = vt[few].T @ (u[:, few].T @ targets / s[few])
        if way == lin.IN_SPAN:
            fresh = fresh @ vt[:3].T @ vt[:3]
        assert found == pytest.approx(np.mean((fresh @ weights - y[-142:]) ** 2), rel=1e-6)


def test_without_noise_ten_patients_are_all_it_takes():
    found = lin.patients(3, (10, 20, 100), lin.NO_NOISE)
    _, y, best = shuffled(3)
    np.testing.assert_allclose(found, np.mean((best[-142:] - y[-142:]) ** 2), rtol=1e-6)


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="way is 'luck': say 'all three' or"):
        lin.patients(0, way="luck")
    with pytest.raises(ValueError, match="features is 0: say a whole number, 1 or more"):
        lin.errors(0, 0)


def test_what_theory_and_simulation_give_the_slide():
    (at, plain), (same, ridge) = summary.theory(0.5)
    np.testing.assert_array_equal(at, same)
    gap = np.isnan(plain)
    assert gap.sum() == 1 and at[gap] == pytest.approx(1)
    assert plain[0] == pytest.approx(0.25 * 0.1 / 0.9) and plain[-1] == pytest.approx(
        0.9 + 0.25 / 9
    )
    assert (ridge[~gap] <= plain[~gap] + 1e-12).all()
    found = summary.simulated(1, (0.5, 2.0), True, sets=3, points=10)
    again = [lin.errors(1, p, 3, 10, strength=0.25 * p).mean() for p in (5, 20)]
    np.testing.assert_allclose(found, again)
    bare = summary.simulated(1, (0.5,), False, sets=3, points=10)
    np.testing.assert_allclose(bare, lin.errors(1, 5, 3, 10).mean())
