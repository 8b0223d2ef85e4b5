"""What is measured of polynomials, against NumPy's own fits seed by seed; what each claim reads."""

import numpy as np
import pytest

from demos.core.curve import TEST_X, TRAIN_X, curve, sample
from demos.least_squares import claims as family
from demos.least_squares import compute as ls

SEEDS = [2, 3]
FINE = np.linspace(0, 1, 301)


def rms(values):
    return np.sqrt(np.mean(np.square(values)))


def best(seed, count, sd=0.05):
    """The polynomial with `count` coefficients through a seed's points, a function."""
    return np.polynomial.Polynomial.fit(TRAIN_X, sample(seed, sd=sd), count - 1)


def test_fits_to_noisy_points_are_numpys_seed_by_seed():
    found = family.noisy(SEEDS, 4, 8, (0.2, 0.7))
    assert len(found) == 7
    for at, seed in enumerate(SEEDS):
        few, many = best(seed, 4), best(seed, 8)
        middle = FINE[(FINE >= 0.2) & (FINE <= 0.7)]
        expected = {
            "few": rms(few(TEST_X) - curve(TEST_X)),
            "many": rms(many(TEST_X) - curve(TEST_X)),
            "legendre": rms(many(TEST_X) - curve(TEST_X)),  # the same polynomial
            "few_training": rms(few(TRAIN_X) - sample(seed)),
            "many_training": rms(many(TRAIN_X) - sample(seed)),
            "inside": np.abs(many(middle) - curve(middle)).max(),
            "everywhere": np.abs(many(FINE) - curve(FINE)).max(),
        }
        for name, value in expected.items():
            assert found[name].shape == (2,)
            assert found[name][at] == pytest.approx(value, rel=2e-3), name


def test_the_slope_is_that_of_errors_over_noise_seed_by_seed():
    sds = (0.3, 1.0, 5.0)  # so large that the curve itself hardly matters: nearly, not quite 1
    found = family.small_noise(SEEDS, 4, sds)["slope"]
    for at, seed in enumerate(SEEDS):
        errors = [rms(best(seed, 4, sd)(TEST_X) - curve(TEST_X)) for sd in sds]
        expected = np.polyfit(np.log(sds), np.log(errors), 1)[0]
        assert found[at] == pytest.approx(expected, rel=1e-6)
        assert 0.5 < expected < 0.999


def test_cut_offs_go_by_their_names(monkeypatch):
    """An invented solver: what it was told to cut off is the height of a flat line."""
    told = {0.0: 10.0, None: 20.0, 0.5: 30.0}

    def invented(x, y, coefficients, rcond):
        assert (coefficients, y.shape) == (7, (21, 2)) and np.array_equal(x, TRAIN_X)
        return np.full((1, 2), told[rcond])

    monkeypatch.setattr(ls, "fit", invented)
    found = family.cut_off(SEEDS, 7, 0.5)
    for name, height in {"nothing": 10, "default": 20, "brutal": 30}.items():
        np.testing.assert_allclose(found[name], rms(height - curve(TEST_X)), err_msg=name)


def test_cures_are_ridge_and_the_smallest_series_seed_by_seed():
    found = family.cures(SEEDS, 4, 8, 0.01, 1e-4, (21, 50), 1.0)
    powers, at = (np.vander(x, 8, increasing=True) for x in (TRAIN_X, TEST_X))
    for n, seed in enumerate(SEEDS):
        y = sample(seed)
        assert found["few"][n] == pytest.approx(rms(best(seed, 4)(TEST_X) - curve(TEST_X)))
        held = np.linalg.solve(powers.T @ powers + 0.01 * np.eye(8), powers.T @ y)
        assert found["ridge"][n] == pytest.approx(rms(at @ held - curve(TEST_X)), rel=1e-6)
        for count in (21, 50):
            scale = 1 / np.arange(1, count + 1)
            basis, there = (
                np.polynomial.legendre.legvander(2 * x - 1, count - 1) * scale
                for x in (TRAIN_X, TEST_X)
            )
            least = basis.T @ np.linalg.solve(basis @ basis.T, y)  # of least norm
            expected = rms(there @ least - curve(TEST_X))
            assert found[f"beyond_{count}"][n] == pytest.approx(expected, rel=1e-4)


def test_claims_read_what_their_sentences_say():
    q = dict(zip("many few many_training few_training".split(), (3.0, 2.0, 0.5, 5.0), strict=True))
    q |= dict(zip("everywhere inside legendre slope".split(), (77.0, 7.0, 2.7, 0.9), strict=True))
    q |= dict(zip("default nothing brutal".split(), (6.0, 12.0, 1.2), strict=True))
    q |= {"ridge": 2.6, "beyond_400": 4.0, "beyond_21": 8.0, "largest_error": 1e-9}
    expected = {
        "polynomial-squeezed": 1e-9,
        "polynomial-clean": 1e-9,
        "polynomial-noisy": 3 / 2,
        "polynomial-training": 0.5 / 5,
        "polynomial-edges": 77 / 7,
        "polynomial-basis": 0.1,
        "polynomial-proportional": 0.1,
        "polynomial-default": 6 / 12,
        "polynomial-brutal": 1.2 / 12,
        "polynomial-ridge-seldom": 2.6 / 2,
        "polynomial-ridge": 2.6 / 2,
        "polynomial-ridge-close": 2.6 / 2,
        "polynomial-descent": 4 / 8,
        "polynomial-descent-worse": 4 / 2,
    }
    values = {claim.id: claim.value(q) for claim in family.CLAIMS if claim.id in expected}
    assert values == pytest.approx(expected)
