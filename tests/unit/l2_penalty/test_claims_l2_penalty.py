"""What is measured of the L2 penalty, against the plain loop; and which value each claim reads."""

import numpy as np
import pytest
from trajectory import train

from demos.core.curve import OUTSIDE_X, TRAIN_X, curve
from demos.core.networks import mlp, predict
from demos.core.training import Settings
from demos.l2_penalty import claims as wide
from demos.l2_penalty import claims_quick as quick
from demos.l2_penalty import compute as l2

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
    found = wide.outside(SEEDS, NETWORKS, STEPS)
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


def test_how_straight_each_tail_is_against_the_plain_loop():
    found = quick.straight(SEEDS, SMALL, STEPS)
    assert len(found) == 8
    sides = {"right": (OUTSIDE_X >= 1.25, (1.025, 1.05), (1.975, 2.0))}
    sides["left"] = (OUTSIDE_X <= -0.25, (-0.025, -0.05), (-0.975, -1.0))
    for at, seed in enumerate(SEEDS):
        outputs = trained(SMALL, seed, 0.0, STEPS)[0]
        for side, (beyond, door, end) in sides.items():
            x, tail = OUTSIDE_X[beyond], outputs[beyond]
            chord = np.interp(x, x[[0, -1]], tail[[0, -1]])
            expected = {"bend": np.abs(tail - chord).max(), "fall": tail.max() - tail.min()}
            for name, pair in (("begins", door), ("ends", end)):
                expected[name] = abs(np.diff(np.interp(pair, OUTSIDE_X, outputs))[0]) / 0.025
            for name, value in expected.items():
                mine = found[f"{name}_{side}"][at]
                assert mine == pytest.approx(value, rel=1e-3, abs=1e-5), (name, side)


def test_what_is_left_of_the_loss_after_some_steps():
    found = wide.stuck(SEEDS, SMALL, STEPS)["loss"]
    for at, seed in enumerate(SEEDS):
        assert found[at] == pytest.approx(trained(SMALL, seed, 0.0, STEPS)[1], rel=1e-3)


def test_every_recipe_is_trained_as_it_says():
    recipes = ((0.004, 0.1, 12), (0.002, 0.3, 6))
    found = quick.doses(SEEDS, DEEP, recipes)
    assert sorted(found) == ["slope_1", "slope_2"]
    for number, (lr, decay, steps) in enumerate(recipes, 1):
        for at, seed in enumerate(SEEDS):
            network = mlp(DEEP, seed)
            settings = Settings(lr=lr, weight_decay=decay, steps=steps)
            train(network, TRAIN_X, curve(TRAIN_X), settings)
            slopes = np.diff(predict(network, OUTSIDE_X)) / np.diff(OUTSIDE_X)
            expected = (abs(slopes[0]) + abs(slopes[-1])) / 2
            assert found[f"slope_{number}"][at] == pytest.approx(expected, rel=1e-3, abs=1e-5)


def test_where_the_truth_goes_straight_on_it_is_what_is_learned_and_what_counts():
    found = quick.going_on(SEEDS, DEEP, 0.2, STEPS)
    outside = (OUTSIDE_X < 0) | (OUTSIDE_X > 1)
    for at, seed in enumerate(SEEDS):
        for name, decay in (("free", 0), ("held", 0.2)):
            network = mlp(DEEP, seed)
            train(network, TRAIN_X, TRAIN_X, Settings(weight_decay=decay, steps=STEPS))
            errors = (predict(network, OUTSIDE_X) - OUTSIDE_X)[outside]
            assert found[name][at] == pytest.approx(np.sqrt((errors**2).mean()), rel=1e-4)


@pytest.mark.parametrize(
    ("measure", "settings"),
    [(wide.outside, {"networks": NETWORKS}), (quick.straight, {"widths": SMALL})],
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
        "l2-nearly-straight": 0,
        "l2-steeper-first": 1,
        "l2-slide-setting": errs(2, 0.08) / errs(2, 0),
        "l2-slide-setting-nothing": errs(2, 0.08) / errs(2, 0),
        "l2-slide-setting-little": errs(2, 0.08) / errs(2, 0),
        "l2-stuck": 20,
        "l2-two-strong": errs(2, 0.2) / errs(2, 0),
        "l2-depth": errs(3, 0) / errs(2, 0),
        "l2-three-strong": errs(3, 0.2) / errs(3, 0),
        "l2-three-lower": errs(3, 0.2) / errs(2, 0.2),
        "l2-three-flat": line(3, 0.2),
        "l2-price": 30.1 / 30,
        "l2-price-grows": 30.2 / 30.1,
        "l2-quick-depth": errs(3, 0) / errs(2, 0),
        "l2-quick": errs(3, 0.1) / errs(3, 0),
        "l2-quick-price": 30.1 / 30,
        "l2-flat": 3 * line(3, 1),  # from x = -1 to 2
        "l2-mean": abs(line(3, 1) / 2 - curve(TRAIN_X).mean()),  # ends at -1 and 2 times the slope
        "l2-too-high": line(3, 0.2) / 2 - 2**-22.5,
        "l2-doses": line(3, 0.4) / line(3, 0.1),
        "l2-going-on": 2.1 / 2,  # y = x is off by 2 x, and by 2.1 x
    }
    claims = (*wide.CLAIMS, *quick.CLAIMS)
    assert sorted(expected) == sorted(claim.id for claim in claims)
    for claim in claims:
        found = claim.study.measure(SEEDS, **claim.study.settings)
        assert all(values.shape == (2,) for values in found.values())
        np.testing.assert_allclose(
            claim.value(found), expected[claim.id], atol=1e-12, err_msg=claim.id
        )


def test_claims_of_tails_read_the_side_that_speaks_against_them():
    """Each of three seeds has another worst side; the prediction was about the right one alone."""
    q = {
        "bend_left": [1, 4, 2],
        "fall_left": [10, 10, 10],
        "bend_right": [6, 1, 3],
        "fall_right": [20, 10, 10],
        "begins_left": [6, 2, 8],
        "ends_left": [2, 2, 2],
        "begins_right": [2, 6, 4],
        "ends_right": [1, 2, 4],
    }
    q = {name: np.array(row, dtype=float) for name, row in q.items()}
    values = {c.id: c.value(q) for c in quick.CLAIMS if c.study is quick.STRAIGHT}
    np.testing.assert_allclose(values.pop("l2-straight-on"), [0.3, 0.1, 0.3])
    np.testing.assert_allclose(values.pop("l2-nearly-straight"), [0.3, 0.4, 0.3])
    np.testing.assert_allclose(values.pop("l2-steeper-first"), [2, 1, 1])
    assert not values


def test_doses_are_compared_over_all_recipes():
    q = {"slope_1": np.array([2.0, 1.0]), "slope_2": np.array([3, 8.0]), "slope_3": np.ones(2)}
    (claim,) = (c for c in quick.CLAIMS if c.study is quick.DOSES)
    np.testing.assert_allclose(claim.value(q), [3, 8])
    products = {round(np.prod(recipe), 9) for recipe in quick.DOSES.settings["recipes"]}
    assert products == {1.6}


def test_a_network_of_twelve_units_agrees_with_lambda_one():
    """Half of a large λ's claims can be seen in a second: flat, at the mean of the data."""
    found = wide.outside(SEEDS, {"three": (DEEP, (1.0,))}, 2500)
    for claim in quick.CLAIMS:
        if claim.id in ("l2-flat", "l2-mean"):
            assert claim.agrees(claim.value(found)).all(), claim.id
    pulled = curve(TRAIN_X).sum() / (len(TRAIN_X) + 0.5)  # λ = 1 acts on the output's bias, too
    np.testing.assert_allclose(found["ends_three_1"], pulled, atol=2e-3)
