"""What is claimed of larger and smaller networks on the same noisy samples of the curve."""

import numpy as np

from demos.core.evidence.study import SEEDS, Claim, Study
from demos.core.evidence.verdicts import LIKE_A_COIN, TOLD, USUALLY
from demos.core.training import Settings
from demos.network_fit import compute as nf

TITLE = "Sizes"
STUCK = 0.1  # a flat line has nearly three times that test error, a good fit a third


def sizes(seeds, units, lr, steps):
    """Test error of 1-w-w-1 for each number of units w, trained on the noisy targets of the seeds."""
    y, settings = nf.noisy_targets(seeds), Settings(lr=lr, steps=steps)
    fits = {w: nf.fit((1, w, w, 1), seeds, y, settings) for w in units}
    return {f"test_{w}": nf.test_error(networks) for w, networks in fits.items()}


SIZES = Study(
    "network-sizes",
    sizes,
    {"units": (4, 10, 30, 100), "lr": 0.001, "steps": 4000},
    count=2 * SEEDS,
)

CLAIMS = (
    Claim(
        "network-larger-better",
        "Larger is better: 1-100-100-1 has less error than 1-10-10-1",
        SIZES,
        value=lambda q: q["test_100"] / q["test_10"],
        rule="<",
        bound=1,
        unit="test error, 100 over 10 units",
        word=USUALLY,
        kind=TOLD,
        log=True,
    ),
    Claim(
        "network-four-a-coin",
        "1-4-4-1: an error below 0.1, like a coin",
        SIZES,
        value=lambda q: q["test_4"],
        rule="<",
        bound=STUCK,
        unit="test error",
        word=LIKE_A_COIN,
        log=True,
    ),
    Claim(
        "network-thirty-do",
        "1-30-30-1 and 1-100-100-1: errors within a quarter",
        SIZES,
        value=lambda q: np.maximum(q["test_100"] / q["test_30"], q["test_30"] / q["test_100"]),
        rule="<",
        bound=1.25,
        unit="test errors, larger over smaller",
        word=USUALLY,
    ),
)
