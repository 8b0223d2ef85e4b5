"""Every number and every picture of the live demos against what Python makes of the same network.

The page trains a few steps. Its network is PyTorch's after them; and what it shows is so: readouts to their
last digit, curves, dots, bars and maps to a tenth of a pixel, by the ticks on the axes.
"""

import numpy as np
import pytest
import torch
from drawn import labels, panels
from numpy.polynomial import Legendre
from rooms import DRAWN, live, network
from twin import TALK, Twin, drawn, every_step, loss_of, squares, trained
from without_browser import number

from demos.bump_error import compute as bump_error
from demos.core.curve import OUTSIDE_X, TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.networks import mlp
from demos.dropout import compute as dropout_bias
from demos.l2_penalty import compute as l2_penalty
from demos.least_squares import compute as least_squares
from demos.least_squares.page import FINE

STEPS = 3


def begins_as(page, network):
    for found, p in zip(list(page("state").values())[::2], network.parameters(), strict=True):
        np.testing.assert_allclose(found, p.detach().flatten(), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    "moved",
    [{}, {"noise": 0.2, "lr": 0.002, "seed": 3, "net": "1-50-50-1"}],
    ids=["the talk's", "moved"],
)
def test_network_fit(page, moved):
    now = {"noise": 0.05, "lr": 0.001, "seed": 0, "net": "1-100-100-1"} | moved
    page.show(live.network_fit(None, steps=8))
    page.move(**moved)
    network = mlp([int(units) for units in now["net"].split("-")], now["seed"])
    begins_as(page, network)
    y = sample(now["seed"], sd=now["noise"])
    twin, losses, _ = trained(page, network, every_step(TRAIN_X, y), TALK | {"lr": now["lr"]})

    losses.append(loss_of(twin, TRAIN_X, y))
    page.says(step=STEPS, loss=losses[-1], RMSE_to_the_curve=rmse(twin(TEST_X), curve(TEST_X)))
    fit, loss = panels(page("see")["svg"])
    fit.curve("truth", TEST_X, curve(TEST_X))
    fit.curve("network", TEST_X, twin(TEST_X))
    fit.dots(TRAIN_X, y)
    loss.curve("network", range(STEPS + 1), losses)
    assert loss.x.words == ["0", "4", "8"]
    assert labels(page("see")["svg"])["network"] == ["loss", now["net"]]


@pytest.mark.parametrize(
    "moved",
    [{}, {"weight_decay": 0.3, "lr": 0.0002, "seed": 5, "net": "1-1000-1000-1"}],
    ids=["the talk's", "moved"],
)
def test_weight_decay(page, moved):
    now = {"weight_decay": 0.1, "lr": 0.004, "seed": 0, "net": "1-100-100-100-1"} | moved
    page.show(live.l2_penalty(None, steps=40))
    page.move(**moved)
    network = mlp([int(units) for units in now["net"].split("-")], now["seed"])
    begins_as(page, network)
    how = TALK | {"lr": now["lr"], "weight_decay": now["weight_decay"]}
    twin, losses, penalties = trained(page, network, every_step(TRAIN_X, curve(TRAIN_X)), how)

    _, loss = panels(page("see")["svg"])
    loss.curve("network", range(STEPS + 1), [*losses, loss_of(twin, TRAIN_X, curve(TRAIN_X))])
    loss.curve("regularized", range(STEPS + 1), penalties)

    page.press("Train")  # to the end of the round
    twin = Twin(network, page("state"))
    page.says(
        step=40,
        data_loss=loss_of(twin, TRAIN_X, curve(TRAIN_X)),
        penalty=now["weight_decay"] / 2 * squares(twin),
        RMSE_outside=l2_penalty.outside_error(twin(OUTSIDE_X)),
    )
    fit, _ = panels(page("see")["svg"])
    fit.curve("truth", OUTSIDE_X, curve(OUTSIDE_X))
    fit.curve("network", OUTSIDE_X, twin(OUTSIDE_X))
    fit.dots(TRAIN_X, curve(TRAIN_X))
    np.testing.assert_allclose(fit.shaded(), [(-1, 0), (1, 2)], atol=1e-9)  # no data there
    assert labels(page("see")["svg"])["regularized"] == ["penalty λ/2 Σw²"]


@pytest.mark.parametrize(
    "moved", [{}, {"weight_decay": 0.32, "lr": 0.002}], ids=["the talk's", "moved"]
)
def test_bump(page, moved):
    now = {"weight_decay": 0.08, "lr": 0.004} | moved
    page.show(live.bump_error(None, steps=2000))
    page.move(**moved)
    begins_as(page, bump_error.with_bump())
    x, y, how = bump_error.POINTS, bump_error.THE_TALKS.targets(), TALK | now
    # large terms that cancel: what they leave is as exact as they are
    trained(page, bump_error.with_bump(), every_step(x, y), how, near=5e-6)

    page.press("Train")  # to the end of the round
    twin = Twin(bump_error.with_bump(), page("state"))
    grid, loss_now = bump_error.GRID, loss_of(twin, x, y)
    page.says(step=2000, loss=loss_now, height_of_the_bump=bump_error.height(twin(grid)))
    fit, loss, pull = panels(page("see")["svg"])
    fit.curve("overfit", grid, twin(grid))
    fit.dots(x, y)
    np.testing.assert_allclose(fit.shaded(), [(-0.25, 0), (1, 1.25)], atol=1e-9)
    first, *losses = [*page("see")["losses"], loss_now]
    assert first < 1e-10 and loss.line("network")[0, 1] > loss.y.places.max()  # only for rounding
    along(loss, "network", [0, *range(1, 2001)], [1e-12, *losses])
    pulls(pull, twin, now["weight_decay"], x, y)
    named = labels(page("see")["svg"])
    assert (named["network"][-1], named["regularized"]) == (
        "gradient of the loss",
        ["and of decay"],
    )


def along(panel, kind, steps, values):
    """Assert that a curve of more points than an eye can tell apart is drawn through some of them."""
    (across, down), expected = panel.line(kind).T, panel.pixels(steps, values)
    inside = down < panel.y.places.max()
    np.testing.assert_allclose(
        down[inside], np.interp(across, *expected.T)[inside], rtol=0, atol=0.5
    )
    np.testing.assert_allclose(across[[0, -1]], expected[[0, -1], 0], atol=0.06)
    assert np.diff(across).max() < 1


def pulls(panel, twin, weight_decay, x, y):
    """Assert that the bars are what data and decay pull at the bump's neurons."""
    x, y, _ = next(every_step(x, y))
    loss = ((twin.network(x) - y) ** 2).sum()
    weights = [*twin.network.parameters()][:3]  # into a neuron, its bias, and out of it
    slopes = torch.autograd.grad(loss, weights)
    for kind, values, side in (("network", slopes, -1), ("regularized", weights, 1)):
        (high, at), lengths = (
            panel.bars(kind),
            torch.stack([v.flatten() for v in values]).norm(dim=0),
        )
        pull = lengths[6:].detach().numpy() * (1 if kind == "network" else weight_decay)
        lowest = panel.y.value(panel.y.pixel(0) - 2)  # nothing is a line
        assert lowest < max(pull) < panel.y.value(panel.y.places[-1])
        np.testing.assert_allclose(high, np.maximum(pull, lowest), rtol=1e-3)
        beside = (at - panel.x.places) / np.diff(panel.x.places)[0]
        assert ((beside * side > 0) & (abs(beside) < 0.35)).all()
    assert panel.x.words == ["1", "2", "3"]


DROPOUT = [
    ({}, {}),
    ({"loud": 3.0}, {"missing": 0.1, "dropout": 0.25, "labels": "copied", "seed": 4}),
]


@pytest.mark.parametrize(("fixed", "moved"), DROPOUT, ids=["the talk's", "moved"])
def test_dropout(page, fixed, moved):
    now = {"missing": 0.001, "dropout": 0.0, "labels": "leaky", "seed": 0} | moved
    loud = fixed.get("loud", 1.0)
    page.show(live.dropout(None, steps=100, **fixed))
    page.move(**moved)
    begins_as(page, network(DRAWN, now["seed"]))
    leak = now["labels"] == "leaky"
    signals = dropout_bias.Signals(loud=loud, missing=now["missing"], leak=leak)
    batches = dropout_bias.Batches(signals, [now["seed"]], now["dropout"])
    how = TALK | {"weight_decay": 0.01}
    twin, losses, _ = trained(page, network(DRAWN), drawn(batches, now["dropout"]), how)
    np.testing.assert_allclose(page("see")["losses"], losses, rtol=1e-5)
    asked = {"f(1, 0)": (1, 0), f"f(0, {loud:.0f})": (0, loud), f"f(1, {loud:.0f})": (1, loud)}
    shows_answers(page, asked, twin, STEPS)

    page.press("Train")  # to the end of the round
    losses = np.reshape(page("see")["losses"], (2, 50))
    twin = Twin(network(DRAWN), page("state"))
    shows_answers(page, asked, twin, 100)
    *_, loss = panels(page("see")["svg"])
    loss.curve("network", [25, 75], losses.mean(1))
    assert loss.x.words == ["0", "50", "100"]


def shows_answers(page, asked, twin, steps):
    """Assert that readouts, bars and map say what the network answers."""
    *_, (_, loud) = asked.values()
    answers = dict(zip(asked, twin(list(asked.values())), strict=True))
    page.says(step=steps, **answers)
    map_, scale, bars, _ = panels(page("see")["svg"])
    answers_of_colour, colour = scale.cells("network", across=False)
    np.testing.assert_allclose(colour, answers_of_colour / 1.2, rtol=0, atol=0.0051)
    inputs, shades = map_.cells("network")
    assert len(inputs) == 17 * 17
    expected = np.clip(twin(inputs) / 1.2, 0, 1)  # full colour at 1.2
    np.testing.assert_allclose(shades, expected, rtol=0, atol=0.0051)
    examples = np.linspace(0.05, 0.95, 10)  # where both inputs say the same
    map_.dots(examples, examples * loud)
    assert bars.x.words == [*asked]
    for at, (kind, answer) in enumerate(
        zip(("network", "signal", "both"), answers.values(), strict=True)
    ):
        (high,), (middle,) = bars.bars(kind)
        lowest = bars.y.value(bars.y.pixel(0) - 2)  # nothing is a line
        assert high == pytest.approx(np.clip(answer, lowest, 1.2), abs=1e-4)
        assert middle == pytest.approx(bars.x.places[at])
    np.testing.assert_allclose(bars.line("truth")[:, 1], bars.y.pixel([1, 1]), atol=0.06)


LEAST_SQUARES = [
    {},
    {"coefficients": 16},
    {"coefficients": 5, "noise": 0.2, "seed": 3},
    {"coefficients": 12, "ridge": 1e-4, "seed": 7},
    {"coefficients": 20, "ridge": 0.1, "noise": 0.1},
]


@pytest.mark.parametrize("moved", LEAST_SQUARES, ids=str)
def test_least_squares(page, moved):
    now = {"coefficients": 20, "noise": 0.05, "ridge": 0.0, "seed": 0} | moved
    page.show(live.least_squares(None))
    page.move(**moved)
    y = sample(now["seed"], sd=now["noise"])
    count, strength = now["coefficients"], now["ridge"]
    grid = FINE

    def values_at(x):
        if strength:
            return least_squares.predict(least_squares.ridge(TRAIN_X, y, count, strength), x)
        return Legendre.fit(TRAIN_X, y, count - 1)(x)  # a basis in which no digit is lost

    values = values_at(grid)
    page.says(
        digits=2,
        RMSE_at_the_dots=rmse(values_at(TRAIN_X), y),
        RMSE_to_the_curve=rmse(values_at(TEST_X), curve(TEST_X)),
    )
    if not strength:
        weights = least_squares.fit(TRAIN_X, y, count)  # what the slides show: powers of x
        assert least_squares.test_error(weights) == pytest.approx(
            rmse(values_at(TEST_X), curve(TEST_X)), rel=0.01
        )
    fit, error = panels(page("see")["svg"])
    fit.curve("truth", grid, curve(grid))
    fit.curve("network", grid, values, near=0.1)
    fit.dots(TRAIN_X, y)
    off = abs(values - curve(grid))
    far = off > 1e-4  # nearer, the curve's logarithm shows rounding
    distance, expected = error.line("network"), error.pixels(grid, off)
    np.testing.assert_allclose(distance[far], expected[far], rtol=0, atol=0.3)
    assert far.mean() > 0.99
    named = labels(page("see")["svg"])["network"]
    assert named == [f"{count} coefficients", "distance from the curve"]


def test_without_noise_least_squares_errs_by_rounding_alone(page):
    """20 coefficients: the slides tell what NumPy's solver leaves, a few billionths."""
    page.show(live.least_squares(None))
    page.move(noise=0.0)
    words = page.words()
    assert number(words["RMSE to the curve"]) < 1e-6
    assert number(words["RMSE at the dots"]) < 1e-9
