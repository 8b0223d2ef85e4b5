"""The page's training against PyTorch's own, a few steps from many states, for every exported net."""

import copy
import dataclasses

import numpy as np
import pytest
import torch
from rooms import DRAWN, NETS, network, widths
from twin import Twin, compare, drawn, every_step, squares

from demos.bump_error import compute as bump_error
from demos.core import ensemble as many
from demos.core.curve import OUTSIDE_X, TRAIN_X, sample
from demos.core.networks import parameter_count
from demos.core.training import Settings, sgd, train
from demos.dropout import compute as dropout_bias
from scripts.bench.in_browser import training_page

FITS = [net for net in NETS if not net.streams]
SETTINGS = {"lr": 0.001, "momentum": 0.5, "weight_decay": 0.02}
GENTLE = SETTINGS | {"lr": 0.0004}  # for three layers and for a thousand units
STOPS = [0, 5, 10, 20, 40, 80, 120, 160]  # steps of PyTorch's run, at which to compare
STEPS, ENOUGH = 3, 3  # in both from there; so many states at which no unit is on the fence


def trained(page, net, start, data, *legs):
    """What the page's engine tells at first, after each leg (steps, settings), and its state at last."""
    first = page("begin", name="one", net=net.name, **{"from": start}, data=data)
    seen = [page("train", name="one", steps=steps, settings=how) for steps, how in legs]
    state = page("stateOf", name="one")
    page("end", name="one")
    return first, seen, state


def plain(network):
    """A network's parameters as the page takes them."""
    return [p.detach().flatten().numpy() for p in network.parameters()]


def task(net):
    """A network, its inputs and its targets. The bump's is nudged: as built it bends right at the dots."""
    if net.gradients:
        built, dice = bump_error.with_bump(), torch.Generator().manual_seed(0)
        with torch.no_grad():
            for p in built.parameters():
                p.mul_(1 + 0.01 * torch.randn(p.shape, generator=dice))
        return built, bump_error.POINTS, bump_error.THE_TALKS.targets()
    return network(net, 3), TRAIN_X, sample(3)


@pytest.mark.parametrize("net", FITS, ids=[net.name for net in FITS])
def test_from_many_states_of_a_run_a_few_steps_are_pytorchs(page, net):
    plainly, x, y = task(net)
    how = GENTLE if len(widths(net)) == 5 or 1000 in widths(net) else SETTINGS
    optimizer = sgd(plainly, Settings(**how))
    data = {"x": x, "y": y, "grid": OUTSIDE_X}
    compared, done = 0, 0
    for stop in STOPS:
        train(plainly, x, y, Settings(steps=stop - done), optimizer)
        done = stop
        twin = Twin(copy.deepcopy(plainly))
        losses, near = twin.train(every_step(x, y), STEPS, **how)
        if near < 1:
            continue
        first, (seen,), state = trained(page, net, plain(plainly), data, (STEPS, how))
        compare(state, twin, how["lr"])
        assert (abs(seen["losses"] - losses) <= right_to(losses, x)).all()
        assert first["loss"] == seen["losses"][0]
        look(net, seen, twin, x, y)
        compared += 1
        if compared == ENOUGH and net.planned:
            break  # the others are quick
    assert compared >= ENOUGH


def right_to(losses, x):
    """How far a loss may be off where every output is right to a millionth."""
    return 2e-6 * np.sqrt(len(x) * losses) + 1e-12 * len(x)


def look(net, seen, twin, x, y):
    """Assert that what is told after the steps is so: loss, curve, Σw², gradients."""
    answers, wanted = twin(OUTSIDE_X), twin(x) - np.float32(y)
    near = 1e-5 * abs(answers).max()
    np.testing.assert_allclose(seen["values"], answers, rtol=0, atol=near)
    loss = (wanted**2).sum()
    assert abs(seen["loss"] - loss) <= right_to(loss, x)
    assert seen["squares"] == pytest.approx(squares(twin), rel=1e-6)
    assert ("gradients" in seen) == net.gradients
    if net.gradients:
        x, y, _ = next(every_step(x, y))
        loss = ((twin.network(x) - y) ** 2).sum()
        slopes = torch.autograd.grad(loss, [*twin.network.parameters()])
        for found, slope in zip(seen["gradients"], slopes, strict=True):
            np.testing.assert_allclose(found, slope.flatten(), rtol=0, atol=1e-4)
        for found, p in zip(seen["weights"], twin.network.parameters(), strict=True):
            np.testing.assert_allclose(found, p.detach().flatten(), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("net", NETS, ids=[net.name for net in NETS])
def test_a_seed_starts_as_in_pytorch_bit_for_bit(page, net, seed):
    """The same draws, stretched with one rounding; PyTorch takes one or two, as the processor has it."""
    zeros = np.zeros(net.given.get("x", [0])[0])
    data = {"x": zeros, "y": zeros, "grid": [0.0] * widths(net)[0]}
    _, _, state = trained(page, net, seed, data)
    plainly, dice = network(net, seed), torch.Generator().manual_seed(seed)
    assert sum(v.size for v in state.values()) == 2 * parameter_count(plainly)
    for layer in plainly:
        for name, p in layer.named_parameters():
            at = f"{[*plainly].index(layer)}_{name}"
            bound = np.float32(layer.in_features**-0.5).astype(float)
            drawn = torch.rand(p.shape, generator=dice).double().numpy().ravel()
            assert (state[at] == np.float32(drawn * 2 * bound - bound)).all()
            near = bound * 2.0**-23
            np.testing.assert_allclose(state[at], p.detach().numpy().ravel(), rtol=0, atol=near)
            assert not state[f"{at}_speed"].any()


PROBES = np.array([[1, 0], [0, 3], [1, 3]], dtype=float)
WAYS = {  # input dropout, hidden dropout, leak; and what SGD is told
    "copied, hidden": ((0.125, 0.5, False), (0.001, 0.05, 0.01)),
    "leaky, hidden": ((0.25, 0.25, True), (0.001, 0.5, 0.02)),
    "leaky, inputs only": ((0.5, 0.0, True), (0.002, 0.05, 0.01)),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_dropout_sees_the_seeds_own_batches_and_steps_as_pytorch_does(page, way, seed=3):
    """Here the page leads: its state, momentum too, is copied into PyTorch."""
    (missing, dropout, leak), sgds = way
    how = dict(zip(("lr", "momentum", "weight_decay"), sgds, strict=True))
    told = how | {"missing": missing, "loud": 3.0, "dropout": dropout, "leak": float(leak)}
    signals = dropout_bias.Signals(loud=3.0, missing=missing, leak=leak)
    data = {"grid": PROBES.ravel()}
    page("begin", name="one", net=DRAWN.name, **{"from": seed}, data=data)
    done, compared = 0, 0
    for stop in (0, 5, 18, 50, 99, 150):  # numbers are drawn for 20 steps at a time
        if stop > done:
            page("train", name="one", steps=stop - done, settings=told)
        before = page("stateOf", name="one")
        seen = page("train", name="one", steps=STEPS, settings=told)
        after, done = page("stateOf", name="one"), stop + STEPS
        twin = Twin(network(DRAWN), before)
        batches = dropout_bias.Batches(signals, [seed], dropout or 0.5)  # coins fall in any case
        losses, near = twin.train(drawn(batches, dropout, stop), STEPS, **how)
        if near < 1:
            continue
        compare(after, twin, how["lr"])
        np.testing.assert_allclose(seen["losses"], losses, rtol=1e-5)
        np.testing.assert_allclose(seen["values"], twin(PROBES), rtol=0, atol=1e-5)
        compared += 1
    page("end", name="one")
    assert compared >= ENOUGH


@pytest.mark.parametrize("leak", [False, True])
def test_a_seed_trained_live_begins_as_the_demos_network(page, leak):
    """A few steps of `dropout_bias.train`, the engine behind the slides."""
    signals = dropout_bias.Signals(leak=leak)
    grid = np.array([[1, 0], [0, 1], [1, 1]], dtype=float)
    how = {"lr": 0.004, "momentum": 0.05, "weight_decay": 0.01, "dropout": 0.5}
    how |= {"missing": 0.001, "loud": 1.0, "leak": float(leak)}
    _, (seen,), _ = trained(page, DRAWN, 2, {"grid": grid.ravel()}, (STEPS, how))
    ours = dropout_bias.train(
        signals, [2], 0.5, dataclasses.replace(dropout_bias.ORIGINAL, steps=STEPS)
    )
    np.testing.assert_allclose(seen["values"], dropout_bias.answers(ours)[:, 0], rtol=0, atol=1e-4)


def test_long_runs_end_where_pytorchs_own_do_give_or_take_a_nudge(page):
    """In a thousand steps rounding may grow to a tenth of a loss, so that losses compare as a distribution:
    the page's, PyTorch's, and PyTorch's again from starts that are nudged in their fifth digit."""
    net, seeds, nudges = FITS[1], range(16), 4
    how, y = SETTINGS | {"lr": 0.004, "weight_decay": 0.0}, [sample(seed) for seed in seeds]
    ends = []
    for seed in seeds:
        data = {"x": TRAIN_X, "y": y[seed], "grid": [0]}
        _, (seen,), _ = trained(page, net, seed, data, (1000, how))
        ends.append(seen["loss"])

    runs = many.Ensemble(widths(net), [*seeds] * (1 + nudges))
    dice = torch.Generator().manual_seed(0)
    for p in (*runs.weights, *runs.biases):
        p[len(seeds) :] *= 1 + 1e-5 * torch.randn(p[len(seeds) :].shape, generator=dice)
    losses = many.train(runs, TRAIN_X, np.tile(y, (1 + nudges, 1)), Settings(**how, steps=1000))[-1]
    plainly, *nudged = quartiles(losses.reshape(1 + nudges, len(seeds)))
    spread = abs(nudged - plainly).max()
    np.testing.assert_allclose(quartiles(ends), plainly, rtol=0, atol=3 * spread + 0.01)


def quartiles(losses):
    """Least, quarters and greatest, of logarithms along the last axis: (..., 5)."""
    return np.moveaxis(np.quantile(np.log(losses), [0, 0.25, 0.5, 0.75, 1], axis=-1), 0, -1)


def test_how_steps_are_cut_into_calls_changes_nothing(page):
    net, data = FITS[1], {"x": TRAIN_X, "y": sample(1), "grid": OUTSIDE_X}
    _, one, whole = trained(page, net, 1, data, (300, SETTINGS))
    _, many, cut = trained(page, net, 1, data, *[(7, SETTINGS)] * 42, (6, SETTINGS))
    losses = [loss for seen in many for loss in seen["losses"]]
    assert len(losses) == 300 and losses == list(one[0]["losses"])
    for name, values in cut.items():
        assert (values == whole[name]).all()


@pytest.mark.parametrize("planned", [False, True])
def test_new_targets_count_from_the_next_step(page, planned):
    net = next(net for net in NETS if net.planned == planned)
    data = {"x": TRAIN_X, "y": sample(1), "grid": TRAIN_X}
    first = page("begin", name="one", net=net.name, **{"from": 1}, data=data)
    seen = page("retarget", name="one", y=sample(2))
    twin = Twin(network(net, 1))
    wanted = ((twin(TRAIN_X) - np.float32(sample(2))) ** 2).sum()
    assert seen["loss"] == pytest.approx(wanted, rel=1e-5)
    assert (seen["values"] == first["values"]).all()
    after = page("train", name="one", steps=1, settings=GENTLE)
    page("end", name="one")
    assert after["losses"][0] == seen["loss"]


@pytest.mark.parametrize("planned", [False, True])
def test_a_request_that_fails_says_why(page, planned):
    net = next(net for net in NETS if net.planned == planned)
    data = {"x": np.zeros(4), "y": np.zeros(5), "grid": OUTSIDE_X}
    with pytest.raises(RuntimeError, match="x has the wrong shape: 4 numbers, not 21"):
        trained(page, net, 0, data, (1, SETTINGS))
    points = np.zeros(net.given["x"][0])
    data = {"x": points, "y": points, "grid": OUTSIDE_X}
    with pytest.raises(RuntimeError, match="the slide says no number for momentum"):
        trained(page, net, 0, data, (1, {"lr": 0.1, "weight_decay": 0.0}))


IN_BROWSER = """async ({net, seed, data, settings}) => {
    const trainer = await engine.trainer(net, seed, data);
    const {losses, values, squares} = await trainer.train(3, settings);
    await trainer.end();
    return {losses: [...losses], values: [...values], squares};
}"""


@pytest.mark.browser
def test_a_browser_does_what_node_does_bit_for_bit(page, chromium, tmp_path):
    """WebAssembly rounds the same everywhere: what holds in Node holds on a slide."""
    with training_page(chromium, tmp_path) as bench:
        bench.set_default_timeout(120_000)
        for net in NETS:
            settings, data = GENTLE, {"grid": OUTSIDE_X.tolist() * widths(net)[0]}
            if net.streams:
                settings = GENTLE | {"missing": 0.1, "loud": 1.0, "dropout": 0.5, "leak": 0.0}
            else:
                x = np.linspace(0, 1, net.given["x"][0])
                data |= {"x": x.tolist(), "y": (x**2).tolist()}
            given = {"net": net.name, "seed": 5, "data": data, "settings": settings}
            found = bench.evaluate(IN_BROWSER, given)
            _, (seen,), _ = trained(page, net, 5, data, (3, settings))
            for name, value in found.items():
                np.testing.assert_array_equal(value, seen[name], err_msg=f"{name} of {net.name}")
