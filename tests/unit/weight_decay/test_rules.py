"""Both rules against torch.optim; where they end, against closed forms and conditions of optimality."""

import numpy as np
import pytest
import torch
from scipy.optimize import approx_fprime

from demos.core.engine import schedules
from demos.weight_decay import compute as decay

RATES = 0.02 * schedules.cosine(40, last=0.2)


def by_torch(kind, x, y, rates, by_hand=0.0, **how):
    """Weights before and after each step of a torch.optim; `by_hand`: a decay written out beside it."""
    w = torch.ones(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = kind([w], lr=1.0, **how)
    x, y, path = torch.tensor(x), torch.tensor(y), [w.detach().numpy().copy()]
    for lr in rates:
        optimizer.param_groups[0]["lr"] = lr
        optimizer.zero_grad()
        ((x @ w - y).square().mean() / 2).backward()
        before = w.detach().clone()
        optimizer.step()
        with torch.no_grad():
            w -= lr * by_hand * before
        path.append(w.detach().numpy().copy())
    return np.array(path)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("way", decay.WAYS)
def test_sgd_is_torchs(way, momentum):
    x, y = decay.problem(3)
    found = decay.descended(decay.slope(x, y), np.ones(6), RATES, 0.7, way, momentum)
    both = {"weight_decay": 0.7} if way == decay.COUPLED else {"by_hand": 0.7}
    expected = by_torch(torch.optim.SGD, x, y, RATES, momentum=momentum, **both)
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("betas", [decay.BETAS, decay.QUICK])
@pytest.mark.parametrize("way", decay.WAYS)
def test_adam_is_torchs(way, betas):
    x, y = decay.problem(4)
    found = decay.adam(decay.slope(x, y), np.ones(6), RATES, 0.7, way, betas)
    kind = torch.optim.Adam if way == decay.COUPLED else torch.optim.AdamW
    expected = by_torch(kind, x, y, RATES, weight_decay=0.7, betas=betas)
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_a_rule_has_one_of_two_names():
    for rule in (decay.adam, decay.descended):
        with pytest.raises(ValueError, match="say 'coupled' or 'decoupled'"):
            rule(lambda w, _: w, np.ones(1), [0.1], 0.1, "l2")


def test_six_weights_make_the_targets():
    x, y = decay.problem(5, points=50_000)
    np.testing.assert_allclose(np.cov(x.T), np.eye(6), atol=0.03)
    noise = y - x @ [3, -2, 1, -0.5, 0.25, 0]
    assert noise.std() == pytest.approx(1, abs=0.02) and abs(noise @ x).max() / len(x) < 0.02
    several = decay.problems([5, 7])
    for found, expected in zip(several, decay.problem(7), strict=True):
        np.testing.assert_array_equal(found[1], expected)


def test_the_slope_is_that_of_half_the_mean_squared_error():
    x, y = decay.problems([1, 2])
    w = np.random.default_rng(0).standard_normal((2, 6))
    found = decay.slope(x, y)(w, 0)
    for n in range(2):
        expected = approx_fprime(w[n], lambda v, n=n: ((x[n] @ v - y[n]) ** 2).mean() / 2)
        np.testing.assert_allclose(found[n], expected, atol=1e-5)


def test_ridge_is_where_its_cost_has_no_slope():
    x, y = decay.problem(6)
    w = decay.ridge(x, y, 0.3)
    np.testing.assert_allclose(decay.slope(x, y)(w, 0), -0.3 * w, atol=1e-12)


@pytest.mark.parametrize("strength", [0.1, 1.0, 3.0])
def test_in_the_box_only_weights_at_the_edge_are_pulled(strength):
    """Slopes inside are 0; those at the edge point out of the box."""
    x, y = decay.problem(8)
    w = decay.boxed(x, y, strength)
    left = decay.slope(x, y)(w, 0)
    edge = np.abs(np.abs(w) - 1 / strength) < 1e-9
    assert (np.abs(w) <= 1 / strength + 1e-9).all() and edge.any() == (strength > 0.2)
    np.testing.assert_allclose(left[~edge], 0, atol=1e-8)
    assert (left[edge] * w[edge] < 0).all()


def test_where_sgd_with_momentum_ends():
    """The fixed points: speed = slope / (1 - momentum), and the step is nothing."""
    x, y = decay.problem(9)
    slope = decay.slope(x, y)
    for way, share in ((decay.COUPLED, 1.0), (decay.DECOUPLED, 0.2)):
        w = decay.descended(slope, np.zeros(6), [0.1] * 1000, 0.5, way, 0.8)[-1]
        np.testing.assert_allclose(slope(w, 0), -share * 0.5 * w, atol=1e-12)
