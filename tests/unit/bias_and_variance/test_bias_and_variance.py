"""Training sets, polynomials and the parts of their error, against NumPy, scikit-learn and closed forms."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

from demos.bias_and_variance import compute as bv
from demos.bias_and_variance import summary
from demos.core.curve import curve
from demos.core.evidence import recorded


def test_training_sets_lie_on_the_curve_but_for_normal_noise():
    x, y = bv.training_sets(1, sets=400, points=50, noise_sd=0.3)
    assert x.shape == y.shape == (400, 50)
    assert x.min() >= 0 and x.max() < 1
    assert np.quantile(x, [0.25, 0.5, 0.75]) == pytest.approx([0.25, 0.5, 0.75], abs=0.01)
    noise = (y - curve(x)).ravel() / 0.3
    assert noise.mean() == pytest.approx(0, abs=0.03)
    assert noise.std() == pytest.approx(1, abs=0.02)
    assert np.mean(np.abs(noise) < 1.96) == pytest.approx(0.95, abs=0.01)
    assert abs(np.corrcoef(x.ravel(), noise)[0, 1]) < 0.03
    clean = bv.training_sets(1, sets=3, noise_sd=0)
    np.testing.assert_array_equal(clean[1], curve(clean[0]))


def test_more_training_sets_begin_with_the_same_ones():
    for few, many in zip(bv.training_sets(3, 2), bv.training_sets(3, 9), strict=True):
        np.testing.assert_array_equal(few, many[:2])
    assert not np.allclose(bv.training_sets(3, 2)[0], bv.training_sets(4, 2)[0])


def test_even_points_are_even_and_have_the_same_noise():
    x, y = bv.training_sets(5, sets=4, where=bv.EVEN)
    np.testing.assert_array_equal(x, np.tile(np.linspace(0, 1, 20), (4, 1)))
    other, others = bv.training_sets(5, sets=4)
    np.testing.assert_allclose(y - curve(x), others - curve(other), atol=1e-12)


@pytest.mark.parametrize("degree", [0, 1, 3, 5])
def test_polynomials_are_scikit_learns(degree):
    x, y = bv.training_sets(2, sets=5)
    weights = bv.fitted(x, y, degree)
    found = bv.values(weights)
    own = bv.values(weights, x)
    for one, points, targets, at_points in zip(found, x, y, own, strict=True):
        model = make_pipeline(PolynomialFeatures(degree), LinearRegression())
        model.fit(points[:, None], targets)
        np.testing.assert_allclose(one, model.predict(bv.GRID[:, None]), rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(at_points, model.predict(points[:, None]), rtol=1e-6, atol=1e-6)


def test_parts_add_up_to_the_squared_error_for_any_number_of_sets():
    answers = curve(bv.GRID) + np.random.default_rng(0).normal(0.2, 1, (3, 7, len(bv.GRID)))
    bias2, variance = bv.parts(answers)
    np.testing.assert_allclose(bias2 + variance, bv.squared_errors(answers).mean(-1))
    first = answers[0]
    by_hand = [[np.var(first[:, i], ddof=1) for i in range(len(bv.GRID))]]
    assert variance[0] == pytest.approx(np.mean(by_hand))


def test_few_sets_give_the_right_parts_on_average():
    """Off by 0.2 everywhere, spread 1: bias² 0.04 and variance 1, from three sets at a time too."""
    answers = curve(bv.GRID) + np.random.default_rng(1).normal(0.2, 1, (4000, 3, len(bv.GRID)))
    bias2, variance = bv.parts(answers)
    assert bias2.mean() == pytest.approx(0.04, abs=0.005)
    assert variance.mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("degree", [1, 3])
def test_variance_on_even_points_is_the_textbooks(degree):
    """sd² h(x)' (X'X)^-1 h(x): the same points in every set, so only the noise differs."""
    x, y = bv.training_sets(7, sets=4000, where=bv.EVEN)
    _, variance = bv.parts(bv.values(bv.fitted(x, y, degree)))
    rows, at = (np.vander(points, degree + 1) for points in (x[0], bv.GRID))
    leverage = np.einsum("nd,de,ne->n", at, np.linalg.inv(rows.T @ rows), at)
    assert variance == pytest.approx(bv.NOISE_SD**2 * leverage.mean(), rel=0.05)


@pytest.mark.parametrize("degree", [1, 3])
def test_bias_is_that_of_fits_without_noise(degree):
    """Noise of mean zero moves no least-squares fit on average: bias² needs no noisy fit."""
    x, y = bv.training_sets(8, sets=4000)
    noisy, clean = (
        bv.parts(bv.values(bv.fitted(x, targets, degree)))[0] for targets in (y, curve(x))
    )
    assert noisy == pytest.approx(clean, rel=0.03)


def test_test_errors_are_those_of_fresh_points():
    weights = bv.fitted(*bv.training_sets(9, sets=3), 3)
    found = bv.test_errors(weights, 9, fresh=40_000)
    expected = bv.squared_errors(bv.values(weights)) + bv.NOISE_SD**2
    np.testing.assert_allclose(found, expected, rtol=0.03)
    silent = bv.test_errors(weights, 9, noise_sd=0, fresh=40_000)
    np.testing.assert_allclose(silent, expected - bv.NOISE_SD**2, rtol=0.05)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: bv.training_sets(0, 0), "sets is 0: say a whole number, 1 or more"),
        (lambda: bv.training_sets(0, points=1), "points is 1: say a whole number, 2 or more"),
        (lambda: bv.training_sets(0, noise_sd=-1), "noise_sd is -1: say a number, 0 or more"),
        (lambda: bv.training_sets(0, where="edge"), "where is 'edge': say 'random' or 'even'"),
        (
            lambda: bv.fitted(*bv.training_sets(0, 2, points=5), 5),
            "degree is 5: say a whole number from 0 to 4",
        ),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_numbers_that_slides_quote():
    x, y = bv.training_sets(0, sets=6)
    rows, each = summary.of_degrees(x, y, seed=0)
    assert [row[0] for row in rows] == list(bv.DEGREES) == list(each)
    degree, bias2, variance, noise, tested = rows[1]
    answers = bv.values(bv.fitted(x, y, 3))
    assert (degree, bias2, variance) == (3, *bv.parts(answers))
    assert noise == bv.NOISE_SD**2
    assert tested == bv.test_errors(bv.fitted(x, y, 3), 0).mean()
    np.testing.assert_allclose(each[3], bv.squared_errors(answers) + 0.09)
    assert each[3].mean() == pytest.approx(bias2 + variance + noise)
    assert summary.numbers_of(rows)["variance_3"] == variance
    told = summary.errors_of({5: np.array([1.09, 0.19, 0.29, 0.69])})  # 1, 0.1, 0.2, 0.6
    assert told == pytest.approx(
        {"mean_5": 0.565, "median_5": 0.49, "worst_5": 1.6 / 1.9, "sets": 4}
    )
    found = {"bias2_2_9": [1.0, 3.0], "variance_2_9": [5.0, 9.0]}
    numbers = recorded.medians(found)
    assert numbers == {"bias2_2_9": 2.0, "variance_2_9": 7.0, "seeds": 2}
    assert summary.lines(numbers, (2,), (9,)) == [("9 steps", [2.0], [7.0])]
    more = {"more_bias2_1": [2.0, 2.0], "bias2_1": [2.0, 1.0]}
    more |= {"more_variance_3": [1.0, 1.0], "variance_3": [4.0, 8.0]}
    left = summary.more_points({name: np.array(values) for name, values in more.items()})
    assert left == {"bias2": 1.5, "variance": 0.1875, "seeds": 2}
