"""MNIST-1D at equal training loss: runs against a plain loop, levels, and how far points disagree."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from demos.batches import compute_signals as signals
from demos.core.engine import sets
from demos.core.engine.batches import Batches

TINY = signals.Fit(
    points=40, tested=50, widths=(40, 12, 10), batch=10, lr=0.3, early=2.2, late=1.8, every=(4, 2), most=200
)  # fmt: skip


def plain(seed, fit, batch, steps, optimizer=torch.optim.SGD):
    """The network after so many steps of torch.optim, and its data."""
    parts = sets.split(sets.mnist1d(), seed, fit.points, 100, fit.tested)
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(40, 12), nn.ReLU(), nn.Linear(12, 10))
    rule = optimizer(net.parameters(), lr=fit.lr)
    ready = Batches(parts.train, [seed], batch or fit.points)
    for _, some in zip(range(steps), ready, strict=False):
        rule.zero_grad()
        nn.functional.cross_entropy(net(some.x[0]), some.y[0]).backward()
        rule.step()
    return net, parts


def scored(net, part):
    """Log loss and share right."""
    out = net(part.x[0])
    loss = nn.functional.cross_entropy(out, part.y[0]).item()
    return loss, (out.argmax(1) == part.y[0].argmax(1)).double().mean().item()


@pytest.mark.parametrize("batch", [10, None])
def test_training_stops_at_the_first_look_below_the_level(batch):
    found = signals.reached([5, 6], TINY, batch, 1.8, 4)
    for n, seed in enumerate((5, 6)):
        steps = int(found.steps[n])
        assert steps % 4 == 0
        net, parts = plain(seed, TINY, batch, steps)
        loss, _ = scored(net, parts.train)
        before, _ = scored(plain(seed, TINY, batch, steps - 4)[0], parts.train)
        assert loss <= 1.8 < before
        assert found.late["loss"][n] == pytest.approx(loss, abs=1e-4)
        nll, right = scored(net, parts.test)
        assert found.late["nll"][n] == pytest.approx(nll, abs=1e-4)
        assert found.late["accuracy"][n] == pytest.approx(right, abs=1e-6)
        weight = found.parameters["0.weight"][n]
        torch.testing.assert_close(weight, net[0].weight.detach(), rtol=0, atol=1e-4)


def test_early_is_the_first_look_below_its_own_level():
    found = signals.reached([5], TINY, 10, 1.8, 4)
    assert found.early["loss"][0] <= 2.2 and found.late["loss"][0] < found.early["loss"][0]
    steps = range(0, int(found.steps[0]) + 1, 4)
    losses = [scored(plain(5, TINY, 10, s)[0], plain(5, TINY, 10, 0)[1].train)[0] for s in steps]
    first = next(loss for loss in losses if loss <= 2.2)
    assert found.early["loss"][0] == pytest.approx(first, abs=1e-4)


def test_all_points_go_down_to_just_where_batches_stopped():
    some, whole = signals.pairs([5, 6], TINY)
    assert (whole.late["loss"] <= some.late["loss"]).all()
    for n, seed in enumerate((5, 6)):
        steps = int(whole.steps[n])
        net, parts = plain(seed, TINY, None, steps - 2)
        assert scored(net, parts.train)[0] > some.late["loss"][n]


def test_adam_is_pytorchs():
    fit = replace(TINY, optimizer="adam", lr=0.01, late=2.0)
    found = signals.reached([5], fit, None, 2.0, 4)
    net, parts = plain(5, fit, None, int(found.steps[0]), torch.optim.Adam)
    assert found.late["loss"][0] == pytest.approx(scored(net, parts.train)[0], abs=1e-3)


def test_points_disagree_by_the_variance_of_their_losses_and_gradients():
    found = signals.reached([5, 6], TINY, 10, 2.0, 4)
    of_losses, of_gradients = signals.disagreement([5, 6], found.parameters, TINY)
    for n, seed in enumerate((5, 6)):
        net, parts = plain(seed, TINY, 10, int(found.steps[n]))
        losses, gradients = [], []
        for x, y in zip(parts.train.x[0], parts.train.y[0], strict=True):
            net.zero_grad()
            loss = nn.functional.cross_entropy(net(x[None]), y[None])
            loss.backward()
            losses.append(loss.item())
            gradients.append(torch.cat([p.grad.flatten() for p in net.parameters()]).numpy())
        assert of_losses[n] == pytest.approx(np.var(losses), rel=1e-3)
        assert of_gradients[n] == pytest.approx(np.var(gradients, axis=0).sum(), rel=1e-3)


def test_what_is_compared_goes_by_its_name():
    found = signals.compared([5, 6], TINY)
    some, whole = signals.pairs([5, 6], TINY)
    for way, done in (("batches", some), ("all", whole)):
        for what in ("loss", "accuracy", "nll"):
            assert found[f"{what}_early_{way}"] == pytest.approx(done.early[what])
            assert found[f"{what}_late_{way}"] == pytest.approx(done.late[what])
        expected = signals.disagreement([5, 6], done.parameters, TINY)
        assert found[f"losses_{way}"] == pytest.approx(expected[0])
        assert found[f"gradients_{way}"] == pytest.approx(expected[1])
        assert found[f"steps_{way}"].tolist() == done.steps.tolist()
