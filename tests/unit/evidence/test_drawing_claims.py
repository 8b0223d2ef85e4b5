"""Strips of claims: each claim over its own values, seeds that agree as dots, the bound where it is."""

import numpy as np
import pytest
from artists import in_view, line, same, spans, words

from demos.core.evidence.strips import short, strips
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import MOSTLY, summary
from demos.core.style import INK, MUTED, OVERFIT, REGULARIZED

STUDY = Study("s", None)


def claim(name, rule, bound, **more):
    return Claim(name, f"claim {name}", STUDY, None, rule, bound, f"unit of {name}", **more)


CLAIMS = [
    claim("above", ">", 1.0, word=MOSTLY),
    claim("below", "<", 0.5, word=MOSTLY),
    claim("log", "<", 0.1, log=True),
]
VALUES = [
    np.array([2.0, 3.0, 0.5, 1.5]),  # three of four: not nearly always
    np.array([0.1, 0.2, 0.45, 0.3]),
    np.array([0.001, 0.02, 0.05, 0.09]),
]


def rows(claims=CLAIMS, values=VALUES, undecided=()):
    """What `strips` draws: each claim with its values, record and seeds."""
    found = []
    for each, own in zip(claims, values, strict=True):
        seeds = range(len(own))
        record = summary(each, seeds, own, np.isin(seeds, undecided)) | {"census": False}
        found.append((each, own, record, seeds))
    return found


def dots(axes, marker, fill=None):
    lines = [one for one in axes.lines if one.get_marker() == marker]
    (found,) = [one for one in lines if (one.get_markerfacecolor() == "none") == (fill == "none")]
    return found


def test_every_claim_is_drawn_over_its_own_values():
    figure = strips(rows())
    for axes, each, values in zip(figure.axes, CLAIMS, VALUES, strict=True):
        agree = values > each.bound if each.rule == ">" else values < each.bound
        assert same(dots(axes, "o").get_xdata(), values[agree]), each.id
        assert same(dots(axes, "o", "none").get_xdata(), values[~agree]), each.id
        assert dots(axes, "o").get_color() == REGULARIZED
        assert dots(axes, "o", "none").get_color() == OVERFIT
        line(axes, [each.bound] * 2, [0, 1], color=INK)
        assert axes.get_title("left") == each.sentence
        assert words(axes)[each.unit].get_color() == MUTED
        assert f"{agree.sum()} of 4 seeds" in words(axes)
    in_view(figure)


def test_a_seed_that_rounding_decides_is_a_grey_square():
    (axes,) = strips(rows(CLAIMS[:1], VALUES[:1], undecided=[3])).axes
    assert same(dots(axes, "s").get_xdata(), VALUES[0][3:])
    assert dots(axes, "s").get_color() == MUTED
    assert same(dots(axes, "o").get_xdata(), VALUES[0][:2])
    assert "2 or 3 of 4 seeds" in words(axes)


def test_the_side_where_a_claim_holds_is_shaded():
    for axes, each in zip(strips(rows()).axes, CLAIMS, strict=True):
        low, high = axes.get_xlim()
        (side,) = spans(axes)
        assert same(side[:2], (each.bound, high) if each.rule == ">" else (low, each.bound))


def test_an_axis_is_logarithmic_where_that_was_asked_for_and_can_be():
    scales = [axes.get_xscale() for axes in strips(rows()).axes]
    assert scales == ["linear", "linear", "log"]
    below_zero = [np.array([-1.0, 0.5])]
    assert strips(rows(CLAIMS[2:], below_zero)).axes[0].get_xscale() == "linear"


def test_no_seed_hides_another():
    figure = strips(rows(CLAIMS[:1], [np.full(9, 2.0)]))
    (axes,) = figure.axes
    heights = dots(axes, "o").get_ydata()
    assert len(np.unique(heights)) == 9 and np.abs(heights).max() < 0.6
    in_view(figure)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (0.25, "0.25"), (1e-7, "10⁻⁷"), (2e6, "2×10⁶"), (-3e-5, "-3×10⁻⁵"), (5e4, "50000")],
)
def test_a_ticks_number_is_short(number, text):
    assert short(number) == text
