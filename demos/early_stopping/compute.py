"""Early stopping on a noisy curve: which step is kept, and what the held-out points would have brought.

A network learns from 21 points; ten more, between them, are only looked at, every so many steps. Patience:
so many looks without a better one, and training ends (Prechelt 1998, "Early stopping, but when?"). Errors
are mean squared ones; arrays of a run are (looks, networks).
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from demos.core import checks
from demos.core import ensemble as many
from demos.core.curve import TRAIN_X, curve, rmse, sample
from demos.core.engine import losses
from demos.core.engine.batches import data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train
from demos.core.training import Settings

HELD_X = np.linspace(0.025, 0.925, 10)  # looked at, not trained on: each between two that are
POINTS, HELD = len(TRAIN_X), len(HELD_X)
GRID = np.linspace(0, 1, 101)  # where fits are scored and drawn
NOISE_SD = 0.3
WIDTHS = (1, 50, 50, 1)
LR, STEPS, EVERY = 0.01, 1500, 10
PATIENCE = 10  # looks
LIVE_WIDTHS = (1, 100, 100, 1)
LIVE = Settings(lr=0.004, momentum=0.9, steps=1000)  # the page's: it has no Adam
LIVE_EVERY = 20


class Watched(NamedTuple):
    """What was seen along the runs of some seeds, after `looks` steps each (L,).

    fits: outputs on GRID (L, N, 101). training, held: errors at the points that are trained on and at those
    that are not, (L, N). error: to the true curve, (L, N); everything: the same of a network that is
    trained on all points, held-out ones too.
    """

    looks: np.ndarray
    fits: np.ndarray
    training: np.ndarray
    held: np.ndarray
    error: np.ndarray
    everything: np.ndarray


def noisy(seed, noise_sd=NOISE_SD):
    """One data set: x and y (31,), the first 21 to be trained on, the others held out."""
    checks.number("noise_sd", noise_sd, least=0)
    x = np.concatenate([TRAIN_X, HELD_X])
    return x, sample(seed, x, noise_sd)


def recipe():
    """How each network is fitted: Adam on the mean squared error; tanh, which last bits move little."""
    return Recipe(mlp(WIDTHS, "tanh"), losses.squared_error, Adam())


def watched(seeds, noise_sd=NOISE_SD, steps=STEPS, every=EVERY, lr=LR):
    """`Watched` of a network and a data set per seed."""
    sets = [noisy(seed, noise_sd) for seed in seeds]
    y = np.stack([targets for _, targets in sets])
    x = np.concatenate([sets[0][0], GRID])
    look = Look(data(x, x), every, metrics={}, outputs=True)
    seen = []
    for count in (POINTS, POINTS + HELD):
        points = joined(data(x[:count], targets[:count]) for x, targets in sets)
        trained = train(recipe(), seeds, points, {"lr": lr}, Plan(steps), look)
        seen.append(trained.outputs[..., 0])
    part, whole = seen
    at_points, fits = np.split(part, [POINTS + HELD], axis=-1)
    squares = (at_points - y) ** 2
    return Watched(
        trained.looks,
        fits,
        squares[..., :POINTS].mean(-1),
        squares[..., POINTS:].mean(-1),
        off(fits),
        off(whole[..., POINTS + HELD :]),
    )


def off(fits):
    """Mean squared error to the true curve: (..., 101) gives (...)."""
    return ((fits - curve(GRID)) ** 2).mean(-1)


def kept(held, patience):
    """Which look is kept and at which one training ends: held (L, ...) gives two of (...), indices.

    The lowest so far is kept; `patience` looks in a row that are no lower end it, or the last look does.
    """
    checks.whole("patience", patience, least=1)
    held = np.asarray(held)
    lowest = np.minimum.accumulate(held, axis=0)
    better = np.concatenate([np.ones_like(held[:1], bool), held[1:] < lowest[:-1]])
    order = np.arange(len(held)).reshape(-1, *[1] * (held.ndim - 1))
    best = np.maximum.accumulate(
        np.where(better, order, 0), axis=0
    )  # the best look, seen from each
    waited = order - best >= patience
    end = np.where(waited.any(0), waited.argmax(0), len(held) - 1)
    return chosen(best, end), end


def chosen(values, looks):
    """The value at each run's own look: values (L, ...), looks (...) gives (...)."""
    return np.take_along_axis(values, looks[None], axis=0)[0]


def valleys(held):
    """How many looks are lower than both their neighbours: (L, ...) gives (...)."""
    middle = held[1:-1]
    return ((middle < held[:-2]) & (middle < held[2:])).sum(0)


def ways(seeds, noise_sd=NOISE_SD, patience=PATIENCE, steps=STEPS):
    """Error to the curve, a network per seed and way: {way: (seeds,)}.

    end: the last step; stopped: the step that was kept; everything: the last step on all points; anew: on
    all points, as many steps as were kept.
    """
    run = watched(seeds, noise_sd, steps)
    best, _ = kept(run.held, patience)
    return {
        "end": run.error[-1],
        "stopped": chosen(run.error, best),
        "everything": run.everything[-1],
        "anew": chosen(run.everything, best),
    }


def in_the_page(seed=0, noise_sd=NOISE_SD, settings=LIVE, every=LIVE_EVERY):
    """The network that the page trains: looks (L,), RMSE at the dots and at held-out points (L,), its
    outputs on GRID (L, 101)."""
    _, y = noisy(seed, noise_sd)
    networks = many.Ensemble(LIVE_WIDTHS, [seed])
    looks = np.arange(0, settings.steps + 1, every)
    leg = replace(settings, steps=every)
    at_dots, at_held, fits = [], [], []
    for look in looks:
        if look:
            many.train(networks, TRAIN_X, y[:POINTS], leg)
        at_dots.append(rmse(networks.predict(TRAIN_X), y[:POINTS])[0])
        at_held.append(rmse(networks.predict(HELD_X), y[POINTS:])[0])
        fits.append(networks.predict(GRID)[0])
    return looks, np.array(at_dots), np.array(at_held), np.array(fits)
