"""The two rules: L2 adds λ w to the gradient, decay takes lr λ w beside the step; and where they end.

For plain gradient descent they are one, for momentum and Adam they are two (Loshchilov and Hutter 2019,
"Decoupled weight decay regularization", arXiv:1711.05101). Rules are those of torch.optim: SGD and Adam
with `weight_decay` are coupled, AdamW is decoupled. Weights have any shape; a `gradient` is a function of
the weights and the number of the step.
"""

import numpy as np
from scipy.optimize import lsq_linear
from sklearn.linear_model import Ridge

from demos.core import checks, rounding

COUPLED, DECOUPLED = "coupled", "decoupled"  # L2, weight decay
WAYS = (COUPLED, DECOUPLED)
BETAS, EPS = (0.9, 0.999), 1e-8  # Adam's, as PyTorch has them
QUICK = (0.9, 0.95)  # as for language models: it forgets large gradients sooner, and ends sooner
POINTS, SIZES = (
    30,
    (3.0, -2.0, 1.0, -0.5, 0.25, 0.0),
)  # of the least-squares problems: their true weights


def descended(gradient, start, rates, decay, way, momentum=0.0):
    """Weights before the first step of SGD and after each: (steps + 1, ...). rates: lr of each step."""
    checks.one_of("way", way, WAYS)
    w, speed = np.array(start, float), 0.0
    path = [w]
    for step, lr in enumerate(rates):
        pull = decay * w
        g = gradient(w, step) + (pull if way == COUPLED else 0)
        speed = momentum * speed + g
        w = w - lr * speed - (lr * pull if way == DECOUPLED else 0)
        path.append(w)
    return np.array(path)


def adam(gradient, start, rates, decay, way, betas=BETAS):
    """Weights before the first step of Adam and after each: (steps + 1, ...). rates: lr of each step."""
    checks.one_of("way", way, WAYS)
    w, mean, square = np.array(start, float), 0.0, 0.0
    (b1, b2), path = betas, [w]
    for step, lr in enumerate(rates):
        pull = decay * w
        g = gradient(w, step) + (pull if way == COUPLED else 0)
        mean = b1 * mean + (1 - b1) * g
        square = b2 * square + (1 - b2) * g * g
        share = mean / (1 - b1 ** (step + 1))
        size = np.sqrt(square / (1 - b2 ** (step + 1))) + EPS
        w = w - lr * share / size - (lr * pull if way == DECOUPLED else 0)
        path.append(w)
    return np.array(path)


def problem(seed, points=POINTS, noise_sd=1.0):
    """Least squares with six weights: x (points, 6) and y (points,)."""
    checks.whole("seed", seed, least=0)
    checks.whole("points", points, least=1)
    dice = np.random.default_rng(seed)
    x = rounding.nudge(dice.standard_normal((points, len(SIZES))))
    return x, rounding.nudge(x @ np.array(SIZES) + noise_sd * dice.standard_normal(points))


def problems(seeds):
    """The same for several seeds, stacked: x (N, points, 6), y (N, points)."""
    return tuple(map(np.stack, zip(*map(problem, seeds), strict=True)))


def slope(x, y):
    """Gradient of half the mean squared error, as a function of weights (..., d) and step."""
    gram = x.swapaxes(-1, -2) @ x / x.shape[-2]
    pull = (x * y[..., None]).mean(-2)
    return lambda w, step: (gram @ w[..., None])[..., 0] - pull


def ridge(x, y, decay):
    """Where half the mean squared error plus decay/2 |w|² is least, (d,)."""
    return Ridge(alpha=len(x) * decay, fit_intercept=False, solver="cholesky").fit(x, y).coef_


def boxed(x, y, decay):
    """Least squares inside the box |w| ≤ 1/decay, (d,).

    Where AdamW with exact gradients goes: Xie and Li 2024, "Implicit bias of AdamW: ℓ∞ norm constrained
    optimization", arXiv:2404.04454.
    """
    return lsq_linear(x, y, bounds=(-1 / decay, 1 / decay), method="bvls", tol=1e-12).x
