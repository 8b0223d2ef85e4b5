"""Three ways to go together are what they are called."""

import numpy as np
import pytest

from demos.correlations import scatter

N = 20_000


def test_correlation_is_pearson_s():
    a, b = np.random.default_rng(0).random((2, 30))
    by_hand = ((a - a.mean()) * (b - b.mean())).mean() / (a.std() * b.std())
    assert scatter.correlation(a, b) == pytest.approx(by_hand)


def test_weak_is_weak_and_strong_is_strong():
    # b = c a + s e has r = c / sqrt(c² + s²)
    assert scatter.correlation(*scatter.weak(N, 0)) == pytest.approx(0.4 / 1.16**0.5, abs=0.03)
    assert scatter.correlation(*scatter.strong(N, 0)) == pytest.approx(1 / 1.2025**0.5, abs=0.01)


def test_spurious_is_strong_together_and_nothing_apart():
    (a, b), second = scatter.spurious(N, 0), scatter.kinds(N)
    assert scatter.correlation(a, b) == pytest.approx(1 / (1 + 0.45**2), abs=0.01)
    for kind in (second, ~second):
        assert kind.sum() == N / 2
        assert abs(scatter.correlation(a[kind], b[kind])) < 0.03


def test_another_seed_is_another_cloud():
    for way in (scatter.weak, scatter.strong, scatter.spurious):
        assert not np.array_equal(way(9, 0), way(9, 1))
        assert np.array_equal(way(9, 1), way(9, 1))
