"""A weight in noise, against torch.optim on the same noise, and against the formula as a flow."""

import numpy as np
import pytest
import torch
from scipy.integrate import solve_ivp

from demos.weight_decay import noise
from demos.weight_decay.compute import COUPLED, DECOUPLED


def test_noise_is_torchs_with_mean_zero_and_variance_one():
    drawn = noise.gradients(3, 4000, 50)
    assert drawn.mean() == pytest.approx(0, abs=0.01) and drawn.std() == pytest.approx(1, abs=0.01)
    torch.manual_seed(3)
    np.testing.assert_allclose(drawn, (torch.rand(4000, 50) - 0.5) * 12**0.5, atol=1e-6)


@pytest.mark.parametrize("size", [0.1, 10.0])
def test_walks_are_torchs(size):
    drawn = noise.gradients(1, 50, 3)
    found = noise.walks(drawn, [5.0, size], decay=0.3, lr=0.01)
    for way, kind in ((COUPLED, torch.optim.Adam), (DECOUPLED, torch.optim.AdamW)):
        w = torch.ones(3, dtype=torch.float64, requires_grad=True)
        optimizer = kind([w], lr=0.01, weight_decay=0.3)
        for n, row in enumerate(drawn):
            np.testing.assert_allclose(found[way][n, 1], w.detach(), atol=1e-9)
            w.grad = torch.tensor(size * row)
            optimizer.step()
        np.testing.assert_allclose(found[way][-1, 1], w.detach(), atol=1e-9)


@pytest.mark.parametrize("way", [COUPLED, DECOUPLED])
def test_the_formula_is_a_flow_in_small_steps(way):
    sizes, lr, strength, steps = np.array([0.1, 1.0, 5.0]), 1e-3, 0.4, 2000

    def pull(_, w):
        return -strength * w / (np.sqrt(sizes**2 + (strength * w) ** 2) if way == COUPLED else 1)

    flow = solve_ivp(pull, (0, lr * steps), np.ones(3), rtol=1e-9, atol=1e-9).y[:, -1]
    found = noise.expected(sizes, way, strength, lr, steps)
    assert found.shape == (steps + 1, 3)
    np.testing.assert_allclose(found[-1], flow, atol=2e-3)


def test_what_is_left_at_three_noises():
    """e to the minus one half at noise 1; its tenth root and its tenth power by noise, nearly."""
    left = noise.expected([0.1, 1, 10], COUPLED)[-1]
    np.testing.assert_allclose(left[1:], np.exp([-0.5, -0.05]), atol=2e-3)
    assert left[0] < 0.02  # the pull is no louder than the noise only at the end
    np.testing.assert_allclose(noise.expected([9.0], DECOUPLED)[-1], np.exp(-0.5), atol=1e-3)
