"""Early stopping where points are few: digits, irises, diabetes; and scikit-learn's own switch for it.

A pool of labelled points is all there is. Stopping splits it into points to train on and points to look
at; its rival trains on the whole pool to the end. Each standardises by what it trains on, alone.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from demos.core import rounding
from demos.core.engine import losses, sets
from demos.core.engine.batches import joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train
from demos.early_stopping.compute import chosen, kept


@dataclass(frozen=True)
class Task:
    """A bundled set, how many of its points are there, how many of these are held out; and the fit:
    full-batch Adam, a look every so many steps, patience in looks."""

    name: str
    pool: int
    held: int
    tested: int = 300
    hidden: tuple = (128, 128)
    lr: float = 0.001
    steps: int = 300
    every: int = 5
    patience: int = 10


DIGITS = Task("digits", 100, 20)
IRIS = Task("iris", 30, 6, tested=120)
DIABETES = Task("diabetes", 60, 12)


def places(task, seed):
    """Which points are trained on, held out, tested: three arrays of indices. Classes in equal shares."""
    whole = sets.bundled(task.name)
    classes = whole.y if whole.classes else None
    every = np.arange(len(whole.y))
    pool, rest = train_test_split(every, train_size=task.pool, random_state=seed, stratify=classes)
    inner = None if classes is None else classes[pool]
    fit, held = train_test_split(pool, test_size=task.held, random_state=seed, stratify=inner)
    return fit, held, rest[: task.tested]


def standardised(whole, by):
    """Features of all points, mean 0 and variance 1 over the points `by`; 0 where it never moves."""
    mean, sd = whole.x[by].mean(0), whole.x[by].std(0)
    return (whole.x - mean) / np.where(sd > 0, sd, 1) * (sd > 0)


def parts(task, seed, everything):
    """What one network trains on, and what is looked at along its way: held-out points, then tested ones.

    everything: whether it trains on the whole pool. Two `Data` of one network.
    """
    whole = sets.bundled(task.name)
    fit, held, tested = places(task, seed)
    by = np.concatenate([fit, held]) if everything else fit
    x = standardised(whole, by)
    return sets.chosen(x, whole, by), sets.chosen(x, whole, np.concatenate([held, tested]))


def along(task, seeds, everything):
    """Loss at the held-out points, loss and share right at the tested ones, along the way: three (L, N).

    Where a number is to be predicted the loss is the squared error, and the share right is no more than 0.
    """
    train_on, look_at = (
        joined(each) for each in zip(*(parts(task, s, everything) for s in seeds), strict=True)
    )
    classes = sets.bundled(task.name).classes
    loss = losses.cross_entropy if classes else losses.squared_error
    widths = (train_on.x.shape[-1], *task.hidden, classes or 1)

    def metric(function, some):
        return lambda out, y: function(out[:, some], y[:, some])

    def mean_loss(out, y):
        return loss(out, y).mean(-1)

    def right(out, y):
        return losses.accuracy(out, y) if classes else 0 * mean_loss(out, y)

    held, tested = slice(task.held), slice(task.held, None)
    metrics = {
        "held": metric(mean_loss, held),
        "loss": metric(mean_loss, tested),
        "right": metric(right, tested),
    }
    recipe = Recipe(mlp(widths), loss, Adam())
    look = Look(look_at, task.every, metrics)
    trained = train(recipe, seeds, train_on, {"lr": task.lr}, Plan(task.steps), look)
    return tuple(trained.seen[name] for name in metrics)


def scores(task, seeds):
    """Loss and share right per way, as in `compute.ways`: {"loss_end": (seeds,), "right_end": …}."""
    held, *part = along(task, seeds, everything=False)
    _, *whole = along(task, seeds, everything=True)
    best, end = kept(held, task.patience)
    found = {"kept_at": best * task.every, "ended_at": end * task.every}
    for what, own, all_points in zip(("loss", "right"), part, whole, strict=True):
        found |= {
            f"{what}_end": own[-1],
            f"{what}_stopped": chosen(own, best),
            f"{what}_everything": all_points[-1],
            f"{what}_anew": chosen(all_points, best),
        }
    return found


def switches(seed, pool=DIGITS.pool):
    """Share of other digits right, by scikit-learn's MLPClassifier: as it comes; with its switch; with the
    switch, a fifth held out, and patience."""
    whole = sets.bundled("digits")
    x, fresh, y, truth = train_test_split(
        whole.x, whole.y, train_size=pool, random_state=seed, stratify=whole.y
    )
    scaler = StandardScaler().fit(x)
    x, fresh = rounding.nudge(scaler.transform(x)), scaler.transform(fresh)
    patient = {"validation_fraction": 0.2, "n_iter_no_change": 50}
    ways = {
        "plain": {},
        "switch": {"early_stopping": True},
        "patient": {"early_stopping": True} | patient,
    }
    found = {}
    for name, options in ways.items():
        model = MLPClassifier(random_state=seed, max_iter=300, **options).fit(x, y)
        found |= {name: model.score(fresh, truth), f"epochs_{name}": model.n_iter_}
    return found
