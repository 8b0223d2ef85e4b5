"""What is measured of bumps between two points: closed forms, the plain loop, truth tables."""

import numpy as np
import pytest
import torch
from trajectory import EPS, loss_rounding

from demos.bump_error import claims as family
from demos.bump_error import compute as bump
from demos.core.networks import predict
from demos.core.training import Settings, train

CLAIMS = {claim.id: claim for claim in family.CLAIMS}
CASES = [9, 40]  # plain training keeps both


def added(network, gap):
    """How far a network stands above its chord in the middle of a gap."""
    left, right = bump.POINTS[gap : gap + 2]
    low, middle, high = predict(network, np.array([left, (left + right) / 2, right]))
    return float(middle - (low + high) / 2)


def test_every_bump_as_built():
    made = bump.variations()
    found = family.built(range(family.ALL))
    assert found.keys() == {"loss", "gradient", "points_on"}
    assert all(np.shape(values) == (60,) for values in found.values())
    # on from the right end of the gap to the last of six points
    assert found["points_on"] == [5 - each.gap for each in made]
    for at in (0, 17, 59):
        network, y = bump.with_bump(made[at]), made[at].targets()
        largest = max(1, np.abs(bump.units(network, bump.POINTS)).max())
        gradient = max(bump.largest_gradient(network, y) / largest, family.LEAST_GRADIENT)
        assert found["gradient"][at] == pytest.approx(gradient, rel=1e-3)
        assert found["loss"][at] < 1e-9


def test_what_float32_cannot_resolve_is_what_its_sums_are_rounded_to():
    """The terms of an output add up to 80; half a unit in the last place of that, for each point."""
    terms = [
        np.abs(bump.units(bump.with_bump(m), bump.POINTS)).sum(1).max() for m in bump.variations()
    ]
    resolution = float(np.spacing(np.float32(64))) / 2 * max(terms) / 64
    assert pytest.approx(6 * resolution**2, rel=0.05) == family.LEAST_LOSS
    assert pytest.approx(2 * resolution, rel=0.05) == family.LEAST_GRADIENT


def test_what_is_measured_as_built_sees_a_mistake(monkeypatch):
    """Move one unit of the bump: it no longer cancels."""
    right = bump.with_bump

    def wrong(made):
        network = right(made)
        with torch.no_grad():
            network[2].weight[0, 8] += 0.01
        return network

    monkeypatch.setattr(bump, "with_bump", wrong)
    found = family.built(CASES)
    for name in ("bump-no-loss", "bump-no-gradient"):
        assert not CLAIMS[name].agrees(CLAIMS[name].value(found)).any(), name


def off(made):
    """How far float32 may put a height: three outputs, half an EPS of their terms a dozen times."""
    terms = np.abs(bump.units(bump.with_bump(made), bump.POINTS)).sum(1).max()
    return float(3 * 6 * EPS * terms)


def test_plain_training_of_nudged_bumps_is_that_of_the_plain_loop():
    found = family.plain(CASES, 1e-3, 25)
    assert sorted(found) == ["left", "over", "over_low"]
    for at, case in enumerate(CASES):
        made = bump.variations()[case]
        network, draw = bump.with_bump(made), torch.Generator().manual_seed(0)
        built = added(network, made.gap)
        with torch.no_grad():
            for part in ("weight", "bias"):  # both weights are nudged first, then both biases
                for layer in (network[0], network[2]):
                    values = getattr(layer, part)
                    values *= 1 + 1e-3 * torch.randn(values.shape, generator=draw)
        train(network, bump.POINTS, made.targets(), Settings(steps=25))
        left = added(network, made.gap) / built
        assert found["left"][at] == pytest.approx(left, abs=2 * off(made) / built)
        for name, sharp in zip(
            ("over_low", "over"), bump.sharpness(bump.with_bump(made)), strict=True
        ):
            assert found[name][at] == pytest.approx(0.004 * sharp / (2 * (1 + 0.05)))
        assert found["over_low"][at] < found["over"][at]


def test_decay_is_that_of_the_plain_loop_weak_and_strong():
    found = family.decayed([2], 0.08, 0.16, 40)
    made = family.survivors()[2]
    for name, decay in (("weak", 0.08), ("strong", 0.16)):
        network, y = bump.with_bump(made), made.targets()
        built = added(network, made.gap)
        loss = train(network, bump.POINTS, y, Settings(weight_decay=decay, steps=40))[-1]
        start = predict(network, np.zeros(1))[0]
        assert abs(found[f"{name}_loss"][0] - loss) <= loss_rounding(loss, 6, 10)
        assert found[f"{name}_start"][0] == pytest.approx(abs(start - y[0]), abs=off(made))
        if name == "weak":
            left = added(network, made.gap) / built
            assert found["weak_left"][0] == pytest.approx(left, abs=2 * off(made) / built)


def test_decay_of_three_units_alone_is_two_layers_shrinking_together():
    """Step by step in float64: v = momentum v + λ w, w -= lr v, for a weight of either layer."""
    w, v = 1.0, 0.0
    for _ in range(300):
        v = 0.05 * v + 0.08 * w
        w -= 0.004 * v
    found = family.decayed([0, 9], 0.08, 0.16, 300)
    np.testing.assert_allclose(found["alone"], w**2, rtol=1e-3)
    np.testing.assert_allclose(found["formula"], np.exp(-2 * 0.004 * 0.08 / 0.95 * 300))
    assert found["alone_loss"].max() < 1e-9


def test_decay_alone_is_read_after_it_decayed(monkeypatch):
    """An invented run, whose bump and loss at its end are others than at its start."""
    hat = np.maximum(1 - np.abs(bump.GRID - 0.5) / 0.1, 0)

    def invented(parts, y, settings, every, optimizer):
        assert (settings.steps, every, settings.weight_decay) == (40, 40, 0.0)
        assert [group["weight_decay"] for group in optimizer.param_groups] == [0.0, 0.08]
        return np.stack([0.8 * hat, 0.2 * hat]), np.array([3.0, 5.0])

    monkeypatch.setattr(bump, "follow", invented)
    monkeypatch.setattr(family, "survivors", lambda: [bump.Construction()])
    found = family.decayed([0], 0.08, 0.16, 40)
    assert found["alone"] == pytest.approx(0.25)
    assert found["alone_loss"] == pytest.approx(5)


@pytest.mark.parametrize(
    ("measure", "settings"),
    [
        (family.built, {}),
        (family.plain, {"nudge": 1e-4, "steps": 15}),
        (family.decayed, {"decay": 0.08, "strong": 0.16, "steps": 15}),
    ],
)
def test_a_case_does_not_see_the_others(measure, settings):
    cases = [2, 13]
    together = {key: np.asarray(values) for key, values in measure(cases, **settings).items()}
    for at, case in enumerate(cases):
        for key, values in measure([case], **settings).items():
            assert np.isfinite(values).all() and np.shape(values) == (1,)
            assert values == pytest.approx(together[key][[at]], rel=1e-3, abs=2e-5), key


def test_survivors_are_more_than_are_decayed_and_below_the_limit_on_either_side():
    held, sides = family.survivors(), {}
    for lr in (0.003, 0.004, 0.006):  # steps around the talk's: more bumps are held, and fewer
        over = [bump.step_over_limit(bump.with_bump(m), Settings(lr=lr)) for m in bump.variations()]
        sides[lr] = np.array(over)
    assert len(held) >= family.DECAYED.cases
    below = (sides[0.004] < 1).all(1)
    assert held == [m for m, both in zip(bump.variations(), below, strict=True) if both]
    counts = [(sides[lr] < 1).all(1).sum() for lr in sorted(sides)]
    assert counts[0] > counts[1] > counts[2]


def test_who_is_held_on_one_side_only_is_no_survivor(monkeypatch):
    sides = {0: [0.8, 0.9], 1: [0.9, 1.1], 2: [1.1, 1.2]}
    order = iter(range(60))
    monkeypatch.setattr(bump, "step_over_limit", lambda *_: np.array(sides[min(next(order), 2)]))
    assert family.survivors.__wrapped__() == bump.variations()[:1]


def test_the_talks_step_is_clear_of_every_limit():
    """No construction lies between its two limits, nor so near one that rounding could decide."""
    over = np.array(
        [bump.step_over_limit(bump.with_bump(made), Settings()) for made in bump.variations()]
    )
    assert ((over < 0.992).all(1) | (over > 1.03).all(1)).all()


def test_the_limit_is_right_when_it_says_stay_and_stays_or_go_and_goes():
    q = {"left": np.array([1.05, 1.05, 0.5, -0.2, 1.2]), "over": np.array([0.9, 1.1, 0.9, 3, 2])}
    q["over_low"] = q["over"]
    claim = CLAIMS["bump-survives-limit"]
    assert claim.agrees(claim.value(q)).tolist() == [True, False, False, True, True]
    told = CLAIMS["bump-survives"]
    assert told.agrees(told.value(q)).tolist() == [True, True, False, False, False]


def test_claims_of_decay_read_what_they_name():
    q = {"weak_left": -0.3, "alone": 0.202, "formula": 0.2, "alone_loss": 1e-9}
    q |= {"weak_loss": 0.02, "strong_loss": 0.1, "strong_left": 0.0}
    expected = {
        "bump-decay": 0.3,  # below zero the bump has become a dent as deep
        "bump-formula": 0.01,
        "bump-alone-free": 1e-9,
        "bump-bends": 0.02,
        "bump-strong": 5,
    }
    named = [claim for claim in family.CLAIMS if claim.study is family.DECAYED]
    assert sorted(expected) == sorted(claim.id for claim in named)
    for claim in named:
        assert claim.value(q) == pytest.approx(expected[claim.id]), claim.id
