"""Splits by place in the file: iris comes sorted by class, and a fold in order is then a class."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from demos.core import checks, rounding
from demos.core.engine import sets

SHARE = 0.8  # of the file, to learn from


def model():
    """Logistic regression that scales by what it is fitted to, and by nothing else."""
    return make_pipeline(StandardScaler(), LogisticRegression())


def orders(seed, y):
    """Two orders of a file: shuffled, and sorted by class (within a class shuffled)."""
    shuffled = np.random.default_rng(seed).permutation(len(y))
    return {"shuffled": shuffled, "sorted": shuffled[np.argsort(y[shuffled], kind="stable")]}


def cut(order, share=SHARE):
    """The first `share` of an order, and the rest."""
    checks.number("share", share, least=0.5, below=1)
    at = round(share * len(order))
    return order[:at], order[at:]


def last_part(x, y, order, share=SHARE):
    """Accuracy on the last part of an order of a model of the first."""
    train, test = cut(order, share)
    return model().fit(x[train], y[train]).score(x[test], y[test])


def iris(seed, share=SHARE, folds=3):
    """Accuracy on iris: of the last part, shuffled and sorted by class; of folds in sorted order."""
    x, y, _ = sets.bundled("iris")
    x, found = rounding.nudge(x), orders(seed, y)
    parts = {f"last_{name}": last_part(x, y, order, share) for name, order in found.items()}
    some = found["sorted"]
    return parts | {"folds": cross_val_score(model(), x[some], y[some], cv=KFold(folds)).mean()}
