"""What the page gets of this topic: products of the features of some problems, from which it solves."""

import numpy as np

from demos.core.live import SEEDS
from demos.l1_and_beliefs.compute import APART, FEATURES, POINTS, covariance, problem, truth

PROBLEMS = SEEDS[:8]
ALPHAS = np.geomspace(0.01, 3, 31)  # where paths are drawn
MIXES = np.linspace(0, 1, 21)
UPPER = np.triu_indices(FEATURES)
DIGITS = 7


def products(seed):
    """XᵀX/n, its upper half row by row, and Xᵀe/n for the noise e with sd 1."""
    x, y = problem(seed)
    return (x.T @ x / POINTS)[UPPER], x.T @ (y - x @ truth()) / POINTS


def data():
    """Arrays by the names that `live.js` has for them."""
    pairs = [products(seed) for seed in PROBLEMS]
    return {
        "grams": [gram.round(DIGITS) for gram, _ in pairs],
        "pulls": [pull.round(DIGITS) for _, pull in pairs],
        "truth": truth(),
        "twins": covariance(apart=APART)[0],
        "alphas": ALPHAS,
        "mixes": MIXES,
    }
