"""One weight that no data hold, and gradients that are nothing but noise: what L2 and decay leave of it.

Adam divides a gradient, L2's pull with it, by the root of its mean square: near λ w / √(s² + λ² w²) for
noise of standard deviation s. Decay is divided by nothing.
"""

import numpy as np
import torch

from demos.core import checks
from demos.weight_decay.compute import COUPLED, WAYS, adam

NOISES = (0.1, 0.3, 1.0, 3.0, 10.0)
DECAY, LR, STEPS = 0.1, 0.0025, 2000
COPIES = 24  # of the weight, each with noise of its own


def gradients(seed, steps=STEPS, copies=COPIES):
    """Noise of standard deviation 1, what torch.rand gives after a seed: (steps, copies)."""
    checks.whole("seed", seed, least=0)
    drawn = torch.rand((steps, copies), generator=torch.Generator().manual_seed(seed))
    return np.sqrt(12) * (drawn.double().numpy() - 0.5)


def walks(noise, sizes, decay=DECAY, lr=LR):
    """Every copy's way from 1, {way: (steps + 1, sizes, copies)}. noise: (steps, copies), sizes: of it."""
    start = np.ones((len(sizes), noise.shape[1]))
    own = np.asarray(sizes, float)[:, None]
    rates = np.full(len(noise), lr)
    return {way: adam(lambda _, n: own * noise[n], start, rates, decay, way) for way in WAYS}


def expected(sizes, way, decay=DECAY, lr=LR, steps=STEPS):
    """What the rule above says of the weight: (steps + 1, sizes)."""
    sizes = np.asarray(sizes, float)
    w = np.ones(len(sizes))
    path = [w]
    for _ in range(steps):
        pull = decay * w
        w = w - lr * (pull / np.hypot(sizes, pull) if way == COUPLED else pull)
        path.append(w)
    return np.array(path)
