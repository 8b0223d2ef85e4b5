"""What the page gets of this topic: networks of every width and depth for the rings, and the rings."""

from demos.core.engine.network import mlp
from demos.core.live import SEEDS
from demos.core.page import Net, named
from demos.from_neuron_to_network.compute import recipe
from demos.from_neuron_to_network.points import FRESH, rings

UNITS, LAYERS = (1, 2, 3, 4, 8, 16), (0, 1, 2, 3)  # of a hidden layer; how many; with none a line
POINTS, NOISE = 100, 0.1
SHOWN, FRESH_SEED = 400, 0  # fresh points on which the slide scores, the same for all seeds
DIGITS = 4


def shape(units, layers):
    """Units per layer, ends included."""
    return (2, *[units] * layers, 1)


def name(widths):
    """What a network of rings is called: rings-2-4-1."""
    return f"rings-{named(widths)}"


def net(widths):
    """A network that learns rings by gradient descent."""
    given = {"x": (POINTS, 2), "y": (POINTS, 1)}
    return Net(name(widths), recipe(mlp(widths)), given, rest={"lr": 0.0})


SHAPES = list(dict.fromkeys(shape(units, layers) for layers in LAYERS for units in UNITS))
NETS = [net(widths) for widths in SHAPES]


def data():
    """Rings of each seed and fresh ones, each with the class of every point."""
    rows = [rings(seed, POINTS, NOISE) for seed in SEEDS]
    fresh, classes = rings(FRESH_SEED, SHOWN, NOISE, FRESH)
    return {
        "points": [x.astype(float).round(DIGITS) for x, _ in rows],
        "classes": [y for _, y in rows],
        "fresh": fresh.astype(float).round(DIGITS),
        "freshClasses": classes,
    }
