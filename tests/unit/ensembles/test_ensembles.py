"""Averages: throws against NumPy and closed forms, networks against the plain loop, the formula against
every choice of members."""

from itertools import combinations

import numpy as np
import pytest
import torch
from torch import nn

from demos.core.curve import curve, sample
from demos.core.evidence import recorded
from demos.ensembles import compute as ens
from demos.ensembles import summary


def test_a_throw_is_anywhere_on_the_disc():
    thrown = ens.throws(seed=1, games=2000, members=10, shared=0.0).reshape(-1, 2)
    squares = (thrown**2).sum(1)
    assert squares.max() <= 1
    # evenly: a share r² of the points lies within r, and every direction is as likely
    for radius in (0.25, 0.5, 0.9):
        assert np.mean(squares < radius**2) == pytest.approx(radius**2, abs=0.02)
    assert np.abs(thrown.mean(0)).max() < 0.02
    assert squares.mean() == pytest.approx(ens.DISC, abs=0.01)


@pytest.mark.parametrize("shared", [0.0, 0.3, 0.8, 1.0])
def test_throws_of_a_game_have_the_correlation_that_is_asked_for(shared):
    thrown = ens.throws(seed=2, games=20_000, members=3, shared=shared)
    for axis in (0, 1):
        found = np.corrcoef(thrown[..., axis].T)
        assert found[np.triu_indices(3, 1)] == pytest.approx(shared, abs=0.03)
    assert (thrown**2).sum(-1).mean() == pytest.approx(ens.DISC, abs=0.015)


def test_misses_are_those_of_the_first_throws():
    thrown = ens.throws(seed=3, games=50, members=4, shared=0.5)
    for count, found in zip((1, 3), ens.misses(thrown, (1, 3)), strict=True):
        distances = []
        for game in thrown:
            x, y = (sum(float(t[axis]) for t in game[:count]) / count for axis in (0, 1))
            distances.append(x * x + y * y)
        assert found == pytest.approx(np.mean(distances), rel=1e-5)


def test_the_formula_is_the_average_over_every_choice_of_members():
    errors = np.random.default_rng(4).normal(size=(5, 7)) + 0.4
    each, shared = ens.correlation(errors)
    for count in range(1, 6):
        chosen = [errors[list(some)].mean(0) for some in combinations(range(5), count)]
        expected = np.mean([(mean**2).mean() for mean in chosen])
        assert ens.of_the_mean(each, shared, count) == pytest.approx(expected, rel=1e-12)


def test_correlation_takes_data_sets_one_by_one():
    several = np.random.default_rng(5).normal(size=(3, 4, 6))
    found = ens.correlation(several)
    for n, one in enumerate(several):
        assert [f[n] for f in found] == pytest.approx(ens.correlation(one))


def plain(seed, start, rows, steps):
    """One network by torch.nn and torch.optim, as the slide has it."""
    x = torch.linspace(0, 1, 20)[:, None]
    y = torch.tensor(sample(seed, np.linspace(0, 1, 20), 0.3), dtype=torch.float32)[:, None]
    torch.manual_seed(start)
    layers = nn.Linear(1, 50), nn.Tanh(), nn.Linear(50, 50), nn.Tanh(), nn.Linear(50, 1)
    net = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.mse_loss(net(x[rows]), y[rows]).backward()
        optimizer.step()
    return net(torch.linspace(0, 1, 101)[:, None]).detach()[:, 0].numpy()


@pytest.mark.parametrize("way", [ens.STARTS, ens.BAGS])
def test_members_are_those_of_the_plain_loop(way):
    steps = 5
    found = ens.fitted([3, 8], way, members=2, steps=steps)
    assert found.shape == (2, 2, 101)
    for at, seed in enumerate((3, 8)):
        for member in range(2):
            rows = ens.bootstrap(seed, member, 20) if way == ens.BAGS else np.arange(20)
            expected = plain(seed, 1000 * seed + member, rows, steps)
            np.testing.assert_allclose(found[at, member], expected, rtol=0, atol=2e-5)


def test_noise_is_as_large_as_is_asked_for():
    x, y = ens.noisy(7, noise_sd=0.2)
    assert y == pytest.approx(curve(x) + 0.2 * np.random.default_rng(7).standard_normal(20))
    found = ens.fitted([7], ens.STARTS, members=1, steps=3, noise_sd=0.0)
    assert not np.allclose(found, ens.fitted([7], ens.STARTS, members=1, steps=3))


def test_a_bag_draws_with_replacement_and_its_own_way():
    rows = [ens.bootstrap(3, member, 20) for member in range(200)]
    assert all(len(each) == 20 and set(each) <= set(range(20)) for each in rows)
    left = np.mean([20 - len(set(each)) for each in rows]) / 20
    assert left == pytest.approx((1 - 1 / 20) ** 20, abs=0.02)
    assert len({tuple(each) for each in rows}) == 200
    assert tuple(ens.bootstrap(4, 0, 20)) != tuple(rows[0])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: ens.throws(0, 1, 0, 0.5), "members is 0: say a whole number, 1 or more"),
        (lambda: ens.throws(0, 1, 2, 1.5), "shared is 1.5: say a number from 0 to 1"),
        (lambda: ens.fitted([0], "bag"), "way is 'bag': say 'starts' or 'bags'"),
        (lambda: ens.fitted([0], "bags", noise_sd=-1), "noise_sd is -1: say a number, 0 or more"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_numbers_that_slides_quote():
    errors = {"starts": np.array([[1.0, 1.0], [1.0, -1.0]])}
    # errors of one: 1; products of the two: 1 and -1, so a correlation of 0; their mean: 1, 0
    assert summary.shared(errors) == {
        "one_starts": 1.0,
        "correlation_starts": 0.0,
        "all_starts": 0.5,
    }
    found = {
        "accuracy_one": np.array([0.5, 0.6, 0.7]),
        "accuracy_bags": np.array([0.4, 0.6, 0.9]),
    }
    gained = summary.gains(found, "accuracy", ["bags"])
    np.testing.assert_allclose(gained["bags"], [-0.1, 0.0, 0.2])
    assert recorded.medians(gained) == {"bags": 0.0, "seeds": 3}
    curves = {
        "mean_starts": np.array([2.0, 3.0]),
        "member_starts": np.array([4.0, 4.0]),
        "mean_bags": np.array([1.0, 1.0]),
        "member_bags": np.array([4.0, 2.0]),
    }
    numbers = summary.recorded_curves(curves)
    assert numbers["left_starts"] == 0.625 and numbers["left_bags"] == 0.375
    assert numbers["member_bags"] == 3.0 and numbers["seeds"] == 2
