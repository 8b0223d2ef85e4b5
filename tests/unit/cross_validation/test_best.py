"""The best of many coin-tossers: the formula against every outcome, the models against the formula."""

from itertools import product

import numpy as np
import pytest

from demos.cross_validation import compute_best as best
from demos.cross_validation import summary


@pytest.mark.parametrize(("tried", "tested"), [(1, 4), (2, 3), (3, 4)])
def test_the_formula_is_the_mean_over_every_outcome(tried, tested):
    outcomes = [sum(toss) / tested for toss in product((0, 1), repeat=tested)]
    expected = np.mean([max(some) for some in product(outcomes, repeat=tried)])
    assert best.expected(tried, tested) == pytest.approx(expected, rel=1e-12)


def test_the_best_of_many_draws_is_where_the_formula_says():
    draws = np.random.default_rng(3).binomial(100, 0.5, (20_000, 30)).max(1) / 100
    assert best.expected(30, 100) == pytest.approx(draws.mean(), abs=0.001)


def test_models_toss_coins_independently():
    found = [best.scores(seed, tried=20, tested=50, fresh=200) for seed in range(30)]
    tested, fresh = (np.array(each) for each in zip(*found, strict=True))
    assert tested.shape == fresh.shape == (30, 20)
    for shares, n in ((tested, 50), (fresh, 200)):
        assert shares.mean() == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(n * shares.size))
        assert shares.std() == pytest.approx(0.5 / n**0.5, rel=0.12)
    # models of a seed are no more alike than others: their mean moves as a mean of 20
    assert tested.mean(1).std() == pytest.approx(0.5 / np.sqrt(50 * 20), rel=0.5)
    assert tested.max(1).mean() == pytest.approx(best.expected(20, 50), abs=0.03)


def test_the_winner_is_the_first_of_the_best_and_keeps_its_own_fresh_score():
    tested, fresh = np.array([0.4, 0.6, 0.5, 0.9]), np.array([0.1, 0.2, 0.3, 0.4])
    assert best.winner(tested, fresh, 1) == (0.4, 0.1)
    assert best.winner(tested, fresh, 3) == (0.6, 0.2)
    assert best.winner(tested, fresh, 4) == (0.9, 0.4)


def test_running_means_are_over_seeds(monkeypatch):
    fixed = {
        1: (np.array([0.4, 0.6]), np.array([0.5, 0.1])),
        2: (np.array([0.8, 0.6]), np.array([0.7, 0.9])),
    }
    monkeypatch.setattr(best, "scores", lambda seed, tried, tested: fixed[seed])
    chosen, fresh, formula = summary.running([1, 2], tried=2, tested=30)
    np.testing.assert_allclose(chosen, [0.6, 0.7])
    np.testing.assert_allclose(fresh, [0.6, 0.4])
    np.testing.assert_allclose(formula, [0.5, best.expected(2, 30)])


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="tried is 0: say a whole number, 1 or more"):
        best.scores(0, tried=0)
