"""Many guesses averaged: throws at a disc, and networks fitted to a noisy curve.

The squared error of a mean of n guesses that are each off by v, any two with correlation rho, is
rho v + (1 - rho) v / n (Breiman 2001; for squared errors Krogh and Vedelsby 1995 say the same).
"""

import numpy as np
import torch

from demos.core import checks
from demos.core.curve import curve, sample
from demos.core.engine import losses
from demos.core.engine.batches import Data, data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

DISC = 0.5  # mean squared distance from the middle of a point drawn from the disc of radius 1
MEMBERS = 16
POINTS, NOISE_SD = 20, 0.3
WIDTHS = (1, 50, 50, 1)
LR, STEPS = 0.01, 1000
GRID = np.linspace(0, 1, 101)  # where fits are scored and drawn
STARTS, BAGS = "starts", "bags"  # members differ by their start alone, or by their points too


def throws(seed, games, members, shared):
    """Where `members` throw at a target at (0, 0): (games, members, 2).

    Each throw is a point of the disc of radius 1, but for `shared`, from 0 to 1: the correlation of any
    two throws of a game, which have a part in common.
    """
    checks.whole("members", members, least=1)
    checks.number("shared", shared, least=0, most=1)
    dice = torch.Generator().manual_seed(seed)
    common, own = (on_disc(torch.rand(games, n, 2, generator=dice)) for n in (1, members))
    return (shared**0.5 * common + (1 - shared) ** 0.5 * own).numpy()


def on_disc(uniform):
    """Points of the disc of radius 1, evenly, from pairs of numbers in [0, 1): (..., 2)."""
    radius, angle = uniform[..., 0].sqrt(), 2 * torch.pi * uniform[..., 1]
    return torch.stack([radius * angle.cos(), radius * angle.sin()], -1)


def misses(thrown, counts):
    """Mean squared distance of the mean of the first n throws, for each n of counts: (len(counts),)."""
    means = [thrown[:, :n].mean(1) for n in counts]
    return np.array([(mean**2).sum(-1).mean() for mean in means])


def of_the_mean(error, shared, members):
    """Mean squared error of a mean: what its members share, and an nth of the rest."""
    return shared * error + (1 - shared) * error / members


def correlation(errors):
    """Mean squared error of a member, and how much of it any two members share: two arrays (...).

    errors: (..., members, points), at least two members.
    """
    members = errors.shape[-2]
    each = (errors**2).mean((-1, -2))
    whole = (errors.mean(-2) ** 2).mean(-1)
    pairs = (members * whole - each) / (members - 1)  # mean product of two members' errors
    return each, pairs / each


def noisy(seed, noise_sd=NOISE_SD):
    """One data set: x (POINTS,), y (POINTS,)."""
    x = np.linspace(0, 1, POINTS)
    return x, sample(seed, x, noise_sd)


def bootstrap(seed, member, count):
    """Which points a member sees: `count` of them, drawn with replacement (Efron 1979)."""
    return np.random.default_rng([seed, member]).integers(count, size=count)


def bagged(points, seed, member):
    """The `Data` that a member of a bag sees."""
    rows = torch.from_numpy(bootstrap(seed, member, points.x.shape[1]))
    return Data(points.x[:, rows], points.y[:, rows])


def members_of(seed, count=MEMBERS):
    """Where the networks of a data set start."""
    return [1000 * seed + member for member in range(count)]


def recipe():
    """How each network is fitted: Adam on the mean squared error.

    tanh, not ReLU: after so many steps a last bit has moved a ReLU network's error by some percent.
    """
    return Recipe(mlp(WIDTHS, "tanh"), losses.squared_error, Adam())


def fitted(seeds, way, members=MEMBERS, steps=STEPS, noise_sd=NOISE_SD):
    """What networks answer on GRID: (len(seeds), members, len(GRID)). A data set per seed.

    way: STARTS or BAGS. noise_sd: of the targets.
    """
    checks.one_of("way", way, (STARTS, BAGS))
    checks.number("noise_sd", noise_sd, least=0)
    sets = [data(*noisy(seed, noise_sd)) for seed in seeds]
    points = joined(
        bagged(points, seed, member) if way == BAGS else points
        for seed, points in zip(seeds, sets, strict=True)
        for member in range(members)
    )
    starts = [start for seed in seeds for start in members_of(seed, members)]
    trained = train(recipe(), starts, points, {"lr": LR}, Plan(steps))
    answers = recipe().network.predict(trained.parameters, data(GRID, GRID).x)
    return answers[..., 0].numpy().reshape(len(seeds), members, len(GRID))


def errors(answers):
    """How far answers on GRID are off: the same shape."""
    return answers - curve(GRID)
