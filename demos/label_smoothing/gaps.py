"""How far a softmax drives its logits apart: with hard labels for ever, with smoothed ones to an end.

The gap g is the highest logit minus the next one. One point, K classes, logits free to move, descending
the cross-entropy for a time t (steps times learning rate): exp(g) + (K - 1) g = K t + 1, log(K t) in the
end. Smoothed by s (Szegedy et al. 2016, arXiv:1512.00567) it ends at log(1 + K (1 - s) / s).
"""

import numpy as np

from demos.core import checks


def gap(logits):
    """The highest logit minus the next one: tensor (..., n, k) gives (..., n)."""
    two = logits.topk(2, -1).values
    return two[..., 0] - two[..., 1]


def descended(classes, smoothing, lr, steps):
    """Gaps of one point's logits, all 0 at first, before the first step and after each: (steps + 1,)."""
    checks.whole("classes", classes, least=2)
    checks.number("smoothing", smoothing, least=0, most=1)
    target = np.full(classes, smoothing / classes)
    target[0] += 1 - smoothing
    logits, gaps = np.zeros(classes), np.zeros(steps + 1)
    for step in range(1, steps + 1):
        odds = np.exp(logits - logits.max())
        logits = logits - lr * (odds / odds.sum() - target)
        gaps[step] = logits[0] - logits[1]
    return gaps


def at_time(t, classes):
    """The g of exp(g) + (K - 1) g = K t + 1, for times t >= 0, an array: hard labels, from a gap of 0."""
    right = classes * np.asarray(t, float) + 1
    g = np.log(right)  # too large; from there Newton comes down, and never below
    for _ in range(60):
        g = g - (np.exp(g) + (classes - 1) * g - right) / (np.exp(g) + classes - 1)
    return g


def end(smoothing, classes):
    """The gap at which a smoothed label is met: log(1 + K (1 - s) / s)."""
    return np.log1p(classes * (1 - smoothing) / smoothing)
