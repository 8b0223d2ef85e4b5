"""What the page trains, draws and says of mixed and noisy points, against the plain loop in PyTorch."""

import math

import numpy as np
import pytest
import torch
from drawn import labels, panels
from rooms import live
from torch.nn import functional as F

from demos.augmentation import compute_mixup as mix
from demos.augmentation.live import REACH, SIDE, seen, shown
from demos.augmentation.page import CHUNK, DICE, FRESH_SEED, POINTS, SHOWN, data
from demos.core.networks import mlp

TALK = {"which": "blobs", "mixup": 0.0, "noise": 0.0, "seed": 0}
STEPS = 12  # few: rounding has no time to grow


def plain(which, mixup, noise, seed):
    """The network after STEPS, by torch.optim, on the numbers that torch.rand gives."""
    net = mlp(mix.WIDTHS, seed)
    rows = torch.tensor(np.array(data()["points"][which][seed])).float()
    y = F.one_hot(torch.arange(POINTS) % mix.PLANE[which], 3).float()
    dice = torch.Generator().manual_seed(seed + DICE)
    coins = torch.rand(CHUNK, 2, generator=dice)
    partners, far, turn = (
        torch.rand(CHUNK, *shape, generator=dice) for shape in ((POINTS,), (POINTS, 2), (POINTS, 2))
    )
    optimizer = torch.optim.SGD(net.parameters(), lr=mix.FIT.lr, momentum=mix.FIT.momentum)
    for step in range(STEPS):
        share = coins[step, 1] if coins[step, 0] < mixup else 1.0
        other = torch.tensor([int(POINTS * each) for each in partners[step]])
        normal = (-2 * (1 - far[step]).log()).sqrt() * (2 * math.pi * turn[step]).cos()
        inputs = share * rows + (1 - share) * rows[other] + noise * normal
        targets = share * y + (1 - share) * y[other]
        optimizer.zero_grad()
        F.cross_entropy(net(inputs), targets).backward()
        optimizer.step()
    return net.requires_grad_(False), rows.numpy()


@pytest.mark.parametrize(
    "moved",
    [{}, {"mixup": 1.0}, {"which": "rings", "mixup": 0.5, "seed": 3}, {"which": "moons", "noise": 0.5}],
    ids=str,
)  # fmt: skip
def test_it_trains_draws_and_says_what_pytorch_does(page, moved):
    now = TALK | moved
    page.show(live.augmentation(None, stored=([0, 1000], [1.0, 2.0])))
    page.move(**moved)
    page.press("Step", STEPS)
    net, rows = plain(**now)
    fresh = mix.points(now["which"], [FRESH_SEED], SHOWN, mix.FRESH)
    out, y = net(fresh.x[0]), fresh.y[0]
    words = page.words()
    assert words.pop("step") == str(STEPS)
    loss = F.cross_entropy(out, y).item()
    right = (out.argmax(1) == y.argmax(1)).float().mean().item()
    assert list(words) == ["right", "log loss"]
    assert float(words["right"]) == pytest.approx(right, abs=0.004)
    assert float(words["log loss"]) == pytest.approx(loss, abs=0.002)

    svg = page("see")["svg"]
    plane, shaded, losses = panels(svg)
    for panel in (plane, shaded):
        panel.dots(*rows.T)
    logits = net(torch.tensor(grid()).float())
    classes = mix.PLANE[now["which"]]
    sure = (logits.softmax(-1).amax(-1).numpy() - 1 / classes) / (1 - 1 / classes)
    places, strengths = shaded.cells("network")
    np.testing.assert_allclose(places, grid(), rtol=0, atol=0.01)
    np.testing.assert_allclose(strengths, sure.clip(0, 1), rtol=0, atol=0.008)
    assert losses.line("network")[-1] == pytest.approx(losses.pixels([STEPS], [loss])[0], abs=1)
    losses.curve("talk", [0, 1000], [1.0, 2.0])
    assert {"dots: data"} <= set(labels(svg)[""])
    rings = rings_of(plane)
    assert len(rings) == 2 * POINTS
    twice = np.concatenate([plane.pixels(*rows.T)] * 2)
    off = np.abs(rings - twice).max()
    if now["mixup"] == now["noise"] == 0:
        assert off < 0.1  # every point is seen where it is
    else:
        assert off > 10


def rings_of(panel):
    circles = panel.group("dots signal")["children"]
    return np.array([[float(one["attributes"][c]) for c in ("cx", "cy")] for one in circles])


def grid():
    """Centres of the map's cells, row by row from below."""
    centres = [REACH * ((2 * k + 1) / SIDE - 1) for k in range(SIDE)]
    return np.array([(first, second) for second in centres for first in centres])


def test_mixed_rings_lie_between_two_points_and_noisy_ones_about_theirs(page):
    page.show(live.augmentation(None))
    page.move(mixup=1.0)
    svg = page("see")["svg"]
    plane = panels(svg)[0]
    points = plane.pixels(*np.array(data()["points"]["blobs"][0]).T)
    for own, ring in zip(np.concatenate([points] * 2), rings_of(plane), strict=True):
        ahead, along = ring - own, points - own  # on the way from its own point to another
        length = np.hypot(*along.T).clip(1e-9)
        across = np.abs(along[:, 0] * ahead[1] - along[:, 1] * ahead[0]) / length
        assert across.min() < 0.2 or np.hypot(*ahead) < 0.2
    page.move(mixup=0.0, noise=0.5)
    plane = panels(page("see")["svg"])[0]
    off = (rings_of(plane) - np.concatenate([points] * 2)) / (plane.x.scale[0], plane.y.scale[0])
    assert off.std() == pytest.approx(0.5, rel=0.2)
    assert off.mean() == pytest.approx(0, abs=0.12)


def test_the_figure_shows_mixtures_of_the_points():
    x, _ = mix.plane("blobs", 4, POINTS)
    rings = seen("blobs", 4).reshape(2, POINTS, 2)
    np.testing.assert_allclose(rings.mean(1), np.stack([x.mean(0)] * 2))  # partners are dealt out
    assert not np.allclose(rings[0], rings[1])
    assert np.abs(rings).max() <= np.abs(x).max()


def test_the_talks_run_is_scored_on_the_pages_points():
    steps, losses, numbers = shown("blobs", 1)
    assert steps.tolist() == list(range(0, 1001, 20))
    assert losses[-1] == pytest.approx(numbers["nll"], rel=1e-5)
    assert 0.6 < numbers["accuracy"] < 0.9


def test_a_step_too_long_is_told(page):
    demo = live.augmentation(None)
    demo.settings["fixed"]["lr"] = 1e30
    page.show(demo)
    page.press("Step", 4)
    assert page("see")["trouble"] == "The step is too long: the logits left all bounds."
