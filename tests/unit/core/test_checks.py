"""Values that make no sense, and the sentence that each gets."""

import math

import numpy as np
import pytest

from demos.core import checks


@pytest.mark.parametrize("value", [0, 0.5, 1, np.float32(0.25), np.int64(1), [0, 1], np.ones(2)])
def test_a_number_within_its_limits_passes(value):
    checks.number("share", value, least=0, most=1)


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, "0.5", None, True, [0.5, 2], 0.5j])
def test_what_is_no_number_or_outside_is_told(value):
    with pytest.raises(ValueError, match="share is .*: say a number from 0 to 1$"):
        checks.number("share", value, least=0, most=1)


def test_without_limits_too_it_has_to_be_a_number():
    checks.number("slope", -1e9)
    with pytest.raises(ValueError, match="slope is nan: say a number$"):
        checks.number("slope", math.nan)


def test_a_limit_may_be_one_that_is_not_reached():
    checks.number("p", 0.999, least=0, below=1)
    with pytest.raises(ValueError, match="p is 1: say a number from 0 up to 1, without 1$"):
        checks.number("p", 1, least=0, below=1)


@pytest.mark.parametrize("value", [-1, 5, 2.0, "2", True])
def test_whole_numbers(value):
    checks.whole("gap", np.int32(4), least=0, most=4)
    with pytest.raises(ValueError, match="gap is .*: say a whole number from 0 to 4$"):
        checks.whole("gap", value, least=0, most=4)


def test_seeds_and_choices():
    checks.seeds(range(3))
    checks.seeds(np.arange(2))
    checks.one_of("kind", "mlp", ["mlp", "cnn"])
    with pytest.raises(ValueError, match="there are none: give at least one"):
        checks.seeds([])
    with pytest.raises(ValueError, match="seed is -1"):
        checks.seeds([3, -1])
    with pytest.raises(ValueError, match="kind is 'rnn': say 'mlp' or 'cnn'"):
        checks.one_of("kind", "rnn", ["mlp", "cnn"])
    with pytest.raises(ValueError, match="decay is -1: say a number, 0 or more"):
        checks.number("decay", [0, -1], least=0)
