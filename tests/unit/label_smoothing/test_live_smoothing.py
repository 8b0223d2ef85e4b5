"""What the page trains, draws and says of three blobs, against the plain loop in PyTorch."""

import numpy as np
import pytest
import torch
from drawn import labels, panels
from rooms import live
from torch import nn

from demos.core.networks import mlp
from demos.label_smoothing import calibration
from demos.label_smoothing import compute as lab
from demos.label_smoothing.gaps import gap
from demos.label_smoothing.live import BARS, REACH, SIDE, grid
from demos.label_smoothing.page import FRESH_SEED, SHOWN, data

TALK = {"smoothing": 0.0, "sd": 1.0, "lr": 0.03, "seed": 0}
STEPS = 12  # few: rounding has no time to grow


def plain(smoothing, sd, lr, seed):
    """The network after STEPS by torch.optim and nn.CrossEntropyLoss."""
    net = mlp(lab.FIT.widths, seed)
    x, y = map(torch.from_numpy, lab.blobs(seed, lab.FIT.points, sd))
    loss = nn.CrossEntropyLoss(label_smoothing=smoothing)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr, momentum=lab.FIT.momentum)
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(net(x), y).backward()
        optimizer.step()
    return net.requires_grad_(False), x


@pytest.mark.parametrize(
    "moved",
    [{}, {"smoothing": 0.3}, {"sd": 0.3, "seed": 5, "lr": 0.1}, {"smoothing": 0.1, "sd": 1.4}],
    ids=str,
)
def test_it_trains_draws_and_says_what_pytorch_does(page, moved):
    now = TALK | moved
    ghost = np.linspace(0, 1, BARS)
    page.show(live.label_smoothing(None, stored=ghost))
    page.move(**moved)
    page.press("Step", STEPS)
    net, x = plain(**now)
    fresh = lab.points([FRESH_SEED], SHOWN, now["sd"], lab.FRESH)
    out, y = net(fresh.x[0]), fresh.y[0]
    scores = calibration.scores(out, y)
    words = page.words()
    assert words.pop("step") == str(STEPS)
    near = {"right": 0.002, "log loss": 0.002, "calibration error": 0.004, "gap of logits": 0.006}
    expected = [scores["accuracy"], scores["nll"], scores["error"], gap(out).mean()]
    assert list(words) == list(near)
    for (name, word), value in zip(words.items(), expected, strict=True):
        assert float(word) == pytest.approx(value.item(), abs=near[name]), name

    svg = page("see")["svg"]
    shaded, right, often = panels(svg)
    centres = lab.CENTRES[np.arange(lab.FIT.points) % 3]
    noise = np.array(data()["noise"][now["seed"]])  # to four digits
    np.testing.assert_allclose(centres + now["sd"] * noise, x, rtol=0, atol=1e-4)
    shaded.dots(*(centres + now["sd"] * noise).T)
    cells = net(grid()).softmax(-1).amax(-1).view(SIDE, SIDE).numpy()
    places, strengths = shaded.cells("network")
    np.testing.assert_allclose(places, grid(), rtol=0, atol=0.01)
    wanted = (cells.ravel() - 1 / 3) * 1.5
    np.testing.assert_allclose(strengths, wanted, rtol=0, atol=0.008)
    bins = calibration.reliability(out.softmax(-1), y, BARS)
    filled = bins.share.numpy() > 0.02  # in smaller ones a point more or less weighs
    heights, _ = right.bars("network")
    np.testing.assert_allclose(heights[filled], bins.right[filled], rtol=0, atol=0.06)
    np.testing.assert_allclose(often.bars("network")[0], bins.share, rtol=0, atol=0.02)
    np.testing.assert_allclose(right.bars("talk")[0], ghost, rtol=0, atol=0.02)
    assert "grey: hard labels" in labels(svg)["talk"]


def test_the_page_is_given_how_far_points_lie_from_their_centres():
    given = data()
    for seed, noise in enumerate(given["noise"]):
        drawn = np.random.default_rng([seed, 0]).standard_normal((lab.FIT.points, 2))
        np.testing.assert_allclose(noise, drawn, rtol=0, atol=1e-4)  # to four digits
    drawn = np.random.default_rng([FRESH_SEED, 1]).standard_normal((SHOWN, 2))
    np.testing.assert_allclose(given["fresh"], drawn, rtol=0, atol=1e-4)


def test_the_map_is_asked_row_by_row_from_below():
    cells = grid().view(SIDE, SIDE, 2)
    assert cells[0, 0].tolist() == pytest.approx([-REACH + REACH / SIDE] * 2)
    assert cells[0, -1].tolist() == pytest.approx([REACH - REACH / SIDE, -REACH + REACH / SIDE])


def test_a_step_too_long_is_told(page):
    demo = live.label_smoothing(None)
    demo.settings["choices"]["lr"] = [0.03, 1e30]
    demo.settings["talk"]["lr"] = 1e30
    page.show(demo)
    page.press("Step", 4)
    assert page("see")["trouble"] == "The step is too long: the logits left all bounds."
