"""All masks of a small network at once: what its thinned networks say on average, and what the whole one.

Dropout divides who stays by the probability to stay; the whole network, nothing dropped, is called the
scaled one here. Behind a softmax it says the normalised geometric mean of all thinned networks, where masks
lie right before the last layer (Baldi and Sadowski 2013, "Understanding dropout"); a second hidden layer
ends that.
"""

from itertools import product

import numpy as np

from demos.core import checks


def every(units):
    """All masks of so many units: (2^units, units), 1 for who stays."""
    checks.whole("units", units, least=1, most=16)
    return np.array(list(product((0.0, 1.0), repeat=units)))


def chances(masks, p):
    """How likely each mask is where each unit is dropped with probability p: (masks,)."""
    checks.number("p", p, least=0, below=1)
    kept = masks.sum(1)
    return (1 - p) ** kept * p ** (masks.shape[1] - kept)


def network(seed, widths):
    """Weights and biases of a small network, all standard normal: a list of (W (out, in), b (out,))."""
    dice = np.random.default_rng(seed)
    pairs = zip(widths[:-1], widths[1:], strict=True)
    return [(dice.standard_normal((m, n)), dice.standard_normal(m)) for n, m in pairs]


def thinned(layers, x, masks, p):
    """Outputs at x (n, d) through each of some masks (m, hidden units), who stays scaled: (m, n, k)."""
    h, first = np.broadcast_to(x, (len(masks), *x.shape)), 0
    for number, (weights, biases) in enumerate(layers):
        h = h @ weights.T + biases
        if number < len(layers) - 1:
            own = masks[:, None, first : first + len(biases)] / (1 - p)
            h, first = np.maximum(h, 0) * own, first + len(biases)
    return h


def scaled(layers, x):
    """Outputs with nothing dropped: (n, k)."""
    units = sum(len(biases) for _, biases in layers[:-1])
    return thinned(layers, x, np.ones((1, units)), 0.0)[0]


def softmax(logits):
    """Probabilities over the last dimension."""
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    return odds / odds.sum(-1, keepdims=True)


def arithmetic(answers, weights):
    """The mean of answers (m, n, k), each as likely as its weight (m,): (n, k)."""
    return np.tensordot(weights, answers, 1)


def geometric(probabilities, weights):
    """Their geometric mean, made to sum to 1 again: (n, k)."""
    return softmax(arithmetic(np.log(probabilities), weights))


def distances(layers, x, p):
    """How far the scaled network's answers at x are from its thinned ones' means, at most.

    "sum": outputs without softmax, from their mean; "geometric", "arithmetic": probabilities, from those.
    """
    masks = every(sum(len(biases) for _, biases in layers[:-1]))
    weights, outputs, whole = chances(masks, p), thinned(layers, x, masks, p), scaled(layers, x)
    p_each, p_whole = softmax(outputs), softmax(whole)
    means = {"geometric": geometric(p_each, weights), "arithmetic": arithmetic(p_each, weights)}
    found = {name: np.abs(mean - p_whole).max() for name, mean in means.items()}
    return found | {"sum": np.abs(arithmetic(outputs, weights) - whole).max()}
