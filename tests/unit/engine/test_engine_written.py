"""The fast machine against the recipe's own function: every option, every pair, in float64."""

from dataclasses import replace
from itertools import combinations

import pytest
import torch
from by_hand import SEEDS, double
from options import BASE, LOSSES, OPTIMIZERS, OPTIONS

from demos.core.engine import averages, layers
from demos.core.engine.batches import Data
from demos.core.engine.chance import Dice
from demos.core.engine.machines import Functional, machine
from demos.core.engine.network import Network, mlp
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import settings
from demos.core.engine.written import Written

dice = torch.Generator().manual_seed(1)
X = torch.randn(3, len(SEEDS), 6, 5, generator=dice, dtype=torch.float64)
Y = torch.rand(3, len(SEEDS), 6, 3, generator=dice, dtype=torch.float64)
NETWORK = mlp((5, 7, 6, 3), "tanh", dropout="dropout")


def close(mine, theirs):
    for name, value in theirs.items():
        torch.testing.assert_close(mine[name], value, rtol=1e-8, atol=1e-10)


def compare(recipe, hyper, steps=6, x=X):
    """Both machines on the same data and dice."""
    hyper = settings(hyper, len(SEEDS))
    start = double(recipe.network.start(SEEDS)[0])
    ours, theirs = Written(recipe, start, {}), Functional(recipe, start, {})
    dice = Dice(recipe.draws(x[0, 0], Y[0, 0], hyper), SEEDS, hyper)
    for step in range(steps):
        points, draws = Data(x[step % 3], Y[step % 3]), next(dice)
        losses = ours.step(points, draws, hyper), theirs.step(points, draws, hyper)
        torch.testing.assert_close(*losses, rtol=1e-9, atol=1e-12)
        for mine, other in zip(ours.result(), theirs.result(), strict=True):
            assert mine.keys() == other.keys()
            close(mine, other)
    torch.testing.assert_close(ours.predict(x[0], hyper), theirs.predict(x[0], hyper))


def recipe_of(names, loss, optimizer, network=NETWORK, **more):
    ours = tuple(OPTIONS[name][0] for name in OPTIONS if name in names and OPTIONS[name][0])
    hyper = dict(BASE)
    for name in names:
        hyper |= OPTIONS[name][2]
    return Recipe(network, LOSSES[loss][0], OPTIMIZERS[optimizer][0], ours, **more), hyper


def once(hyper):
    """Settings given once, where they were one per network."""
    return {name: value[1] if isinstance(value, tuple) else value for name, value in hyper.items()}


@pytest.mark.parametrize("activation", layers.ACTIVATIONS)
@pytest.mark.parametrize("mean", [True, False], ids=["mean", "sum"])
@pytest.mark.parametrize("loss", LOSSES)
def test_each_loss_and_activation(loss, mean, activation):
    network = mlp((5, 7, 6, 3), activation, dropout="dropout")
    compare(*recipe_of((), loss, "momentum", network, mean=mean))
    compare(*recipe_of(("dropout",), loss, "momentum", network, mean=mean))


@pytest.mark.parametrize("strengths", [once, dict])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_with_each_optimizer(option, optimizer, strengths):
    recipe, hyper = recipe_of((option,), "cross", optimizer)
    compare(recipe, strengths(hyper))


@pytest.mark.parametrize("pair", [*combinations(OPTIONS, 2)], ids=" and ".join)
def test_each_pair_of_options(pair):
    compare(*recipe_of(pair, "cross", "adam"), steps=3)


def test_all_options_at_once_on_some_of_the_parameters():
    recipe, hyper = recipe_of(tuple(OPTIONS), "cross", "adam")
    on = recipe.network.groups["weights"]
    some = tuple(replace(part, on=on) if hasattr(part, "on") else part for part in recipe.parts)
    compare(replace(recipe, parts=some), hyper)
    compare(replace(recipe, parts=some), once(hyper))


@pytest.mark.parametrize("average", [averages.Exponential(0.9), averages.Running(3)])
def test_averages(average):
    compare(*recipe_of(("l2",), "squared", "adam", average=average))


def test_points_that_all_networks_share():
    compare(*recipe_of(("dropout",), "squared", "adam"), x=X[:, :1])


def test_settings_that_change_on_the_way():
    recipe, hyper = recipe_of(("decay", "dropout"), "cross", "adam")
    start = double(recipe.network.start(SEEDS)[0])
    ours, theirs = Written(recipe, start, {}), Functional(recipe, start, {})
    dice = Dice(recipe.draws(X[0, 0], Y[0, 0], settings(hyper, 3)), SEEDS, {})
    for factor in (1.0, 0.5, 2.0):
        now = settings({n: torch.as_tensor(v) * factor for n, v in hyper.items()}, 3)
        now["dropout"] = torch.tensor(0.3, dtype=torch.float64) / factor
        draws, points = next(dice), Data(X[0], Y[0])
        ours.step(points, draws, now)
        theirs.step(points, draws, now)
        close(ours.result()[0], theirs.result()[0])


def test_the_fast_machine_is_taken_where_it_can_be():
    relu, linear = layers.Activation(), layers.Linear(5, 5)
    assert type(machine(Recipe(NETWORK), [0])) is Written
    for rows in [
        (linear, layers.LayerNorm(5), relu),
        (layers.Linear(5, 5, bias=False), relu),
        (relu, linear),
    ]:
        assert type(machine(Recipe(Network(rows)), [0])) is Functional
    assert (
        type(machine(Recipe(NETWORK, loss=lambda out, y: (out - y).abs().sum(-1)), [0]))
        is Functional
    )
