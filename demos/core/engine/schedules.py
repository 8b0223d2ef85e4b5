"""Schedules: what a setting is multiplied by at each of `steps` steps, an array (steps,)."""

import numpy as np


def constant(steps):
    return np.ones(steps)


def falling(steps, last=0.0):
    """In a straight line from 1 to `last` at the step after the last one."""
    return 1 - (1 - last) * np.arange(steps) / max(steps, 1)


def cosine(steps, last=0.0):
    """Half a cosine from 1 to `last`. Loshchilov and Hutter 2017 (arXiv:1608.03983), without restarts."""
    return last + (1 - last) * (1 + np.cos(np.pi * np.arange(steps) / max(steps, 1))) / 2


def exponential(steps, factor):
    """Times `factor` at each step."""
    return factor ** np.arange(steps, dtype=float)


def staircase(steps, every, factor=0.1):
    """Times `factor` after each `every` steps."""
    return factor ** (np.arange(steps) // every).astype(float)


def warm(factors, first):
    """Any schedule, its first `first` steps scaled by 1 / first, 2 / first ... 1."""
    rise = np.minimum((np.arange(len(factors)) + 1) / max(first, 1), 1)
    return np.asarray(factors) * rise
