"""How far a value is taken to move, by hand; what a check then allows, and what it catches."""

import numpy as np
import pytest

from demos.core.evidence import spreads
from demos.core.evidence.study import Claim, Study


def study(values, **again):
    """A record of one quantity, x, on seeds 0, 1, …; `again`: rounding = {seed: value}."""
    parts = {
        how.replace("_", "-"): {"seeds": list(row), "values": {"x": list(row.values())}}
        for how, row in again.items()
    }
    return {"seeds": list(range(len(values))), "values": {"x": values}, "again": parts}


def x(quantities):
    return quantities["x"]


def test_a_seed_moved_as_far_as_its_farthest_rounding():
    record = study([1.0, 2.0, 4.0], nudge_1={0: 1.1, 1: 1.9}, default={0: 0.7})
    assert spreads.moved(record, x) == pytest.approx({0: 0.3, 1: 0.1})
    squares = spreads.moved(record, lambda q: q["x"] ** 2)
    assert squares == pytest.approx({0: 1 - 0.49, 1: 4 - 1.9**2})


def test_who_was_not_measured_again_moves_as_the_worst_by_as_much_or_by_the_same_share():
    even = study([1.0, 100.0, 7.0], nudge_1={0: 1.02, 1: 100.03})  # by as much
    assert spreads.of(even, x)[1][2] == pytest.approx(0.03)
    scaled = study([1.0, 100.0, 7.0], nudge_1={0: 1.02, 1: 103.0})  # by the same share
    assert spreads.of(scaled, x)[1][2] == pytest.approx(7 * 0.03)


def test_who_was_measured_again_moves_as_it_did_but_not_less_than_the_others_do():
    record = study([1.0, 1.0, 1.0, 1.0], nudge_1={0: 1.5, 1: 1.01, 2: 1.02})
    assert spreads.of(record, x)[1] == pytest.approx([0.5, 0.02, 0.02, 0.5])


def test_nothing_measured_again_leaves_the_digits_of_the_record():
    record = study([3.0, -2.0])
    assert spreads.margins(record, x) == pytest.approx([3e-8, 2e-8])


def test_a_value_swapped_for_another_seeds_is_outside_the_margin():
    values = [0.03, 0.031, 0.05, 0.08]
    record = study(values, nudge_1={0: 0.0301, 1: 0.0311, 2: 0.0502})
    margins = spreads.margins(record, x)
    for one in range(4):
        for other in range(one):
            assert abs(values[one] - values[other]) > max(margins[one], margins[other]) or (
                {one, other} == {0, 1}
            )


def test_seeds_near_a_bound_that_were_not_measured_again_are_found():
    record = study([1.0, 1.004, 1.2, 0.8, 1.01], nudge_1={0: 1.002, 2: 1.201})
    rule = Claim("toy", "Toys", Study("toy", None), x, ">", 1.0, "size")
    assert spreads.near(record, [rule]) == [1]  # 0 is close too, and has been measured
    assert spreads.near(record, []) == []


def test_a_seed_is_undecided_where_three_times_its_spread_reaches_the_bound():
    record = study([0.5, 0.98, 1.02, 2.0], nudge_1={0: 0.52, 1: 0.99, 2: 1.03, 3: 2.01})
    toy = Study("toy", None)
    rule = Claim("toy", "Toys", toy, x, ">", 1.0, "size")
    assert spreads.undecided(record, rule).tolist() == [False, True, True, False]
    steady = study([0.999, 1.001])
    assert not spreads.undecided(steady, rule).any()


def test_on_a_logarithmic_scale_a_distance_is_a_factor():
    record = study([500.0, 130.0, 20.0], nudge_1={0: 900.0})  # 1.8 times
    plain = Claim("toy", "Toys", Study("toy", None), x, ">", 10.0, "size")
    logarithmic = Claim("toy", "Toys", Study("toy", None), x, ">", 10.0, "size", log=True)
    assert spreads.undecided(record, plain).all()
    assert spreads.undecided(record, logarithmic).tolist() == [False, False, True]


def test_a_median_moves_less_than_its_values_and_more_than_nothing():
    values, taken = np.linspace(1, 2, 101), np.full(101, 0.1)
    moves = spreads.of_summary(values, taken, np.median)
    assert 0 < moves <= 0.1
    assert spreads.of_summary(values, np.zeros(101), np.median) == 0


def test_made_up_machines_are_the_same_every_time_and_differ_from_each_other():
    values, taken = np.arange(50.0), np.full(50, 0.5)
    one, again, other = (spreads.shaken(values, taken, name) for name in ("a", "a", "b"))
    assert (one == again).all()
    assert (one != other).any()
    assert (np.abs(one - values) == 0.5).all()


def test_an_error_stays_one_on_made_up_machines_and_a_difference_may_change_its_sign():
    values, taken = np.array([0.03, 0.2, 5.0]), np.array([0.15, 0.1, 0.0])
    moved = np.array([spreads.shaken(values, taken, f"machine {n}") for n in range(20)])
    down, up = moved.min(axis=0), moved.max(axis=0)
    np.testing.assert_allclose(up, values + taken)
    np.testing.assert_allclose(down, [0.03 / 6, 0.1, 5.0])  # 0.18 is six times 0.03
    signed = [spreads.shaken(values - 0.04, taken, f"machine {n}")[0] for n in range(20)]
    np.testing.assert_allclose([min(signed), max(signed)], [-0.16, 0.14])
