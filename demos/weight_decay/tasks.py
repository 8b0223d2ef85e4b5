"""AdamW with and without decay on small tasks, its strength chosen on validation points; and strength times
rate, a table a rule.

Each network of a seed starts alike and sees the same batches, whatever its decay.
"""

from dataclasses import dataclass

import numpy as np

from demos.core.engine import losses, sets
from demos.core.engine.batches import Data
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.parts import L2, Decay
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train
from demos.weight_decay.compute import COUPLED, DECOUPLED

MOONS_SD = 0.3


@dataclass(frozen=True)
class Task:
    """Few points of a set, and how a network is fitted to them. batch: None for all in every step."""

    name: str
    points: int
    valid: int
    test: int
    widths: tuple
    steps: int
    batch: int | None = None
    lr: float = 0.001


DIGITS = Task("digits", 100, 200, 1000, (64, 64, 10), 400, 20, lr=0.002)
IRIS = Task("iris", 30, 30, 90, (4, 64, 64, 3), 600)
MOONS = Task("moons", 40, 100, 1000, (2, 32, 32, 2), 600, lr=0.005)
ONE_D = Task("MNIST-1D", 400, 400, 2000, (40, 64, 64, 10), 600, 32, lr=0.002)
TASKS = (DIGITS, IRIS, MOONS, ONE_D)
DECAYS = (0.0, 0.3, 1.0, 3.0, 10.0)  # of AdamW
PENALTIES = (0.003, 0.01, 0.03, 0.1)  # of Adam with L2


def whole(task, seed):
    """The set that a task's points are drawn from; moons are made anew for each seed."""
    if task.name == "moons":
        return sets.moons(task.points + task.valid + task.test, MOONS_SD, seed)
    return sets.mnist1d() if task.name == "MNIST-1D" else sets.bundled(task.name)


def parts(task, seeds):
    """`Parts` of one network per seed."""
    split = [
        sets.split(whole(task, seed), seed, task.points, task.valid, task.test) for seed in seeds
    ]
    return sets.stacked(split)


def several(data, many):
    """The same data for each of several sets of networks."""
    return Data(*(each.repeat(many, 1, 1) for each in data))


def trained(task, seeds, way, decays, rates, on=None):
    """Scores per setting and seed, (settings, seeds) each; decays (settings,), rates (settings,) or one.

    right and nll on test points, valid_right and valid_nll on validation points, fit: log loss on those
    that it trains on; said: the classes themselves, (settings, seeds, points). on: "weights", or all.
    """
    split, many = parts(task, seeds), len(decays)
    network = mlp(task.widths)
    part = (L2 if way == COUPLED else Decay)("decay", on and network.groups[on])
    recipe = Recipe(network, losses.cross_entropy, Adam(), (part,))
    rates = np.broadcast_to(rates, many)
    hyper = {"lr": np.repeat(rates, len(seeds)), "decay": np.repeat(decays, len(seeds))}
    train_on, valid, test = (several(each, many) for each in split)
    done = train(recipe, [*seeds] * many, train_on, hyper, Plan(task.steps, task.batch))
    outs = [network.predict(done.parameters, each.x) for each in (train_on, valid, test)]
    found = {
        "fit": losses.nll(outs[0], train_on.y),
        "valid_right": losses.accuracy(outs[1], valid.y),
        "valid_nll": losses.nll(outs[1], valid.y),
        "right": losses.accuracy(outs[2], test.y),
        "nll": losses.nll(outs[2], test.y),
        "said": outs[2].argmax(-1),
    }
    return {n: v.unflatten(0, (many, len(seeds))).numpy() for n, v in found.items()}


def compared(task, seeds, decays=DECAYS, penalties=PENALTIES):
    """Without decay, AdamW and Adam with L2: {"right_none": (seeds,), …}, and nll and fit likewise.

    Strengths are chosen on validation points, 0 among them: that with most right for `right`, that with the
    least log loss for `nll` and `fit`. Of equals the weaker one.
    """
    own = trained(task, seeds, DECOUPLED, decays, task.lr)
    other = trained(task, seeds, COUPLED, penalties, task.lr)
    both = {name: np.concatenate([own[name][:1], other[name]]) for name in own}
    found = {f"{what}_none": own[what][0] for what in ("right", "nll", "fit")}
    for way, rows in (("adamw", own), ("l2", both)):
        best = {"right": rows["valid_right"].argmax(0), "nll": rows["valid_nll"].argmin(0)}
        best["fit"] = best["nll"]
        for what, chosen in best.items():
            found[f"{what}_{way}"] = np.take_along_axis(rows[what], chosen[None], 0)[0]
        found[f"chosen_{way}"] = best["nll"]
    return found
