"""The talk's networks, many of one shape at once, trained by the engine as `training.train` trains one.

They start as `networks.mlp` draws them and go on where they stopped, momentum and all. Wide networks gain
nothing from standing side by side: they are trained one by one, by `wide`. A test holds every network of
an ensemble to `training.train` on the same seed, within float32 rounding.
"""

from dataclasses import replace

import numpy as np
import torch
from tqdm import tqdm, trange

from demos.core import checks, networks, rounding, wide
from demos.core.engine import losses
from demos.core.engine.batches import Data
from demos.core.engine.chance import numbers
from demos.core.engine.flat import Flat
from demos.core.engine.layers import Dropout
from demos.core.engine.network import mlp, one_of
from demos.core.engine.optimizers import Sgd
from demos.core.engine.parts import L2
from demos.core.engine.passes import Given
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import settings as each_ones
from demos.core.engine.written import Written
from demos.core.networks import column

WIDE = 300  # units in a layer from which networks are trained one by one


class Ensemble:
    """N ReLU networks. weights[l]: (N, outputs, inputs), biases[l]: (N, outputs), views to write to."""

    def __init__(self, widths, seeds):
        checks.seeds(seeds)
        network = mlp(widths, dropout="dropout")
        recipe = Recipe(network, losses.squared_error, Sgd("momentum"), (L2("decay"),), mean=False)
        starts = [networks.mlp(widths, seed).parameters() for seed in seeds]
        stacked = [torch.stack(same).detach() for same in zip(*starts, strict=True)]
        names = dict(network.module().named_parameters())  # the same ones, in the same order
        self.machine = Written(recipe, dict(zip(names, stacked, strict=True)), {})
        self.network, self.flat = network, self.machine.flat
        views = list(self.flat.views.values())
        self.weights, self.biases = views[0::2], views[1::2]

    def __len__(self):
        return len(self.weights[0])

    def parameters(self, n):
        """Weights and biases of network n in turn, as views: changing them changes the ensemble."""
        return list(one_of(self.flat.views, n).values())

    def kept(self, n):
        """The momentum of network n, likewise."""
        momentum = Flat(self.flat.shapes, self.machine.rule.speed)
        return list(one_of(momentum.views, n).values())

    def coins(self, per_layer):
        """Coins of the hidden layers, one (N, B, units) each or none, by the name of their dropout."""
        places = [str(n) for n, each in enumerate(self.network.layers) if isinstance(each, Dropout)]
        return dict(zip(places, per_layer, strict=True)) if len(per_layer) else {}

    def predict(self, x):
        """Outputs without dropout: x (n,) or (n, d), the same for all networks, gives (N, n)."""
        return self.machine.predict(column(x)[None], {})[..., 0].numpy()

    def thinned(self, x, coins, dropout):
        """Outputs with dropout, x (n, d) gives (N, n). coins: one (N or 1, n, units) a hidden layer."""
        chance, hyper = Given(numbers(self.coins(coins))), {"dropout": torch.tensor(dropout)}
        with torch.no_grad():
            out = self.network.apply(self.flat.views, column(x)[None], {}, hyper, chance, True)[0]
        return out[..., 0].numpy()

    def reach(self, x):
        """Per hidden layer, the highest each unit gets before its ReLU, over the points x: (N, units)."""
        x, highest = column(x)[None], []
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            before = x @ weight.mT + bias[:, None]
            highest.append(before.amax(1).numpy())
            x = before.relu()
        return highest

    def active(self, x):
        """Per hidden layer, how many units are on for at least one of the points x: (N, layers)."""
        return np.stack([(highest > 0).sum(1) for highest in self.reach(x)], axis=1)


def train(ensemble, x, y, settings, weight_decay=None):
    """Full-batch training of every network; changes `ensemble` in place.

    x: (n,) or (n, d), shared. y: (n,), shared, or (N, n), one row per network.
    `weight_decay` (N,) overrides the one in `settings`. Returns losses (steps + 1, N).
    """
    x = column(x)[None]
    y = rounding.nudge(torch.as_tensor(np.atleast_2d(y), dtype=torch.float32))[..., None]
    if max(map(len, ensemble.parameters(0))) >= WIDE:
        during = one_by_one(ensemble, x[0], y, settings, weight_decay)
    else:
        batch = Data(*(rounding.reorder(each, 1) for each in (x, y))), ()
        during = run(ensemble, lambda step: batch, settings, weight_decay)
    last = losses.squared_error(ensemble.machine.predict(x, {}), y).sum(-1).numpy()
    return np.concatenate([during, last[None]])


def one_by_one(ensemble, x, y, settings, weight_decay=None):
    """The same one after the other, for wide networks: losses (steps, N). y: (N or 1, n, 1)."""
    count = len(ensemble)
    rates = np.broadcast_to(settings.lr, count)
    decays = np.broadcast_to(settings.weight_decay if weight_decay is None else weight_decay, count)
    during = np.empty((settings.steps, count), dtype=np.float32)
    with tqdm(total=settings.steps * count, desc="training", leave=False) as bar:
        for n, targets in enumerate(y.expand(count, -1, -1)):
            own = replace(settings, lr=float(rates[n]), weight_decay=float(decays[n]))
            during[:, n] = wide.train(
                ensemble.parameters(n),
                x,
                targets,
                wide.Sgd(own),
                own.steps,
                [ensemble.kept(n)],
                bar,
            )
    return during


def run(ensemble, batch, settings, weight_decay=None, dropout=0.0):
    """Train on `batch(step)`: `Data`, and the coins of `dropout`, a tensor a hidden layer (N, B, units).

    Settings: a number, or one per network. Returns the loss of each step's batch before the step:
    (steps, N). Raises ValueError where settings are neither.
    """
    decay = settings.weight_decay if weight_decay is None else weight_decay
    hyper = {"lr": settings.lr, "momentum": settings.momentum, "decay": decay}
    hyper = each_ones(hyper | ({"dropout": dropout} if dropout else {}), len(ensemble))
    during = torch.empty(settings.steps, len(ensemble))
    for step in trange(settings.steps, desc="training", leave=False):
        points, coins = batch(step)
        during[step] = ensemble.machine.step(points, ensemble.coins(coins), hyper)
    return during.numpy()
