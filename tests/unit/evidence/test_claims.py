"""Every study at tiny settings: the quantities its claims read, alone as among others, oracles."""

import numpy as np
import pytest
from trajectory import loss_rounding, train

from demos.bump_error import claims as bump_error
from demos.bump_error import compute as bump
from demos.core.curve import TEST_X, TRAIN_X, curve, rmse, sample
from demos.core.evidence import registry
from demos.core.networks import mlp, predict
from demos.core.training import Settings
from demos.l2_penalty import claims as l2_penalty
from demos.least_squares import claims as least_squares
from demos.network_fit import claims as network_fit
from demos.network_fit import compute as nf

SMALL = (1, 20, 20, 1)
FEW = {"steps": 20}
SOON = {"epochs": 1, "tested": 40}
# What makes a study small enough for a test; what is not named is quick as it is.
TINY = {
    "primer-spoiled": FEW,
    "network-first-steps": {"widths": SMALL, "steps": 5},
    "network-rates": {"widths": SMALL, "early": 5} | FEW,
    "network-survivors": {"widths": {"quick": SMALL, "middle": (1, 30, 30, 1)}, "steps": 5},
    "network-adam": {"widths": SMALL} | FEW,
    "network-sine": {"widths": SMALL} | FEW,
    "network-waves": {"widths": SMALL} | FEW,
    "network-quick": {"widths": SMALL} | FEW,
    "l2-wide": {"networks": {"two": (SMALL, (0.0, 0.08, 0.2)), "three": (SMALL, (0.0, 0.1, 0.2))}}
    | FEW,
    "l2-quick": {"networks": {"two": (SMALL, (0.0,)), "three": (SMALL, (0.0, 0.1, 0.2, 1.0))}}
    | FEW,
    "l2-straight": {"widths": SMALL} | FEW,
    "l2-stuck": {"widths": SMALL} | FEW,
    "l2-doses": {"widths": SMALL, "recipes": ((0.004, 0.1, 20), (0.002, 0.2, 10))},
    "l2-going-on": {"widths": SMALL} | FEW,
    "bump-plain": FEW,
    "bump-decayed": FEW,
    "correlations-worlds": SOON,
    "correlations-cures": SOON,
    "correlations-counterexamples": {"shares": (0.0, 0.1, 0.2)} | SOON,
    "dropout-average": {"steps": 20, "votes": 30},
    "dropout-copies": FEW,
    "dropout-leak": FEW,
    "dropout-missing": FEW,
    "dropout-loud": FEW,
    "dropout-noisy": {"steps": 80},
    "dropout-linear": FEW,
}
SEEDS = (3, 5)  # below the first reported one
# Thousands of steps cost minutes, and let rounding grow until it decides an answer: a study takes few here.
FEWER = 60
SHORT = {
    "batches-descent": {"early": 2.2, "late": 2.0},
    "batches-adam": {"early": 2.2, "late": 2.0},
    "double-descent-gaussian": {"sets": 5},
    "good-start-adam": {"steps": 10},  # twenty layers: counts of points right move soon
    "good-start-decayed": {"steps": 10},
    "good-start-longer": {"steps": 10},
    "good-start-sgd": {"steps": 10},
    "good-start-ten-sigmoids": {"steps": 10},
}


def shortened(name):
    """Settings of a study, with few steps."""
    settings = registry.all_studies()[name].settings | TINY.get(name, {}) | SHORT.get(name, {})
    long = isinstance(settings.get("steps"), int) and settings["steps"] > 2 * FEWER
    return settings | ({"steps": FEWER} if long else {})


# claims of this one name its steps: compared alone and among others, it takes fewer
STEPS_NAMED = {"bias-variance-widths": ({"sets": 2}, {"steps": (10, 30)})}


@pytest.fixture(scope="module")
def quantities():
    """What a study measures at tiny settings, on SEEDS or some of them, made once."""
    made = {}

    def of(name, seeds=SEEDS, **more):
        key = name, seeds, *more
        if key not in made:
            found = registry.all_studies()[name].measure(list(seeds), **(shortened(name) | more))
            made[key] = {quantity: np.asarray(each, float) for quantity, each in found.items()}
        return made[key]

    return of


PATHS = ("network-wide", "network-long")  # their claims name steps: too many for a test
NAMES = [name for name in registry.all_studies() if name not in PATHS]


@pytest.mark.parametrize("name", NAMES)
def test_a_study_gives_what_its_claims_read(name, quantities):
    found = quantities(name, **STEPS_NAMED.get(name, ({}, {}))[0])
    for key, values in found.items():
        assert values.shape == (len(SEEDS),), key
        assert np.isfinite(values).all(), key
    for claim in registry.all_claims().values():
        if claim.study.name == name:
            values = np.asarray(claim.value(found), dtype=float)
            assert values.shape == (len(SEEDS),), claim.id
            assert claim.agrees(values).dtype == bool, claim.id


# what least squares or two moons do is decided by the last bit: alone is not as among others
ILL = ("least-squares-noisy", "least-squares-cut-off", "least-squares-cures", "overfitting-moons")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ILL])
def test_a_seed_gives_the_same_alone_as_among_others(name, quantities):
    few = STEPS_NAMED.get(name, ({}, {}))[1]
    together, alone = quantities(name, **few), quantities(name, SEEDS[1:], **few)
    for key, values in together.items():
        np.testing.assert_allclose(alone[key][0], values[1], rtol=2e-3, atol=1e-6, err_msg=key)


def test_the_path_of_a_network_is_that_of_the_plain_loop():
    found = network_fit.path([4], SMALL, 0.001, (10, 20))
    for steps in (10, 20):
        network = mlp(SMALL, 4)
        train(network, TRAIN_X, sample(4), Settings(lr=0.001, steps=steps))
        assert found[f"test_{steps}"][0] == pytest.approx(nf.network_error(network), rel=1e-4)
        fitted = rmse(predict(network, TRAIN_X), sample(4))
        assert found[f"training_{steps}"][0] == pytest.approx(fitted, rel=1e-4)
    powers = np.polynomial.Polynomial.fit(TRAIN_X, sample(4), 4)
    assert found["five"][0] == pytest.approx(rmse(powers(TEST_X), curve(TEST_X)), rel=1e-6)


def test_noise_free_and_noisy_targets_are_not_mixed_up():
    found = network_fit.targets([4], SMALL, 0.002, 15)
    for name, y in (("noisy", sample(4)), ("clean", curve(TRAIN_X))):
        network = mlp(SMALL, 4)
        train(network, TRAIN_X, y, Settings(lr=0.002, steps=15))
        assert found[name][0] == pytest.approx(nf.network_error(network), rel=1e-4)


def test_joined_dots_are_numpys_interpolation():
    found = network_fit.sine([6], SMALL, 100, 0.001, 3)
    expected = rmse(np.interp(TEST_X, TRAIN_X, sample(6)), curve(TEST_X))
    assert found["joined"][0] == pytest.approx(expected, rel=1e-12)


def test_what_l2_measures_outside_is_what_the_plain_loop_draws():
    found = l2_penalty.outside([2], {"two": (SMALL, (0.0, 0.2))}, 15)
    network = mlp(SMALL, 2)
    losses = train(network, TRAIN_X, curve(TRAIN_X), Settings(weight_decay=0.2, steps=15))
    ends = predict(network, np.array([-1.0, 2.0]))
    assert found["ends_two_0.2"][0] == pytest.approx(ends.mean(), rel=1e-4)
    assert abs(found["loss_two_0.2"][0] - losses[-1]) < loss_rounding(losses[-1], len(TRAIN_X))
    assert found["loss_two_0"][0] != found["loss_two_0.2"][0]


def test_squeezed_curves_are_squeezed_about_their_centre():
    widths, centres = (0.5, 1.0), (0.3, 0.5, 0.7)
    assert [least_squares.divide(case, widths, centres) for case in (0, 2, 3)] == [
        (0.5, 0.3),
        (0.5, 0.7),
        (1.0, 0.3),
    ]
    found = least_squares.shapes([4], 8, widths, centres)["largest_error"][0]
    powers = np.polynomial.Polynomial.fit(TRAIN_X, curve(TRAIN_X), 7)
    x = np.linspace(0, 1, 301)
    assert found == pytest.approx(np.abs(powers(x) - curve(x)).max(), rel=1e-4)


def test_survivors_are_those_below_the_stable_step_on_either_side_of_kinks():
    held = bump_error.survivors()
    assert len(held) >= registry.all_studies()["bump-decayed"].cases
    for made in bump.variations():
        limits = 2 * (1 + 0.05) / bump.sharpness(bump.with_bump(made))
        assert (made in held) == (min(limits) > 0.004)


def test_a_bump_alone_decays_by_the_formula():
    found = bump_error.decayed([0, 7], 0.08, 0.16, 500)
    np.testing.assert_allclose(found["formula"], np.exp(-2 * 0.004 * 0.08 / 0.95 * 500))
    np.testing.assert_allclose(found["alone"], found["formula"], rtol=1e-3)
    assert (found["strong_loss"] > found["weak_loss"]).all()
