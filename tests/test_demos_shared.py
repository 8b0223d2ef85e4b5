"""What all demos share, against oracles written another way."""

import ast
import inspect
import json
import math
import re
import textwrap
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from trajectory import EPS, apart, legs, loss_rounding, off_kinks, put

from demos import ensemble, exercise, networks, records, source, training
from demos.curve import TEST_X, TRAIN_X, curve, rmse, sample
from demos.ensemble import Ensemble
from demos.networks import Sine, mlp, parameter_count
from demos.palette import DARK, LIGHT
from demos.style import canvas, styled, to_svg
from demos.training import Settings

# --- the curve -----------------------------------------------------------------------------


def test_the_curve_at_points_worked_out_by_hand():
    # 2^(-10 d^2) with d the distance from 1/2
    assert curve(0.5) == 1.0
    assert curve(0.5 + math.sqrt(0.1)) == pytest.approx(0.5)
    assert curve(0.0) == curve(1.0) == pytest.approx(2**-2.5)
    assert curve(-0.5) == pytest.approx(1 / 1024)
    assert curve(np.zeros((2, 3))).shape == (2, 3)
    assert len(TRAIN_X) == 21
    assert np.isin(np.round(TRAIN_X, 12), np.round(TEST_X, 12)).all()


def test_noise_repeats_with_its_seed_and_scales_with_sd():
    one = sample(3)
    assert np.array_equal(one, sample(3))
    assert not np.array_equal(one, sample(4))
    assert np.array_equal(sample(3, sd=0.0), curve(TRAIN_X))
    assert np.allclose(sample(3, sd=0.1) - curve(TRAIN_X), 2 * (one - curve(TRAIN_X)))


def test_noise_has_the_spread_it_claims():
    noise = np.stack([sample(seed) for seed in range(2000)]) - curve(TRAIN_X)
    assert noise.std() == pytest.approx(0.05, rel=0.02)  # 42,000 draws: 0.35 % is one sd
    assert abs(noise.mean()) < 0.001
    neighbours = np.corrcoef(noise[:, :-1].ravel(), noise[:, 1:].ravel())[0, 1]
    assert abs(neighbours) < 0.03


def test_rmse_is_a_plain_loop():
    dice = np.random.default_rng(0)
    guesses, truth = dice.normal(size=(3, 7)), dice.normal(size=7)
    expected = []
    for row in guesses:
        total = 0.0
        for guess, true in zip(row, truth, strict=True):
            total += (guess - true) ** 2
        expected.append(math.sqrt(total / 7))
    assert rmse(guesses, truth) == pytest.approx(expected)


# --- networks ------------------------------------------------------------------------------


def test_a_network_has_the_layers_and_the_count_it_should():
    network = mlp((1, 1000, 1000, 1), seed=0)
    assert [type(layer).__name__ for layer in network] == ["Linear", "ReLU"] * 2 + ["Linear"]
    assert parameter_count(network) == 1_004_001  # (1+1)1000 + (1000+1)1000 + 1001
    assert network(torch.zeros(5, 1)).shape == (5, 1)


def test_dropout_follows_every_hidden_activation():
    network = mlp((2, 8, 8, 1), seed=0, activation=Sine, dropout=0.25)
    names = [type(layer).__name__ for layer in network]
    assert names == ["Linear", "Sine", "Dropout"] * 2 + ["Linear"]
    assert network[2].p == 0.25


def test_weights_follow_the_seed_and_leave_the_callers_dice_alone():
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    one, same, other = (mlp((1, 9, 1), seed)[0].weight for seed in (5, 5, 6))
    assert torch.equal(torch.rand(3), expected)
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    torch.manual_seed(5)
    assert torch.equal(one, nn.Linear(1, 9).weight)  # PyTorch's own initialisation


def test_predict_switches_dropout_off_and_on_again():
    network = mlp((1, 50, 1), seed=0, dropout=0.5).train()
    x = np.linspace(0, 1, 4)
    values = networks.predict(network, x)
    assert np.array_equal(values, networks.predict(network, x))
    assert network.training
    first, last = network[0], network[3]
    by_hand = (torch.relu(networks.column(x) @ first.weight.T + first.bias)) @ last.weight.T
    assert values == pytest.approx((by_hand + last.bias)[:, 0].detach().numpy(), abs=1e-6)


# --- training ------------------------------------------------------------------------------


def gradients(weights, x, y):
    """Of the summed squared error of a 1-h-1 ReLU network, by the chain rule on paper."""
    w1, b1, w2, b2 = weights
    before = x[:, None] * w1 + b1  # (n, h)
    hidden = np.maximum(before, 0)
    delta = 2 * (hidden @ w2 + b2 - y)  # (n,)
    back = delta[:, None] * w2 * (before > 0)
    return [(back * x[:, None]).sum(0), back.sum(0), hidden.T @ delta, delta.sum()]


def test_training_is_gradient_descent_with_momentum_and_decay_as_on_paper():
    settings = Settings(lr=0.01, momentum=0.3, weight_decay=0.05, steps=60)
    x, y = np.linspace(0, 1, 6), curve(np.linspace(0, 1, 6))
    network = mlp((1, 4, 1), seed=1)
    weights = [p.detach().numpy().astype(float) for p in network.parameters()]
    weights = [weights[0][:, 0], weights[1], weights[2][0], weights[3][0]]
    speeds, losses = [0.0] * 4, []

    def loss():
        w1, b1, w2, b2 = weights
        return ((np.maximum(x[:, None] * w1 + b1, 0) @ w2 + b2 - y) ** 2).sum()

    for _ in range(settings.steps):
        losses.append(loss())
        for index, gradient in enumerate(gradients(weights, x, y)):
            gradient = gradient + settings.weight_decay * weights[index]
            speeds[index] = settings.momentum * speeds[index] + gradient
        weights = [w - settings.lr * v for w, v in zip(weights, speeds, strict=True)]
    losses.append(loss())

    with off_kinks(network):
        found = training.train(network, x, y, settings)
    assert found == pytest.approx(losses, rel=1e-4)
    assert losses[-1] < losses[0] / 2
    trained = torch.cat([p.flatten() for p in network.parameters()]).detach().numpy()
    assert trained == pytest.approx(np.hstack(weights), abs=1e-5)


def test_an_optimizer_of_the_callers_is_used():
    network = mlp((1, 3, 1), seed=0)
    before = [p.detach().clone() for p in network.parameters()]
    still = torch.optim.SGD(network.parameters(), lr=0.0)
    losses = training.train(network, [0.0, 1.0], [1.0, 0.0], Settings(steps=3), still)
    assert np.all(losses == losses[0])
    assert all(map(torch.equal, before, network.parameters()))


def plain_legs(seed, y, settings, widths=(1, 9, 9, 1)):
    """Legs of the plain loop."""
    network = mlp(widths, seed)
    optimizer = training.sgd(network, settings)

    def advance(_, number):
        some = replace(settings, steps=number)
        return training.train(network, TRAIN_X, y, some, optimizer)[:-1]

    return legs(network, optimizer, advance, settings.steps)


def into(many, at):
    """Put an ensemble's networks into the states where their legs begin."""
    for n, leg in enumerate(at):
        put(many.parameters(n), leg.before.parameters)
        put(many.kept(n), leg.before.kept[0])


def same_end(many, n, leg, lr):
    """Network n ends as the leg did: a step rounds twice, in both. Momentum counts lr times."""
    allowed = 4 * EPS * len(leg.losses)
    size = max(float(p.abs().max()) for p in leg.after.parameters)
    pairs = zip(many.kept(n), leg.after.kept[0], strict=True)
    momentum = max(lr * float((mine - kept).abs().max()) for mine, kept in pairs)
    return apart(many.parameters(n), leg.after.parameters) < allowed > momentum / size


def test_an_ensemble_does_the_steps_of_its_networks_trained_one_by_one():
    """Above the stable step: the loss rises in a third of the steps, and a rounding grows."""
    decays, settings = (0.0, 0.01, 0.1), Settings(lr=0.01, momentum=0.3, steps=1000)
    targets, many = np.stack([sample(seed) for seed in range(3)]), Ensemble((1, 9, 9, 1), range(3))
    plain = [
        plain_legs(seed, targets[seed], replace(settings, weight_decay=decay))
        for seed, decay in enumerate(decays)
    ]
    assert np.ptp([run[-1].losses[-1] for run in plain]) > 0.01  # the decays did differ
    for at in zip(*plain, strict=True):
        into(many, at)
        few = replace(settings, steps=len(at[0].losses))
        losses = ensemble.train(many, TRAIN_X, targets, few, weight_decay=decays)
        assert losses.shape == (few.steps + 1, 3)
        outputs = torch.tensor(many.predict(TRAIN_X) - targets)
        assert losses[-1] == pytest.approx(outputs.square().sum(1).numpy(), rel=1e-4)
        for n, leg in enumerate(at):
            if leg.clear:
                off = np.abs(losses[:-1, n] - leg.losses)
                assert (off <= loss_rounding(leg.losses, len(TRAIN_X), 2)).all()
                assert same_end(many, n, leg, settings.lr)


def test_long_runs_of_an_ensemble_end_where_those_of_the_plain_loop_do():
    """As a distribution: above the stable step a single run is one draw, on every processor another."""
    seeds, settings, draw = (
        range(16),
        Settings(0.01, 0.3, steps=300),
        torch.Generator().manual_seed(0),
    )
    targets = np.stack([sample(seed) for seed in seeds])

    def alone(seed, nudge=0):
        network = mlp((1, 9, 9, 1), seed)
        with torch.no_grad():
            for p in network.parameters():
                p.mul_(1 + nudge * EPS * torch.randint(-1, 2, p.shape, generator=draw))
        return training.train(network, TRAIN_X, targets[seed], settings)[-1]

    plain, nudged = ([alone(seed, nudge) for seed in seeds] for nudge in (0, 1))
    many = Ensemble((1, 9, 9, 1), seeds)
    together = ensemble.train(many, TRAIN_X, targets, settings)[-1]
    plain, nudged, together = (
        np.quantile(np.log10(losses), [0, 0.25, 0.5, 0.75, 1])
        for losses in (plain, nudged, together)
    )
    # some times what one rounding moves, and not less than an eighth of how far the seeds differ
    allowed = max(3 * np.abs(nudged - plain).max(), np.ptp(plain) / 8)
    assert np.abs(together - plain).max() < allowed < np.ptp(plain) / 2


def test_an_ensemble_with_masks_does_the_steps_of_autograd_with_the_same_masks():
    widths, seeds, settings = (2, 7, 5, 1), (3, 4), Settings(0.01, 0.5, 0.02, steps=1000)
    dice = torch.Generator().manual_seed(0)

    def batch(step):
        dice.manual_seed(step)
        x, y = torch.rand(2, 8, 2, generator=dice), torch.rand(2, 8, 1, generator=dice)
        masks = [(torch.rand(2, 8, units, generator=dice) < 0.5) / 0.5 for units in widths[1:-1]]
        return x, y, masks

    def plain(index, seed):
        first, _, second, _, last = network = mlp(widths, seed)
        sgd = torch.optim.SGD(network.parameters(), 0.01, momentum=0.5, weight_decay=0.02)

        def step(number):
            x, y, masks = batch(number)
            hidden = torch.relu(first(x[index])) * masks[0][index]
            hidden = torch.relu(second(hidden)) * masks[1][index]
            loss = (last(hidden) - y[index]).square().sum()
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            return loss.item()

        return legs(
            network,
            sgd,
            lambda start, number: [step(start + k) for k in range(number)],
            settings.steps,
        )

    many = Ensemble(widths, seeds)
    for at in zip(*(plain(*each) for each in enumerate(seeds)), strict=True):
        into(many, at)
        start, few = at[0].start, replace(settings, steps=len(at[0].losses))
        losses = ensemble.run(many, lambda step, start=start: batch(start + step), few)
        for n, leg in enumerate(at):
            if leg.clear:
                off = np.abs(losses[:, n] - leg.losses)
                assert (off <= loss_rounding(leg.losses, 8, 2)).all()
                assert same_end(many, n, leg, settings.lr)


def test_active_units_are_counted_by_a_plain_loop():
    many = Ensemble((1, 6, 1), (0, 1))
    for index in range(2):
        count = 0
        for weight, bias in zip(
            many.weights[0][index, :, 0], many.biases[0][index, 0], strict=True
        ):
            count += any(weight * x + bias > 0 for x in (0.0, 0.5, 1.0))
        assert many.active([0.0, 0.5, 1.0])[index, 0] == count


def test_a_wrong_number_of_hyper_parameters_is_refused():
    with pytest.raises(ValueError, match="2 values given for 3 networks"):
        ensemble.per_network([0.1, 0.2], 3)


# --- records -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(records.FOLDER, str(tmp_path))
    return tmp_path


def line(name="fit", color=LIGHT["network"]):
    figure, axes = canvas(width=400, height=300)
    axes.plot([0, 1], [0, 1], color=color, marker="o")
    axes.set_xlabel("x, ασ")
    axes.fill_between([0, 1], [0, 1], color=LIGHT["shade"], clip_on=True)
    return figure


def test_a_shown_figure_is_kept_with_its_record(folder):
    numbers = {"error": np.float64(0.25), "count": np.int64(3)}
    settings = {"train": Settings(steps=5), "seeds": range(2), "at": np.array([0.5, 1.0])}
    shown = records.show(line(), "fit", settings, numbers, below={"error": 0.5})
    bundle, metadata = shown._repr_mimebundle_()
    assert metadata == {"figure": "fit"}
    assert (folder / "fit.svg").read_text(encoding="utf-8") == bundle["image/svg+xml"]
    record = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
    assert record["figure"] == "fit.svg"
    assert record["numbers"] == {"error": 0.25, "count": 3}
    assert record["settings"]["train"]["steps"] == 5
    assert record["settings"] | {"train": 0} == {"train": 0, "seeds": [0, 1], "at": [0.5, 1.0]}
    assert record["below"] == {"error": 0.5}
    assert record["versions"].keys() == {"python", "numpy", "torch", "matplotlib"}


def test_numbers_alone_are_kept_without_a_figure(folder):
    records.keep("count", {}, {"n": 3})
    assert [path.name for path in folder.iterdir()] == ["count.json"]
    assert json.loads((folder / "count.json").read_text())["figure"] is None


def test_a_students_run_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(records.FOLDER, raising=False)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # running a cell again is no error either
        records.show(line(), "fit", {}, {"x": 1.0})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "Fit", "a b", "../fit", "a/b", "fit.svg", "-fit", "fit_1"])
def test_a_bad_name_is_refused(folder, name):
    with pytest.raises(ValueError, match="lower case words"):
        records.keep(name, {}, {})
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("value", [math.nan, math.inf, "3", None, [1.0], np.array([1.0, 2.0])])
def test_a_number_that_no_slide_can_quote_is_refused(folder, value):
    with pytest.raises(ValueError, match=r"fit\.error is"):
        records.keep("fit", {}, {"error": value})
    assert list(folder.iterdir()) == []


def test_a_name_taken_and_a_bound_that_does_not_hold_are_refused(folder):
    records.keep("fit", {}, {"x": 1})
    with pytest.raises(ValueError, match="two figures are named 'fit'"):
        records.keep("fit", {}, {"x": 2})
    for bound in ({"x": 1}, {"y": 1}):
        with pytest.raises(ValueError, match=r"other\.[xy] is .*, not below 1"):
            records.keep("other", {}, {"x": 1}, below=bound)
    assert json.loads((folder / "fit.json").read_text())["numbers"] == {"x": 1}


# --- style ---------------------------------------------------------------------------------


def test_equal_drawings_give_equal_bytes_with_ids_of_their_own():
    svg = to_svg(styled(line)(), "fit")
    assert svg == to_svg(styled(line)(), "fit")
    ids = re.findall(r'\bid="([^"]*)"', svg)
    assert len(ids) > 5
    assert len(ids) == len(set(ids))
    assert all(one.startswith("fit-") for one in ids)
    used = set(re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', svg))
    assert used
    assert {a or b for a, b in used} <= set(ids)


def test_an_svg_has_no_fixed_colours_and_no_outside():
    svg = to_svg(styled(line)(), "fit")
    free = re.sub(r"var\(--\w+, #[0-9a-f]{6}\)", "", svg)
    assert re.findall(r"#[0-9a-fA-F]{6}\b|rgb\(", free) == []
    assert f"var(--network, {LIGHT['network']})" in svg
    assert "ασ" in svg
    addresses = set(re.findall(r"https?://[^\"' <]*", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<metadata" not in svg
    assert svg.startswith("<svg")


def contrast(one, other):
    """WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(color):
        parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_can_be_read(palette):
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    paper = palette["paper"]
    assert contrast(palette["ink"], paper) >= 7
    assert contrast(palette["ink"], palette["shade"]) >= 7
    assert contrast(palette["muted"], paper) >= 4.5
    for name in ("truth", "network", "overfit", "regularized", "signal"):
        assert contrast(palette[name], paper) >= (3 if palette is DARK else 2.9), name
    assert LIGHT.keys() == DARK.keys()


# --- exercises and sources -----------------------------------------------------------------


def test_without_a_prediction_nothing_is_measured(capsys):
    exercise.check(None, measure=None)  # calling it would fail
    assert capsys.readouterr().out.startswith("Predict first")


@pytest.mark.parametrize(
    ("said", "measured", "within", "right"),
    [
        ("above", "above", 0.2, True),
        ("above", "below", 0.2, False),
        (True, True, 0.2, True),
        (False, True, 0.2, False),
        (1.15, 1.0, 0.2, True),
        (1.25, 1.0, 0.2, False),
        (1.25, 1.0, 0.3, True),
        (-0.9, -1.0, 0.2, True),
        (0.9, -1.0, 0.2, False),
        (4, 4, 0.0, True),
        (2, np.float64(2.1), 0.1, True),
        (True, np.bool_(True), 0.2, True),
        (False, np.bool_(True), 0.2, False),
    ],
)
def test_a_prediction_is_compared_with_what_is_measured(capsys, said, measured, within, right):
    exercise.check(said, lambda: measured, within)
    out = capsys.readouterr().out
    assert out.startswith(f"You said {said}, the run says ")
    assert ("right!" in out) == right
    assert ("not this time" in out) == (not right)


def documented(x, y=2):
    """A docstring

    of several lines."""

    # a comment that stays
    def inner(z):
        """Another."""
        return z + y

    class Local:
        """And another."""

        value = "not a docstring"

    return inner(x), Local  # here too


def without_docstrings(tree):
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return ast.dump(tree)


@pytest.mark.parametrize(
    "function", [documented, curve, sample, mlp, Sine, training.train, Ensemble, ensemble.train]
)
def test_the_code_on_a_slide_is_the_code_that_ran(function):
    shown = source.code_of(function)
    original = ast.parse(textwrap.dedent(inspect.getsource(function)))
    assert ast.get_docstring(original.body[0])
    assert ast.dump(ast.parse(shown)) == without_docstrings(original)
    assert '"""' not in shown


def test_comments_stay_and_several_sources_are_shown_in_order():
    assert "# a comment that stays" in source.code_of(documented)
    bundle = source.source(curve, rmse)._repr_mimebundle_()
    text = bundle["text/plain"]
    assert text == f"{source.code_of(curve)}\n\n{source.code_of(rmse)}"
    assert bundle["text/markdown"] == f"```python\n{text}\n```"
