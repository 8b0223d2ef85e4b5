"""Blobs, rings and truth tables against their definitions; what a line can part against a perceptron."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import Perceptron

from demos.from_neuron_to_network import points


def test_blobs_are_round_and_in_turn():
    centres, sd = points.THREE
    x, y = points.blobs(1, 30_000, points.THREE)
    assert y[:4].tolist() == [0, 1, 2, 0] and x.dtype == np.float32
    for k in range(3):
        own = x[y == k] - np.array(centres[k])
        assert np.abs(own.mean(0)).max() < 0.05
        np.testing.assert_allclose(np.cov(own.T), sd**2 * np.eye(2), atol=0.05)
    fresh, _ = points.blobs(1, 30_000, points.THREE, points.FRESH)
    assert not np.allclose(fresh, x)


def test_the_inner_ring_is_class_one_and_half_as_wide():
    x, y = points.rings(3, 400, noise=0.0)
    radii = np.linalg.norm(x, axis=1)
    np.testing.assert_allclose(radii, np.where(y == 1, 0.5, 1.0), rtol=1e-5)
    assert (y == 1).sum() == 200
    noisy, fresh = points.rings(3, 400), points.rings(3, 400, whose=points.FRESH)
    assert np.linalg.norm(noisy[0], axis=1).std() > radii.std()
    assert not np.allclose(noisy[0], fresh[0])


def test_two_classes_are_one_number_more_are_one_hot():
    rows = [points.blobs(seed, 6, points.THREE) for seed in (1, 2)]
    three = points.stacked(rows, 3)
    assert three.y[1].tolist() == torch.eye(3)[[0, 1, 2, 0, 1, 2]].tolist()
    assert torch.equal(three.x[1], torch.from_numpy(rows[1][0]))
    two = points.stacked([points.rings(0, 4)])
    assert two.x.shape == (1, 4, 2) and two.y[0, :, 0].tolist() == points.rings(0, 4)[1].tolist()


def test_the_third_input_is_the_squared_distance():
    assert points.squared(np.array([[3.0, 4.0], [-1.0, 0.5]])).tolist() == [
        [3, 4, 25],
        [-1, 0.5, 1.25],
    ]


def test_truth_tables_by_name():
    a, b = points.CORNERS.T.astype(bool)
    for case, answers in ((8, ~a & ~b), (1, a & b), (7, a | b), (points.XOR, a ^ b), (9, a == b)):
        assert points.truth_table(case).tolist() == answers.astype(int).tolist(), case
    assert len({tuple(points.truth_table(case)) for case in range(16)}) == 16


def test_what_a_line_can_part_a_perceptron_learns():
    """The perceptron converges where a line exists, and nowhere else (Novikoff 1962)."""
    for case in range(16):
        y = points.truth_table(case)
        found = points.separable(points.CORNERS, y)
        if len(set(y)) == 1:
            assert found  # a line beside all points
            continue
        learnt = Perceptron(max_iter=1000, tol=None, shuffle=False).fit(points.CORNERS, y)
        assert found == (learnt.score(points.CORNERS, y) == 1), case


def test_rings_are_parted_in_another_space_alone():
    x, y = points.rings(0, 100, noise=0.05)
    assert not points.separable(x, y)
    assert points.separable(points.squared(x), y)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: points.blobs(-1, 9), "seed is -1: say a whole number, 0 or more"),
        (lambda: points.blobs(0, 1), "points is 1: say a whole number, 2 or more"),
        (lambda: points.blobs(0, 9, (((0, 0),), -1)), "sd is -1: say a number, 0 or more"),
        (lambda: points.rings(0, 9, -0.1), "noise is -0.1: say a number, 0 or more"),
        (lambda: points.truth_table(16), "case is 16: say a whole number"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
