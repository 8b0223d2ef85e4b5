"""How far a test set can be trusted: the binomial error bar, and what a short last batch does to a mean.

n answers that are right with chance p each: the share right has the standard deviation sqrt(p (1 - p) / n).
Intervals: Brown, Cai and DasGupta 2001, "Interval estimation for a binomial proportion"; Clopper and
Pearson 1934.
"""

import numpy as np
from scipy.stats import binom, binomtest

from demos.core import checks
from demos.cross_validation import compute as cv

SETS, TESTED = 1000, 100  # test sets, points in each
BATCH, BATCHED = 16, 50  # points in a batch; test points, of which the last two make a batch
SURE = 0.95
WIDTH = 1.96  # standard deviations of a normal distribution that hold 95 %


def standard_error(p, n):
    """Standard deviation of the share right among n."""
    return np.sqrt(p * (1 - p) / n)


def hits(seed, count):
    """What one model, of 100 moons, gets right of `count` fresh points: (count,), bool."""
    x, y = cv.moons(seed)
    model = cv.fitted(x, y, np.zeros((1, len(y)), bool))
    return cv.right(model, *cv.fresh(seed, count))[0]


def of_test_sets(seed, sets=SETS, tested=TESTED):
    """One model on many test sets: their accuracies (sets,), and the share right of all points."""
    found = hits(seed, sets * tested)
    return found.reshape(sets, tested).mean(1), found.mean()


def of_batches(found, size=BATCH):
    """Accuracy of each batch of answers (n,), in order; the last one takes what is left."""
    checks.whole("size", size, least=1)
    return np.array([found[at : at + size].mean() for at in range(0, len(found), size)])


def told(right, n):
    """The textbook's interval, p ± 1.96 standard errors, for `right` of n (arrays): low, high."""
    p = np.asarray(right) / n
    return p - WIDTH * standard_error(p, n), p + WIDTH * standard_error(p, n)


def exact(right, n):
    """Clopper and Pearson's, by SciPy."""
    found = [binomtest(int(k), n).proportion_ci(SURE, "exact") for k in np.ravel(right)]
    return tuple(np.array([[ci.low, ci.high] for ci in found]).T)


def coverage(interval, p, n):
    """How often an interval (`told` or `exact`) holds p, for n test points."""
    right = np.arange(n + 1)
    low, high = interval(right, n)
    return binom.pmf(right, n, p)[(low <= p) & (p <= high)].sum()
