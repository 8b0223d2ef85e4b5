"""What slides quote of decay in networks, against numbers written out."""

import numpy as np

from demos.weight_decay import summary


def test_points_and_ratios():
    found = {"right_adamw": np.array([0.75, 0.5]), "right_none": np.array([0.5, 0.55])}
    found |= {"right_l2": np.array([1.0, 0.25])}
    found |= {"nll_adamw": np.array([1.0, 3.0]), "nll_none": np.array([2.0, 2.0])}
    found |= {"nll_l2": np.array([0.5, 6.0])}
    np.testing.assert_allclose(summary.gained(found), [25, -5])
    np.testing.assert_allclose(summary.gained(found, "adamw", "l2"), [-25, 25])
    np.testing.assert_allclose(summary.over(found), [0.5, 1.5])
    np.testing.assert_allclose(summary.over(found, "adamw", "l2"), [2, 0.5])
