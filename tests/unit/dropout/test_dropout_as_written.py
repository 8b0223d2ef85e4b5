"""What slides write in plain PyTorch, taken from the notebook, against the demo behind the record."""

import ast
from dataclasses import replace
from itertools import combinations

import numpy as np
import plain
import pytest
import torch
from torch import nn, optim

from demos.dropout import compute as db
from demos.dropout import written
from scripts.build.notebooks import read_all


def cell_with(text):
    """The code of the one cell of the notebook that contains `text`."""
    (notebook,) = read_all(["07-dropout"])
    (found,) = [cell.code for cell in notebook.code_cells if text in cell.code]
    return found


def defined(name, **known):
    """The function of this name as the notebook defines it."""
    body = ast.parse(cell_with(f"def {name}(")).body
    body = [each for each in body if isinstance(each, ast.FunctionDef)]
    exec(compile(ast.Module(body, []), "07-dropout", "exec"), known)
    return known[name]


def trained(*given, **named):
    return defined("trained", torch=torch, nn=nn, optim=optim)(*given, **named)


class Told:
    """Batches of the demo one by one, and nn.Dropout's coins with them."""

    def __init__(self, signals, seed, dropout):
        self.batches, self.dropout, self.step = db.Batches(signals, [seed], dropout), dropout, 0

    def __call__(self):
        x, y, masks = plain.masked(self.batches(self.step), self.dropout)
        self.step += 1
        self.masks = iter([mask[0] for mask in masks or []])
        return x[0], y[0]

    def forward(self, module, values):
        assert module.training and module.p == self.dropout
        return values * next(self.masks) if self.dropout else values


@pytest.mark.parametrize(("dropout", "leak"), [(0.0, True), (0.0, False), (0.5, True)])
def test_the_loop_on_the_slide_is_the_demos_training(dropout, leak, monkeypatch):
    """Same start, same batches, same coins, a few steps: the same network, to rounding."""
    signals, steps = db.Signals(missing=0.1, leak=leak), db.CHUNK + 2
    told = Told(signals, 5, dropout)
    with monkeypatch.context() as patched:
        patched.setattr(nn.Dropout, "forward", lambda self, values: told.forward(self, values))
        net = trained(dropout, told, seed=5, steps=steps)
    fast = db.train(signals, [5], dropout, replace(db.ORIGINAL, steps=steps))
    points = np.random.default_rng(0).random((20, 2))
    np.testing.assert_allclose(written.asked(net, points), fast.predict(points)[0], atol=2e-4)
    other = db.train(signals, [5], dropout, replace(db.ORIGINAL, steps=steps, lr=0.003))
    assert np.abs(other.predict(points)[0] - fast.predict(points)[0]).max() > 2e-3


def test_the_loop_hands_back_a_network_without_coins():
    net = trained(0.5, written.copied, seed=1, steps=2)
    assert not net.training
    assert [type(part) for part in net] == 2 * [nn.Linear, nn.ReLU, nn.Dropout] + [nn.Linear]
    point = torch.ones(1, 2)
    assert torch.equal(net(point), net(point))
    assert not torch.equal(net.train()(point), net(point))


def test_leaky_labels_lose_what_the_first_input_loses():
    torch.manual_seed(0)
    x, y = written.leaky(4000, 0.3)
    assert torch.equal(y[:, 0], x[:, 0])
    assert (y == 0).float().mean().item() == pytest.approx(0.3, abs=0.04)
    assert (x[:, 1] == 0).float().mean().item() == pytest.approx(0.3, abs=0.04)


def test_copied_labels_stay():
    torch.manual_seed(0)
    x, y = written.copied(4000, 0.3)
    assert (y > 0).all() and x.shape == (4000, 2)
    for side in (0, 1):
        there = x[:, side] > 0
        assert there.float().mean().item() == pytest.approx(0.7, abs=0.04)
        assert torch.equal(x[there, side], y[there, 0])


def test_an_input_that_is_left_is_not_made_louder():
    torch.manual_seed(0)
    x, y = defined("two_inputs", torch=torch, loud=3.0)(0.2, 4000)
    for side, scale in ((0, 1.0), (1, 3.0)):
        there = x[:, side] > 0
        assert there.float().mean().item() == pytest.approx(0.8, abs=0.04)
        assert torch.equal(x[there, side], scale * y[there, 0])


@pytest.mark.parametrize("says", [[0.1, 0.5, 0.2, 0.8], [3.0, -1.0, 0.0, 2.0]])
def test_half_of_the_units_say_half_and_the_mask_by_hand_is_pytorchs(says):
    known = {"torch": torch, "nn": nn, "combinations": combinations}
    lines = cell_with("nn.Dropout(p)(h)").split("\n")
    at = [n for n, text in enumerate(lines) if text.startswith("h = ")]
    assert len(at) == 1
    lines[at[0]] = f"h = torch.tensor({says})"
    exec("\n".join(lines), known)
    assert len(known["sums"]) == 6
    assert float(known["mean"]) == pytest.approx(sum(says) / 2, abs=1e-6)
    assert torch.equal(known["module"], known["by_hand"])
    kept = known["mask"] == 1
    assert torch.equal(known["by_hand"], torch.where(kept, 2 * torch.tensor(says), 0.0))
    assert 0 < kept.sum() < 4


def test_the_square_has_the_first_input_to_the_right():
    net = nn.Linear(2, 1)
    with torch.no_grad():
        net.weight.copy_(torch.tensor([[1.0, 10.0]]))
        net.bias.zero_()
    assert written.asked(net, [2, 3]) == pytest.approx(32)
    grid = written.square(net, 3)
    np.testing.assert_allclose(grid, [[0, 0.5, 1], [5, 5.5, 6], [10, 10.5, 11]])
