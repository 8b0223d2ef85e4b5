"""What is measured of ridge and of more coefficients than points, against formulas of their own."""

import numpy as np
import pytest
from numpy.polynomial import Polynomial, legendre

from demos.core.curve import TEST_X, TRAIN_X, curve, sample
from demos.least_squares import claims as family
from demos.least_squares.live import RIDGES

SEEDS = [3, 8]
SMALL = {"few": 4, "many": 9, "strength": 1e-2, "notch": 1e-4, "beyond": (25,), "taper": 0.5}


@pytest.fixture(scope="module")
def found():
    return family.cures(SEEDS, **SMALL)


def error(values):
    return np.sqrt(np.mean((values - curve(TEST_X)) ** 2))


def test_the_fits_are_numpys(found):
    for name, count in (("few", 4), ("many", 9)):
        expected = [error(Polynomial.fit(TRAIN_X, sample(s), count - 1)(TEST_X)) for s in SEEDS]
        assert found[name] == pytest.approx(expected, rel=1e-6)


def test_the_penalties_are_those_of_the_normal_equations(found):
    powers = np.vander(TRAIN_X, 9, increasing=True)
    for name, pull in (("ridge", 1e-2), ("notch", 1e-4)):
        for at, seed in enumerate(SEEDS):
            system = powers.T @ powers + pull * np.eye(9)
            weights = np.linalg.solve(system, powers.T @ sample(seed))
            expected = error(np.polyval(weights[::-1], TEST_X))
            assert found[name][at] == pytest.approx(expected, rel=1e-6)


def test_beyond_the_points_the_smallest_weights_win_tapered_or_as_powers(found):
    def smallest(basis, at, seed):
        q, r = np.linalg.qr(basis.T)
        return at @ q @ np.linalg.solve(r.T, sample(seed))

    scale = (np.arange(25) + 1.0) ** -0.5
    train, test = (legendre.legvander(2 * x - 1, 24) * scale for x in (TRAIN_X, TEST_X))
    powers = [np.vander(2 * x - 1, 25, increasing=True) for x in (TRAIN_X, TEST_X)]
    for at, seed in enumerate(SEEDS):
        tapered = error(smallest(train, test, seed))
        assert found["beyond_25"][at] == pytest.approx(tapered, rel=1e-3)
        assert found["powers_25"][at] == pytest.approx(error(smallest(*powers, seed)), rel=1e-3)


def test_the_notch_is_the_live_slides_smallest_penalty():
    assert family.CURES.settings["notch"] == min(pull for pull in RIDGES if pull)


def test_every_claim_on_cures_reads_what_its_sentence_says():
    good = {"few": 1.0, "many": 100.0, "ridge": 1.5, "notch": 5.0}
    good |= {"beyond_21": 50.0, "beyond_400": 2.0, "powers_21": 5.0, "powers_400": 900.0}
    bad = {"few": 1.0, "many": 9.0, "ridge": 2.5, "notch": 5.0}
    bad |= {"beyond_21": 0.1, "beyond_400": 0.5, "powers_21": 5.0, "powers_400": 4.0}
    for claim in family.CLAIMS:
        if claim.study is family.CURES:
            assert claim.agrees(claim.value(good)), claim.id
            worse = bad | ({"ridge": 0.5} if claim.rule == ">" and "ridge" in claim.id else {})
            assert not claim.agrees(claim.value(worse)), claim.id
