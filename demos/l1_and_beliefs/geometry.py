"""Two weights, an error that grows in ellipses, and the smallest error inside a diamond or a circle.

Tibshirani 1996, figure 2.
"""

import numpy as np

CENTRE = np.array([0.4, 1.6])  # the least-squares weights
BENT = np.array([[1.0, -0.45], [-0.45, 0.8]])  # how the error grows from there
REACH = 1.0  # of the diamond's and the circle's corners
ANGLES = np.linspace(0, 2 * np.pi, 4001)  # with the corners among them


def edge(power, reach=REACH, angles=ANGLES):
    """Points of |w₁|^power + |w₂|^power = reach^power, (angles, 2): 1 is the diamond, 2 the circle."""
    way = np.stack([np.cos(angles), np.sin(angles)], 1)
    return reach * way / (np.abs(way) ** power).sum(1, keepdims=True) ** (1 / power)


def error(weights, centre=CENTRE, bent=BENT):
    """(w - centre)ᵀ bent (w - centre): (..., 2) gives (...)."""
    wrong = weights - centre
    return np.einsum("...i,ij,...j->...", wrong, bent, wrong)


def touching(power, centre=CENTRE, bent=BENT, reach=REACH):
    """The point of the edge where the error is least, (2,): a centre outside is never met inside."""
    points = edge(power, reach)
    return points[error(points, centre, bent).argmin()]


def level(height, centre=CENTRE, bent=BENT, angles=ANGLES):
    """Points where the error has a height, an ellipse: (angles, 2)."""
    round_ = np.stack([np.cos(angles), np.sin(angles)])
    return centre + np.sqrt(height) * np.linalg.solve(np.linalg.cholesky(bent).T, round_).T
