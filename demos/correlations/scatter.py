"""Three ways to go together: two numbers of each of many things, and how strongly they correlate."""

import numpy as np


def weak(n, seed):
    """A little of a is in b. a, b: (n,)."""
    a, rest = np.random.default_rng([seed, 1]).standard_normal((2, n))
    return a, 0.4 * a + rest


def strong(n, seed):
    """Nearly all of b is a."""
    a, rest = np.random.default_rng([seed, 2]).standard_normal((2, n))
    return a, a + 0.45 * rest


def spurious(n, seed):
    """Neither is in the other; every second thing is of a kind that has more of both."""
    a, b = 0.45 * np.random.default_rng([seed, 3]).standard_normal((2, n))
    more = np.where(kinds(n), 1.0, -1.0)
    return a + more, b + more


def kinds(n):
    """Which of n things are of the second kind: (n,) of bool."""
    return np.arange(n) % 2 == 1


def correlation(a, b):
    """Pearson's r, -1 to 1."""
    return float(np.corrcoef(a, b)[0, 1])
