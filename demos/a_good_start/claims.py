"""What is claimed of deep networks before their first step: sizes of activations and of gradients."""

import numpy as np

from demos.a_good_start import compute as cp
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import TOLD

TITLE = "A good start"
DEPTHS = (2, 10, 20)
STARTS = {"one": cp.GLOROT, "two": cp.HE, "four": 4.0, "pytorch": cp.PYTORCH}
PAIRS = {  # activation, scale, biases
    "sigmoid": (cp.SIGMOID, cp.GLOROT, False),
    "tanh": (cp.TANH, cp.GLOROT, False),
    "he": (cp.RELU, cp.HE, False),
    "pytorch": (cp.RELU, cp.PYTORCH, True),
}


def per_seed(measure):
    """A study's function from one that measures a single seed, {quantity: number}."""

    def all_of(seeds, **settings):
        rows = [measure(seed, **settings) for seed in seeds]
        return {name: np.array([row[name] for row in rows]) for name in rows[0]}

    return all_of


@per_seed
def sizes(seed, depth, width):
    """Of ReLU layers: last over first of activations and of what tells inputs apart, first over last of
    gradients; how far units of the last layer are apart."""
    drawn, found = cp.numbers(seed, depth, width), {}
    for name, scale in STARTS.items():
        through = cp.passes(drawn, scale, cp.RELU, biases=name == "pytorch")
        gave, back, apart = (
            cp.spread(through.activations),
            cp.spread(through.gradients),
            cp.apart(through.activations),
        )
        found |= {f"size_{name}": gave[-1] / gave[0], f"gradient_{name}": back[0] / back[-1]}
        found |= {f"apart_{name}": apart[-1] / apart[0]}
        found |= {f"units_{name}": cp.units(through.activations)[-1]}
    return found


@per_seed
def depths(seed, depths, width):
    """Length of the gradient of the first hidden layer's weights over that of the last one's, by depth."""
    found = {}
    for depth in depths:
        drawn = cp.numbers(seed, depth, width)
        for name, (activation, scale, biases) in PAIRS.items():
            lengths = cp.weight_gradients(cp.passes(drawn, scale, activation, biases))
            found[f"{name}_{depth}"] = lengths[0] / lengths[-1]
    return found


@per_seed
def tanh_layers(seed, depth, width):
    """Of tanh layers from PyTorch's scale without biases, and from Glorot's: activations last over first,
    gradients first over last and the largest step down, weights' gradients largest over smallest."""
    drawn, found = cp.numbers(seed, depth, width), {}
    for name, scale in {"pytorch": cp.PYTORCH, "glorot": cp.GLOROT}.items():
        through = cp.passes(drawn, scale, cp.TANH)
        gave, back = cp.spread(through.activations), cp.spread(through.gradients)
        lengths = cp.weight_gradients(through)
        found |= {f"size_{name}": gave[-1] / gave[0], f"gradient_{name}": back[0] / back[-1]}
        found |= {f"step_{name}": (back[:-1] / back[1:]).max()}
        found |= {f"weights_{name}": lengths.max() / lengths.min()}
    return found


@per_seed
def residual(seed, depth, width):
    """Of ReLU layers with a residual connection: activations and inputs apart, last over first."""
    drawn, found = cp.numbers(seed, depth, width), {}
    for name, scale in {"two": cp.HE, "pytorch": cp.PYTORCH, "divided": cp.HE / depth**2}.items():
        through = cp.passes(drawn, scale, cp.RELU, name == "pytorch", residual=True)
        gave, apart = cp.spread(through.activations), cp.apart(through.activations)
        found |= {f"size_{name}": gave[-1] / gave[0], f"apart_{name}": apart[-1] / apart[0]}
    return found


LAYERS = Study("good-start-layers", sizes, {"depth": cp.DEPTH, "width": cp.WIDTH})
BY_DEPTH = Study("good-start-depths", depths, {"depths": DEPTHS, "width": 128})
GLOROTS = Study("good-start-tanh", tanh_layers, {"depth": 5, "width": cp.WIDTH})
RESIDUAL = Study("good-start-residual", residual, {"depth": cp.DEPTH, "width": 128})


def factor(quantity):
    """How far a ratio is from 1, up or down, as a factor."""
    return lambda q: np.maximum(q[quantity], 1 / q[quantity])


def claim(name, sentence, study, value, rule, bound, unit, **more):
    """A claim on a logarithmic axis; `value` a quantity's name, or a function."""
    read = value if callable(value) else lambda q: q[value]
    return Claim(f"good-start-{name}", sentence, study, read, rule, bound, unit, log=True, **more)


SIZE, BACK, WEIGHTS = (
    "activations, layer 30 over 1",
    "gradient, layer 1 over layer 30",
    "gradient, layer 1 over 20",
)
CLAIMS = (
    claim(
        "two-keeps",
        "30 ReLU layers, variance 2/n: sizes within a factor of 5",
        LAYERS,
        factor("size_two"),
        "<",
        5,
        "activations, 30 and 1, factor",
    ),
    claim(
        "two-gradients",
        "30 ReLU layers, variance 2/n: gradients within 5-fold",
        LAYERS,
        factor("gradient_two"),
        "<",
        5,
        "gradients, 1 and 30, factor",
    ),
    claim(
        "one-fades",
        "30 ReLU layers, variance 1/n: a thousandth is left, or less",
        LAYERS,
        "size_one",
        "<",
        1e-3,
        SIZE,
    ),
    claim(
        "four-explodes",
        "30 ReLU layers, variance 4/n: activations grow 1,000-fold",
        LAYERS,
        "size_four",
        ">",
        1e3,
        SIZE,
    ),
    claim(
        "pytorch-apart",
        "30 ReLU layers, PyTorch: a billionth tells inputs apart",
        LAYERS,
        "apart_pytorch",
        "<",
        1e-9,
        "inputs apart, layer 30 over 1",
    ),
    claim(
        "pytorch-units",
        "30 ReLU layers, PyTorch: the last one's units still differ",
        LAYERS,
        "units_pytorch",
        ">",
        0.01,
        "layer 30's units apart",
    ),
    claim(
        "sigmoid-fades",
        "20 sigmoid layers leave the first a millionth of the slope",
        BY_DEPTH,
        "sigmoid_20",
        "<",
        1e-6,
        WEIGHTS,
    ),
    claim(
        "tanh-keeps",
        "20 tanh layers, Glorot: gradients within a factor of 2",
        BY_DEPTH,
        factor("tanh_20"),
        "<",
        2,
        "gradients, 1 and 20, factor",
    ),
    claim(
        "relu-fades",
        "20 ReLU layers, PyTorch: the first gets a ten-thousandth",
        BY_DEPTH,
        "pytorch_20",
        "<",
        1e-4,
        WEIGHTS,
    ),
    claim(
        "relu-keeps",
        "20 ReLU layers, He: gradients within a factor of 4",
        BY_DEPTH,
        factor("he_20"),
        "<",
        4,
        "gradients, 1 and 20, factor",
    ),
    claim(
        "standard-fades",
        "Five tanh layers, 1/(3n): gradients shrink layer by layer",
        GLOROTS,  # Glorot and Bengio 2010, figure 7, above
        "step_pytorch",
        "<",
        1,
        "largest step, a layer down",
        kind=TOLD,
    ),
    claim(
        "glorot-keeps",
        "Five tanh layers, Glorot: gradients within a factor of 3",
        GLOROTS,
        factor("gradient_glorot"),
        "<",
        3,
        "gradients, 1 and 5, factor",
    ),
    claim(
        "weights-alike",
        "Five tanh layers, 1/(3n): weights' gradients stay alike",
        GLOROTS,  # the same, figure 8: to within a factor of two
        "weights_pytorch",
        "<",
        2,
        "largest over smallest",
        kind=TOLD,
    ),
    claim(
        "residual-cures",
        "From PyTorch's start residual ReLU layers keep inputs apart",
        RESIDUAL,
        "apart_pytorch",
        ">",
        1,
        "inputs apart, layer 30 over 1",
    ),
    claim(
        "residual-size",
        "From He's start residual ReLU layers keep their size",
        RESIDUAL,
        factor("size_two"),
        "<",
        10,
        "activations, 30 and 1, factor",
        kind=TOLD,
    ),
    claim(
        "residual-explodes",
        "30 residual ReLU layers, variance 2/n: 100,000-fold growth",
        RESIDUAL,
        "size_two",
        ">",
        1e5,
        SIZE,
    ),
    claim(
        "residual-divided",
        "He's weights divided by depth: residual layers keep size",
        RESIDUAL,
        factor("size_divided"),
        "<",
        2,
        "activations, 30 and 1, factor",
    ),
)
