"""Shapes in signals, filters as matrices, and detectors, against plain loops."""

import numpy as np
import pytest
import torch

from demos.built_in_regularizers import compute as sig


def test_shapes_stand_where_they_are_put():
    places = [0, 5, 32, 16]
    x = sig.placed(sig.SHAPES, places)
    for row, shape, place in zip(x, sig.SHAPES, places, strict=True):
        expected = np.concatenate([np.zeros(place), shape, np.zeros(32 - place)])
        np.testing.assert_array_equal(row, expected)
    assert np.all(sig.SHAPES.sum(1) == 0) and len({tuple(s) for s in sig.SHAPES}) == 4


def test_signals_know_their_classes_and_places():
    for whose in (sig.TRAINED, sig.AT_HOME, sig.SHIFTED):
        clean, y, places = sig.signals(3, 200, 0.0, whose)
        assert list(y) == [0, 1, 2, 3] * 50
        np.testing.assert_array_equal(clean, sig.placed(sig.SHAPES[y], places))
        at = set(places.tolist())
        assert at == ({sig.HOME} if whose != sig.SHIFTED else set(range(33)) - {sig.HOME})


def test_noise_is_as_large_as_is_asked_for_and_each_part_has_its_own():
    drawn = {w: sig.signals(3, 400, 0.5, w) for w in (sig.TRAINED, sig.AT_HOME, sig.SHIFTED)}
    noise = [x - sig.placed(sig.SHAPES[y], places) for x, y, places in drawn.values()]
    assert all(each.std() == pytest.approx(0.5, rel=0.05) for each in noise)
    assert all(abs(each.mean()) < 0.02 for each in noise)
    assert not np.allclose(noise[0], noise[1])
    other = sig.signals(4, 400, 0.5)[0]
    assert not np.allclose(other, drawn[sig.TRAINED][0])


def test_data_are_the_signals_with_classes_one_hot():
    x, y, _ = sig.signals(2, 12, 0.3, sig.SHIFTED)
    data = sig.data(2, 12, 0.3, sig.SHIFTED)
    assert data.x.shape == (1, 12, 40) and data.x.dtype == torch.float32
    np.testing.assert_allclose(data.x[0], x, rtol=1e-6)
    np.testing.assert_array_equal(data.y[0], np.eye(4)[y])


def test_places_are_permuted_alike_in_all_signals_of_a_seed():
    x = torch.arange(2 * 3 * 6.0).reshape(2, 3, 6)
    mixed = sig.permuted(sig.Data(x, x[..., :1]), [5, 9])
    orders = (mixed.x - x[:, :, :1]).long()
    for one in orders:
        assert (one == one[0]).all() and sorted(one[0].tolist()) == list(range(6))
    assert not torch.equal(orders[0], orders[1])
    again = sig.permuted(sig.Data(x[1:] + 100, x[1:, :, :1]), [9])
    assert torch.equal((again.x - x[1:, :, :1] - 100).long(), orders[1:])
    assert torch.equal(mixed.y, x[..., :1])


def test_a_filter_is_a_dense_layer_whose_rows_repeat():
    weights = np.array([1.0, -2.0, 0.5])
    expected = [[1, -2, 0.5, 0, 0], [0, 1, -2, 0.5, 0], [0, 0, 1, -2, 0.5]]
    np.testing.assert_array_equal(sig.tied(weights, 5), expected)
    x = np.random.default_rng(0).normal(size=40)
    eight = np.random.default_rng(1).normal(size=8)
    np.testing.assert_allclose(sig.tied(eight) @ x, sig.slid(eight, x))
    np.testing.assert_allclose(sig.slid(eight, x), np.correlate(x, eight, "valid"))


@pytest.mark.parametrize(("shape", "noise_sd", "seed"), [(0, 0.0, 0), (2, 0.5, 3)])
def test_detectors_answer_as_a_loop_over_places_says(shape, noise_sd, seed):
    dense, slides, where = sig.found(shape, noise_sd, seed)
    for place in range(33):
        x = noise_sd * sig.noise(seed)
        x[place : place + 8] += sig.SHAPES[shape]
        answers = [np.dot(x[at : at + 8], sig.SHAPES[shape]) / 8 for at in range(33)]
        assert dense[place] == pytest.approx(answers[16])
        assert slides[place] == pytest.approx(max(answers))
        assert where[place] == np.argmax(answers)
    if noise_sd == 0:
        assert np.allclose(slides, 1) and list(where) == list(range(33))
        assert dense[16] == 1 and dense[:9].tolist() == [0] * 9


def test_noise_of_the_page_has_four_digits():
    lots = np.array([sig.noise(seed) for seed in range(200)])
    np.testing.assert_array_equal(lots, lots.round(4))
    assert lots.std() == pytest.approx(1, abs=0.03) and len(np.unique(lots[:, 0])) > 190


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: sig.placed(sig.SHAPES[:1], [33]), "a shape can begin at 0 to 32"),
        (lambda: sig.placed(sig.SHAPES[:1], [-1]), "a shape can begin at 0 to 32"),
        (lambda: sig.signals(0, 0, 0.3), "count is 0: say a whole number, 1 or more"),
        (lambda: sig.signals(-1, 1, 0.3), "seed is -1"),
        (lambda: sig.signals(0, 1, -0.3), "noise_sd is -0.3: say a number, 0 or more"),
        (lambda: sig.found(4, 0.3, 0), "shape is 4: say a whole number from 0 to 3"),
        (lambda: sig.tied([1, 2], 1), "length is 1: say a whole number, 2 or more"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
