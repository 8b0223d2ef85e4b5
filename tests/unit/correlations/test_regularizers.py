"""Every regularizer changes what is learnt, and as it should: decay step by step, cures loop by loop."""

from dataclasses import replace

import numpy as np
import plain
import pytest
import torch

from demos.core import classification, ensemble, training
from demos.core.curve import TRAIN_X, curve
from demos.core.networks import mlp
from demos.core.training import Settings
from demos.correlations import compute as cor
from demos.dropout import compute as db
from demos.opening import compute as overfitting

WIDTHS, LAMBDA, LR = (1, 7, 7, 1), 0.4, 0.003
ONCE = Settings(lr=LR, steps=1)

# --- weight decay: one step with it, less one without, is - lr λ w, of biases too -------------


def once(decay):
    """All parameters after one step of the plain loop."""
    network = mlp(WIDTHS, 5)
    training.train(network, TRAIN_X, curve(TRAIN_X), replace(ONCE, weight_decay=decay))
    return plain.weights(network)


def once_together(decay):
    """The same in an ensemble, second of two."""
    together = ensemble.Ensemble(WIDTHS, [4, 5])
    ensemble.train(together, TRAIN_X, curve(TRAIN_X), ONCE, weight_decay=[0.1, decay])
    return torch.cat([p.flatten() for p in together.parameters(1)]).numpy()


def once_classified(decay):
    """The same of AdamW, on two classes."""
    network = mlp(WIDTHS, 5)
    how = classification.Settings(lr=LR, weight_decay=decay, epochs=1, batch=len(TRAIN_X))
    classification.fit(network, TRAIN_X, TRAIN_X > 0.4, how)
    return plain.weights(network)


@pytest.mark.parametrize("wide", [7, 300], ids=["one by one", "stacked"])
@pytest.mark.parametrize("step", [once, once_together, once_classified])
def test_a_step_of_decay_shrinks_every_weight_by_its_share(step, wide, monkeypatch):
    monkeypatch.setattr(ensemble, "WIDE", wide)
    start = plain.weights(plain.network(WIDTHS, 5))
    np.testing.assert_allclose(step(LAMBDA) - step(0.0), -LR * LAMBDA * start, atol=3e-7)


def test_the_decay_of_the_settings_counts_when_the_call_gives_none():
    both = []
    for how, decay in ((replace(ONCE, weight_decay=LAMBDA), None), (ONCE, LAMBDA)):
        together = ensemble.Ensemble(WIDTHS, [5])
        ensemble.train(together, TRAIN_X, curve(TRAIN_X), how, decay)
        both.append(torch.cat([p.flatten() for p in together.parameters(0)]))
    assert torch.equal(*both)


def test_the_moons_decay_is_decay():
    free, held = (
        plain.weights(overfitting.fitted(1, replace(how, epochs=1))[0])
        for how in (overfitting.PLAIN, overfitting.DECAYED)
    )
    start = plain.weights(plain.network(overfitting.WIDTHS, 1))
    np.testing.assert_allclose(held - free, -0.01 * 4.0 * start, atol=3e-7)


# --- the cures of data bias, each against a loop of its own ---------------------------------------


def smoothed(inputs, targets):
    return inputs, torch.tensor([0.95 if label == 1 else 0.05 for label in targets])


def mixed(inputs, targets):
    """Pairs blended one by one; dice as in the demo: first who with whom, then how much."""
    other, part = torch.randperm(len(inputs)), torch.rand(len(inputs), 1)[:, 0]
    pairs = [(n, int(m), part[n]) for n, m in enumerate(other)]
    images = torch.stack([p * inputs[n] + (1 - p) * inputs[m] for n, m, p in pairs])
    return images, torch.stack([p * targets[n] + (1 - p) * targets[m] for n, m, p in pairs])


def erased(inputs, targets):
    """A hole of 6 x 6 pixels, image by image; dice as in the demo: all rows, then all columns."""
    images = inputs.clone().view(-1, 16, 16)
    rows, columns = torch.randint(0, 11, (2, len(inputs), 1))[..., 0].tolist()
    for image, row, column in zip(images, rows, columns, strict=True):
        image[row : row + 6, column : column + 6] = 0
    return images.view(-1, 256), targets


BRIEF = classification.Settings(lr=0.003, epochs=3, batch=25)
CURES = {  # name: how the demo is asked, how the plain loop is
    "none": ({}, {}),
    "weight decay": ({"settings": replace(BRIEF, weight_decay=2.0)}, {"decay": 2.0}),
    "dropout": ({"dropout": 0.5}, {"dropout": 0.5}),
    "input dropout": ({"input_dropout": 0.3}, {"input_dropout": 0.3}),
    "smoothing": ({"change": cor.smooth}, {"change": smoothed}),
    "mixup": ({"change": cor.mixup}, {"change": mixed}),
    "erasing": ({"change": cor.erase}, {"change": erased}),
}
SEED = 3


def logits(network):
    """What it says of forty images it never saw."""
    return plain.outputs(network, cor.sample(40, 77)[0])


@pytest.fixture(scope="module")
def uncured():
    return logits(cor.fitted("mlp", SEED, n=60, settings=BRIEF))


@pytest.mark.parametrize("cure", CURES)
def test_a_cure_is_the_plain_loop_with_it(cure, uncured):
    asked, how = CURES[cure]
    network = cor.fitted("mlp", SEED, n=60, **({"settings": BRIEF} | asked))
    expected = logits(plain.classifier(*cor.sample(60, SEED), SEED, BRIEF, **how))
    np.testing.assert_allclose(logits(network), expected, atol=2e-3)
    moved = np.abs(expected - uncured).max()
    assert moved < 2e-3 if cure == "none" else moved > 2e-2


def test_counterexamples_are_learnt_from():
    network = cor.fitted("mlp", SEED, n=60, counterexamples=0.5, settings=BRIEF)
    album = cor.sample(60, SEED, counterexamples=0.5)
    np.testing.assert_allclose(
        logits(network), logits(plain.classifier(*album, SEED, BRIEF)), atol=2e-3
    )


# --- dropout of the two inputs' network -----------------------------------------------------


@pytest.mark.parametrize("p", [0.0, 0.25, 0.5])
def test_a_first_step_with_dropout_is_that_of_the_masked_loss(p):
    """Its gradient, by hand-made masks: the ensemble, asked through `train`, has to use them."""
    settings = Settings(lr=0.004, steps=1)
    trained = db.train(db.Signals(), [6], p, settings)
    network = plain.network(db.WIDTHS, 6)
    x, y, masks = plain.masked(db.Batches(db.Signals(), [6], p)(0), p)
    first, _, second, _, last = network
    one, two = [mask[0] for mask in masks] if p else (1, 1)
    out = last(torch.relu(second(torch.relu(first(x[0])) * one)) * two)
    torch.optim.SGD(network.parameters(), lr=0.004).zero_grad()
    ((out - y[0]) ** 2).sum().backward()
    expected = torch.cat([(q - 0.004 * q.grad).detach().flatten() for q in network.parameters()])
    mine = torch.cat([q.flatten() for q in trained.parameters(0)])
    np.testing.assert_allclose(mine, expected, atol=2e-6)


def test_masks_and_data_come_from_different_dice():
    batches = db.Batches(db.Signals(), [6, 7], 0.5)
    seeds = [dice.initial_seed() for dice in (*batches.data, *batches.dice)]
    assert len(set(seeds)) == 4
