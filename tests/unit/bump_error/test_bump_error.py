"""The hand-set networks against the lines they are made from, and decay against its formula."""

from copy import deepcopy
from itertools import product

import numpy as np
import pytest
import torch
from trajectory import EPS, loss_rounding

from demos.bump_error import compute as bump
from demos.bump_error.compute import GRID, POINTS, Construction
from demos.core import ensemble
from demos.core.networks import predict
from demos.core.training import Settings, train

SOME = [Construction(), Construction("sine", 4, 5.0), Construction("random", 0, 20.0)]


def rounding(made, x=GRID):
    """How far float32 may put an output at worst: half an EPS of all terms, each time it rounds.

    That is when a weight and an input are stored, when they are multiplied, and per unit in the sum.
    """
    first = bump.with_bump(made)[0]
    weight, bias = first.weight.detach().numpy()[:, 0], first.bias.detach().numpy()
    terms = (np.abs(np.outer(x, weight)) + np.abs(bias)).sum(1).max()
    return (3 + len(weight)) * EPS / 2 * terms


@pytest.mark.parametrize("made", SOME)
def test_the_network_without_a_bump_is_linear_interpolation(made):
    expected = np.interp(GRID, POINTS, made.targets())  # flat outside, too
    assert np.allclose(predict(bump.without_bump(made), GRID), expected, 0, rounding(made))


@pytest.mark.parametrize("made", SOME)
def test_the_bump_is_a_triangle_inside_its_gap_and_nothing_else(made):
    left = POINTS[made.gap]
    corners = left + 0.2 * np.array([0.2, 0.5, 0.8])
    triangle = np.interp(GRID, corners, [0, made.slope * 0.06, 0], left=0, right=0)
    added = predict(bump.with_bump(made), GRID) - predict(bump.without_bump(made), GRID)
    assert np.allclose(added, triangle, 0, 2 * rounding(made))
    assert np.isclose(bump.height(added, made.gap), 0.06 * made.slope, 0, 4 * rounding(made))


def test_one_unit_per_kink_with_output_weights_of_one():
    network = bump.with_bump()
    assert network[0].out_features == 9
    assert set(network[2].weight.flatten().tolist()) == {-1.0, 1.0}


def test_height_ignores_a_slanted_line():
    assert np.isclose(bump.height(3 * GRID + 1, gap=1), 0, atol=1e-12)
    assert bump.height(np.zeros((4, len(GRID)))).shape == (4,)


@pytest.mark.parametrize("made", SOME)
def test_the_loss_and_its_gradient_do_not_see_the_bump(made):
    network, y = bump.with_bump(made), made.targets()
    loss, off = ((predict(network, POINTS) - y) ** 2).sum(), rounding(made, POINTS)
    assert loss < 6 * off**2
    largest = max(1, bump.units(network, POINTS).max())  # what a residual is multiplied by
    assert bump.largest_gradient(network, y) < 2 * 6 * off * largest


def test_the_gradient_sees_a_wrong_target():
    y = Construction().targets()
    y[5] += 0.1  # residual -0.1: the output bias alone feels -0.2
    assert bump.largest_gradient(bump.with_bump(), y) > 0.19


def test_the_three_units_are_on_at_the_data_and_cancel_there():
    three = bump.units(bump.with_bump(), POINTS)[:, 6:]
    assert (three[3:] != 0).all()
    assert (three[:3] == 0).all()
    assert np.allclose(three.sum(1), 0, atol=1e-5)


def test_no_unit_of_a_bump_bends_at_a_data_point():
    """So rounding does not decide at how many of them it is on."""
    for made in bump.variations():
        at, _ = bump.bump(*POINTS[made.gap : made.gap + 2], made.slope)
        assert np.abs(np.subtract.outer(at, POINTS)).min() > 0.039


def test_units_and_output_bias_add_up_to_the_output():
    network = bump.with_bump()
    total = bump.units(network, GRID).sum(1) + network[2].bias.item()
    assert np.allclose(total, predict(network, GRID), 0, rounding(Construction()))


def test_plain_training_leaves_the_bump():
    views, losses = bump.follow(
        bump.with_bump(), Construction().targets(), Settings(steps=200), 100
    )
    assert views.shape == (3, len(GRID))
    assert losses.shape == (3,)
    assert abs(bump.height(views[-1]) - 0.6) < 1e-4


def test_following_in_pieces_is_training_in_one_go():
    y, settings = Construction().targets(), Settings(weight_decay=0.08, steps=150)
    one = bump.with_bump()
    other = deepcopy(one)
    views, losses = bump.follow(one, y, settings, every=50)
    expected = train(other, POINTS, y, settings)
    assert np.allclose(views[-1], predict(other, GRID), 0, rounding(Construction()))
    assert (np.abs(losses - expected[::50]) <= loss_rounding(expected[::50], 6, 10)).all()


def test_pieces_have_to_fit():
    with pytest.raises(ValueError, match="pieces of 60"):
        bump.follow(bump.with_bump(), Construction().targets(), Settings(steps=100), every=60)


def test_two_parts_are_the_same_network():
    whole, parts = bump.with_bump(), bump.in_two_parts()
    assert np.allclose(predict(whole, GRID), predict(parts, GRID), 0, 2 * rounding(Construction()))


def test_decay_on_the_bump_alone_follows_the_formula_and_touches_nothing_else():
    settings = Settings(weight_decay=0.5, steps=400)
    parts = bump.in_two_parts()
    before = [p.detach().clone() for p in parts.rest.parameters()]
    optimizer = bump.decay_bump_only(parts, settings)
    views, losses = bump.follow(parts, Construction().targets(), settings, 100, optimizer)
    expected = bump.decayed(0.6, settings, np.arange(0, 401, 100))
    assert expected[-1] < 0.15
    assert np.allclose(bump.height(views), expected, rtol=5e-3)
    assert losses.max() < 1e-9
    for old, new in zip(before, parts.rest.parameters(), strict=True):
        assert torch.allclose(old, new, atol=1e-4)


def off_the_kinks(made, by):
    """The network in float64, kinks at the data moved to the left by a (6,): their units are on there."""
    network = bump.with_bump(made).double()
    with torch.no_grad():
        network[0].bias[:6] += torch.tensor(by) * network[0].weight[:6, 0]
    return network


def hessian(network, y):
    """The loss's Hessian over all parameters, by PyTorch."""
    names, pieces = zip(*[(n, p.detach()) for n, p in network.named_parameters()], strict=True)
    x, sizes = torch.tensor(POINTS)[:, None], [p.numel() for p in pieces]

    def loss(flat):
        shaped = (f.view(p.shape) for f, p in zip(flat.split(sizes), pieces, strict=True))
        out = torch.func.functional_call(network, dict(zip(names, shaped, strict=True)), x)
        return (out[:, 0] - torch.tensor(y)).square().sum()

    return torch.autograd.functional.hessian(loss, torch.cat([p.flatten() for p in pieces]))


@pytest.mark.parametrize("made", [*SOME, Construction("sine", 3, 5.0)])
def test_sharpness_is_the_largest_eigenvalue_of_the_hessian_on_either_side(made):
    for found, by in zip(bump.sharpness(bump.with_bump(made)), (-1e-6, 1e-6), strict=True):
        moved = off_the_kinks(made, [by] * 6)
        expected = torch.linalg.eigvalsh(hessian(moved, made.targets()))[-1].item()
        assert found == pytest.approx(expected, rel=1e-4)  # the kinks were moved by a millionth


@pytest.mark.parametrize("made", SOME)
def test_sharpness_with_some_units_on_and_some_off_lies_between(made):
    low, high = bump.sharpness(bump.with_bump(made))
    assert 1.001 * low < high
    for by in product((-1e-6, 1e-6), repeat=4):  # the last unit and the first: all on or off
        network = off_the_kinks(made, [by[0], *by, by[-1]])
        outputs = network(torch.tensor(POINTS)[:, None])[:, 0]
        rows = [torch.autograd.grad(o, network.parameters(), retain_graph=True) for o in outputs]
        jacobian = torch.stack([torch.cat([g.flatten() for g in row]) for row in rows])
        between = 2 * torch.linalg.matrix_norm(jacobian, 2).item() ** 2
        assert 0.9999 * low < between < 1.0001 * high


@pytest.mark.parametrize("made", bump.variations()[::7])
def test_no_rounding_decides_the_sharpness(made):
    network, draw = bump.with_bump(made), torch.Generator().manual_seed(0)
    expected = bump.sharpness(network)
    for _ in range(5):
        nudged = deepcopy(network)
        with torch.no_grad():
            for p in nudged.parameters():
                p.mul_(1 + EPS * torch.randint(-2, 3, p.shape, generator=draw))
        np.testing.assert_allclose(bump.sharpness(nudged), expected, rtol=1e-4)


def test_the_step_over_its_limit_is_that_of_momentum_on_a_parabola():
    settings = Settings(lr=0.003, momentum=0.2)
    over = bump.step_over_limit(bump.with_bump(), settings)
    for sharp, ratio in zip(bump.sharpness(bump.with_bump()), over, strict=True):
        for lr, grows in ((0.99 * settings.lr / ratio, False), (1.01 * settings.lr / ratio, True)):
            w, v = 1.0, 0.0
            for _ in range(2000):
                v = 0.2 * v + sharp * w
                w -= lr * v
            assert (abs(w) > 1) == grows


def test_the_stack_holds_the_networks_and_nudges_them():
    networks = [bump.with_bump(made) for made in SOME]
    together = bump.stack(networks)
    for mine, network in zip(together.predict(GRID), networks, strict=True):
        assert np.allclose(mine, predict(network, GRID), 0, max(map(rounding, SOME)))
    nudged = bump.stack(networks, nudge=1e-3)
    moved = (nudged.weights[0] / together.weights[0] - 1).nan_to_num()
    assert 1e-4 < moved.abs().max() < 1e-2


def test_every_bump_is_measured_in_its_own_gap():
    made = [Construction("curve", gap, slope) for gap, slope in ((0, 20.0), (2, 5.0), (4, 10.0))]
    built = bump.heights(bump.stack([bump.with_bump(each) for each in made]), made)
    np.testing.assert_allclose(built, [1.2, 0.3, 0.6], atol=5e-5)


def test_a_seed_draws_its_own_nudge_and_repeats_it():
    networks = [bump.with_bump()]
    one, same, other = (bump.stack(networks, 1e-2, seed).weights[0] for seed in (1, 1, 2))
    assert torch.equal(one, same)
    assert (one - other).abs().max() > 1e-3


def test_bumps_are_trained_on_their_own_targets():
    """Where every target is met, nothing moves; one that sees another's would."""
    made = [Construction("sine", 3, 5.0), Construction("parabola", 3, 5.0)]
    left = bump.outlast(made, Settings(steps=60), nudge=0.0)
    np.testing.assert_allclose(left, 1, atol=0.01)
    wrong = [Construction("sine", 3, 5.0), Construction("sine", 3, 5.0)]
    bumps = bump.stack([bump.with_bump(each) for each in made])
    ensemble.train(bumps, POINTS, np.stack([m.targets() for m in wrong]), Settings(steps=60))
    assert abs(bump.heights(bumps, made)[1] / 0.3 - 1) > 0.1


def test_a_bump_outlasts_training_when_the_step_is_short_enough():
    made = [Construction(), Construction("curve", 0, 20.0), Construction("sine", 4, 10.0)]
    settings = Settings(steps=500)
    limit = [bump.step_over_limit(bump.with_bump(each), settings) for each in made]
    left = bump.outlast(made, settings)
    assert [both.tolist() for both in np.less(limit, 1)] == [[True] * 2, [False] * 2, [True] * 2]
    assert np.allclose(left[[0, 2]], 1, atol=0.02)
    assert abs(left[1] - 1) > 0.1


def test_variations_are_all_different():
    assert len(set(bump.variations())) == 60
