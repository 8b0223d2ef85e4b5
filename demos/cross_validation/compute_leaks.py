"""Leaks: what a held-out point has told before it is asked. Siblings, scales, chosen features; and what no
split can see: points from elsewhere.

Choosing features before the split: Hastie, Tibshirani and Friedman 2009, section 7.10.2.
"""

import numpy as np
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from demos.core import checks, rounding
from demos.core.engine import sets
from demos.cross_validation.compute_order import model

FAMILIES, JITTER, FLIPPED = 100, 0.01, 0.2
PEOPLE, FEATURES, KEPT = 50, 1000, 20  # coin flips for labels, features that say nothing of them
SCALED = ("wine", "breast cancer", "digits")
FEW = 60  # points of a set that is scaled
DIGITS = 300  # to learn from


def siblings(seed, families=FAMILIES, jitter=JITTER, flipped=FLIPPED):
    """Moons, each with a near-copy: x (2 families, 2), y, and the family of each point.

    A family has one label; `flipped` is the chance that it is the wrong one. jitter: standard deviation
    by which each of the two is moved.
    """
    checks.whole("families", families, least=5)
    checks.number("jitter", jitter, least=0)
    checks.number("flipped", flipped, least=0, most=1)
    dice = np.random.default_rng(seed)
    x, y, _ = sets.moons(families, 0.2, seed)
    y = np.where(dice.random(families) < flipped, 1 - y, y)
    family = np.repeat(np.arange(families), 2)
    moved = x[family] + jitter * dice.normal(size=(len(family), 2))
    return rounding.nudge(moved), y[family], family


def of_siblings(seed, families=FAMILIES, jitter=JITTER, flipped=FLIPPED):
    """Accuracy of the nearest neighbour: by random folds, by folds of families, on fresh families."""
    x, y, family = siblings(seed, families, jitter, flipped)
    nearest = KNeighborsClassifier(1)
    folds = KFold(5, shuffle=True, random_state=seed)
    new_x, new_y, _ = siblings(seed + 500_000, 1000, jitter, flipped)
    return {
        "random": cross_val_score(nearest, x, y, cv=folds).mean(),
        "families": cross_val_score(nearest, x, y, cv=GroupKFold(5), groups=family).mean(),
        "fresh": nearest.fit(x, y).score(new_x, new_y),
    }


def noise(seed, people=PEOPLE, features=FEATURES):
    """Features that say nothing: x (people, features); y, coin flips, as many of each."""
    dice = np.random.default_rng(seed)
    return rounding.nudge(dice.normal(size=(people, features))), dice.permutation(people) % 2


def of_selection(seed, people=PEOPLE, features=FEATURES, kept=KEPT):
    """Accuracy on coin flips: features chosen before the split, and in each fold anew."""
    x, y = noise(seed, people, features)
    choose, logistic = SelectKBest(k=kept), LogisticRegression()
    before = choose.fit_transform(x, y)
    return {
        "before": cross_val_score(logistic, before, y, cv=5).mean(),
        "inside": cross_val_score(make_pipeline(choose, logistic), x, y, cv=5).mean(),
    }


def of_scaling(seed, points=FEW, names=SCALED):
    """Three nearest neighbours on some points of real sets: how much higher the estimate is where they
    were scaled before the split, {set: difference of accuracies}."""
    return {name: scaled_before(name, seed, points) for name in names}


def scaled_before(name, seed, points=FEW):
    """The same of one set."""
    whole, neighbours = sets.bundled(name), KNeighborsClassifier(3)
    some = np.random.default_rng(seed).permutation(len(whole.y))[:points]
    x, y = rounding.nudge(whole.x[some]), whole.y[some]
    all_scaled = StandardScaler().fit_transform(x)
    before = cross_val_score(neighbours, all_scaled, y, cv=KFold(5)).mean()
    each_fold = make_pipeline(StandardScaler(), neighbours)
    return before - cross_val_score(each_fold, x, y, cv=KFold(5)).mean()


def to_the_right(x):
    """Digits (n, 64) moved by a pixel; what comes in from the left is blank."""
    images = np.asarray(x).reshape(-1, 8, 8)
    return np.pad(images, ((0, 0), (0, 0), (1, 0)))[:, :, :8].reshape(len(images), 64)


def elsewhere(seed, points=DIGITS):
    """Logistic regression on digits: cross-validated, on all others, and on those a pixel to the right."""
    x, y, _ = sets.bundled("digits")
    order = np.random.default_rng(seed).permutation(len(y))
    some, others = order[:points], order[points:]
    learned = rounding.nudge(x[some])
    estimate = cross_val_score(model(), learned, y[some], cv=KFold(5)).mean()
    fitted = model().fit(learned, y[some])
    return {
        "estimate": estimate,
        "here": fitted.score(x[others], y[others]),
        "there": fitted.score(to_the_right(x[others]), y[others]),
    }
