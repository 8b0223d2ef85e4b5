"""Is a network as often right as it says? Reliability, in bins of confidence; and a temperature.

Guo et al. 2017, "On calibration of modern neural networks" (arXiv:1706.04599).
"""

from typing import NamedTuple

import torch

from demos.core.engine import losses

BINS = 15  # as there
TEMPERATURES = torch.logspace(-1, 1, 81)


class Bins(NamedTuple):
    """Per bin of confidence: share of the points, mean confidence, share right; each (..., bins).

    Confidence is the largest probability. Bin b takes (b / bins, (b + 1) / bins]; an empty one says 0.
    """

    share: torch.Tensor
    confidence: torch.Tensor
    right: torch.Tensor


def reliability(p, y, bins=BINS):
    """`Bins` of probabilities p (..., n, k) and one-hot y (..., n, k)."""
    confidence, said = p.max(-1)
    right = (said == y.argmax(-1)).to(p.dtype)
    place = ((confidence * bins).ceil() - 1).clamp(0, bins - 1).long()
    inside = torch.nn.functional.one_hot(place, bins).to(p.dtype)  # (..., n, bins)
    count = inside.sum(-2)
    means = [
        (inside * each[..., None]).sum(-2) / count.clamp(min=1) for each in (confidence, right)
    ]
    return Bins(count / p.shape[-2], *means)


def error(p, y, bins=BINS):
    """Calibration error: |confidence - share right|, bins weighed by their share of the points: (...)."""
    found = reliability(p, y, bins)
    return (found.share * (found.confidence - found.right).abs()).sum(-1)


def temperature(logits, y):
    """What logits (..., n, k) are best divided by, of TEMPERATURES, for the log loss on y: (...)."""
    tried = torch.stack([losses.nll(logits / t, y) for t in TEMPERATURES])
    return TEMPERATURES[tried.argmin(0)]


def scores(logits, y):
    """{name: (...)} of logits (..., n, k): accuracy, nll (log loss), error, confidence."""
    p = logits.softmax(-1)
    return {
        "accuracy": losses.accuracy(logits, y),
        "nll": losses.nll(logits, y),
        "error": error(p, y),
        "confidence": p.amax(-1).mean(-1),
    }
