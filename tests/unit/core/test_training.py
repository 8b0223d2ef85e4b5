"""The plain loop and the ensemble, against oracles written another way."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from plain import masked
from trajectory import EPS, apart, legs, loss_rounding, off_kinks, put

from demos.core import ensemble, networks, training
from demos.core.curve import TRAIN_X, curve, sample
from demos.core.engine.batches import Data
from demos.core.ensemble import Ensemble
from demos.core.networks import mlp
from demos.core.training import Settings


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
    last = ((network(networks.column(x)) - networks.column(y)) ** 2).sum().item()
    assert found[-1] == pytest.approx(last, rel=1e-6)  # and not the one before the last step
    assert found[-2] != pytest.approx(last, rel=1e-5)
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


def test_an_ensemble_with_coins_does_the_steps_of_autograd_with_their_masks():
    widths, seeds, settings = (2, 6, 6, 1), (3, 4), Settings(0.01, 0.5, 0.02, steps=1000)
    dice = torch.Generator().manual_seed(0)

    def batch(step):
        dice.manual_seed(step)
        x, y = torch.rand(2, 8, 2, generator=dice), torch.rand(2, 8, 1, generator=dice)
        shapes = [(2, 8, units) for units in widths[1:-1]]
        low, high = -(2**15), 2**15
        coins = [torch.randint(low, high, s, generator=dice, dtype=torch.int16) for s in shapes]
        return Data(x, y), coins

    def plain(index, seed):
        first, _, second, _, last = network = mlp(widths, seed)
        sgd = torch.optim.SGD(network.parameters(), 0.01, momentum=0.5, weight_decay=0.02)

        def step(number):
            x, y, masks = masked(batch(number), 0.25)
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
        losses = ensemble.run(
            many, lambda step, start=start: batch(start + step), few, dropout=0.25
        )
        for n, leg in enumerate(at):
            if leg.clear:
                off = np.abs(losses[:, n] - leg.losses)
                assert (off <= loss_rounding(leg.losses, 8, 2)).all()
                assert same_end(many, n, leg, settings.lr)


def test_active_units_are_counted_by_a_plain_loop():
    many = Ensemble((1, 6, 1), (0, 1))
    for index in range(2):
        count = 0
        for weight, bias in zip(many.weights[0][index, :, 0], many.biases[0][index], strict=True):
            count += any(weight * x + bias > 0 for x in (0.0, 0.5, 1.0))
        assert many.active([0.0, 0.5, 1.0])[index, 0] == count


def test_a_wrong_number_of_hyper_parameters_is_refused():
    with pytest.raises(ValueError, match=r"decay has shape \(2,\): give one number, or 3"):
        ensemble.train(
            Ensemble((1, 3, 1), range(3)), TRAIN_X, curve(TRAIN_X), Settings(), [0.1, 0.2]
        )
