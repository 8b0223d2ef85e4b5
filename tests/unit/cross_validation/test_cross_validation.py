"""Splits against scikit-learn's and plain loops, the many fits at once against LogisticRegression."""

import numpy as np
import pytest
import torch
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, ShuffleSplit, cross_val_score

from demos.cross_validation import compute as cv
from demos.cross_validation import summary

EXACT = LogisticRegression(solver="newton-cholesky", tol=1e-10)


def test_data_sets_are_scikit_learns_and_fresh_points_are_others():
    x, y = cv.moons(3)
    expected, labels = make_moons(100, noise=0.3, random_state=3)
    assert np.array_equal(x, expected) and np.array_equal(y, labels)
    new, _ = cv.fresh(3)
    assert len(new) == 10_000
    assert np.array_equal(new, make_moons(10_000, noise=0.3, random_state=500_003)[0])


def test_a_shuffle_is_the_order_of_torchs_numbers():
    order = cv.shuffled(4, 30)
    lots = torch.rand(30, generator=torch.Generator().manual_seed(4)).tolist()
    assert [lots[i] for i in order] == sorted(lots)
    assert not np.array_equal(order, cv.shuffled(5, 30))


def test_each_point_is_held_out_once_in_the_order_given():
    order = cv.shuffled(1, 11)
    held = cv.folds(order, 4)
    assert held.shape == (4, 11) and (held.sum(0) == 1).all()
    parts = (order[:3], order[3:6], order[6:9], order[9:])  # the first ones are a point larger
    assert [set(np.flatnonzero(row)) for row in held] == [set(part) for part in parts]
    (one,) = cv.single(order, 5)
    assert set(np.flatnonzero(one)) == set(order[:5])


def test_random_splits_are_shufflesplits():
    held = cv.several(6, 40, count=3, tested=8)
    splitter = ShuffleSplit(3, test_size=8, random_state=6)
    expected = [set(test) for _, test in splitter.split(np.empty(40))]
    assert [set(np.flatnonzero(row)) for row in held] == expected


def test_many_fits_at_once_are_scikit_learns():
    x, y = cv.moons(7)
    held = np.concatenate([cv.folds(cv.shuffled(2, 100), 5), np.zeros((1, 100), bool)])
    for row, weights in zip(held, cv.fitted(x, y, held), strict=True):
        model = EXACT.fit(x[~row], y[~row])
        expected = [*model.intercept_, *model.coef_[0]]
        np.testing.assert_allclose(weights, expected, rtol=1e-6)


def test_what_is_right_is_what_predict_says():
    x, y = cv.moons(8)
    (weights,) = cv.fitted(x, y, np.zeros((1, 100), bool))
    new, labels = cv.fresh(8, 500)
    expected = EXACT.fit(x, y).predict(new) == labels
    assert np.array_equal(cv.right(weights[None], new, labels)[0], expected)
    assert cv.truth(x, y, 8) == pytest.approx(EXACT.score(*cv.fresh(8)), abs=1e-4)


@pytest.mark.parametrize(("way", "count"), [("five_folds", 5), ("ten_folds", 10)])
def test_an_estimate_is_cross_val_scores_mean(way, count):
    x, y = cv.moons(9)
    found = cv.reshuffled(x, y, way, shuffles=3)
    for seed in range(3):
        order = cv.shuffled(seed, 100)
        each = cross_val_score(EXACT, x[order], y[order], cv=KFold(count))
        assert found[seed] == pytest.approx(each.mean(), abs=1e-9)


def test_one_split_and_random_ones_by_a_plain_loop():
    x, y = cv.moons(10)
    found = {way: cv.reshuffled(x, y, way, 2, tested=30) for way in ("one", "five_splits")}
    for seed in range(2):
        test = cv.shuffled(seed, 100)[:30]
        rest = np.setdiff1d(np.arange(100), test)
        assert found["one"][seed] == EXACT.fit(x[rest], y[rest]).score(x[test], y[test])
        drawn = ShuffleSplit(5, test_size=30, random_state=seed)
        each = cross_val_score(EXACT, x, y, cv=drawn)
        assert found["five_splits"][seed] == pytest.approx(each.mean(), abs=1e-9)


def test_folds_of_other_sizes_weigh_as_folds_not_as_points():
    x, y = cv.moons(11)
    held = np.zeros((2, 100), bool)
    held[0, :10], held[1, 10:40] = True, True
    shares = [EXACT.fit(x[~row], y[~row]).score(x[row], y[row]) for row in held]
    assert cv.estimate(x, y, held) == pytest.approx(np.mean(shares), abs=1e-12)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: cv.moons(0, points=2), "points is 2: say a whole number, 4 or more"),
        (lambda: cv.moons(0, noise_sd=-1), "noise_sd is -1: say a number, 0 or more"),
        (lambda: cv.folds(np.arange(9), 1), "folds is 1: say a whole number from 2 to 9"),
        (lambda: cv.single(np.arange(9), 9), "tested is 9: say a whole number from 1 to 8"),
        (lambda: cv.splits("some", 0, 9), "way is 'some': say 'one' or 'five_splits' or"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_numbers_that_slides_quote():
    moved = summary.moving({"one": np.array([0.7, 0.9])})
    assert moved == {
        "moves_one": pytest.approx(0.2**0.5 / 10**0.5),
        "low_one": 0.7,
        "high_one": 0.9,
    }
    found = {"first_one": np.array([0.3, -0.1]), "first_five_folds": np.array([0.1, -0.3])}
    numbers = summary.over_sets(found, ["one", "five_folds"])
    assert numbers == {
        "off_one": pytest.approx(0.05**0.5),
        "off_five_folds": pytest.approx(0.05**0.5),
        "low_five_folds": pytest.approx(-0.1),
    }
    answers = np.random.default_rng(1).random(200) < 0.7
    bars = summary.middle(answers, (5, 20), most=30)
    for size, count, bar in ((5, 30, bars[0]), (20, 10, bars[1])):
        shares = [answers[size * k : size * (k + 1)].mean() for k in range(count)]
        np.testing.assert_allclose(bar, np.percentile(shares, [2.5, 97.5]))
