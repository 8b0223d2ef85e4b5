"""One epoch of SGD in every order there is, and the loss that its mean descends.

Smith et al. 2021 (arXiv:2101.12176): with m batches of losses C_i and a small rate e, the mean over orders
of where an epoch ends is, but for terms in e³, where the flow along -∇[C + e/(4m) Σ |∇C_i|²] is after a
time of m e. The plain flow along -∇C is off in e² already. Here each batch is a point of a logistic
regression without intercept, label 0 or 1, and C the mean of the C_i.
"""

from itertools import permutations

import numpy as np
from scipy.integrate import solve_ivp
from scipy.special import expit

BATCHES, START = 5, (0.5, -0.5)


def problem(seed, batches=BATCHES):
    """One point a batch: x (m, 2), labels (m,)."""
    dice = np.random.default_rng(seed)
    return dice.standard_normal((batches, 2)), dice.integers(2, size=batches)


def every_order(x, y, rate, start=START):
    """Where one epoch ends, one order a row: (m!, 2)."""
    orders = np.array(list(permutations(range(len(y)))))
    w = np.tile(np.asarray(start, float), (len(orders), 1))
    for rows in orders.T:
        off = expit((w * x[rows]).sum(1)) - y[rows]
        w -= rate * off[:, None] * x[rows]
    return w


def flow(x, y, rate, smith, start=START):
    """Where the flow is after the time of one epoch, on the plain loss or on Smith's: (2,)."""
    square = (x**2).sum(1)

    def down(_, w):
        p = expit(x @ w)
        pull = p - y
        if smith:  # the gradient of rate/4 |∇C_i|², with |∇C_i|² = (p - y)² |x|²
            pull = pull + rate / 2 * (p - y) * p * (1 - p) * square
        return -(pull @ x) / len(y)

    done = solve_ivp(down, (0, len(y) * rate), start, "DOP853", rtol=1e-12, atol=1e-14)
    return done.y[:, -1]


def off(x, y, rate, smith):
    """How far the mean over all orders is from where the flow is."""
    return float(np.linalg.norm(every_order(x, y, rate).mean(0) - flow(x, y, rate, smith)))
