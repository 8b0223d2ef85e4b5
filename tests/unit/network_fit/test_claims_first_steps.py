"""What is measured of a network's first steps, against the plain loop; and which value each claim reads."""

import numpy as np
import pytest
import torch
from trajectory import NEAR, train

from demos.core.curve import TEST_X, TRAIN_X, curve, sample
from demos.core.ensemble import Ensemble
from demos.core.networks import mlp, predict
from demos.core.training import Settings
from demos.network_fit import claims_first_steps as family
from demos.network_fit import compute as nf

SMALL, SEEDS = (1, 20, 20, 1), [3, 5]
LRS = (0.01, 0.002)


def before_relu(network):
    """What arrives at the units of the second layer on the test grid: (points, units)."""
    with torch.no_grad():
        return network[:3](torch.tensor(TEST_X[:, None]).float())


def alive(network):
    """Units of the second layer that are on somewhere: at least, and at most, with rounding."""
    most = before_relu(network).amax(dim=0)
    off = NEAR * most.abs().max()
    return (most > off).sum().item(), (most > -off).sum().item()


def trained(seed, lr, steps, widths=SMALL):
    """The plain loop: a network and its losses."""
    network = mlp(widths, seed)
    return network, train(network, TRAIN_X, sample(seed), Settings(lr=lr, steps=steps))


def test_first_steps_and_rates_are_those_of_the_plain_loop_rate_by_rate():
    began = family.first_steps(SEEDS, SMALL, LRS, 8)
    ended = family.rates(SEEDS, SMALL, LRS, 3, 8)
    assert len(began) == 3 + 2 * 5 and len(ended) == 2 * 4
    for number, lr in enumerate(LRS, 1):
        for at, seed in enumerate(SEEDS):
            network, losses = trained(seed, lr, 8)
            outputs = predict(network, TEST_X)
            assert began[f"first_{number}"][at] == pytest.approx(losses[0], rel=1e-4)
            assert began[f"second_{number}"][at] == pytest.approx(losses[1], rel=1e-4)
            assert began[f"worst_{number}"][at] == pytest.approx(losses.max(), rel=1e-4)
            assert began[f"last_{number}"][at] == pytest.approx(losses[8], rel=1e-4)
            least, most = alive(network)
            for found in (began, ended):
                assert least <= found[f"active_{number}"][at] <= most
            error = np.sqrt(np.mean((outputs - curve(TEST_X)) ** 2))
            assert ended[f"test_{number}"][at] == pytest.approx(error, rel=1e-4)
            spread = outputs.max() - outputs.min()
            assert ended[f"range_{number}"][at] == pytest.approx(spread, rel=1e-4)


def test_an_untrained_network_is_looked_at_before_its_first_step():
    found = family.first_steps(SEEDS, SMALL, LRS, 5)
    for at, seed in enumerate(SEEDS):
        outputs = predict(mlp(SMALL, seed), TEST_X)
        line = np.interp(TEST_X, [0, 1], outputs[[0, -1]])
        assert found["size"][at] == pytest.approx(max(abs(outputs)), rel=1e-4)
        assert found["bend"][at] == pytest.approx(max(abs(outputs - line)), rel=1e-3)
        least, most = alive(mlp(SMALL, seed))
        assert least <= found["units"][at] <= most


@pytest.mark.parametrize("early", [2, 6])
def test_units_that_wake_are_found_as_by_hand(early):
    """Of the units that are off early, how high the highest gets in the end."""
    found = family.rates(SEEDS, SMALL, LRS, early, 12)
    for number, lr in enumerate(LRS, 1):
        for at, seed in enumerate(SEEDS):
            off = before_relu(trained(seed, lr, early)[0]).amax(dim=0) <= 0
            highest = before_relu(trained(seed, lr, 12)[0]).amax(dim=0)
            assert off.any() and not off.all()
            expected = max(h.item() for h, was_off in zip(highest, off, strict=True) if was_off)
            assert found[f"woken_{number}"][at] == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_a_unit_that_is_woken_counts_and_one_that_stays_off_does_not(monkeypatch):
    """Three units, by hand: one on throughout, one that wakes, one that sleeps on; then none off."""

    def high(*units):
        return [None, np.array([units], dtype=float)]

    for before, after, expected in (
        ((1, -2, -3), (2, 0.5, -1), 0.5),
        ((1, -2, -3), (2, -0.5, -1), -0.5),
        ((1, 2, 3), (-2, -0.5, -1), -1),
    ):
        seen = iter([high(*before), high(*after)])
        monkeypatch.setattr(Ensemble, "reach", lambda *_, seen=seen: next(seen))
        settings = Settings(steps=2)
        assert nf.waking((1, 3, 3, 1), [0], settings, 1)[1].tolist() == [expected]


def test_what_units_reach_and_which_are_on_is_seen_layer_by_layer():
    many = Ensemble((1, 5, 4, 1), (0, 1))
    for at in range(2):
        x = TEST_X[:, None].astype(np.float32)
        for layer, (weights, biases) in enumerate(zip(many.weights, many.biases, strict=True)):
            x = x @ weights[at].numpy().T + biases[at].numpy()
            if layer < 2:
                reached = many.reach(TEST_X)[layer][at]
                np.testing.assert_allclose(reached, x.max(axis=0), atol=1e-6)
                assert many.active(TEST_X)[at, layer] == (reached > 0).sum()
                x = np.maximum(x, 0)
    assert len(many.reach(TEST_X)) == 2


def test_survivors_are_counted_per_named_network():
    names = {"one": SMALL, "other": (1, 10, 10, 1)}
    found = family.survivors(SEEDS, names, 0.01, 6)
    assert sorted(found) == ["after_one", "after_other", "before_one", "before_other"]
    for name, widths in names.items():
        for at, seed in enumerate(SEEDS):
            for when, network in (
                ("before", mlp(widths, seed)),
                ("after", trained(seed, 0.01, 6, widths)[0]),
            ):
                least, most = alive(network)
                assert least <= found[f"{when}_{name}"][at] <= most


def test_the_rates_and_widths_that_claims_name_are_the_ones_measured():
    """Claims count rates from one: their order in the settings matters."""
    lrs = dict(enumerate(family.START.settings["lrs"], 1))
    ends = dict(enumerate(family.RATES.settings["lrs"], 1))
    layers = family.WIDTHS.settings["widths"]
    counts = {f"after_{name}": widths[1] for name, widths in layers.items()}
    q = {
        family.START.name: {f"active_{n}": lr for n, lr in lrs.items()}
        | {"size": 0.3, "bend": 0.7, "first_1": 1.0, "worst_1": lrs[1], "last_1": 2.5 * lrs[1]},
        family.RATES.name: {
            f"{what}_{n}": lr for n, lr in ends.items() for what in ("active", "test", "woken")
        },
        family.WIDTHS.name: counts | {f"before_{name}": 1000 for name in layers},
    }
    values = {claim.id: claim.value(q[claim.study.name]) for claim in family.CLAIMS}
    assert values == pytest.approx(
        {
            "network-starts-small": 0.3,
            "network-starts-straight": 0.7,
            "network-explosion": 0.004,
            "network-explosion-over": 0.01,
            "network-few-left": 0.004,
            "network-thousand-pieces": 0.004,
            "network-few-pieces": 0.004,
            "network-woken": 0.004,
            "network-stuck": 0.004,
            "network-middle-rate": 0.001,
            "network-low-rate": 0.0004,
            "network-low-rate-better": 0.0004 / 0.004,
            "network-survivors": 300 / 100,
        }
    )
    assert family.START.settings["steps"] == family.RATES.settings["early"]
    assert family.WIDTHS.settings["lr"] == lrs[1] == ends[1]
