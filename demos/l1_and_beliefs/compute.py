"""Forty features of which five matter, one of them with a near twin; and what penalties make of that.

A penalty of strength α and mix m is that of scikit-learn's ElasticNet, for n points:

    |y - Xw|² / 2n + α m Σ|w| + α (1 - m)/2 Σ w²          m = 1: the lasso; m = 0: ridge

(Tibshirani 1996, "Regression shrinkage and selection via the lasso"; Zou and Hastie 2005,
"Regularization and variable selection via the elastic net"). Noise and features have variance 1, so an
error is in units of the noise.
"""

import numpy as np
from sklearn import linear_model as linear

from demos.core import checks, rounding

POINTS, FEATURES = 50, 40
TRUTH = (3.0, -2.0, 1.5, -1.0, 1.0)  # the weights of the first five; the others are 0
TWIN = 5  # nearly a copy of feature 0, with no weight of its own
APART = 0.1  # noise in the copy
ALPHA, MIX = 0.1, 0.5
TRIED = np.geomspace(0.03, 3, 20)  # strengths that cross-validation chooses from
EXACT = {"fit_intercept": False, "tol": 1e-10, "max_iter": 100_000}
LR, STEPS = 0.05, 2000  # of the descents


def truth(features=FEATURES):
    """True weights, (features,)."""
    return np.concatenate([TRUTH, np.zeros(features - len(TRUTH))])


def covariance(features=FEATURES, apart=APART):
    """Covariance of the features, (features, features): 1, but for the twins'."""
    found = np.eye(features)
    found[0, TWIN] = found[TWIN, 0] = 1 / np.sqrt(1 + apart**2)
    return found


def problem(seed, points=POINTS, noise_sd=1.0, apart=APART):
    """Points x (points, FEATURES) and y (points,); features are drawn with mean 0 and variance 1."""
    checks.whole("seed", seed, least=0)
    checks.whole("points", points, least=1)
    checks.number("noise_sd", noise_sd, least=0)
    dice = np.random.default_rng(seed)
    x = dice.standard_normal((points, FEATURES))
    x[:, TWIN] = (x[:, 0] + apart * x[:, TWIN]) / np.sqrt(1 + apart**2)
    x = rounding.nudge(x)
    return x, rounding.nudge(x @ truth() + noise_sd * dice.standard_normal(points))


def off(weights, apart=APART):
    """Root mean squared error to the true plane over all points there are: (..., FEATURES) gives (...)."""
    wrong = weights - truth()
    return np.sqrt(np.einsum("...i,ij,...j->...", wrong, covariance(apart=apart), wrong))


def least_squares(x, y):
    """Weights without a penalty, (d,)."""
    return linear.LinearRegression(fit_intercept=False).fit(x, y).coef_


def ridge(x, y, alpha):
    """Weights at mix 0, (d,). scikit-learn's Ridge calls n α alpha."""
    return linear.Ridge(alpha=len(x) * alpha, fit_intercept=False).fit(x, y).coef_


def elastic(x, y, alpha, mix=1.0):
    """Weights at any mix, (d,): the lasso at 1, ridge at 0."""
    checks.number("alpha", alpha, least=0)
    checks.number("mix", mix, least=0, most=1)
    if mix == 0:
        return ridge(x, y, alpha)
    return linear.ElasticNet(alpha=alpha, l1_ratio=mix, **EXACT).fit(x, y).coef_


def chosen(x, y, mix):
    """Weights at the strength of TRIED that five-fold cross-validation likes best, (d,)."""
    if mix == 0:
        score = "neg_mean_squared_error"  # as the lasso's; RidgeCV's own is the mean of R²
        how = {"alphas": len(x) * TRIED, "cv": 5, "scoring": score}
        found = linear.RidgeCV(fit_intercept=False, **how).fit(x, y)
    else:
        how = {"alphas": TRIED, "cv": 5, "fit_intercept": False, "max_iter": 100_000}
        found = linear.ElasticNetCV(l1_ratio=mix, **how).fit(x, y)
    return found.coef_


def alike(weights):
    """The smaller of the two twins' weights over the larger one, 1 where they are equal, 0 where one is 0.

    Below 0 where their signs differ. weights (..., FEATURES) give (...).
    """
    small, large = np.sort(np.abs(weights[..., [0, TWIN]]), -1).swapaxes(0, -1)
    return np.sign(weights[..., 0] * weights[..., TWIN]) * small / large


def soft(weights, by):
    """The proximal step of `by` Σ|w|: every weight nearer to 0 by so much, and 0 where that is nearer.

    It is what the lasso makes of each least-squares weight where XᵀX/n is the identity, by = α.
    """
    return np.sign(weights) * np.maximum(np.abs(weights) - by, 0)


def descended(x, y, alpha, proximal, steps=STEPS, lr=LR, start=None):
    """Weights before each step of descent on the lasso's cost and after the last, (steps + 1, d).

    proximal: the penalty by its proximal step; else by its subgradient α sign(w).
    """
    weights = np.zeros(x.shape[1]) if start is None else np.array(start, float)
    path = [weights]
    for _ in range(steps):
        slope = x.T @ (x @ weights - y) / len(x)
        if proximal:
            weights = soft(weights - lr * slope, lr * alpha)
        else:
            weights = weights - lr * (slope + alpha * np.sign(weights))
        path.append(weights)
    return np.array(path)


def cost(weights, x, y, alpha, mix=1.0):
    """The elastic net's cost of some weights (d,)."""
    penalty = mix * np.abs(weights).sum() + (1 - mix) / 2 * (weights**2).sum()
    return ((y - x @ weights) ** 2).mean() / 2 + alpha * penalty


def paths(x, y, alphas, mixes):
    """Weights at each strength and mix, pairs in step: (k, d)."""
    return np.array([elastic(x, y, a, m) for a, m in zip(alphas, mixes, strict=True)])
