"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "more neurons side by side are more chances that two of them start where XOR needs them",
    "a layer of few neurons may lose what the next one needs, and cannot get it back",
)


def line(parameters):
    """Weights (inputs,) and bias of the one neuron of the first network; without a bias 0."""
    weights = parameters["0.weight"][0, 0].numpy().astype(float)
    return weights, float(parameters["0.bias"][0, 0]) if "0.bias" in parameters else 0.0


def dead(right, bound=0.6):
    """How many of networks are hardly better than a coin."""
    return int((np.asarray(right) < bound).sum())


def of_units(found, kind, units):
    """The share right by units of a way to train: (seeds, units)."""
    return np.stack([found[f"{kind}_{n}"] for n in units], 1)
