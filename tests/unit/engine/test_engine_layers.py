"""Networks: their start, every kind of layer, averages, buffers; one network and many; against torch.nn."""

import pytest
import torch
from by_hand import SEEDS, apart, double, follow, steps_of
from options import LOSSES, OPTIMIZERS, Loop
from torch import nn

from demos.core.engine import averages
from demos.core.engine.layers import (
    Activation,
    BatchNorm,
    Conv1d,
    Conv2d,
    Dropout,
    Flatten,
    LayerNorm,
    Linear,
    Residual,
    Skipped,
)
from demos.core.engine.network import Network, mlp, one_of
from demos.core.engine.parts import InputNoise
from demos.core.engine.recipe import Batch, Recipe
from demos.core.engine.train import settings
from demos.core.networks import mlp as plain_mlp

tanh = Activation("tanh")
inner = (Linear(6, 6), tanh)
NETWORKS = {  # what, the shape of a point
    "sine": (mlp((4, 6, 3), "sine"), (4,)),
    "sigmoid": (mlp((4, 6, 3), "sigmoid"), (4,)),
    "no bias": (Network((Linear(4, 6, bias=False), tanh, Linear(6, 3))), (4,)),
    "conv1d": (
        Network((Conv1d(2, 4, 3, 2, 1), tanh, Conv1d(4, 3, 3), tanh, Flatten(), Linear(9, 3))),
        (2, 10),
    ),
    "conv2d": (
        Network((Conv2d(1, 2, 3, 1, 1, bias=False), tanh, Flatten(), Linear(32, 3))),
        (1, 4, 4),
    ),
    # no bias ahead of a batch norm: its slope is 0, and Adam divides rounding by its own size
    "batch norm": (
        Network((Linear(4, 6, bias=False), BatchNorm(6), tanh, Linear(6, 3))),
        (4,),
    ),
    "batch norm of channels": (
        Network((Conv1d(1, 3, 3, bias=False), BatchNorm(3, 1), tanh, Flatten(), Linear(24, 3))),
        (1, 10),
    ),
    "batch norm of pictures": (
        Network((Conv2d(1, 3, 3, bias=False), BatchNorm(3, 2), tanh, Flatten(), Linear(12, 3))),
        (1, 4, 4),
    ),
    "layer norm": (Network((Linear(4, 6), LayerNorm(6), tanh, Linear(6, 3))), (4,)),
    "residual": (Network((Linear(4, 6), Residual((*inner, Dropout())), Linear(6, 3))), (4,)),
    "skipped": (
        Network((Linear(4, 6), Skipped(inner, 0.5), Skipped(inner, 1.0), Linear(6, 3))),
        (4,),
    ),
}
HYPER = {
    "lr": (0.1, 0.05, 0.02),
    "momentum": 0.9,
    "dropout": (0.3, 0.5, 0.1),
    "survival": (0.5, 0.2, 0.9),
}


def points(shape, steps=3):
    dice = torch.Generator().manual_seed(5)
    x = torch.randn(steps, len(SEEDS), 7, *shape, generator=dice, dtype=torch.float64)
    y = torch.rand(steps, len(SEEDS), 7, 3, generator=dice, dtype=torch.float64).softmax(-1)
    return lambda step: (x[step % steps], y[step % steps])


@pytest.fixture
def coins(monkeypatch):
    """What `torch.rand(())` gives next in the plain network: the coins of its blocks."""
    waiting, real = [], torch.rand
    monkeypatch.setattr(
        torch,
        "rand",
        lambda *size, **more: waiting.pop(0) if size == ((),) else real(*size, **more),
    )
    return waiting


@pytest.mark.parametrize("name", NETWORKS)
def test_a_layer_trains_as_torchs_and_ends_with_its_buffers(name, coins):
    network, shape = NETWORKS[name]
    recipe = Recipe(network, LOSSES["cross"][0], OPTIMIZERS["momentum"][0])

    def oracle(seed, own):
        loop = Loop(network, seed, own, LOSSES["cross"][1], OPTIMIZERS["momentum"][1])
        step = loop.step

        def dealt(x, y, draws):
            coins[:] = [draws[name] for name in draws if draws[name].ndim == 0]
            return step(x, y, draws)

        loop.step = dealt
        return loop

    make = points(shape)
    plain = follow(recipe, make, HYPER, 9, oracle)
    *_, (_, parameters, state, _) = steps_of(recipe, make, HYPER, 9)
    hyper = settings(HYPER, len(SEEDS))
    outputs = network.predict(parameters, make(0)[0], state.buffers, hyper)
    for n, loop in enumerate(plain):
        theirs = loop.module.eval()(make(0)[0][n])
        torch.testing.assert_close(outputs[n], theirs.detach(), rtol=1e-8, atol=1e-9)
        if state.buffers:
            named = dict(loop.module.named_buffers())
            for key, value in one_of(state.buffers, n).items():
                torch.testing.assert_close(value, named[key], rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", NETWORKS)
def test_one_network_alone_does_the_same_steps_unstacked(name):
    """The step of the slide's loop and of a tracer."""
    network, shape = NETWORKS[name]
    recipe = Recipe(network, LOSSES["cross"][0], OPTIMIZERS["adam"][0])
    make, alone = points(shape), {}
    for step, (draws, parameters, _, loss) in enumerate(steps_of(recipe, make, HYPER, 3)):
        for n, seed in enumerate(SEEDS):
            if step == 0:
                start, buffers = (one_of(double(each), 0) for each in network.start([seed]))
                alone[n] = start, recipe.state(start, buffers)
            shared = settings(HYPER, len(SEEDS))
            own = {k: v[n] if v.ndim else v for k, v in shared.items()}
            x, y = make(step)
            mine = recipe.step(*alone[n], Batch(x[n], y[n], one_of(draws, n)), own)
            alone[n] = mine[:2]
            torch.testing.assert_close(mine[2], loss[n], rtol=1e-9, atol=1e-11)
            for key, value in mine[0].items():
                torch.testing.assert_close(value, parameters[key][n], rtol=1e-8, atol=1e-10)


def test_a_step_changes_nothing_that_it_was_given():
    recipe = Recipe(NETWORKS["batch norm"][0], LOSSES["cross"][0], OPTIMIZERS["adam"][0])
    parameters, state = recipe.start(SEEDS)
    before = {n: p.clone() for n, p in (parameters | state.buffers | state.kept["mean"]).items()}
    x, y = points((4,))(0)
    after, *_ = recipe.step(
        parameters, state, Batch(x.float(), y.float()), {"lr": torch.tensor(0.1)}
    )
    now = parameters | state.buffers | state.kept["mean"]
    assert all(torch.equal(before[n], now[n]) for n in now)
    assert not torch.equal(after["0.weight"], parameters["0.weight"])


def test_a_network_starts_as_torch_draws_it():
    start, _ = mlp((3, 5, 2)).start(SEEDS)
    for n, seed in enumerate(SEEDS):
        torch.manual_seed(seed)
        drawn = nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2))
        assert apart(one_of(start, n), drawn) == 0
        assert apart(one_of(start, n), plain_mlp((3, 5, 2), seed)) == 0


def test_a_start_leaves_the_callers_random_state_alone():
    torch.manual_seed(1)
    first = torch.rand(3)
    torch.manual_seed(1)
    mlp((3, 5, 2), init="he").start(SEEDS)
    assert torch.equal(torch.rand(3), first)


@pytest.mark.parametrize(("init", "variance"), [("glorot", 2 / 500), ("he", 2 / 200)])
def test_other_starts_have_their_variance_and_no_bias(init, variance):
    start, _ = mlp((200, 300, 1), init=init).start(range(4))
    assert float(start["0.weight"].var()) == pytest.approx(
        variance, rel=0.03
    )  # 240,000 draws: 0.3 %
    assert not start["0.bias"].any()
    largest = float(start["0.weight"].abs().max())
    assert (largest <= (3 * variance) ** 0.5) == (init == "glorot")  # a uniform draw has an end


def test_descriptions_are_values():
    assert mlp((2, 3, 1), dropout="d") == mlp((2, 3, 1), dropout="d")
    assert hash(mlp((2, 3, 1))) == hash(mlp((2, 3, 1)))
    assert mlp((2, 3, 1)) != mlp((2, 3, 1), init="he")


def test_groups_tell_weights_biases_and_normalizations():
    groups = NETWORKS["batch norm of channels"][0].groups
    assert groups == {
        "weights": {"0.weight", "4.weight"},
        "biases": {"4.bias"},
        "norms": {"1.weight", "1.bias"},
    }


@pytest.mark.parametrize(
    ("average", "oracle"),
    [
        (averages.Exponential(0.8), lambda: torch.optim.swa_utils.get_ema_multi_avg_fn(0.8)),
        (averages.Running(), torch.optim.swa_utils.get_swa_multi_avg_fn),
        (averages.Running(4), torch.optim.swa_utils.get_swa_multi_avg_fn),
    ],
    ids=["exponential", "running", "running from step 4"],
)
def test_averages_are_torchs(average, oracle):
    network, shape = mlp((4, 5, 3), "tanh"), (4,)
    recipe = Recipe(network, optimizer=OPTIMIZERS["momentum"][0], average=average)
    follows = nn.ModuleList(network.module(seed).double() for seed in SEEDS)
    models = [torch.optim.swa_utils.AveragedModel(each, multi_avg_fn=oracle()) for each in follows]
    for step, (_, parameters, state, _) in enumerate(steps_of(recipe, points(shape), HYPER, 8), 1):
        for n, (module, model) in enumerate(zip(follows, models, strict=True)):
            module.load_state_dict(one_of(parameters, n))
            if step >= getattr(average, "start", 1):
                model.update_parameters(module)
            # torch's rate is rounded to float32
            assert (
                apart(one_of(state.average, n), model.module if model.n_averaged else module) < 1e-7
            )


def test_two_layers_that_ask_chance_by_one_name_are_refused():
    recipe = Recipe(mlp((4, 5, 3)), parts=(InputNoise(), InputNoise()))
    x, y = points((4,))(0)
    with pytest.raises(ValueError, match="give one another name"):
        recipe.draws(x[0], y[0], {"lr": 0.1, "input_noise": 0.1})
