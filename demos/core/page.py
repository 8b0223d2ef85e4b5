"""What the page gets of a topic: networks that train there, and numbers for its picture.

A topic's room says so in `page.py`: NETS, a list of `Net`; `data()`, {name: numbers} that its `live.js` is
given. Either may be missing. A step of a net is `engine.recipe.Recipe.step`; nothing here trains.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from demos.core.curve import TEST_X, TRAIN_X, curve, sample
from demos.core.engine import losses
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Sgd
from demos.core.engine.parts import L2
from demos.core.engine.recipe import Batch, Recipe
from demos.core.live import SEEDS

WIDE = 1000  # units from which a plan is the faster way
AT_REST = {"lr": 0.0, "momentum": 0.0, "weight_decay": 0.0}


@dataclass(frozen=True)
class Call:
    """One call of PyTorch's generator, for a chunk of steps: step by step, in each its draws.

    draws: {name: shape}. kind: "uniform", as torch.rand draws them, or "integers", 16 bits each, four in
    every int64 of `random_`; a number becomes first + each * it. `used`: whether a step gets them.
    """

    draws: dict
    kind: str = "uniform"
    first: float = 0.0
    each: float = 1.0
    used: bool = True


@dataclass(frozen=True)
class Stream:
    """A generator of its own, seeded with the network's seed plus `seed`, and its calls in their order."""

    seed: int
    calls: tuple


def whole(taken, hyper):
    """All points in every step."""
    return Batch(**taken)


@dataclass(frozen=True)
class Net:
    """A network that trains in the page, by the step of a recipe; one name is one net in all rooms.

    batch(taken, hyper) -> `recipe.Batch`: what a step trains on, made of what it takes, {name: tensor}.
    That is `given` by the slide, {name: shape}, the same in every step; and drawn anew in each, `chunk`
    steps at a time, from `streams`. rest: each setting, with the value at which a step shows the network
    as it is and changes nothing. gradients: whether the slide shows those of the loss. planned: trains
    by a plan, faster for a wide network (`scripts.live.plan`), not by ONNX Runtime.
    """

    name: str
    recipe: Recipe
    given: dict = field(default_factory=dict)
    rest: dict = field(default_factory=lambda: AT_REST)
    batch: Callable = whole
    streams: tuple = ()
    chunk: int = 1
    gradients: bool = False
    planned: bool = False

    @property
    def takes(self):
        """What the batch is made of: {name: shape}."""
        calls = [call for stream in self.streams for call in stream.calls if call.used]
        return self.given | {name: shape for call in calls for name, shape in call.draws.items()}


def named(widths):
    """What a network of these widths is called: 1-100-1."""
    return "-".join(map(str, widths))


def descent(widths, dropout=None):
    """The step of `core.training`: SGD with momentum and weight decay on a sum of squared errors."""
    network, decay = mlp(widths, dropout=dropout), L2("weight_decay")
    return Recipe(network, losses.squared_error, Sgd("momentum"), (decay,), mean=False)


def fit(widths, points, gradients=False):
    """A network on so many points, all in every step."""
    given = {"x": (points, widths[0]), "y": (points, widths[-1])}
    planned = max(widths) >= WIDE
    return Net(named(widths), descent(widths), given, gradients=gradients, planned=planned)


def noisy_points():
    """The talk's points: x, the curve there, the noise of each seed at sd 1; and where a fit is scored."""
    return {
        "x": TRAIN_X,
        "clean": curve(TRAIN_X),
        "noise": [sample(seed, sd=1.0) - curve(TRAIN_X) for seed in SEEDS],
        "testX": TEST_X,
        "testY": curve(TEST_X),
    }
