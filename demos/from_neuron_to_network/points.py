"""Points to tell apart: round blobs, rings, truth tables.

Blobs ("qwerties") and their settings are those of a learner's notes on M. X. Cohen's course "A deep
understanding of deep learning" (2023). That one neuron cannot do XOR: Minsky and Papert 1969
("Perceptrons").
"""

import numpy as np
import torch
from scipy.optimize import linprog

from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.batches import Data

TRAINED, FRESH = "trained", "fresh"  # whose points
AGAIN = 1_000_000  # added to a seed: fresh rings
OFF = ((2, 2), (4, 4)), 0.5  # centres and sd of blobs: both on one side of the origin
COURSE = ((1, 1), (5, 1)), 1.0  # the course's two, which touch
THREE = ((1, 1), (5, 1), (3, 4.5)), 1.0
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # inputs of a truth table
XOR = 6  # as a truth table's number: 0110, read at the corners


def blobs(seed, count, kind=OFF, whose=TRAINED):
    """x (count, 2) float32 and classes (count,), as many of each, in turn; kind: (centres, sd)."""
    centres, sd = kind
    checks.whole("seed", seed, least=0)
    checks.number("sd", sd, least=0)
    checks.whole("points", count, least=len(centres))
    y = np.arange(count) % len(centres)
    dice = np.random.default_rng([seed, (TRAINED, FRESH).index(whose)])
    return (np.array(centres)[y] + sd * dice.standard_normal((count, 2))).astype(np.float32), y


def rings(seed, count, noise=0.1, whose=TRAINED):
    """Likewise of a ring (class 0) and one of half its radius within it (class 1)."""
    checks.whole("seed", seed, least=0)
    checks.number("noise", noise, least=0)
    checks.whole("points", count, least=2)
    made = sets.rings(count, noise, seed + AGAIN * (whose == FRESH))
    return made.x.astype(np.float32), made.y


def stacked(rows, classes=2):
    """`Data` of one network per row (x, y); of two classes y is 0 or 1, of more one-hot."""
    x, y = (torch.from_numpy(np.stack(each)) for each in zip(*rows, strict=True))
    return Data(x, y.float()[..., None] if classes == 2 else losses.one_hot(y, classes))


def squared(x):
    """Points x (..., 2) in a space of three: their squared distance from the origin is the third."""
    return np.concatenate([x, np.square(x).sum(-1, keepdims=True)], -1)


def truth_table(case):
    """Answers of truth table `case`, 0 to 15, at the four corners: (4,), 0 or 1."""
    checks.whole("case", case, least=0, most=15)
    return case >> np.arange(3, -1, -1) & 1


def separable(x, y):
    """Whether one line has all points of class 1 on its one side and all others on the other.

    x (n, d), y (n,), 0 or 1. Linear programming: are there w, b with sign * (w x + b) >= 1?
    """
    sides = np.where(np.asarray(y) > 0, 1.0, -1.0)[:, None]
    rows = -sides * np.column_stack([x, np.ones(len(x))])
    free = linprog(np.zeros(rows.shape[1]), rows, -np.ones(len(x)), bounds=(None, None))
    return free.status == 0
