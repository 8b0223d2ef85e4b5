"""Values that make no sense, told in a sentence before anything computes with them.

A check raises or does nothing, so it is no part of what a recorded measurement depends on.
"""

from numbers import Integral, Real

import numpy as np


def number(name, value, least=None, most=None, below=None):
    """Raises ValueError unless `value`, or each of several, is a number within its limits."""
    several = isinstance(value, (list, tuple, np.ndarray))
    for each in np.ravel(value).tolist() if several else [value]:
        fits = isinstance(each, Real) and not isinstance(each, bool) and each == each
        if not fits or not (
            (least is None or each >= least)
            and (most is None or each <= most)
            and (below is None or each < below)
        ):
            raise ValueError(f"{name} is {each!r}: say a number{in_words(least, most, below)}")


def whole(name, value, least=None, most=None):
    """Raises ValueError unless `value` is a whole number with least <= value <= most."""
    fits = isinstance(value, Integral) and not isinstance(value, bool)
    if not fits or (least is not None and value < least) or (most is not None and value > most):
        raise ValueError(f"{name} is {value!r}: say a whole number{in_words(least, most)}")


def one_of(name, value, choices):
    """Raises ValueError unless `value` is among `choices`."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}: say {' or '.join(map(repr, choices))}")


def some(name, values):
    """Raises ValueError where there are none."""
    if len(values) == 0:
        raise ValueError(f"{name}: there are none: give at least one, for seeds range(1)")


def seeds(values):
    """Raises ValueError unless there is at least one seed and all are whole and not below zero."""
    some("seeds", values)
    for value in values:
        whole("seed", value, least=0)


def in_words(least=None, most=None, below=None):
    """What a number may be: " from 0 to 4"."""
    if below is not None:
        return f" from {least} up to {below}, without {below}"
    if most is not None:
        return f" from {least} to {most}"
    return "" if least is None else f", {least} or more"
