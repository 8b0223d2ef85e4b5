"""What the slides write in plain PyTorch, and what the helpers behind the study do: the same."""

import copy

import numpy as np
import pytest
import torch
from torch import nn, optim

from demos.bump_error import compute as bump
from demos.core.networks import predict
from demos.core.training import Settings
from scripts.build.notebooks import read_all

OURS = 'bump.Construction(shape="curve", gap=2, slope=10.0)'


def cell(line):
    """The code of the one cell with this line."""
    (notebook,) = read_all(["05-bump-error"])
    (found,) = [each.code for each in notebook.code_cells if line in each.code]
    return found


def run(text, **space):
    """What a cell's names mean once it ran."""
    space |= {"bump": bump, "copy": copy, "predict": predict}
    space |= {"torch": torch, "nn": nn, "optim": optim}
    exec(text, space)
    return space


def built(made):
    """The slides' networks for a construction: six units, nine units, and all names."""
    text = cell("six = nn.Sequential")
    assert OURS in text
    space = run(text.replace(OURS, repr(made).replace("Construction", "bump.Construction")))
    space = run(cell("nine = nn.Sequential"), **space)
    return space["six"], space["nine"], space


@pytest.mark.parametrize("made", bump.variations()[::7], ids=str)
def test_the_slides_build_what_the_helpers_build(made):
    six, nine, _ = built(made)
    for mine, theirs in ((six, bump.without_bump(made)), (nine, bump.with_bump(made))):
        for name, parameter in mine.named_parameters():
            expected = theirs.get_parameter(name)
            assert torch.allclose(parameter, expected, atol=1e-4), name


def test_the_slide_s_loop_is_the_helper_s():
    made = bump.THE_TALKS
    _, nine, space = built(made)
    loop = cell("optimizer = optim.SGD(")
    text = loop.replace("range(8001)", "range(13)").replace("% 500", "% 4")
    mine = run(text, **space)
    settings = Settings(weight_decay=mine["lam"], steps=12)
    views, losses = bump.follow(copy.deepcopy(nine), made.targets(), settings, every=4)
    assert len(mine["decaying"]) == 4
    np.testing.assert_allclose(np.stack(mine["decaying"]), views, atol=1e-3)
    np.testing.assert_allclose(mine["decaying_losses"], losses, atol=1e-3)
    assert bump.height(views[-1]) < 0.999 * bump.height(views[0])  # decay has begun


def test_points_are_the_construction_s():
    made = bump.Construction("parabola")
    x, y = bump.points(made)
    assert x.shape == y.shape == (6, 1)
    np.testing.assert_allclose(x[:, 0], np.linspace(0, 1, 6), atol=1e-6)
    np.testing.assert_allclose(y[:, 0], np.linspace(0, 1, 6) ** 2, atol=1e-6)


def test_sums_add_a_unit_at_a_time():
    network = bump.with_bump()
    sums = bump.sums(network)
    assert sums.shape == (9, len(bump.GRID))
    np.testing.assert_allclose(sums[-1], predict(network, bump.GRID), atol=1e-4)
    np.testing.assert_allclose(sums[5], predict(bump.without_bump(), bump.GRID), atol=1e-4)
    np.testing.assert_allclose(sums[7] - sums[6], bump.units(network, bump.GRID)[:, 7], atol=1e-4)
