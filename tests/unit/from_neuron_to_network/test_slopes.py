"""Lines through noisy points against SciPy's regression and NumPy's correlation."""

import numpy as np
import pytest
import torch
from scipy.stats import linregress
from torch import nn

from demos.from_neuron_to_network import slopes


def test_points_lie_about_their_line_and_share_their_noise():
    x, y = slopes.line(3, 1.5, noise=0.5, count=100_000)
    fit = linregress(x, y)
    assert fit.slope == pytest.approx(1.5, abs=0.02) and fit.intercept == pytest.approx(0, abs=0.02)
    assert np.std(y - 1.5 * x) == pytest.approx(0.5, rel=0.02)
    again, other = slopes.line(3, -1.0, noise=0.5, count=100_000)
    np.testing.assert_allclose(y - 1.5 * x, other + again, atol=1e-12)


def test_a_trained_neuron_is_the_least_squares_line():
    loss, together = slopes.fitted([4, 5], slopes=(-2.0, 0.0, 0.5), steps=2000)
    for n, seed in enumerate((4, 5)):
        for m, slope in enumerate((-2.0, 0.0, 0.5)):
            x, y = slopes.line(seed, slope)
            fit = linregress(x, y)
            off = y - fit.slope * x - fit.intercept
            assert loss[n, m] == pytest.approx(np.mean(off**2), rel=1e-4)
            assert together[n, m] == pytest.approx(abs(fit.rvalue), abs=1e-3)


def test_a_network_with_a_bend_is_that_of_the_plain_loop(steps=5):
    loss, _ = slopes.fitted([8], slopes.COURSE, (2.0,), lr=0.05, steps=steps)
    torch.manual_seed(8)
    net = nn.Sequential(nn.Linear(1, 1), nn.ReLU(), nn.Linear(1, 1))
    x, y = (torch.tensor(each).float()[:, None] for each in slopes.line(8, 2.0))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x), y).backward()
        optimizer.step()
    assert loss.item() == pytest.approx(nn.functional.mse_loss(net(x), y).item(), rel=1e-4)


def test_correlation_is_numpys_and_zero_where_nothing_moves():
    out, y = np.random.default_rng(0).normal(size=(2, 3, 20))
    found = slopes.correlation(out, y)
    for n in range(3):
        assert found[n] == pytest.approx(np.corrcoef(out[n], y[n])[0, 1])
    assert slopes.correlation(np.full(5, 2.0), np.arange(5.0)) == 0


def test_the_formula_is_the_correlation_of_very_many_points():
    for slope in (0.0, -0.5, 2.0):
        x, y = slopes.line(1, slope, count=400_000)
        found = slopes.correlation(slope * x, y)
        assert slopes.expected(slope) == pytest.approx(found, abs=0.005)


def test_what_makes_no_sense_is_told():
    with pytest.raises(ValueError, match="noise is -1: say a number, 0 or more"):
        slopes.line(0, 1.0, noise=-1)
    with pytest.raises(ValueError, match="seed is 0.5: say a whole number"):
        slopes.line(0.5, 1.0)
