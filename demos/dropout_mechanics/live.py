"""What there is to slide: the rate, how many masks are in the mean, the seed."""

import numpy as np
import torch

from demos.core import checks
from demos.core.live import Live
from demos.dropout_mechanics.masks import scaled, thinned
from demos.dropout_mechanics.page import RATES, SEEDS, UNITS, fresh, networks

MASKS = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 60, 100]
MASK_SEED = 0  # its masks, the same for all networks
SIDE, REACH = 21, 21.0  # cells of a map in a row, and where it ends


def demo(instead, rate=0.5, masks=40, seed=0, stored=None):
    """Networks on two rings, asked once and through masks: nothing trains, each picture is asked anew.

    `stored`: the talk's share right of the mean of the first 1, 2, … masks, a curve.
    """
    choices = {"rate": RATES, "masks": MASKS, "seed": SEEDS}
    talk = {"rate": rate, "masks": masks, "seed": seed}
    fixed = {"most": MASKS[-1], "units": UNITS, "maskSeed": MASK_SEED, "side": SIDE, "reach": REACH}
    return Live("dropout-mechanics", instead, talk, choices, fixed, 0, stored)


def drawn(rate):
    """Masks as the page draws them: (most, 2 UNITS), 1 for who stays."""
    dice = torch.Generator().manual_seed(MASK_SEED)
    return (torch.rand(MASKS[-1], 2 * UNITS, generator=dice) >= rate).numpy().astype(float)


def grid():
    """Centres of a map's cells, (SIDE², 2), row by row from below."""
    centres = REACH * ((2 * np.arange(SIDE) + 1) / SIDE - 1)
    across, up = np.meshgrid(centres, centres)
    return np.stack([across.ravel(), up.ravel()], 1)


def asked(rate=0.5, seed=0):
    """How likely the outer ring is, on the map's cells and then on fresh points: by `eval()`, (n,), and
    the mean of the first 1, 2, … masks, (most, n)."""
    checks.one_of("rate", rate, RATES)
    layers, x = networks()[rate][seed], np.concatenate([grid(), fresh()[0]])
    each = sigmoid(thinned(layers, x, drawn(rate), rate)[..., 0])
    means = each.cumsum(0) / np.arange(1, len(each) + 1)[:, None]
    return sigmoid(scaled(layers, x)[:, 0]), means


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def right(likely):
    """Share of the fresh points on the right side, of what `asked` says (..., n): (...)."""
    return ((likely[..., SIDE**2 :] > 0.5) == fresh()[1]).mean(-1)


def readouts(rate=0.5, masks=40, seed=0):
    """What the page says: shares right by `eval()`, through the first mask alone, and of the mean."""
    once, means = asked(rate, seed)
    return {"once": right(once), "first": right(means[0]), "mean": right(means[masks - 1])}
