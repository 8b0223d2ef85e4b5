"""Random ReLU features and least squares: the error by how many features there are.

p features max(0, w·x) with directions w that are drawn and stay; only what weighs them is fitted (Rahimi
and Recht 2007; Belkin et al. 2019, arXiv:1812.11118). With fewer features than points that is least
squares; with more, of all weights that meet every point the shortest, the minimum-norm solution
(`numpy.linalg.lstsq`, `pinv`).

Errors are mean squared distances from the truth, which has no noise.
"""

from typing import NamedTuple

import numpy as np
import torch

from demos.core import checks, rounding

POINTS, INPUTS, NOISE_SD = 40, 10, 0.5
FRESH = 200  # points on which errors are measured
WIDTHS = (5, 10, 20, 30, 40, 50, 60, 80, 160, 400, 1000)
MOST = max(WIDTHS)
STRENGTHS = (0.0, 1.0, 10.0)  # of ridge
DIRECTION = np.ones(INPUTS) / np.sqrt(INPUTS)  # the truth is how far a point lies along it
SPREAD = np.sqrt(3)  # numbers from -SPREAD to SPREAD have variance 1


class Problem(NamedTuple):
    """x (n, d), noisy y (n,); fresh (FRESH, d), its true values truth (FRESH,); directions (MOST, d)."""

    x: np.ndarray
    y: np.ndarray
    fresh: np.ndarray
    truth: np.ndarray
    directions: np.ndarray


class Found(NamedTuple):
    """By width, (widths,) each: error on fresh points, error on the training targets, length of the
    weights, effective parameters on fresh points."""

    error: np.ndarray
    training: np.ndarray
    length: np.ndarray
    effective: np.ndarray


def noise(seed, points):
    """Standard normal numbers: (points,)."""
    return np.random.default_rng(seed).standard_normal(points)


def problem(seed, points=POINTS, noise_sd=NOISE_SD):
    """Points, and directions of features: uniform numbers as torch.rand draws them, so the page can too.

    Of the same seed, fewer points are the first ones of more.
    """
    checks.whole("seed", seed, least=0)
    checks.whole("points", points, least=2)
    checks.number("noise_sd", noise_sd, least=0)
    lots = torch.rand(
        (MOST + FRESH + points, INPUTS), generator=torch.Generator().manual_seed(seed)
    )
    drawn = 2 * lots.double().numpy() - 1
    directions, fresh, x = np.split(drawn, [MOST, MOST + FRESH])
    x, fresh = rounding.nudge(SPREAD * x), SPREAD * fresh
    y = x @ DIRECTION + noise_sd * noise(seed, points)
    return Problem(x, rounding.nudge(y), fresh, fresh @ DIRECTION, directions)


def features(x, directions):
    """Random ReLU features: x (n, d), directions (p, d) give (n, p)."""
    return np.maximum(x @ directions.T, 0)


def inverse(phi, strength=0.0, least=0.0):
    """What turns targets into weights, (p, n): (φ'φ + strength)⁻¹ φ', of strength 0 the pseudoinverse.

    By singular values: s / (s² + strength) in place of s, but 0 for those that rounding made, and for
    those below `least`.
    """
    checks.number("strength", strength, least=0)
    u, s, v = np.linalg.svd(phi, full_matrices=False)
    kept = s > max(least, s.max() * max(phi.shape) * np.finfo(float).eps)
    turned = np.divide(s, s**2 + strength, where=kept, out=np.zeros_like(s))
    return (v.T * turned) @ u.T


def by_width(given, widths=WIDTHS, strength=0.0):
    """`Found` of a `Problem` for each number of features, the first ones of its directions."""
    own, fresh = (features(x, given.directions) for x in (given.x, given.fresh))
    rows = [one_width(given, own[:, :p], fresh[:, :p], strength) for p in widths]
    return Found(*map(np.array, zip(*rows, strict=True)))


def one_width(given, own, fresh, strength):
    """One row of `Found`: own (n, p) and fresh (FRESH, p) are features."""
    solver = inverse(own, strength)
    weights = solver @ given.y
    return (
        np.mean((fresh @ weights - given.truth) ** 2),
        np.mean((own @ weights - given.y) ** 2),
        np.linalg.norm(weights),
        effective(fresh @ solver),
    )


def effective(rows):
    """Effective parameters of predictions that are `rows` (m, n) times the n targets: n/m Σ ‖row‖².

    Curth et al. 2023 (arXiv:2310.18988): on the training points of a least-squares fit it is p, as long
    as p <= n, and n from there on; on other points it is what varies.
    """
    return rows.shape[1] * np.mean((rows**2).sum(1))
