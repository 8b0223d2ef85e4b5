"""Rate times strength, a table of log losses a rule: how much of it is one knob's doing plus the other's?

Loshchilov and Hutter 2019 (arXiv:1711.05101) decay by η λ w, where the schedule η does not hold the rate α;
PyTorch's AdamW decays by lr λ w.
"""

import numpy as np

from demos.weight_decay.compute import COUPLED, DECOUPLED
from demos.weight_decay.tasks import DIGITS, trained

RATES = (0.001, 0.002, 0.004, 0.008)
STRENGTHS = {"l2": (0.001, 0.004, 0.016, 0.064), "adamw": (0.1, 0.4, 1.6, 6.4)}
MIDDLE = 0.002  # the rate at which the paper's decay is PyTorch's


def settings(rule, rates=RATES):
    """Strength, and rate, of each cell of a table, row by row: two arrays (rates x strengths,).

    rule: "l2"; "adamw" as PyTorch has it; "paper", where lr λ is the same in every row.
    """
    strengths = STRENGTHS["l2" if rule == "l2" else "adamw"]
    lr, decay = (each.ravel() for each in np.meshgrid(rates, strengths, indexing="ij"))
    return decay * (MIDDLE / lr if rule == "paper" else 1), lr


def table(rule, seeds, task=DIGITS, rates=RATES):
    """Logarithms of the log loss on test points: (rates, strengths, seeds)."""
    decays, lr = settings(rule, rates)
    way = COUPLED if rule == "l2" else DECOUPLED
    found = trained(task, seeds, way, decays, lr)["nll"]
    return np.log(found).reshape(len(rates), -1, len(seeds))


def entangled(values):
    """Which share of a table's variance no sum of a row's and a column's number explains.

    0: each knob can be set for itself. values (rates, strengths, ...) give (...).
    """
    mean = values.mean((0, 1))
    sums = values.mean(0) + values.mean(1, keepdims=True) - mean
    return ((values - sums) ** 2).sum((0, 1)) / ((values - mean) ** 2).sum((0, 1))
