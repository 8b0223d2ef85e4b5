"""Dropout demos against plain PyTorch, hand-set networks and closed forms."""

import numpy as np
import plain
import pytest
import torch

from demos.core.ensemble import Ensemble
from demos.core.training import Settings
from demos.dropout import bench
from demos.dropout import compute as db


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def one_input_only(count=2, side=0):
    """Networks that answer f(a, b) = a (or b) where that is positive, along one path of units."""
    ensemble = Ensemble(db.WIDTHS, range(count))
    for p in ensemble.weights + ensemble.biases:
        p.zero_()
    for weight, unit in zip(ensemble.weights, (side, 0, 0), strict=True):
        weight[:, 0, unit] = 1.0
    return ensemble


def test_a_leaked_label_goes_missing_with_the_first_input():
    x, y = db.draw_examples(db.Signals(missing=0.3, leak=True), 2000, generator())
    assert torch.equal(y[:, 0], x[:, 0])
    assert (y == 0).float().mean().item() == pytest.approx(0.3, abs=0.05)


def test_a_copied_label_stays():
    x, y = db.draw_examples(db.Signals(missing=0.3), 2000, generator())
    assert (y > 0).all()
    for side in (0, 1):
        there = x[:, side] > 0
        assert there.float().mean().item() == pytest.approx(0.7, abs=0.05)
        assert torch.equal(x[there, side], y[there, 0])
    both_gone = ((x == 0).all(1)).float().mean().item()
    assert both_gone == pytest.approx(0.09, abs=0.03)  # each on its own


def test_loudness_and_noise_are_the_second_inputs():
    x, y = db.draw_examples(db.Signals(loud=3, noise=0.1, missing=0), 4000, generator())
    assert torch.equal(x[:, 0], y[:, 0])
    rest = x[:, 1] - 3 * y[:, 0]
    assert rest.std().item() == pytest.approx(0.1, rel=0.05)
    assert abs(rest.mean().item()) < 0.01


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.9])
def test_coins_fall_with_the_given_probability(p):
    kept = db.kept(db.coins((300, 333), generator()), p)
    assert kept.shape == (300, 333)
    assert kept.float().mean().item() == pytest.approx(1 - p, abs=0.008)
    if p:
        pairs = (kept[:, :-1] & kept[:, 1:]).float().mean().item()
        assert pairs == pytest.approx((1 - p) ** 2, abs=0.01)  # neighbours do not know each other


@pytest.mark.parametrize("p", [-0.1, 1.0, 1.5])
def test_impossible_probabilities_are_refused(p):
    with pytest.raises(ValueError, match="share of units"):
        db.kept(db.coins((4,), generator()), p)


def test_a_seed_sees_the_same_batches_alone_among_others_and_without_dropout():
    alone = db.Batches(db.Signals(), [7], dropout=0.5)
    among = db.Batches(db.Signals(), [3, 7], dropout=0.5)
    without = db.Batches(db.Signals(), [7])
    seen = []
    for step in range(2 * db.CHUNK + 1):
        ((x, y), coins), ((xs, ys), many), ((x0, y0), none) = (
            alone(step),
            among(step),
            without(step),
        )
        assert xs.shape == (2, db.BATCH, 2)
        assert ys.shape == (2, db.BATCH, 1)
        assert len(none) == 0
        assert torch.equal(x[0], xs[1])
        assert torch.equal(y[0], ys[1])
        assert torch.equal(x, x0)
        assert torch.equal(y, y0)
        assert all(torch.equal(m[0], n[1]) for m, n in zip(coins, many, strict=True))
        assert coins[0].shape == (1, db.BATCH, 100)
        assert not torch.equal(coins[0], coins[1])
        seen.append((x.clone(), coins[0].clone()))
    for earlier, later in ((0, 1), (0, db.CHUNK), (db.CHUNK, 2 * db.CHUNK)):
        assert not torch.equal(seen[earlier][0], seen[later][0])
        assert not torch.equal(seen[earlier][1], seen[later][1])


def test_training_is_torchs_sgd_on_the_same_batches_and_masks():
    seed, settings = 5, Settings(weight_decay=0.01, steps=db.CHUNK + 2)
    trained = db.train(db.Signals(missing=0.1), [4, seed], 0.5, settings)
    batches = db.Batches(db.Signals(missing=0.1), [seed], 0.5)
    network = plain.on_batches(batches, db.WIDTHS, seed, settings.steps)
    points = np.random.default_rng(0).random((20, 2))
    # hundreds of units, each may turn on by rounding: that moves 4e-5; no decay 6e-4, other masks 0.03
    np.testing.assert_allclose(
        trained.predict(points)[1], plain.outputs(network, points), atol=2e-4
    )


def test_scores_on_a_network_that_only_hears_the_first_input():
    ensemble = one_input_only()
    says = db.answers(ensemble, loud=3)
    np.testing.assert_allclose(says, [[1, 1], [0, 0], [1, 1]])
    np.testing.assert_allclose(db.asymmetry(says), 1)
    quiet, loud = db.dips(ensemble, loud=3, off=0.25)
    np.testing.assert_allclose([quiet, loud], [[0.25, 0.25], [0, 0]], atol=1e-6)
    both, worse = db.errors(ensemble, loud=3)
    np.testing.assert_allclose(both, 0, atol=1e-6)
    np.testing.assert_allclose(worse, np.sqrt(np.mean(np.linspace(0, 1, 101) ** 2)), rtol=1e-5)


def test_the_loud_input_is_asked_loudly():
    says = db.answers(one_input_only(side=1), loud=3)
    np.testing.assert_allclose(says, [[0, 0], [3, 3], [3, 3]])
    both, worse = db.errors(one_input_only(side=1), loud=3)
    size = np.sqrt(np.mean(np.linspace(0, 1, 101) ** 2))
    np.testing.assert_allclose(both, 2 * size, rtol=1e-5)  # three times the label
    np.testing.assert_allclose(worse, 2 * size, rtol=1e-5)


def test_asymmetry_is_the_distance_of_the_single_answers_over_the_joint_one():
    says = np.array([[1.0, 2.0, 9.0], [30.0, 10.0, 20.0], [500.0, 100.0, 400.0]])
    np.testing.assert_allclose(db.asymmetry(says), [29 / 500, 8 / 100, 11 / 400])


def test_the_map_has_the_first_input_to_the_right():
    grid = db.reliance_map(one_input_only(), points=5)
    assert grid.shape == (2, 5, 5)
    np.testing.assert_allclose(grid[1], np.tile([0, 0.25, 0.5, 0.75, 1], (5, 1)), atol=1e-6)


def test_thinned_networks_of_a_single_path_are_all_or_nothing():
    votes = db.thinned(one_input_only(), (0.5, 0.0), dropout=0.5, count=4000, seed=0)
    assert votes.shape == (2, 4000)
    assert set(np.unique(votes)) == {0.0, 2.0}  # 0.5 * 2 * 2 when both units of the path are on
    assert votes.mean() == pytest.approx(0.5, abs=0.06)  # linear here: the average is the whole


def test_a_network_has_the_same_thinned_ones_alone_as_among_others():
    settings = {"point": (1.0, 1.0), "dropout": 0.5, "count": 20, "seed": 3}
    alone, among = (db.thinned(Ensemble(db.WIDTHS, seeds), **settings) for seeds in ([7], [3, 7]))
    np.testing.assert_allclose(among[1], alone[0], atol=1e-6)
    assert np.std(alone) > 0


def test_weighted_rows_are_the_expected_loss_under_dropout():
    p, loud, weights = 0.2, 3.0, np.array([0.3, 0.1])
    x, y = db.linear_data(p, loud)
    exact = ((x @ weights - y) ** 2).sum()
    torch.manual_seed(0)
    inputs = torch.tensor([[1.0, loud], [-1.0, -loud]], dtype=torch.float64).repeat(100_000, 1)
    dropped = torch.nn.functional.dropout(inputs, p).numpy()
    sampled = 2 * np.mean((dropped @ weights - inputs[:, 0].numpy()) ** 2)
    assert exact == pytest.approx(sampled, rel=0.01)


@pytest.mark.parametrize(("p", "expected"), [(0.2, 0.444), (0.5, 0.333)])
@pytest.mark.parametrize("loud", [1.0, 3.0])
def test_input_dropout_makes_linear_shares_equal(p, loud, expected):
    x, y = db.linear_data(p, loud)
    solved = np.linalg.lstsq(x, y)[0] * (1, loud)
    np.testing.assert_allclose(solved, db.linear_closed_form(p), rtol=1e-9)
    np.testing.assert_allclose(solved, expected, atol=5e-4)
    shares = db.linear_shares(p, loud, seeds=[0, 1], steps=600)
    np.testing.assert_allclose(shares, np.tile(solved, (2, 1)), atol=1e-4)


@pytest.mark.parametrize("weight_decay", [0.0, 0.01])
def test_without_dropout_shares_go_by_the_square_of_the_loudness(weight_decay):
    shares = db.linear_shares(0.0, 3.0, weight_decay=weight_decay, steps=600)[0]
    assert shares[1] / shares[0] == pytest.approx(9, rel=1e-3)
    assert shares.sum() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("dropout", "leak"), [(0.0, True), (0.5, False)])
def test_the_demo_has_the_dropout_and_the_labels_it_is_told(dropout, leak):
    """Sixty batches of 64 are enough for a leak to show, though 1 in 1,000 inputs goes missing."""
    grid = db.run_demo(3, dropout, leak, steps=60)
    batches = db.Batches(db.Signals(leak=leak), [3], dropout)
    network = plain.on_batches(batches, db.WIDTHS, 3, 60)
    points = [(0, 100), (100, 0), (100, 100), (20, 70)]  # first input, second, in hundredths
    expected = plain.outputs(network, [[a / 100, b / 100] for a, b in points])
    np.testing.assert_allclose([grid[b, a] for a, b in points], expected, atol=2e-5)


def test_the_demo_is_the_plain_loop():
    fast, plain = db.run_demo(0, dropout=0.0, steps=100), bench.plain(100, 0, 0.0)
    assert fast.shape == plain.shape == (101, 101)
    assert np.allclose(fast, db.run_demo(0, dropout=0.0, steps=100), atol=1e-2)
    assert np.abs(fast - plain).max() < 0.2  # other batches, same start and same settings
    assert np.corrcoef(fast.ravel(), plain.ravel())[0, 1] > 0.98
