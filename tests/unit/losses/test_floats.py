"""What overflows and what does not, against PyTorch's own softmax and the limits of float types."""

import math

import pytest
import torch

from demos.losses import floats


def test_both_are_a_softmax_where_nothing_overflows():
    logits = torch.randn(6, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    for softmax in (floats.naive_softmax, floats.shifted_softmax):
        torch.testing.assert_close(softmax(logits), logits.softmax(-1))


@pytest.mark.parametrize("dtype", floats.TYPES)
def test_the_naive_one_is_nan_where_the_exponential_leaves_the_type(dtype):
    first = floats.first_nan(dtype)
    most = math.log(torch.finfo(dtype).max)
    assert first == math.floor(most) + 1
    for logit, is_nan in ((first, True), (first - 1, False)):
        row = torch.tensor([logit, 0.0, 0.0], dtype=dtype)
        assert bool(floats.naive_softmax(row).isnan().any()) == is_nan
    row = torch.tensor([1000.0, 0.0, 0.0], dtype=dtype)
    assert floats.shifted_softmax(row).tolist() == [1, 0, 0]


def test_slopes_after_a_sigmoid_and_from_logits():
    (after, after_slope), (direct, slope) = floats.slopes_when_wrong(3.0)
    assert after == pytest.approx(math.log1p(math.exp(3)), rel=1e-4)
    assert direct == pytest.approx(math.log1p(math.exp(3)), rel=1e-5)
    assert after_slope == pytest.approx(1 / (1 + math.exp(-3)), rel=1e-4)
    assert slope == pytest.approx(1 / (1 + math.exp(-3)), rel=1e-5)
    (after, after_slope), (direct, slope) = floats.slopes_when_wrong(30.0)
    assert (after, after_slope) == (100, 0)
    assert (direct, slope) == (30, 1)
