"""What its slides quote."""

import numpy as np

from demos.built_in_regularizers.compute_depth import BLOCKS

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "so many signals say with data what the filter says by its build, and the dense one may look closer",
    "each place has weights of its own to learn, and few signals stand there; a filter learns from all",
)


def means(found):
    """The same with means, which rounding moves less where one seed ends elsewhere."""
    numbers = {name: float(np.mean(values)) for name, values in found.items()}
    return numbers | {"seeds": len(next(iter(found.values())))}


def lost(found, way):
    """Shares lost by deleting each block, (BLOCKS, seeds)."""
    return np.array([found[f"without_{way}_{number}"] for number in range(1, BLOCKS + 1)])


def differences(found, pairs):
    """Medians of differences between recorded quantities. pairs: {name: (one, minus another)}."""
    return {
        name: float(np.median(found[one] - found[other])) for name, (one, other) in pairs.items()
    }
