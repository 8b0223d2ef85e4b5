"""What the page trains, draws and says of rings, against the plain loop in PyTorch."""

import numpy as np
import pytest
import torch
from drawn import labels, panels
from rooms import live
from torch.nn import functional as F

from demos.core.networks import mlp
from demos.from_neuron_to_network import points
from demos.from_neuron_to_network.live import REACH, SIDE, grid, shown
from demos.from_neuron_to_network.page import (
    DIGITS,
    FRESH_SEED,
    NOISE,
    POINTS,
    SHAPES,
    SHOWN,
    data,
    shape,
)

TALK = {"units": 8, "layers": 1, "lr": 0.1, "seed": 0}
STEPS = 12  # few: rounding has no time to grow


def plain(units, layers, lr, seed, steps=STEPS):
    """The network after some steps by torch.optim."""
    net = mlp((2, *[units] * layers, 1), seed)
    x, y = map(torch.from_numpy, points.rings(seed, POINTS, NOISE))
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        F.binary_cross_entropy_with_logits(net(x)[:, 0], y.float()).backward()
        optimizer.step()
    return net.requires_grad_(False), x.numpy(), y.numpy()


def scored(net):
    """Log loss and share right on the page's fresh points."""
    x, y = map(torch.from_numpy, points.rings(FRESH_SEED, SHOWN, NOISE, points.FRESH))
    out = net(x)[:, 0]
    loss = F.binary_cross_entropy_with_logits(out, y.float()).item()
    return loss, ((out > 0) == (y == 1)).float().mean().item()


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"layers": 0, "lr": 1.0},
        {"units": 4, "layers": 3, "lr": 0.3, "seed": 5},
        {"units": 16, "layers": 2},
    ],
    ids=str,
)
def test_it_trains_draws_and_says_what_pytorch_does(page, moved):
    now = TALK | moved
    page.show(live.from_neuron_to_network(None, stored=([0, 1000], [0.7, 0.2])))
    page.move(**moved)
    page.press("Step", STEPS)
    net, x, y = plain(**now)
    x = x.astype(float).round(DIGITS)  # as the page is given them
    loss, right = scored(net)
    words = page.words()
    assert words.pop("step") == str(STEPS)
    assert list(words) == ["right", "log loss"]
    assert float(words["right"]) == pytest.approx(right, abs=0.006)
    assert float(words["log loss"]) == pytest.approx(loss, abs=0.001)

    svg = page("see")["svg"]
    shaded, losses = panels(svg)
    places, strengths = shaded.cells("network")
    np.testing.assert_allclose(places, grid(), rtol=0, atol=0.01)
    np.testing.assert_allclose(strengths, net(grid())[:, 0].sigmoid(), rtol=0, atol=0.008)
    shaded.dots(*x[y == 0].T)
    inner = shaded.group("dots signal")["children"]
    at = [[float(one["attributes"][c]) for c in ("cx", "cy")] for one in inner]
    np.testing.assert_allclose(at, shaded.pixels(*x[y == 1].T), rtol=0, atol=0.1)
    assert losses.line("network")[-1] == pytest.approx(losses.pixels([STEPS], [loss])[0], abs=1)
    losses.curve("talk", [0, 1000], [0.7, 0.2])
    widths = shape(now["units"], now["layers"])
    count = sum(p.numel() for p in net.parameters())
    assert f"{'-'.join(map(str, widths))}: {count} numbers" in labels(svg)["network"]


def test_the_page_is_given_the_rings_themselves():
    given = data()
    for seed in (0, 7):
        x, y = points.rings(seed, POINTS, NOISE)
        np.testing.assert_allclose(given["points"][seed], x, rtol=0, atol=1e-4)
        assert list(given["classes"][seed]) == list(y)
    x, y = points.rings(FRESH_SEED, SHOWN, NOISE, points.FRESH)
    np.testing.assert_allclose(given["fresh"], x, rtol=0, atol=1e-4)
    assert list(given["freshClasses"]) == list(y)


def test_every_choice_has_its_network():
    demo = live.from_neuron_to_network(None)
    choices = demo.settings["choices"]
    pairs = [(units, layers) for units in choices["units"] for layers in choices["layers"]]
    wanted = {(2, *[units] * layers, 1) for units, layers in pairs}
    assert wanted == set(SHAPES) and len(SHAPES) == len(wanted)
    assert set(demo.settings["nets"]) == {
        "rings-" + "-".join(map(str, widths)) for widths in SHAPES
    }


def test_the_slides_figure_is_the_pages_run():
    cells, (x, y), (steps, lost), numbers = shown(4, 2, 0.3, seed=3, steps=10)
    net, own, classes = plain(4, 2, 0.3, 3, steps=10)
    np.testing.assert_array_equal(x, own)
    np.testing.assert_array_equal(y, classes)
    np.testing.assert_allclose(cells.ravel(), net(grid())[:, 0].sigmoid(), rtol=0, atol=1e-4)
    loss, right = scored(net)
    assert steps.tolist() == [0, 10] and lost[-1] == pytest.approx(loss, abs=1e-4)
    assert numbers == {
        "right": pytest.approx(right, abs=0.003),
        "nll": pytest.approx(loss, abs=1e-4),
    }
    assert cells.shape == (SIDE, SIDE)


def test_the_map_is_asked_row_by_row_from_below():
    cells = grid().view(SIDE, SIDE, 2)
    assert cells[0, 0].tolist() == pytest.approx([-REACH + REACH / SIDE] * 2)
    assert cells[0, -1].tolist() == pytest.approx([REACH - REACH / SIDE, -REACH + REACH / SIDE])


def test_a_step_too_long_is_told(page):
    demo = live.from_neuron_to_network(None)
    demo.settings["choices"]["lr"] = [0.1, 1e30]
    demo.settings["talk"]["lr"] = 1e30
    page.show(demo)
    page.press("Step", 6)
    assert page("see")["trouble"] == "The step is too long: the answers left all bounds."
