"""The cliff and clipping, against autograd, torch's own clipping and its SGD."""

import numpy as np
import pytest
import torch
from torch import nn

from demos.a_good_start import compute_clipping as clip

W, B = np.array([1.02, 1.1, 0.9]), np.array([0.0, -0.03, 0.05])


def test_loss_and_gradient_are_autograds():
    w, b = (torch.tensor(each, requires_grad=True) for each in (W, B))
    x = torch.ones(3, dtype=torch.float64)
    for _ in range(30):
        x = w * x + b
    loss = (x - 0.7) ** 2
    loss.sum().backward()
    np.testing.assert_allclose(clip.loss(W, B), loss.detach())
    np.testing.assert_allclose(clip.gradient(W, B), np.stack([w.grad, b.grad], -1), rtol=1e-10)
    np.testing.assert_allclose(clip.loss(W), (W**30 - 0.7) ** 2)
    np.testing.assert_allclose(clip.gradient(W)[:, 0], 60 * W**29 * (W**30 - 0.7))


@pytest.mark.parametrize("longest", [1.0, 50.0])
def test_both_ways_to_clip_are_torchs(longest):
    for row in [*clip.gradient(W, B), np.array([0.3, -0.2])]:
        ways = {
            clip.by_norm: lambda p: nn.utils.clip_grad_norm_(p, longest),
            clip.by_value: lambda p: nn.utils.clip_grad_value_(p, longest),
        }
        for ours, theirs in ways.items():
            p = torch.zeros(2, dtype=torch.float64, requires_grad=True)
            p.grad = torch.tensor(row)
            theirs([p])
            np.testing.assert_allclose(ours(row, longest), p.grad, rtol=1e-12)


@pytest.mark.parametrize("way", [None, clip.by_norm])
def test_a_descent_is_that_of_sgd(way):
    w = torch.tensor([1.06], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.002)
    path = [w.item()]
    for _ in range(40):
        optimizer.zero_grad()
        ((w**30 - 0.7) ** 2).sum().backward()
        if way:
            nn.utils.clip_grad_norm_([w], 1.0)
        optimizer.step()
        path.append(w.item())
    np.testing.assert_allclose(clip.descent([1.06], way, 0.002, 40)[:, 0], path, rtol=1e-9)


def test_distances_end_where_numbers_do():
    found = clip.distance(np.array([clip.GOAL, 1.0, np.inf, np.nan, -2e9]))
    np.testing.assert_allclose(found, [0, 1 - 0.7 ** (1 / 30), 1e6, 1e6, 1e6], atol=1e-15)
    assert clip.loss(clip.GOAL) == pytest.approx(0, abs=1e-25)


def test_degrees_turned():
    gradients = np.array([[3.0, 0.0], [2.0, 2.0], [0.0, 5.0]])
    others = np.array([[1.0, 1.0], [1.0, 1.0], [0.1, 0.0]])
    np.testing.assert_allclose(clip.turned(gradients, others), [45, 0, 90])


def test_starts_fill_the_interval():
    starts = clip.starts(range(200))
    assert starts.min() < 1.02 and starts.max() > 1.48 and 1 <= starts.min() < starts.max() <= 1.5
    np.testing.assert_array_equal(starts[3:5], clip.starts([3, 4]))
