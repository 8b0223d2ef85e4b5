"""The best of many models, on labels that are coin flips: what choosing by a set does to its score.

Each model has features of its own, and no intercept, which would lean all of them to the label that
training had more of. So models are right independently of each other, each on n coin flips with the
binomial distribution F, and the best of m gets at most k right with probability F(k)^m.
"""

import numpy as np
from scipy.stats import binom
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from demos.core import checks, rounding

TRIED, TESTED, FRESH = 100, 100, 1000  # models; points they are chosen by; points nobody looked at
TRAINED, FEATURES = 50, 5  # points and features of each model


def scores(seed, tried=TRIED, tested=TESTED, fresh=FRESH):
    """Share right of each model on the test points and on fresh ones: two arrays (tried,)."""
    checks.whole("tried", tried, least=1)
    checks.whole("tested", tested, least=1)
    dice = np.random.default_rng(seed)
    points = TRAINED + tested + fresh
    y = dice.integers(2, size=points)
    x = rounding.nudge(dice.normal(size=(tried, points, FEATURES)))
    through_zero = LogisticRegression(fit_intercept=False)
    models = [clone(through_zero).fit(own[:TRAINED], y[:TRAINED]) for own in x]
    answers = [model.predict(own[TRAINED:]) for model, own in zip(models, x, strict=True)]
    hits = np.array(answers) == y[TRAINED:]
    return hits[:, :tested].mean(1), hits[:, tested:].mean(1)


def winner(tested, fresh, tried):
    """Scores of the first `tried` models: the best on the test points, and what it gets on fresh ones."""
    best = tested[:tried].argmax()
    return tested[best], fresh[best]


def expected(tried, tested=TESTED):
    """Mean share right of the best of `tried` models that toss coins, on `tested` points."""
    above = 1 - binom.cdf(np.arange(tested), tested, 0.5) ** tried  # that the best gets more than k
    return above.sum() / tested
