"""What slides quote of L1 and L2, against numbers written out."""

import numpy as np

from demos.core.evidence import recorded
from demos.l1_and_beliefs import summary


def test_medians_of_all_or_of_some():
    found = {"a": np.array([1.0, 5.0, 2.0]), "b": np.array([0.0, 1.0, 7.0])}
    assert recorded.medians(found) == {"a": 2, "b": 1, "seeds": 3}
    assert recorded.medians(found, ["b"]) == {"b": 1, "seeds": 3}


def test_points_are_hundredths_of_right():
    found = {"right_l1": np.array([0.5, 0.75]), "right_none": np.array([0.25, 0.8])}
    np.testing.assert_allclose(summary.points(found, "l1", "none"), [25, -5])


def test_levels_are_rows_in_their_order():
    found = {"r_1": np.array([3, 4]), "r_0": np.array([1, 2]), "right_0": np.array([9, 9])}
    assert summary.levels(found, "r").tolist() == [[1, 2], [3, 4]]
