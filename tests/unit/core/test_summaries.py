"""Numbers that slides quote, gathered from records: each goes by its own name. Counted by hand."""

import numpy as np
import torch

from demos.correlations import summary as correlations
from demos.dropout import summary as dropout
from demos.dropout.compute import linear_shares
from demos.opening import summary as opening
from demos.opening.compute import moons

SAYS = np.array([[1.0, 2.0, 9.0], [30.0, 10.0, 20.0], [500.0, 100.0, 400.0]])


def test_medians_go_by_the_names_of_their_points():
    found = dropout.medians(x=SAYS, y=2 * SAYS)
    assert found == {
        **{"x_first": 2, "x_second": 20, "x_both": 400},
        **{"y_first": 4, "y_second": 40, "y_both": 800},
    }


def test_answers_of_a_study_have_a_row_for_each_point():
    study = {"first_a": [1, 2], "second_a": [3, 4], "both_a": [5, 6], "first_b": [0, 0]}
    assert dropout.answers(study, "a").tolist() == [[1, 2], [3, 4], [5, 6]]


def test_missing_inputs_are_told_from_those_that_never_were():
    even, odd = np.ones((3, 5)), np.array([[3.0] * 5, [1.0] * 5, [4.0] * 5])
    found = dropout.missing(odd, even, 2 * odd + 1)
    assert (found["seeds"], found["plain"], found["dropout"]) == (5, 0.5, 0.0)
    assert (found["first_low"], found["first_high"], found["missing"]) == (3, 3, 4 / 9)
    assert (found["missing_first"], found["missing_second"], found["missing_both"]) == (7, 3, 9)


def test_a_loud_input_is_reported_for_each_way():
    ways = ("plain", "hidden")
    names = ("first", "second", "both", "error_both", "error_worse")
    study = {
        f"{name}_{way}": np.full(3, i + 10 * j)
        for i, name in enumerate(names)
        for j, way in enumerate(ways)
    }
    found = dropout.loud(study | {"dip_first_input": [7.0], "dip_second_input": [8.0]}, ways)
    assert (found["seeds"], found["dip_quiet"], found["dip_loud"]) == (3, 7, 8)
    assert (found["plain_first"], found["hidden_both"]) == (0, 12)
    assert (found["plain_error_worse"], found["hidden_error_both"]) == (4, 13)


def test_linear_shares_are_those_of_the_quiet_and_then_the_loud_world():
    shares = dropout.linear([0.1, 0.5], [0, 1])
    assert shares.shape == (2, 4, 2)
    np.testing.assert_array_equal(shares[1, :2], linear_shares(0.5, 1, [0, 1]))
    np.testing.assert_array_equal(shares[0, 2:], linear_shares(0.1, 3, [0, 1]))


def test_cures_are_by_kind_and_share():
    found = {"mlp_0": [1, 2, 6], "mlp_5": [3, 3, 3], "cnn_0": [4, 4, 4], "cnn_5": [5, 9, 5]}
    rows = correlations.by_share(found, [0.0, 0.05])
    assert rows["cnn"].tolist() == [[4, 4, 4], [5, 9, 5]]
    assert correlations.cures(found, [0.0, 0.05]) == {
        **{"seeds": 3, "mlp_0": 2, "mlp_5": 3, "cnn_0": 4, "cnn_5": 5}
    }


def test_a_network_is_worth_what_it_gets_right_on_fresh_points():
    """One that says what side of a line a point is on, against a count by hand."""

    class Side(torch.nn.Module):
        def forward(self, x):
            return 0.5 - x[:, 1:]

    x, y = moons(40, 3)
    found = opening.worth(3, side=(Side(), x, y))
    fresh, labels = moons(2000, [3, 1])
    for name, points, kinds in (("seen", x, y), ("fresh", fresh, labels)):
        right = np.mean(
            [(point[1] < 0.5) == bool(kind) for point, kind in zip(points, kinds, strict=True)]
        )
        np.testing.assert_allclose(found[f"{name}_side"], right)
    assert found["points"] == 40
