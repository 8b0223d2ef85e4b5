"""Whole runs: batches, chance, blocks, settings along the way, looks, early stopping, sets of data."""

import by_hand  # noqa: F401  first: shapes are checked from here on
import numpy as np
import pytest
import torch

from demos.core import rounding
from demos.core.engine import averages, layers, losses, parts, schedules
from demos.core.engine.batches import Data, batches, data
from demos.core.engine.chance import Dice, numbers, threshold
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.passes import Draw
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, Run, train

SEEDS = (7, 8, 9, 10, 11)
dice = torch.Generator().manual_seed(2)
X = torch.randn(len(SEEDS), 23, 4, generator=dice)
Y = losses.one_hot((X[..., 0] > 0).long() + (X[..., 1] > 0.5).long(), 3)
POINTS = Data(X, Y)
HYPER = {
    "lr": (0.05, 0.04, 0.03, 0.02, 0.01),
    "dropout": 0.2,
    "input_noise": (0, 0.1, 0.2, 0.3, 0.4),
    "mixup": (0.2, 0.4, 0.6, 0.8, 1.0),
}
RECIPE = Recipe(
    mlp((4, 8, 3), "tanh", dropout="dropout"),
    losses.cross_entropy,
    Adam(),
    (parts.Mixup(), parts.InputNoise()),
    average=averages.Running(),
)


def of(networks, seeds=SEEDS, hyper=HYPER):
    """The share of some networks, a list: seeds, data, settings."""
    own = {k: v if np.ndim(v) == 0 else [v[n] for n in networks] for k, v in hyper.items()}
    return [seeds[n] for n in networks], Data(X[networks], Y[networks]), own


def same(mine, theirs, atol=2e-5):
    """After few steps; block size decides how products are summed."""
    for name, value in theirs.items():
        torch.testing.assert_close(mine[name], value, rtol=1e-4, atol=atol)


@pytest.mark.parametrize("replacement", [True, False])
@pytest.mark.parametrize("batch", [None, 5])
def test_a_network_trains_alike_alone_among_others_and_in_any_block(batch, replacement):
    plan = {"steps": 20, "batch": batch, "replacement": replacement}
    look = Look(POINTS, 5, watch="nll")
    whole = train(RECIPE, *of([0, 1, 2, 3, 4]), Plan(**plan), look)
    blocks = train(RECIPE, *of([0, 1, 2, 3, 4]), Plan(**plan, block=2), look)
    alone = train(RECIPE, *of([3]), Plan(**plan), look.of(slice(3, 4)))
    for field in ("parameters", "average", "best"):
        same(getattr(blocks, field), getattr(whole, field))
        same(getattr(alone, field), {n: p[3:4] for n, p in getattr(whole, field).items()})
    np.testing.assert_allclose(blocks.losses, whole.losses, rtol=1e-3)
    np.testing.assert_allclose(alone.losses[:, 0], whole.losses[:, 3], rtol=1e-3)
    np.testing.assert_allclose(blocks.seen["nll"], whole.seen["nll"], rtol=1e-3)
    assert whole.losses.shape == (20, 5)
    assert whole.looks.tolist() == [0, 5, 10, 15, 20]


def test_chance_is_a_networks_own_however_far_ahead_it_is_drawn():
    draws = {
        "a": Draw("uniform", (3, 5)),
        "b": Draw("normal", (2,)),
        "c": Draw("beta", (), "alpha"),
        "d": Draw("uniform", ()),
        "e": Draw("uniform", (3, 5)),
    }
    hyper = {"alpha": torch.tensor([0.5, 1.0, 2.0])}
    many = Dice(draws, [1, 2, 3], hyper)
    alone = Dice({n: draws[n] for n in "cab"}, [2], {"alpha": hyper["alpha"][1:2]}, ahead=3)
    for _ in range(40):
        whole, own = next(many), next(alone)
        assert whole["a"].shape == (3, 3, 5)
        assert whole["d"].shape == (3,)
        for name in own:
            assert torch.equal(whole[name][1], own[name][0])
    assert not torch.equal(whole["a"][0], whole["a"][1])
    assert not torch.equal(whole["a"], whole["e"])


def test_draws_have_their_distributions():
    draws = {
        "u": Draw("uniform", (20_000,)),
        "n": Draw("normal", (20_000,)),
        "b": Draw("beta", (20_000,), "alpha"),
    }
    drawn = numbers(next(Dice(draws, [5], {"alpha": torch.tensor(0.5)}, ahead=1)))
    u, n, b = (drawn[name][0].double() for name in "unb")
    assert u.min() >= 0
    assert u.max() < 1
    quarters = torch.histc(u, 4, 0, 1) / len(u)
    assert quarters.tolist() == pytest.approx([0.25] * 4, abs=0.015)  # 5 standard errors: 0.0153
    assert n.mean().item() == pytest.approx(0, abs=0.036)
    assert n.var().item() == pytest.approx(1, abs=0.05)
    assert b.var().item() == pytest.approx(1 / 8, abs=0.005)  # 1 / (4 (2 α + 1))


def test_a_coin_below_its_threshold_is_a_number_below_the_probability():
    coins = torch.arange(-(2**15), 2**15, dtype=torch.int16)
    u = numbers({"u": coins})["u"]
    assert u.tolist() == [k / 2**16 for k in range(2**16)]
    for p in (0.0, 1e-5, 0.1, 0.5, 2**-16, 0.9, 1 - 2**-16, 1.0):
        p = torch.tensor(p)
        assert torch.equal(coins.float() < threshold(p), u < p)


def test_an_epoch_shows_each_point_once_in_equal_batches():
    points = Data(torch.arange(23.0).reshape(1, 23, 1), torch.arange(46.0).reshape(2, 23, 1))
    several = batches(points, [3, 4], 5)
    epochs = [[next(several) for _ in range(4)] for _ in range(3)]
    for epoch in epochs:
        shown = torch.cat([x for x, _ in epoch], 1)
        assert shown.shape == (2, 20, 1)
        assert [len(set(row)) for row in shown[..., 0].tolist()] == [20, 20]
        for n, y in enumerate(torch.cat([y for _, y in epoch], 1)):
            assert torch.equal(y, shown[n] + 23 * n)  # targets go with their points
    orders = [x[0, :, 0].tolist() for epoch in epochs for x, _ in epoch]
    assert len(set(map(tuple, orders))) == 12
    assert not torch.equal(*epochs[0][0].x)


def test_with_replacement_a_point_may_come_twice():
    points = Data(torch.arange(4.0).reshape(1, 4, 1), torch.zeros(1, 4, 1))
    several = batches(points, [3], 4, replacement=True)
    shown = [next(several).x[0, :, 0].tolist() for _ in range(200)]
    assert min(len(set(row)) for row in shown) < 4
    counts = np.bincount(np.array(shown, int).ravel())
    assert counts / 800 == pytest.approx([0.25] * 4, abs=0.08)


def test_other_regularizers_leave_the_order_of_batches_as_it_is():
    """Methods are compared on equal seeds: rate 0 and no dropout at all train alike."""
    plan, without = Plan(10, 5), Recipe(mlp((4, 8, 3), "tanh"), losses.cross_entropy, Adam())
    silent = HYPER | {"dropout": 0.0, "input_noise": 0.0}
    noisy = Recipe(RECIPE.network, losses.cross_entropy, Adam(), (parts.InputNoise(),))
    ours = train(without, SEEDS, POINTS, {"lr": 0.01}, plan)
    theirs = train(noisy, SEEDS, POINTS, silent | {"lr": 0.01}, plan)
    np.testing.assert_allclose(ours.losses, theirs.losses, rtol=1e-4)


def test_a_schedule_scales_its_setting():
    """Plain PyTorch with LambdaLR, one network."""
    factors = schedules.warm(schedules.cosine(12), 3)
    recipe, hyper = Recipe(mlp((4, 5, 3), "tanh"), losses.cross_entropy, Sgd()), {"lr": 0.3}
    ours = train(recipe, SEEDS[:1], POINTS.of(slice(1)), hyper, Plan(12, schedules={"lr": factors}))
    module = recipe.network.module(SEEDS[0])
    optimizer = torch.optim.SGD(module.parameters(), 0.3)
    rule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: factors[min(step, 11)])
    for _ in range(12):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(module(X[0]), Y[0]).backward()
        optimizer.step()
        rule.step()
    same({n: p[0] for n, p in ours.parameters.items()}, dict(module.named_parameters()))


def torchs(rule, steps, **more):
    """What a scheduler of torch's makes of a learning rate of 1."""
    optimizer = torch.optim.SGD([torch.zeros(1)], 1.0)
    scheduler, rates = rule(optimizer, **more), []
    for _ in range(steps):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return rates


@pytest.mark.parametrize(
    ("factors", "rule", "more"),
    [
        (schedules.constant(10), "ConstantLR", {"factor": 1.0}),
        (schedules.cosine(10, 0.1), "CosineAnnealingLR", {"T_max": 10, "eta_min": 0.1}),
        (schedules.falling(10, 0.2), "LinearLR", {"start_factor": 1, "end_factor": 0.2, "total_iters": 10}),
        (schedules.exponential(10, 0.9), "ExponentialLR", {"gamma": 0.9}),
        (schedules.staircase(10, 3), "StepLR", {"step_size": 3}),
        (schedules.warm(np.ones(10), 4), "LinearLR", {"start_factor": 0.25, "total_iters": 3}),
    ],
)  # fmt: skip
def test_schedules_are_torchs(factors, rule, more):
    assert factors == pytest.approx(torchs(getattr(torch.optim.lr_scheduler, rule), 10, **more))


def early_stopping(values, patience):
    """By hand: (step of the best look, looks done), best first."""
    best, at, since = np.inf, 0, 0
    for look, value in enumerate(values):
        best, at, since = (value, look, 0) if value < best else (best, at, since + 1)
        if since == patience:
            return at, look
    return at, len(values) - 1


@pytest.mark.parametrize("block", [1, 2, 5])
def test_each_network_stops_when_its_patience_is_out_and_keeps_its_best(block):
    rough = HYPER | {"lr": (1.0, 0.5, 0.2, 0.1, 0.001)}
    plan, wrong = Plan(60, 5, block=block), Data(X.flip(1), Y)
    watched = Look(wrong, 3, watch="nll", patience=4)
    run = train(RECIPE, SEEDS, POINTS, rough, plan, watched)
    endless = train(RECIPE, SEEDS, POINTS, rough, plan, Look(wrong, 3))
    for n in range(len(SEEDS)):
        at, last = early_stopping(endless.seen["nll"][:, n], 4)
        assert (run.best_at[n], run.steps[n]) == (3 * at, 3 * last)
        assert np.isfinite(run.losses[: 3 * last, n]).all()
        assert np.isnan(run.losses[3 * last :, n]).all()
        best = {name: value[n : n + 1] for name, value in run.best.items()}
        nll = losses.nll(RECIPE.network.predict(best, wrong.x[n : n + 1]), wrong.y[n : n + 1])
        assert nll.item() == pytest.approx(np.nanmin(run.seen["nll"][:, n]), rel=1e-3)
    assert len(set(run.steps)) > 1


@pytest.mark.parametrize("block", [2, 5])
def test_outputs_are_kept_at_every_look_where_asked_for(block):
    """What the metrics saw; a block that stopped early has looked less often: the rest is nan."""
    rough = HYPER | {"lr": (1.0, 0.5, 0.2, 0.1, 0.001)}
    plan, look = Plan(60, 5, block=block), Look(POINTS, 3, watch="nll", patience=4, outputs=True)
    run = train(RECIPE, SEEDS, POINTS, rough, plan, look)
    assert run.outputs.shape == (len(run.looks), len(SEEDS), *Y.shape[1:])
    for at, outputs in enumerate(run.outputs):
        seen = losses.nll(torch.from_numpy(outputs), Y).numpy()
        still = np.isfinite(run.seen["nll"][at])
        np.testing.assert_allclose(seen[still], run.seen["nll"][at][still], rtol=1e-5)
    assert np.isnan(run.outputs).any() == (block == 2)
    assert train(RECIPE, SEEDS, POINTS, HYPER, plan, Look(POINTS, 3)).outputs is None


def test_a_metric_may_be_wanted_large():
    look = Look(POINTS, 4, {"right": losses.accuracy}, "right", largest=True)
    run = train(RECIPE, SEEDS, POINTS, HYPER, Plan(40), look)
    assert run.best_at.tolist() == (4 * run.seen["right"].argmax(0)).tolist()
    assert run.steps.tolist() == [40] * 5


def test_a_run_with_normalization_keeps_its_best_buffers():
    rows = (layers.Linear(4, 6), layers.BatchNorm(6), layers.Activation(), layers.Linear(6, 3))
    recipe = Recipe(RECIPE.network.__class__(rows), losses.cross_entropy, Sgd())
    run = train(recipe, SEEDS, POINTS, {"lr": 0.5}, Plan(30, 5), Look(POINTS, 5, watch="nll"))
    buffers = {name: run.best[name] for name in run.buffers}
    nll = losses.nll(recipe.network.predict(run.best, X, buffers), Y)
    assert nll.numpy() == pytest.approx(run.seen["nll"].min(0), rel=1e-3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hyper": {"dropout": 0.1}}, "no lr"),
        ({"hyper": {"lr": [0.1, 0.2]}}, "lr has shape"),
        ({"points": Data(X[:2], Y)}, "x, y have shapes"),
        ({"points": Data(X, Y[:, :3])}, "x, y have shapes"),
        ({"plan": {"steps": 3, "batch": 24}}, "batch is 24"),
        ({"plan": {"steps": 3, "schedules": {"lr": [1.0]}}}, "1 factors for 3 steps"),
        ({"look": {"every": 0}}, "every is 0"),
        ({"look": {"every": 1, "watch": "f1"}}, "watch is 'f1'"),
        ({"seeds": (-1, 0, 1, 2, 3)}, "seed is -1"),
    ],
)
def test_what_makes_no_sense_is_told(change, message):
    given = {"seeds": SEEDS, "points": POINTS, "hyper": {"lr": 0.1}} | change
    with pytest.raises(ValueError, match=message):
        plan = Plan(**given.get("plan", {"steps": 3}))
        look = Look(POINTS, **given["look"]) if "look" in given else None
        train(RECIPE, given["seeds"], given["points"], given["hyper"], plan, look)


def test_losses_of_one_hot_targets_are_those_of_classes():
    out, classes = torch.randn(2, 5, 3, generator=dice), torch.randint(0, 3, (2, 5), generator=dice)
    y = losses.one_hot(classes, 3)
    ours = losses.cross_entropy(out, y).flatten()
    theirs = torch.nn.functional.cross_entropy(
        out.flatten(0, 1), classes.flatten(), reduction="none"
    )
    torch.testing.assert_close(ours, theirs)
    right = (out.argmax(-1) == classes).float().mean(-1)
    assert torch.equal(losses.accuracy(out, y), right)
    torch.testing.assert_close(losses.nll(out, y), ours.reshape(2, 5).mean(-1))


def test_losses_of_huge_outputs_are_finite():
    out = torch.tensor([[[1000.0, 0.0, -1000.0]]])
    assert losses.cross_entropy(out, torch.tensor([[[0.0, 1.0, 0.0]]])).item() == 1000
    binary = losses.binary_cross_entropy(out, torch.tensor([[[0.0, 1.0, 1.0]]]))
    assert binary.item() == pytest.approx(2000 + np.log(2))


def test_data_is_one_row_per_point_whatever_comes():
    x, y = data(np.arange(3), [1, 2, 3])
    assert x.shape == y.shape == (1, 3, 1)
    assert losses.rmse(x, y).item() == pytest.approx(1)
    out = torch.tensor([[[2.0], [-1.0]]])
    assert losses.binary_accuracy(out, torch.ones(1, 2, 1)).item() == 0.5


@pytest.mark.parametrize("dropout", [None, "dropout"])
def test_a_rounding_moves_starts_by_the_last_bit_and_may_reorder_units(monkeypatch, dropout):
    network = mlp((4, 6, 3), "tanh", dropout)
    before, _ = network.start([3])
    monkeypatch.setenv(rounding.VARIABLE, "nudge-1")
    nudged, _ = network.start([3])
    monkeypatch.setenv(rounding.VARIABLE, "order-1")
    turned, _ = network.start([3])
    for name, value in before.items():
        assert not torch.equal(nudged[name], value)
        torch.testing.assert_close(nudged[name], value, rtol=2e-7, atol=0)
    same_place = torch.equal(turned["0.weight"], before["0.weight"])
    assert same_place == bool(dropout)  # a coin belongs to a unit's place
    out = [network.predict(each, X[:1]) for each in (before, turned)]
    torch.testing.assert_close(*out)


@pytest.mark.parametrize("batch", [None, 5])
def test_a_rounding_moves_data_and_reorders_it_where_a_step_sees_it_whole(monkeypatch, batch):
    seen = []
    monkeypatch.setattr(Run, "go", lambda self: seen.append(self.batches.points) or "done")
    for how in ("", "nudge-1", "order-1"):
        monkeypatch.setenv(rounding.VARIABLE, how)
        train(RECIPE, SEEDS, POINTS, HYPER, Plan(2, batch))
    plain, nudged, turned = (each.x for each in seen)
    assert torch.equal(plain, X) and not torch.equal(nudged, X)
    torch.testing.assert_close(nudged, X, rtol=2e-7, atol=0)
    assert torch.equal(turned, X) == (batch is not None)
    torch.testing.assert_close(turned.sort(1)[0], X.sort(1)[0])
