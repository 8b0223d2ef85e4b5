"""Two weights whose loss is a bowl: where L2 and decay go, and the least loss in the box |w| ≤ 1/λ."""

import numpy as np
from scipy.optimize import lsq_linear

from demos.core.engine import schedules
from demos.weight_decay.compute import QUICK, adam

BEST = np.array([2.2, 0.2])  # where the loss is least
BOWL = np.array([[0.5, -0.3], [-0.3, 0.5]])  # how it grows from there
TURN = np.linspace(0, 2 * np.pi, 121)


def slope(w, step):
    """Gradient of half of (w - BEST)ᵀ BOWL (w - BEST)."""
    return BOWL @ (w - BEST)


def walked(way, decay=1.0, lr=0.01, steps=3000):
    """Adam's way from zero with exact gradients, (steps + 1, 2); its rate falls to 0."""
    return adam(slope, np.zeros(2), lr * schedules.falling(steps), decay, way, QUICK)


def root():
    """An upper matrix whose square is the bowl, so that the loss is half of |root (w - BEST)|²."""
    return np.linalg.cholesky(BOWL).T


def boxed(decay=1.0):
    """The smallest loss inside the box, (2,)."""
    return lsq_linear(root(), root() @ BEST, bounds=(-1 / decay, 1 / decay), tol=1e-12).x


def ridge(decay=1.0):
    """The smallest loss plus decay/2 |w|², (2,)."""
    return np.linalg.solve(BOWL + decay * np.eye(2), BOWL @ BEST)


def level(through):
    """The weights with the same loss as some others, an ellipse: (121, 2)."""
    far = np.linalg.norm(root() @ (np.asarray(through) - BEST))
    return BEST + far * np.linalg.solve(root(), np.stack([np.cos(TURN), np.sin(TURN)])).T
