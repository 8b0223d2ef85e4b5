"""What is measured of the L2 penalty, against the plain loop; and which value each claim reads."""

import numpy as np
import pytest
from trajectory import train

from demos import l2_penalty as l2
from demos.claims import l2_penalty as family
from demos.curve import OUTSIDE_X, TRAIN_X, curve
from demos.networks import mlp, predict
from demos.training import Settings

SMALL, DEEP, SEEDS = (1, 12, 12, 1), (1, 12, 12, 12, 1), [2, 3]
STEPS = 15  # few enough that no unit comes near its kink
NETWORKS = {"two": (SMALL, (0.0, 0.3)), "three": (DEEP, (0.1,))}


def off(outputs):
    """RMSE to the curve on both sides of the data, point by point."""
    pairs = zip(OUTSIDE_X, outputs, strict=True)
    return np.sqrt(np.mean([(out - curve(x)) ** 2 for x, out in pairs if not 0 <= x <= 1]))


def trained(widths, seed, decay, steps):
    """The plain loop: what the network says on OUTSIDE_X, and its last loss."""
    network = mlp(widths, seed)
    losses = train(network, TRAIN_X, curve(TRAIN_X), Settings(weight_decay=decay, steps=steps))
    return predict(network, OUTSIDE_X), losses[-1]


def test_what_is_measured_outside_is_what_the_plain_loop_gives():
    found = family.outside(SEEDS, NETWORKS, STEPS)
    assert len(found) == 5 * 3  # five quantities of three networks
    for name, (widths, decays) in NETWORKS.items():
        for decay in decays:
            for at, seed in enumerate(SEEDS):
                outputs, loss = trained(widths, seed, decay, STEPS)
                left, right = (np.diff(outputs) / np.diff(OUTSIDE_X))[[0, -1]]
                expected = {
                    "error": off(outputs),
                    "slope": (abs(left) + abs(right)) / 2,
                    "loss": loss,
                    "ends": (outputs[0] + outputs[-1]) / 2,
                    "range": max(outputs) - min(outputs),
                }
                for quantity, value in expected.items():
                    mine = found[f"{quantity}_{name}_{decay:g}"]
                    assert mine.shape == (len(SEEDS),)
                    assert mine[at] == pytest.approx(value, rel=1e-3, abs=1e-5), (quantity, decay)


def test_how_straight_a_tail_is_against_the_plain_loop():
    found = family.straight(SEEDS, SMALL, STEPS)
    x = OUTSIDE_X[OUTSIDE_X >= 1.25]
    for at, seed in enumerate(SEEDS):
        tail = trained(SMALL, seed, 0.0, STEPS)[0][-len(x) :]
        chord = np.interp(x, x[[0, -1]], tail[[0, -1]])
        assert found["bend"][at] == pytest.approx(np.abs(tail - chord).max(), rel=1e-3, abs=1e-6)
        assert found["fall"][at] == pytest.approx(tail.max() - tail.min(), rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(
    ("measure", "settings"),
    [(family.outside, {"networks": NETWORKS}), (family.straight, {"widths": SMALL})],
)
def test_a_seed_does_not_see_the_others(measure, settings):
    together = measure(SEEDS, **settings, steps=STEPS)
    for at, seed in enumerate(SEEDS):
        for key, values in measure([seed], **settings, steps=STEPS).items():
            assert values == pytest.approx(together[key][[at]], rel=1e-3, abs=1e-5), key


def line(layers, decay):
    """An invented network's slope: it tells the layers and the decay it belongs to."""
    return layers + decay


def test_claims_compare_the_networks_that_they_name(monkeypatch):
    """The real settings, invented networks: straight lines through zero, loss 10 layers + decay."""

    def invented(widths, seeds, decays, settings, target=curve):
        layers = len(widths) - 2
        slopes = np.array([[line(layers, decay)] * len(seeds) for decay in decays])
        losses = np.array([[10 * layers + decay] * len(seeds) for decay in decays])
        return slopes[..., None] * OUTSIDE_X, losses

    def errs(layers, decay):
        return off(line(layers, decay) * OUTSIDE_X)

    monkeypatch.setattr(l2, "fit", invented)
    expected = {
        "l2-straight-on": 0,
        "l2-slide-setting": errs(2, 0.08) / errs(2, 0),
        "l2-slide-setting-nothing": errs(2, 0.08) / errs(2, 0),
        "l2-two-strong": errs(2, 0.2) / errs(2, 0),
        "l2-depth": errs(3, 0) / errs(2, 0),
        "l2-three-strong": errs(3, 0.2) / errs(3, 0),
        "l2-three-flat": line(3, 0.2),
        "l2-price": 30.1 / 30,
        "l2-price-grows": 30.2 / 30.1,
        "l2-quick-depth": errs(3, 0) / errs(2, 0),
        "l2-quick": errs(3, 0.1) / errs(3, 0),
        "l2-flat": 3 * line(3, 1),  # from x = -1 to 2
        "l2-mean": abs(line(3, 1) / 2 - curve(TRAIN_X).mean()),  # ends at -1 and 2 times the slope
        "l2-too-high": line(3, 0.2) / 2 - 2**-22.5,
    }
    assert sorted(expected) == sorted(claim.id for claim in family.CLAIMS)
    for claim in family.CLAIMS:
        found = claim.study.measure(SEEDS, **claim.study.settings)
        assert all(values.shape == (2,) for values in found.values())
        np.testing.assert_allclose(claim.value(found), expected[claim.id], err_msg=claim.id)


def test_a_network_of_twelve_units_agrees_with_lambda_one():
    """Half of a large λ's claims can be seen in a second: flat, at the mean of the data."""
    found = family.outside(SEEDS, {"three": (DEEP, (1.0,))}, 2500)
    for claim in family.CLAIMS:
        if claim.id in ("l2-flat", "l2-mean"):
            assert claim.agrees(claim.value(found)).all(), claim.id
    pulled = curve(TRAIN_X).sum() / (len(TRAIN_X) + 0.5)  # λ = 1 acts on the output's bias, too
    np.testing.assert_allclose(found["ends_three_1"], pulled, atol=2e-3)
