"""Losses in floating point: a softmax that overflows, a sigmoid that rounds to 1, and what avoids both.

Blanchard, Higham and Higham 2021, "Accurately computing the log-sum-exp and softmax functions", IMA J.
Numer. Anal. 41.
"""

import torch
from torch import nn

TYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)


def naive_softmax(logits):
    """exp(z) / Σ exp(z), as in the book: tensor (..., k)."""
    odds = logits.exp()
    return odds / odds.sum(-1, keepdim=True)


def shifted_softmax(logits):
    """The same, the largest logit moved to 0 first: nothing overflows."""
    return naive_softmax(logits - logits.amax(-1, keepdim=True))


def first_nan(dtype, most=1200):
    """The smallest whole logit beside two zeros whose naive softmax is nan, in a float type."""
    logits = torch.zeros(most, 3, dtype=dtype)
    logits[:, 0] = torch.arange(1, most + 1)
    return 1 + int(naive_softmax(logits).isnan().any(-1).int().argmax())


def slopes_when_wrong(logit):
    """Loss and slope of a float32 logit whose target is 0: two pairs, of BCELoss after a sigmoid, and
    of BCEWithLogitsLoss."""
    target, found = torch.zeros(1), []
    with_logits = nn.BCEWithLogitsLoss()
    for loss in (lambda z: nn.BCELoss()(z.sigmoid(), target), lambda z: with_logits(z, target)):
        z = torch.tensor([float(logit)], requires_grad=True)
        value = loss(z)
        value.backward()
        found.append((value.item(), z.grad.item()))
    return found
