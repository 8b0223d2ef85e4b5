"""Sorted files against splits by hand; error bars against sums over outcomes and the beta distribution."""

from math import comb

import numpy as np
import pytest
import torch
from scipy.stats import beta
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from torch.utils.data import DataLoader

from demos.cross_validation import compute as cv
from demos.cross_validation import compute_order as files
from demos.cross_validation import compute_tests as tests

X, Y = load_iris(return_X_y=True)


def test_a_sorted_order_keeps_classes_together_and_shuffles_within():
    found = files.orders(3, Y)
    assert sorted(found["shuffled"]) == sorted(found["sorted"]) == list(range(150))
    assert np.array_equal(Y[found["sorted"]], np.repeat([0, 1, 2], 50))
    within = found["shuffled"][Y[found["shuffled"]] == 2]
    assert np.array_equal(found["sorted"][100:], within)
    assert len(set(Y[found["shuffled"][120:]])) > 1


def test_the_last_part_is_tested_by_a_model_of_the_first():
    order = files.orders(4, Y)["shuffled"]
    train, test = order[:120], order[120:]
    mean, sd = X[train].mean(0), X[train].std(0)
    model = LogisticRegression().fit((X[train] - mean) / sd, Y[train])
    expected = model.score((X[test] - mean) / sd, Y[test])
    assert files.last_part(X, Y, order) == expected
    assert files.iris(4)["last_shuffled"] == expected


def test_three_folds_in_file_order_are_three_classes():
    found = files.iris(5)
    assert found["folds"] == 0
    in_order = files.orders(5, Y)["sorted"]
    assert set(Y[in_order[120:]]) == {2}
    assert found["last_sorted"] == files.last_part(X, Y, in_order)


def test_the_formula_is_the_binomials_standard_deviation():
    p, n = 0.85, 7
    chances = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    second = sum(chance * (k / n - p) ** 2 for k, chance in enumerate(chances))
    assert tests.standard_error(p, n) == pytest.approx(second**0.5)


def test_test_sets_are_cut_from_one_models_answers():
    found, p = tests.of_test_sets(3, sets=20, tested=50)
    answers = tests.hits(3, 1000)
    x, y = cv.moons(3)
    new, labels = cv.fresh(3, 1000)
    model = LogisticRegression(solver="newton-cholesky", tol=1e-10).fit(x, y)
    assert np.array_equal(answers, model.predict(new) == labels)
    assert p == answers.mean() and found.shape == (20,)
    assert found[1] == answers[50:100].mean()


@pytest.mark.parametrize(("count", "size"), [(50, 16), (30, 14), (32, 16)])
def test_batches_are_the_loaders(count, size):
    answers = np.random.default_rng(2).random(count) < 0.8
    loader = DataLoader(torch.tensor(answers, dtype=torch.float64), batch_size=size)
    expected = [batch.mean().item() for batch in loader]
    np.testing.assert_allclose(tests.of_batches(answers, size), expected)


def test_scipys_interval_is_clopper_and_pearsons():
    low, high = tests.exact(np.arange(31), 30)
    for k in range(31):
        below = beta.ppf(0.025, k, 31 - k) if k else 0
        above = beta.ppf(0.975, k + 1, 30 - k) if k < 30 else 1
        assert (low[k], high[k]) == (pytest.approx(below), pytest.approx(above))


def test_the_textbooks_interval_by_hand():
    low, high = tests.told(np.array([0, 24, 30]), 30)
    bar = 1.96 * (0.8 * 0.2 / 30) ** 0.5
    np.testing.assert_allclose(low, [0, 0.8 - bar, 1])
    np.testing.assert_allclose(high, [0, 0.8 + bar, 1])


def test_coverage_is_the_chance_of_all_outcomes_whose_interval_holds_p():
    p, n = 0.9, 12
    expected = 0
    for k in range(n + 1):
        bar = 1.96 * (k / n * (1 - k / n) / n) ** 0.5
        if abs(k / n - p) <= bar:
            expected += comb(n, k) * p**k * (1 - p) ** (n - k)
    assert tests.coverage(tests.told, p, n) == pytest.approx(expected)
    assert tests.coverage(tests.exact, p, n) >= 0.95


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="size is 0: say a whole number, 1 or more"):
        tests.of_batches(np.ones(3), 0)
    with pytest.raises(ValueError, match="share is 1: say a number from 0.5 up to 1, without 1"):
        files.cut(np.arange(4), 1)
