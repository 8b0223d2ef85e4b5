"""What is measured of the networks too big, where `test_claims` does not look: oracles per study."""

import numpy as np
import pytest
import torch
from trajectory import off_kinks, train

from demos.core import training
from demos.core.curve import TEST_X, TRAIN_X, curve, sample
from demos.core.networks import Sine, mlp, predict
from demos.core.training import Settings
from demos.network_fit import claims as family
from demos.network_fit import claims_sizes
from demos.network_fit import compute as nf

SMALL, SEEDS = (1, 20, 20, 1), [3, 5]


def error(outputs):
    return np.sqrt(np.mean((outputs - curve(TEST_X)) ** 2))


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


def test_waves_are_measured_at_both_scales_of_the_first_weights():
    found = family.waves(SEEDS, SMALL, (2, 10), 0.001, 15)
    assert sorted(found) == ["joined", "loss", "test", "usual"]
    for at, seed in enumerate(SEEDS):
        for name, scale in (("usual", 2), ("test", 10)):
            wavy = mlp(SMALL, seed, Sine)
            with torch.no_grad():
                wavy[0].weight *= scale
            losses = training.train(wavy, TRAIN_X, sample(seed), Settings(lr=0.001, steps=15))
            assert found[name][at] == pytest.approx(error(predict(wavy, TEST_X)), rel=1e-4)
        assert found["loss"][at] == pytest.approx(losses[-1], rel=1e-4)


def test_leaning_and_straightness_are_those_of_the_network_on_noisy_dots():
    found = family.targets(SEEDS, SMALL, 0.002, 15)
    for at, seed in enumerate(SEEDS):
        network, y = mlp(SMALL, seed), sample(seed)
        train(network, TRAIN_X, y, Settings(lr=0.002, steps=15))
        errors, noise = predict(network, TRAIN_X) - curve(TRAIN_X), y - curve(TRAIN_X)
        errors, noise = errors - errors.mean(), noise - noise.mean()
        expected = (errors * noise).sum() / np.sqrt((errors**2).sum() * (noise**2).sum())
        assert found["leaning"][at] == pytest.approx(expected, rel=1e-3)
        middles = (TRAIN_X[1:] + TRAIN_X[:-1]) / 2
        chords = np.interp(middles, TRAIN_X, predict(network, TRAIN_X))
        expected = max(abs(predict(network, middles) - chords))
        assert found["between"][at] == pytest.approx(expected, rel=1e-3, abs=1e-6)


def test_claims_of_a_path_compare_the_steps_they_name(monkeypatch):
    """The real checkpoints, an invented run: each error tells how many steps it belongs to."""

    def invented(widths, seeds, settings, checkpoints):
        errors = np.repeat(np.array(checkpoints)[:, None] / 1e4, len(seeds), axis=1)
        return errors, errors / 2

    monkeypatch.setattr(nf, "error_path", invented)
    values = {}
    for study in (family.FULL, family.LONG):
        found = family.path(SEEDS, **study.settings)
        values |= {c.id: c.value(found) for c in family.CLAIMS if c.study is study}
    np.testing.assert_allclose(values["network-long"], 10)
    np.testing.assert_allclose(values["network-fair"], 0.4 / 0.05)
    np.testing.assert_allclose(values["network-beats-twenty"], 0.4 / found["twenty"])
    np.testing.assert_allclose(values["network-loses-to-five"], 0.4 / found["five"])
    assert (found["twenty"] > 10 * found["five"]).all()


def test_claims_read_the_values_they_name():
    q = {
        family.QUICK.name: {
            "noisy": 6,
            "clean": 2,
            "twenty": 30,
            "five": 5,
            "leaning": 7,
            "between": 8,
        },
        family.ADAM.name: {"test": 6, "joined": 4, "apart": 9},
        family.SINE.name: {"loss": 1, "test": 6, "joined": 4, "usual": 20},
        family.WAVES.name: {"loss": 1, "test": 6, "joined": 4, "usual": 3},
    }
    values = {c.id: c.value(q[c.study.name]) for c in family.CLAIMS if c.study.name in q}
    assert values == {
        "network-quick-beats-twenty": 6 / 30,
        "network-quick-loses-to-five": 6 / 5,
        "network-leans": 7,
        "network-between": 8,
        "network-noise-costs": 3,
        "network-immune": 3,
        "network-noise-matters": 3,
        "network-adam-joins": 0.5,
        "network-adam-apart": 9,
        "network-sine-hits": 1,
        "network-sine-fails": 1.5,
        "network-waves-calm": 0.75,
        "network-waves-scale": 2,
    }


def test_each_size_is_a_network_of_its_own_on_the_seeds_dots():
    found = claims_sizes.sizes(SEEDS, (3, 8), 0.002, 12)
    assert found.keys() == {"test_3", "test_8"}
    for units in (3, 8):
        for at, seed in enumerate(SEEDS):
            network = mlp((1, units, units, 1), seed)
            train(network, TRAIN_X, sample(seed), Settings(lr=0.002, steps=12))
            assert found[f"test_{units}"][at] == pytest.approx(
                error(predict(network, TEST_X)), rel=1e-3
            )


@pytest.mark.parametrize("ratio", [1.2, 1 / 1.2, 1.3, 1 / 1.3])
def test_a_quarter_counts_either_way(ratio):
    (claim,) = [claim for claim in claims_sizes.CLAIMS if claim.id == "network-thirty-do"]
    value = claim.value({"test_30": np.array([0.03]), "test_100": np.array([0.03 * ratio])})
    assert claim.agrees(value) == [0.8 < ratio < 1.25]
