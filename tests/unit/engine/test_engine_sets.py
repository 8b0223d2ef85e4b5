"""Sets of data: what they are, how they are split, and that nobody else's dice are thrown."""

import by_hand  # noqa: F401  first: shapes are checked from here on
import numpy as np
import pytest
import torch
from sklearn.preprocessing import StandardScaler

from demos.core.engine import sets


@pytest.mark.parametrize(
    ("name", "shape", "classes"),
    [
        ("iris", (150, 4), 3),
        ("wine", (178, 13), 3),
        ("breast cancer", (569, 30), 2),
        ("digits", (1797, 64), 10),
        ("diabetes", (442, 10), 0),
    ],
)
def test_bundled_sets_have_their_shapes(name, shape, classes):
    whole = sets.bundled(name)
    assert whole.x.shape == shape
    assert whole.classes == classes
    assert len(np.unique(whole.y)) == (classes or len(np.unique(whole.y)))
    if not classes:
        assert [whole.y.mean(), whole.y.std()] == pytest.approx([0, 1])


def test_mnist1d_is_the_published_set():
    """Sums of the published file's numbers, weighted so that a swap would show."""
    x, y, classes = sets.mnist1d()
    weights = np.cos(np.arange(x.size)).reshape(x.shape)
    assert (x.shape, y.shape, classes) == ((5000, 40), (5000,), 10)
    assert float((weights * x).sum()) == pytest.approx(SUMS[0], rel=1e-9)
    assert float((x**3).sum()) == pytest.approx(SUMS[1], rel=1e-9)
    assert int((y * np.arange(5000)).sum()) == SUMS[2]


SUMS = (445.7184519659724, -13126.103828802175, 56565641)


def test_mnist1d_leaves_the_dice_alone():
    np.random.seed(3)
    first = np.random.rand(2)
    np.random.seed(3)
    sets.mnist1d(seed=1, count=100)
    assert np.array_equal(np.random.rand(2), first)


def test_a_split_is_standardised_by_its_training_part_and_shares_no_point():
    whole = sets.bundled("wine")
    parts = sets.split(whole, seed=4, train=30, valid=40)
    assert [p.x.shape for p in parts] == [(1, 30, 13), (1, 40, 13), (1, 108, 13)]
    fitted = parts.train.x[0]
    assert fitted.mean(0).abs().max() < 1e-6
    torch.testing.assert_close(fitted.std(0, correction=0), torch.ones(13))
    assert parts.valid.x.mean((0, 1)).abs().max() > 0.05  # not by its own mean
    rows = torch.cat([p.x[0] for p in parts])
    assert len(torch.unique(rows, dim=0)) == len(np.unique(whole.x, axis=0))
    assert parts.train.y.sum((0, 1)).tolist() == [10, 12, 8]  # 59, 71, 48 of 178
    again = sets.split(whole, seed=4, train=30, valid=40)
    assert torch.equal(again.test.x, parts.test.x)
    assert not torch.equal(sets.split(whole, 5, 30, 40).test.x, parts.test.x)


def test_a_split_is_what_scikit_learns_scaler_makes_of_it():
    whole = sets.bundled("digits")
    x = np.arange(len(whole.y))[:, None] * np.ones(3) + [0, 5, 9]
    parts = sets.split(sets.Set(x, whole.y, 10), 1, 50, 60, 70)
    assert [p.y.shape for p in parts] == [(1, 50, 10), (1, 60, 10), (1, 70, 10)]
    scale = x[:, 0].std() / parts.train.x[0, :, 0].double().std(correction=0)
    places = parts.train.x[0, :, 0].double() * scale
    scaler = StandardScaler().fit(places.numpy()[:, None])
    torch.testing.assert_close(
        torch.from_numpy(scaler.transform(places.numpy()[:, None])[:, 0]),
        parts.train.x[0, :, 0].double(),
        rtol=1e-5,
        atol=1e-5,
    )


def test_a_feature_that_never_moves_in_training_is_zero():
    x = np.random.default_rng(0).normal(size=(40, 2))
    x[:, 1] = 7.0
    parts = sets.split(sets.Set(x, np.arange(40.0), 0), 0, 20, 10)
    assert parts.train.y.shape == (1, 20, 1)
    assert not parts.test.x[..., 1].any()


def test_parts_of_several_networks_are_stacked():
    whole = sets.moons(60, 0.2, 0)
    several = sets.stacked([sets.split(whole, seed, 20, 20) for seed in range(3)])
    assert several.valid.x.shape == (3, 20, 2)
    assert torch.equal(several.train.y[1:2], sets.split(whole, 1, 20, 20).train.y)


@pytest.mark.parametrize(
    "make",
    [
        lambda s: sets.moons(50, 0.1, s),
        lambda s: sets.rings(50, 0.1, s),
        lambda s: sets.blobs(50, 1.0, s),
    ],
)
def test_drawn_sets_come_from_their_seed(make):
    assert np.array_equal(make(1).x, make(1).x)
    assert not np.array_equal(make(1).x, make(2).x)
    assert set(make(1).y) == set(range(make(1).classes))
