"""The bowl of two weights, against its loss on a grid."""

import numpy as np
import pytest

from demos.weight_decay import flat
from demos.weight_decay.compute import COUPLED, DECOUPLED


def loss(w):
    wrong = w - flat.BEST
    return np.einsum("...i,ij,...j->...", wrong, flat.BOWL, wrong) / 2


def test_the_slope_is_the_loss():
    w = np.array([0.3, -0.7])
    for k, step in enumerate(1e-6 * np.eye(2)):
        slope = (loss(w + step) - loss(w - step)) / 2e-6
        assert flat.slope(w, 0)[k] == pytest.approx(slope, abs=1e-8)
    assert loss(w) == pytest.approx(((flat.root() @ (w - flat.BEST)) ** 2).sum() / 2)


@pytest.mark.parametrize("strength", [0.8, 1.0])
def test_both_ends_are_the_least_on_a_grid(strength):
    side = np.linspace(-1 / strength, 1 / strength, 401)
    grid = np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)
    np.testing.assert_allclose(flat.boxed(strength), grid[loss(grid).argmin()], atol=0.01)
    costs = loss(grid) + strength / 2 * (grid**2).sum(-1)
    np.testing.assert_allclose(flat.ridge(strength), grid[costs.argmin()], atol=0.01)


def test_adam_walks_there():
    np.testing.assert_allclose(flat.walked(COUPLED)[-1], flat.ridge(), atol=1e-3)
    np.testing.assert_allclose(flat.walked(DECOUPLED)[-1], flat.boxed(), atol=1e-3)


def test_rings_have_one_loss():
    ring = flat.level([0.5, 0.5])
    np.testing.assert_allclose(loss(ring), loss(np.array([0.5, 0.5])), atol=1e-12)
    assert len(ring) == 121 and np.ptp(ring[:, 0]) > 1
