"""Early stopping against L2 where both are known by heart: least squares.

From zero, gradient descent on half the mean squared error has gone 1 - (1 - lr λ)^t of the way to the
solution along an eigenvector with eigenvalue λ of XᵀX/n; Ridge with penalty α/2 |w|² goes λ / (λ + α).
With x = lr t λ and α = 1 / (lr t) these are nearly 1 - exp(-x), and x / (1 + x). (Bishop 1995,
"Regularization and complexity control"; Goodfellow, Bengio, Courville 2016, section 7.8.)
"""

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from demos.core import checks, rounding

POINTS = 30
LR = 0.05
STEPS = np.unique(np.geomspace(1, 200_000, 400).astype(int))  # along the path


def stopped(x):
    """Share of the way that gradient flow has gone, x = lr t λ."""
    return -np.expm1(-np.asarray(x, float))


def ridge(x, product=1.0):
    """Share of the way that Ridge goes with α = product / (lr t)."""
    return x / (np.asarray(x, float) + product)


def patients(seed, points=POINTS):
    """Diabetes, standardised by the training points, the target's mean taken out: x, test x, y, test y."""
    checks.whole("points", points, least=2)
    x, y = load_diabetes(return_X_y=True)
    x, fresh, y, truth = train_test_split(x, y / y.std(), train_size=points, random_state=seed)
    scaler, mean = StandardScaler().fit(x), y.mean()
    x = rounding.nudge(scaler.transform(x))
    return x, scaler.transform(fresh), y - mean, truth - mean


def axes_of(x, y):
    """Eigenvalues λ (d,) of XᵀX/n, its eigenvectors as columns (d, d), and Xᵀy/n along them (d,)."""
    values, vectors = np.linalg.eigh(x.T @ x / len(x))
    return values, vectors, vectors.T @ (x.T @ y) / len(x)


def descended(x, y, steps=STEPS, lr=LR):
    """Coefficients after so many steps of gradient descent from zero: (len(steps), d)."""
    values, vectors, pull = axes_of(x, y)
    gone = -np.expm1(np.asarray(steps)[:, None] * np.log1p(-lr * values))
    return gone / values * pull @ vectors.T


def penalised(x, y, alphas):
    """Ridge's coefficients: (len(alphas), d). scikit-learn's Ridge calls n α alpha."""
    values, vectors, pull = axes_of(x, y)
    return pull / (values + np.asarray(alphas)[:, None]) @ vectors.T


def errors(coefficients, x, y):
    """Mean squared error: coefficients (k, d) give (k,)."""
    return ((coefficients @ x.T - y) ** 2).mean(-1)


def compared(seed, points=POINTS, lr=LR):
    """Both paths on one data set: best test error of each, and the Ridge nearest to the best stop.

    product: α lr t of that nearest one. apart: how far it is, as a share of the coefficients' length;
    apart_told: the same of the Ridge with α = 1 / (lr t).
    """
    x, fresh, y, truth = patients(seed, points)
    stops, alphas = descended(x, y, lr=lr), 1 / (lr * STEPS)
    both = errors(stops, fresh, truth), errors(penalised(x, y, alphas), fresh, truth)
    at = both[0].argmin()
    products = np.geomspace(0.05, 5, 401)
    near = penalised(x, y, products * alphas[at])
    apart = np.linalg.norm(near - stops[at], axis=1) / np.linalg.norm(stops[at])
    told = penalised(x, y, alphas[[at]])[0] - stops[at]
    return {
        "stopped": both[0].min(),
        "ridge": both[1].min(),
        "end": both[0][-1],
        "product": products[apart.argmin()],
        "apart": apart.min(),
        "apart_told": np.linalg.norm(told) / np.linalg.norm(stops[at]),
        "steps": float(STEPS[at]),
    }
