"""A network on iris by plain SGD, in batches of one size or another; and a last batch that is small."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from demos.batches.variance import gradients
from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.network import mlp, one_of
from demos.core.engine.optimizers import Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train

SIZES = (2, 12, 60)  # batches; each divides the 120 points
LOST = 100.0  # a loss from which on a run counts as gone astray, nan included


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to iris: plain SGD."""

    points: int = 120
    widths: tuple = (4, 64, 64, 3)
    lr: float = 0.001
    epochs: int = 50
    steps: int = 600  # where equal numbers of steps are compared


FIT = Fit()


def points(seeds, count=FIT.points):
    """`Data` of one network per seed: its training points of iris, standardised."""
    whole = sets.bundled("iris")
    return sets.stacked([sets.split(whole, seed, count, 15) for seed in seeds]).train


def first_gradients(seed, widths, count=FIT.points):
    """Gradients of the first points of iris, for a network as it starts: (count, parameters) float64."""
    data, network = points([seed]), mlp(widths)
    parameters = one_of(network.start([seed])[0], 0)
    return gradients(network, parameters, data.x[0, :count], data.y[0, :count]).double()


def steps_per_epoch(batch, count=FIT.points):
    """Steps of an epoch in batches of equal size; what is left over sits out."""
    checks.whole("batch", batch, least=1, most=count)
    return count // batch


def learned(seeds, batch, steps, lr, fit=FIT):
    """Loss over all training points after each epoch: looks (L,) in steps, losses (L, seeds)."""
    data = points(seeds, fit.points)
    recipe = Recipe(mlp(fit.widths), losses.cross_entropy, Sgd())
    look = Look(data, steps_per_epoch(batch, fit.points))
    done = train(recipe, seeds, data, {"lr": lr}, Plan(steps, batch), look)
    return done.looks, np.nan_to_num(done.seen["nll"], nan=LOST).clip(max=LOST)


def clocks(seeds, sizes=SIZES, fit=FIT):
    """Losses by batch size: {batch: (looks, losses)}, for as many epochs and steps as are compared."""
    longest = {b: max(fit.epochs * steps_per_epoch(b, fit.points), fit.steps) for b in sizes}
    return {batch: learned(seeds, batch, longest[batch], fit.lr, fit) for batch in sizes}


def scaled(seeds, batch, lr, fit=FIT):
    """The loss after all epochs where the rate grows with the batch, `lr` at the smallest: (seeds,)."""
    steps = fit.epochs * steps_per_epoch(batch, fit.points)
    return learned(seeds, batch, steps, lr * batch / SIZES[0], fit)[1][-1]


def right_or_wrong(seed, count):
    """Which of `count` points of iris a logistic regression on two features gets right: (count,) bool."""
    whole = sets.bundled("iris")
    rows = np.random.default_rng(seed).permutation(len(whole.y))[:count]
    x, y = whole.x[rows, :2], whole.y[rows]  # sepals alone: there is something to get wrong
    return LogisticRegression().fit(x, y).predict(x) == y


def mean_of_batches(hits, batch, seed):
    """Mean of the batches' shares right, in a random order, the last batch as small as it comes."""
    order = np.random.default_rng(seed).permutation(len(hits))
    parts = np.split(hits[order], range(batch, len(hits), batch))
    return float(np.mean([part.mean() for part in parts]))
