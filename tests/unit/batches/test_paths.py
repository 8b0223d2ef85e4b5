"""Paths to the best line against autograd one step at a time, and rings against the loss itself."""

import numpy as np
import pytest
import torch

from demos.batches import paths

X, Y = (torch.from_numpy(each) for each in paths.points())


def half_squares(w, rows=slice(None)):
    """Half the mean squared error of a line on some points."""
    return ((w[0] + w[1] * X[rows] - Y[rows]) ** 2).mean() / 2


@pytest.mark.parametrize(("batch", "clock", "passes"), [(16, "epochs", 8), (16, "steps", 16)])
def test_a_path_goes_through_all_points_in_each_epoch(batch, clock, passes):
    found = paths.walks(batch, 0.2, clock, seed=3, runs=2)
    assert found.shape == (2, passes * 4 + 1, 2)
    dice = torch.Generator().manual_seed(3)
    for run in range(2):
        w, at = torch.tensor(paths.START, dtype=torch.float64), 0
        for _ in range(passes):
            order = torch.rand(64, generator=dice).sort(stable=True).indices
            for rows in order.split(batch):
                np.testing.assert_allclose(found[run, at], w, atol=1e-9)
                w = w.detach().requires_grad_()
                half_squares(w, rows).backward()
                w, at = (w - 0.2 * w.grad).detach(), at + 1
        np.testing.assert_allclose(found[run, -1], w, atol=1e-9)


def test_the_clock_says_how_long():
    assert [paths.epochs(batch, "epochs") for batch in (1, 64)] == [8, 8]
    assert [paths.epochs(batch, "steps") for batch in (1, 4, 64)] == [1, 4, 64]
    assert len(paths.everything(0.1)) == 9 and len(paths.everything(0.1, "steps")) == 65


def test_the_loss_over_the_best_and_its_rings():
    best, curved = paths.bottom(*paths.points())
    expected = torch.autograd.functional.hessian(half_squares, torch.zeros(2, dtype=torch.float64))
    np.testing.assert_allclose(curved, expected, rtol=1e-9)
    least = half_squares(torch.from_numpy(best)).item()
    somewhere = np.array([[0.3, -1.0], [2.0, 2.0]])
    lost = [half_squares(torch.from_numpy(w)).item() - least for w in somewhere]
    np.testing.assert_allclose(paths.excess(somewhere), lost, rtol=1e-9)
    np.testing.assert_allclose(paths.excess(paths.ellipse(0.3).T), 0.3, rtol=1e-9)


def test_below_means_more_than_a_last_digit():
    assert paths.below(np.array([0.1, 1 - 1e-12, 1.0, 2.0]), 1.0) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: paths.epochs(3, "steps"), "batch is 3: say a number that divides 64"),
        (lambda: paths.epochs(65, "steps"), "batch is 65: say a whole number"),
        (lambda: paths.walks(4, 0.1, "hours"), "clock is 'hours': say 'epochs' or 'steps'"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
