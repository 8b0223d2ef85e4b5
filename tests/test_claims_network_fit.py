"""What is measured of the networks too big, where `test_claims` does not look: oracles per study."""

import numpy as np
import pytest
import torch
from trajectory import NEAR, off_kinks, train

from demos import network_fit as nf
from demos import training
from demos.claims import network_fit as family
from demos.curve import TEST_X, TRAIN_X, curve, sample
from demos.networks import Sine, mlp, predict
from demos.training import Settings

SMALL, SEEDS = (1, 20, 20, 1), [3, 5]
LRS = (0.01, 0.002)


def error(outputs):
    return np.sqrt(np.mean((outputs - curve(TEST_X)) ** 2))


def alive(network):
    """Units of the second layer that are on somewhere on the test grid: at least, and with rounding."""
    with torch.no_grad():
        most = network[:3](torch.tensor(TEST_X[:, None]).float()).amax(dim=0)
    off = NEAR * most.abs().max()
    return (most > off).sum().item(), (most > -off).sum().item()


def trained(seed, lr, steps):
    """The plain loop: a network and its losses."""
    network = mlp(SMALL, seed)
    return network, train(network, TRAIN_X, sample(seed), Settings(lr=lr, steps=steps))


def test_first_steps_and_rates_are_those_of_the_plain_loop_rate_by_rate():
    began = family.first_steps(SEEDS, SMALL, LRS, 8)
    ended = family.rates(SEEDS, SMALL, LRS, 8)
    assert len(began) == len(ended) == 6
    for number, lr in enumerate(LRS, 1):
        for at, seed in enumerate(SEEDS):
            network, losses = trained(seed, lr, 8)
            outputs = predict(network, TEST_X)
            assert began[f"first_{number}"][at] == pytest.approx(losses[0], rel=1e-4)
            assert began[f"worst_{number}"][at] == pytest.approx(losses.max(), rel=1e-4)
            least, most = alive(network)
            for found in (began, ended):
                assert least <= found[f"active_{number}"][at] <= most
            assert ended[f"test_{number}"][at] == pytest.approx(error(outputs), rel=1e-4)
            spread = outputs.max() - outputs.min()
            assert ended[f"range_{number}"][at] == pytest.approx(spread, rel=1e-4)


def test_what_adam_and_sine_units_are_compared_with():
    joined = np.array([np.interp(TEST_X, TRAIN_X, sample(seed)) for seed in SEEDS])
    found = family.adam(SEEDS, SMALL, 0.01, 10)
    sines = family.sine(SEEDS, SMALL, 10, 0.001, 15)
    for at, seed in enumerate(SEEDS):
        network, y = mlp(SMALL, seed), torch.tensor(sample(seed)[:, None]).float()
        optimizer, x = torch.optim.Adam(network.parameters(), lr=0.01), torch.tensor(TRAIN_X)
        with off_kinks(network):
            for _ in range(10):
                optimizer.zero_grad()
                (network(x[:, None].float()) - y).square().sum().backward()
                optimizer.step()
        outputs = predict(network, TEST_X)
        assert found["test"][at] == pytest.approx(error(outputs), rel=1e-3)
        apart = np.sqrt(np.mean((outputs - joined[at]) ** 2))
        assert found["apart"][at] == pytest.approx(apart, rel=1e-3)
        assert found["joined"][at] == sines["joined"][at] == pytest.approx(error(joined[at]))
        wavy = mlp(SMALL, seed, Sine)
        with torch.no_grad():
            wavy[0].weight *= 10
        losses = training.train(wavy, TRAIN_X, sample(seed), Settings(lr=0.001, steps=15))
        assert sines["loss"][at] == pytest.approx(losses[-1], rel=1e-4)
        assert sines["test"][at] == pytest.approx(error(predict(wavy, TEST_X)), rel=1e-4)


def test_a_seed_on_the_long_path_does_not_see_the_others():
    together, alone = (family.path(seeds, SMALL, 0.001, (5, 15)) for seeds in (SEEDS, SEEDS[1:]))
    assert together.keys() == {"five", "twenty", "test_5", "training_5", "test_15", "training_15"}
    for key, values in together.items():
        # twenty coefficients: nearly singular, and solved for all seeds at once
        rel = 0.02 if key == "twenty" else 1e-4
        assert values.shape == (2,) and np.isfinite(values).all(), key
        assert alone[key] == pytest.approx(values[1:], rel=rel), key


def test_claims_of_the_long_path_compare_the_steps_they_name(monkeypatch):
    """The real checkpoints, an invented run: each error tells how many steps it belongs to."""

    def invented(widths, seeds, settings, checkpoints):
        errors = np.repeat(np.array(checkpoints)[:, None] / 1e4, len(seeds), axis=1)
        return errors, errors / 2

    monkeypatch.setattr(nf, "error_path", invented)
    found = family.path(SEEDS, **family.LONG.settings)
    values = {c.id: c.value(found) for c in family.CLAIMS if c.study is family.LONG}
    np.testing.assert_allclose(values["network-long"], 10)
    np.testing.assert_allclose(values["network-long-mild"], 10)
    np.testing.assert_allclose(values["network-beats-twenty"], 0.4 / found["twenty"])
    np.testing.assert_allclose(values["network-loses-to-five"], 0.4 / found["five"])
    assert (found["twenty"] > 10 * found["five"]).all()


def test_the_rates_that_claims_name_are_the_ones_measured():
    """Claims count rates from one: their order in the settings matters."""
    lrs = dict(enumerate(family.START.settings["lrs"], 1))
    ends = dict(enumerate(family.RATES.settings["lrs"], 1))
    q = {
        family.START.name: {f"active_{n}": lr for n, lr in lrs.items()}
        | {"first_1": 1.0, "worst_1": lrs[1]},
        family.RATES.name: {
            f"{what}_{n}": lr for n, lr in ends.items() for what in ("active", "test")
        },
    }
    values = {c.id: c.value(q[c.study.name]) for c in family.CLAIMS if c.study.name in q}
    assert values["network-explosion"] == values["network-few-pieces"] == 0.004
    assert values["network-thousand-pieces"] == values["network-stuck"] == 0.004
    assert values["network-middle-rate"] == 0.001 and values["network-low-rate"] == 0.0004
    assert values["network-low-rate-better"] == pytest.approx(0.0004 / 0.004)
