"""What is measured of spoiled steps, against the plain loop on each network alone."""

import numpy as np
import pytest

from demos.core.curve import TEST_X, TRAIN_X, curve, rmse
from demos.core.networks import mlp, predict
from demos.core.training import Settings, sgd, train
from demos.primer import claims as family

SEEDS, STEPS, POINTS, OFF = [3, 8], 25, 4, 0.3


@pytest.fixture(scope="module")
def found():
    return family.spoiled(SEEDS, STEPS, POINTS, OFF)


def alone(seed, steps, batch):
    """A network taught by `batch(rng, step)`, one step at a time."""
    network, rng = mlp((1, 20, 20, 1), seed), np.random.default_rng([seed, 7])
    optimizer = sgd(network, Settings())
    for step in range(steps):
        train(network, *batch(rng, step), Settings(steps=1), optimizer)
    return network


def noise(rng):
    return OFF * rng.standard_normal(21)


def some(rng, step):
    x = rng.permutation(TRAIN_X)[:POINTS]
    return x, curve(x)


BATCHES = {
    "untrained": (0, None),
    "all": (STEPS, lambda rng, step: (TRAIN_X, curve(TRAIN_X))),
    "few": (STEPS, some),
    "noisy": (STEPS, lambda rng, step: (TRAIN_X, curve(TRAIN_X) + noise(rng))),
}


@pytest.mark.parametrize("name", BATCHES)
def test_errors_are_those_of_networks_taught_one_by_one(found, name):
    for seed, error in zip(SEEDS, found[name], strict=True):
        expected = rmse(predict(alone(seed, *BATCHES[name]), TEST_X), curve(TEST_X))
        assert error == pytest.approx(expected, rel=1e-3)


def test_kept_answers_are_drawn_once_and_high_ones_are_high(found):
    for at, seed in enumerate(SEEDS):
        once = curve(TRAIN_X) + noise(np.random.default_rng([seed, 7]))
        network = alone(seed, STEPS, lambda rng, step, y=once: (TRAIN_X, y))
        expected = rmse(predict(network, TEST_X), curve(TEST_X))
        assert found["kept"][at] == pytest.approx(expected, rel=1e-3)
        high = alone(seed, STEPS, lambda rng, step: (TRAIN_X, curve(TRAIN_X) + OFF))
        off = predict(high, TRAIN_X) - curve(TRAIN_X)
        assert found["from_curve"][at] == pytest.approx(np.sqrt(np.mean(off**2)), rel=1e-3)
        expected = np.sqrt(np.mean((off - OFF) ** 2))
        assert found["from_answers"][at] == pytest.approx(expected, rel=1e-3)


def test_every_claim_reads_what_its_sentence_says():
    good = {"untrained": 0.6, "few": 0.02, "noisy": 0.04, "kept": 0.09}
    good |= {"from_curve": 0.2, "from_answers": 0.01}
    bad = {"untrained": 0.6, "few": 0.2, "noisy": 0.2, "kept": 0.1}
    bad |= {"from_curve": 0.1, "from_answers": 0.1}
    for claim in family.CLAIMS:
        assert claim.agrees(claim.value(good)) and not claim.agrees(claim.value(bad)), claim.id
