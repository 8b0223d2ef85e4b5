"""What there is to slide: units in a hidden layer, hidden layers, learning rate, seed."""

import torch

from demos.core.engine import losses
from demos.core.engine.network import mlp
from demos.core.engine.train import Look, Plan, train
from demos.core.live import SEEDS, Live
from demos.from_neuron_to_network import compute, page
from demos.from_neuron_to_network.points import FRESH, rings, stacked

RATES = [0.01, 0.03, 0.1, 0.3, 1.0]
SIDE, REACH = 25, 1.6  # cells of the map in a row, and where it ends
EVERY = 10  # steps between two looks
STEPS = compute.FIT.steps


def demo(instead, units=8, layers=1, lr=compute.FIT.lr, seed=0, stored=None):
    """A network in training on rings: where it says inner, and its log loss on fresh points.

    `stored`: the talk's log loss, a curve.
    """
    choices = {"units": [*page.UNITS], "layers": [*page.LAYERS], "lr": RATES, "seed": SEEDS}
    talk = {"units": units, "layers": layers, "lr": lr, "seed": seed}
    fixed = {"side": SIDE, "reach": REACH, "every": EVERY}
    nets = [page.name(widths) for widths in page.SHAPES]
    return Live("from-neuron-to-network", instead, talk, choices, fixed, STEPS, stored, nets)


def grid():
    """Centres of the map's cells, (SIDE², 2), row by row from below."""
    centres = REACH * ((2 * torch.arange(SIDE) + 1) / SIDE - 1)
    rows = torch.meshgrid(centres, centres, indexing="ij")
    return torch.stack([rows[1].flatten(), rows[0].flatten()], 1)


def shown(units=8, layers=1, lr=compute.FIT.lr, seed=0, steps=STEPS):
    """The page's run in PyTorch: probability of "inner" on the map (SIDE, SIDE), its points x and y; steps
    and log loss on the fresh points, (L,) each; and its last words, {name: number}."""
    x, y = rings(seed, page.POINTS, page.NOISE)
    fresh = stacked([rings(page.FRESH_SEED, page.SHOWN, page.NOISE, FRESH)])
    network = mlp(page.shape(units, layers))
    lost = {"lost": lambda out, y: losses.binary_cross_entropy(out, y).mean(-1)}
    look = Look(fresh, EVERY, lost | {"right": losses.binary_accuracy})
    done = train(compute.recipe(network), [seed], stacked([(x, y)]), {"lr": lr}, Plan(steps), look)
    cells = network.predict(done.parameters, grid()[None]).sigmoid().view(SIDE, SIDE)
    found = {name: values[:, 0] for name, values in done.seen.items()}
    numbers = {"right": float(found["right"][-1]), "nll": float(found["lost"][-1])}
    return cells.numpy(), (x, y), (done.looks, found["lost"]), numbers
