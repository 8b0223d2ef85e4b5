"""What the page gets of this topic: networks trained at each rate, and fresh points to ask them."""

from functools import cache

import torch

from demos.dropout_mechanics import compute

UNITS = 16  # in each hidden layer: few weights to send, many to drop
RATES = (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75)
SEEDS = range(4)
ASKED, ASKED_SEED = 600, 0  # fresh points, the same for all networks
DIGITS = 4  # of weights and points


@cache
def networks():
    """Networks on the rings, {rate: [layers per seed]}; layers: a list of (W (out, in), b (out,))."""
    made = quietly_trained()
    names = [name.removesuffix(".weight") for name in made if name.endswith(".weight")]
    rows = [[layer(made, name, n) for name in names] for n in range(len(RATES) * len(SEEDS))]
    many = len(SEEDS)
    return {rate: rows[many * n : many * (n + 1)] for n, rate in enumerate(RATES)}


def quietly_trained():
    """Their parameters, stacked. One thread: of so small networks more would wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return compute.trained([*SEEDS], RATES, compute.wide(UNITS))
    finally:
        torch.set_num_threads(threads)


def layer(parameters, name, n):
    """Weights and biases of network n, float64, to DIGITS digits."""
    parts = (parameters[f"{name}.{part}"][n] for part in ("weight", "bias"))
    return tuple(part.numpy().astype(float).round(DIGITS) for part in parts)


def fresh():
    """Points of the two rings in turn, (ASKED, 2), and which one each is of, (ASKED,)."""
    x, y = compute.rings(ASKED_SEED, ASKED, compute.FRESH)
    return x.astype(float).round(DIGITS), y


def data():
    """Arrays by the names that `live.js` has for them: nets by rate and seed, each a list of layers."""
    nets = [
        [[{"w": w, "b": b} for w, b in layers] for layers in of_rate]
        for of_rate in networks().values()
    ]
    return {"rates": RATES, "nets": nets, "fresh": fresh()[0]}
