"""What its slides quote."""

from demos.core.classification import accuracy
from demos.opening.compute import POINTS, moons

FRESH = 2000  # points to ask what a network is worth


def worth(seed, **fits):
    """Shares right of NAME=(network, x, y): seen_NAME on its own points, fresh_NAME on new ones."""
    fresh = moons(FRESH, [seed, 1])
    numbers = {"points": POINTS}
    for name, (network, x, y) in fits.items():
        numbers[f"seen_{name}"] = accuracy(network, x, y)
        numbers[f"fresh_{name}"] = accuracy(network, *fresh)
    return numbers
