"""What the slides write in plain PyTorch, and what the helpers behind the study do: the same."""

import numpy as np
import pytest
import torch
from torch import nn, optim

from demos.core.classification import one_pass
from demos.correlations import compute as cor
from scripts.build.notebooks import read_all


def cell(line):
    """The code of the one cell with this line."""
    (notebook,) = read_all(["06-correlations"])
    (found,) = [each.code for each in notebook.code_cells if line in each.code]
    return found


def run(text, **space):
    """What a cell's names mean once it ran."""
    space |= {"cor": cor, "torch": torch, "nn": nn, "optim": optim}
    with torch.random.fork_rng(devices=[]):
        exec(text, space)
    return space


FIT = cell("nn.BCEWithLogitsLoss()")


def test_the_slide_starts_as_the_helper_does():
    start = run(FIT.partition("for _ in")[0])["net"]
    expected = cor.classifier("mlp", seed=0)
    mine, theirs = start.state_dict().values(), expected.state_dict().values()
    assert all(torch.allclose(*pair, atol=1e-6) for pair in zip(mine, theirs, strict=True))


def test_the_slide_fits_as_the_helper_does():
    text = FIT.replace("range(20)", "range(2)")
    assert text != FIT
    mine = run(text)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        net = nn.Sequential(nn.Linear(256, 64), nn.ReLU(), nn.Linear(64, 1))
        how = cor.SETTINGS
        optimizer = optim.AdamW(net.parameters(), lr=how.lr, weight_decay=how.weight_decay)
        for _ in range(2):
            one_pass(net, optimizer, mine["x"], mine["y"][:, 0], how.batch)
    with torch.no_grad():
        outputs = [each(mine["x"]).numpy() for each in (mine["net"], net)]
    np.testing.assert_allclose(*outputs, atol=1e-3)
    assert outputs[0].std() > 0.3  # it has learned something


def test_the_slide_climbs_as_the_helper_does():
    net = cor.classifier("mlp", seed=3)
    image = run(cell("image.clamp_(0, 1)"), net=net)["image"]
    np.testing.assert_allclose(image.detach().reshape(16, 16), cor.dream(net), atol=1e-4)


@pytest.mark.parametrize("seed", [0, 4])
def test_an_album_is_the_sample(seed):
    x, y = cor.album(30, seed)
    pixels, dumbbell = cor.sample(30, seed)
    np.testing.assert_allclose(x, pixels, atol=1e-6)
    assert y.shape == (30, 1) and np.array_equal(y[:, 0] == 1, dumbbell)


def test_arms_are_found_in_an_album():
    world = cor.World(0.7, 0.2)
    images, dumbbell, arm = cor.in_album(400, 5, world)
    pixels, labels = cor.sample(400, 5, world)
    assert np.array_equal(images.reshape(400, -1), pixels) and np.array_equal(dumbbell, labels)
    assert arm[dumbbell].mean() == pytest.approx(0.7, abs=0.1)
    assert arm[~dumbbell].mean() == pytest.approx(0.2, abs=0.1)
    ink = images[:, cor.ARM_ROWS].sum((1, 2))
    assert ink[arm].mean() > ink[~arm].mean() + 3
