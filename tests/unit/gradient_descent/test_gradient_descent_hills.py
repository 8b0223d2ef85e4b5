"""The surface, restarts, Hessians and sums of valleys, against PyTorch, SciPy and closed forms."""

import numpy as np
import pytest
import torch
from scipy.optimize import minimize
from scipy.stats import binom

from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills
from demos.gradient_descent import summary


def matlabs(x, y):
    """`peaks` as MATLAB's documentation has it."""
    return (
        3 * (1 - x) ** 2 * torch.exp(-(x**2) - (y + 1) ** 2)
        - 10 * (x / 5 - x**3 - y**5) * torch.exp(-(x**2) - y**2)
        - torch.exp(-((x + 1) ** 2) - y**2) / 3
    )


def test_heights_and_partial_derivatives_are_matlabs_and_pytorchs():
    points = np.random.default_rng(0).uniform(-3, 3, (4, 5, 2))
    p = torch.tensor(points, requires_grad=True)
    heights = matlabs(p[..., 0], p[..., 1])
    heights.sum().backward()
    np.testing.assert_allclose(hills.peaks(points), heights.detach().numpy(), atol=1e-12)
    np.testing.assert_allclose(hills.gradient(points), p.grad.numpy(), atol=1e-12)


def test_the_deepest_hollow_is_scipys():
    found = minimize(hills.peaks, (0, -1.5), jac=hills.gradient, tol=1e-10)
    assert found.x == pytest.approx(hills.DEEPEST, abs=1e-6)
    along = np.linspace(-3, 3, 301)
    heights = hills.peaks(np.stack(np.meshgrid(along, along), -1))
    assert heights.min() >= hills.peaks(hills.DEEPEST)


def test_who_finds_it_starts_near_it():
    starts = np.array([[0.3, -1.5], [-1.3, 0.2], [0.2, 1.6]])
    assert hills.found(starts).tolist() == [True, False, False]
    assert hills.found(starts, steps=0).tolist() == [False] * 3


def test_the_best_of_groups_and_its_formula():
    hits = np.array([0, 0, 1, 0, 0, 0, 1, 1], bool)
    assert hills.best_of(hits, 2) == 0.5
    assert hills.best_of(hits, 4) == 1.0
    assert hills.best_of(hits, 1) == 3 / 8
    for p in (0.1, 0.34):
        assert hills.one_of(p) == pytest.approx(binom.sf(0, 5, p))
        assert hills.one_of(p, 2) == pytest.approx(binom.sf(0, 2, p))


def test_best_of_each_count_is_that_of_the_same_starts():
    p, shares = summary.best_of_each(4, [1, 2])
    hits = hills.found(gd.random_starts(4, summary.TRIES, 2))
    assert p == shares[0] == hits.mean()
    assert shares[1] == np.mean(hits[::2] | hits[1::2])


@pytest.mark.parametrize("way", [0, 1])
def test_uphill_is_pytorchs_maximize(way):
    starts = np.array([[0.5, 0.5], [-0.2, 1.0]])
    found = hills.uphill(starts, 0.05, 12)[way]
    p = torch.tensor(starts, requires_grad=True)
    optimizer = torch.optim.SGD([p], lr=0.05, maximize=True)
    for step in range(13):
        np.testing.assert_allclose(found[step], p.detach().numpy(), rtol=1e-9, atol=1e-9)
        optimizer.zero_grad()
        matlabs(p[:, 0], p[:, 1]).sum().backward()
        optimizer.step()
    assert (hills.peaks(found[-1]) > hills.peaks(starts)).all()


def test_shares_of_minima_are_the_closed_forms():
    exact = {1: 1 / 2, 2: (2 - np.sqrt(2)) / 4, 3: (np.pi - 2 * np.sqrt(2)) / (4 * np.pi)}
    for dimension, share in exact.items():
        draws = 60_000
        found = hills.minima(hills.symmetric(1, dimension, draws))
        assert abs(found - share) < 4 * np.sqrt(share / draws)


def test_random_matrices_are_symmetric_and_minima_are_those_with_a_root():
    some = hills.symmetric(2, 3, 400)
    np.testing.assert_array_equal(some, some.swapaxes(1, 2))
    assert some[:, 0, 0].std() == pytest.approx(1, abs=0.1)
    assert some[:, 0, 1].std() == pytest.approx(np.sqrt(0.5), abs=0.1)
    positive = 0
    for matrix in some:
        try:
            np.linalg.cholesky(matrix)
            positive += 1
        except np.linalg.LinAlgError:
            pass
    assert hills.minima(some) == positive / 400
    assert not np.allclose(some[:, 0, 0], hills.symmetric(3, 3, 400)[:, 0, 0])


def test_hessians_of_least_squares_bend_upwards_in_every_direction():
    some = hills.least_squares(0, 5, 300)
    assert some.shape == (300, 5, 5)
    assert hills.minima(some) == 1
    assert np.trace(some.mean(0)) == pytest.approx(5 * 20, rel=0.05)
    few = hills.least_squares(0, 5, 50, points=3)  # more numbers than points: flat directions
    assert np.abs(np.linalg.eigvalsh(few)[:, 0]).max() < 1e-8


def test_valleys_are_counted_from_the_left():
    ends = np.array([[-1.4, -0.5], [0.5, 1.4]])
    assert hills.valley_of(ends).tolist() == [[0, 1], [2, 3]]


def test_a_sum_of_valleys_is_descended_coordinate_by_coordinate():
    share, minima = hills.sums_of_valleys(3, 2, starts=60)
    start = gd.random_starts([3, 2], 60, 2)
    ends = [
        [gd.descended(gd.valleys_slope, x, 0.01, 500).item() for x in one] for one in start.tolist()
    ]
    arrived = [all(abs(abs(x) - gd.BOTTOM) < 1e-3 for x in one) for one in ends]
    assert share == np.mean(arrived)
    assert minima == len({tuple(np.round(one, 2)) for one in ends})


def test_more_starts_find_every_minimum_of_a_sum_of_two():
    assert hills.sums_of_valleys(0, 2, starts=600)[1] == 16
