"""Gaps of logits against PyTorch's own descent, the closed form, and the fixed point."""

import numpy as np
import pytest
import torch
from scipy.integrate import solve_ivp
from torch import nn

from demos.label_smoothing import gaps


@pytest.mark.parametrize(("classes", "smoothing"), [(2, 0.0), (3, 0.1), (10, 0.5)])
def test_one_points_logits_descend_as_pytorchs_do(classes, smoothing, steps=50, lr=0.3):
    logits = nn.Parameter(torch.zeros(1, classes, dtype=torch.float64))
    loss = nn.CrossEntropyLoss(label_smoothing=smoothing)
    optimizer = torch.optim.SGD([logits], lr=lr)
    expected = [0.0]
    for _ in range(steps):
        optimizer.zero_grad()
        loss(logits, torch.tensor([0])).backward()
        optimizer.step()
        expected.append((logits[0, 0] - logits[0, 1]).item())
    found = gaps.descended(classes, smoothing, lr, steps)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_the_formula_solves_its_differential_equation(classes):
    """dg/dt = K / (exp(g) + K - 1): the gradient's pull on the right logit, minus that on another."""
    times = np.array([0.0, 0.1, 1.0, 30.0, 1000.0])
    flow = solve_ivp(
        lambda _, g: classes / (np.exp(g) + classes - 1),
        (0, times[-1]), [0.0], t_eval=times, rtol=1e-10, atol=1e-12,
    )  # fmt: skip
    np.testing.assert_allclose(gaps.at_time(times, classes), flow.y[0], rtol=1e-6, atol=1e-9)


def test_in_the_end_the_gap_is_the_logarithm_of_time():
    late = gaps.at_time([1e8, 1e9], 5)
    assert late[1] - late[0] == pytest.approx(np.log(10), abs=1e-5)
    assert late[1] == pytest.approx(np.log(5e9), abs=1e-5)


@pytest.mark.parametrize("classes", [2, 3, 10])
@pytest.mark.parametrize("smoothing", [0.01, 0.1, 0.5])
def test_the_end_is_where_the_smoothed_label_is_met(classes, smoothing):
    logits = torch.zeros(1, classes, dtype=torch.float64)
    logits[0, 0] = gaps.end(smoothing, classes)
    logits.requires_grad_()
    nn.functional.cross_entropy(logits, torch.tensor([0]), label_smoothing=smoothing).backward()
    assert logits.grad.abs().max() < 1e-12
    at_last = gaps.descended(classes, smoothing, lr=0.5, steps=20_000)[-1]
    assert at_last == pytest.approx(gaps.end(smoothing, classes), abs=1e-6)


def test_a_gap_is_between_the_two_highest():
    logits = torch.tensor([[[1.0, 5.0, 2.0], [7.0, 7.0, -1.0]]])
    assert gaps.gap(logits).tolist() == [[3.0, 0.0]]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: gaps.descended(1, 0.1, 0.1, 5), "classes is 1: say a whole number, 2 or more"),
        (lambda: gaps.descended(3, 1.5, 0.1, 5), "smoothing is 1.5: say a number from 0 to 1"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
