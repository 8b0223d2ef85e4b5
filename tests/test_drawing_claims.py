"""Strips of claims: each claim over its own values, seeds that agree as dots, the bound where it is."""

import numpy as np
import pytest
from artists import in_view, line, same, spans, words

from demos.drawing.claims import short, strips
from demos.evidence import NEARLY_ALWAYS, Claim, Study
from demos.style import INK, MUTED, OVERFIT, REGULARIZED

STUDY = Study("s", None)


def claim(name, rule, bound, **more):
    return Claim(name, f"claim {name}", STUDY, None, rule, bound, f"unit of {name}", **more)


CLAIMS = [
    claim("above", ">", 1.0, share=NEARLY_ALWAYS),
    claim("below", "<", 0.5, share=NEARLY_ALWAYS),
    claim("log", "<", 0.1, log=True),
]
VALUES = [
    np.array([2.0, 3.0, 0.5, 1.5]),  # three of four: not nearly always
    np.array([0.1, 0.2, 0.45, 0.3]),
    np.array([0.001, 0.02, 0.05, 0.09]),
]


def dots(axes, marker):
    (found,) = [one for one in axes.lines if one.get_marker() == marker]
    return found


def test_every_claim_is_drawn_over_its_own_values():
    figure = strips(CLAIMS, VALUES)
    for axes, each, values in zip(figure.axes, CLAIMS, VALUES, strict=True):
        agree = values > each.bound if each.rule == ">" else values < each.bound
        assert same(dots(axes, "o").get_xdata(), values[agree]), each.id
        assert same(dots(axes, "X").get_xdata(), values[~agree]), each.id
        assert dots(axes, "o").get_color() == REGULARIZED
        assert dots(axes, "X").get_color() == OVERFIT
        line(axes, [each.bound] * 2, [0, 1], color=INK)
        assert axes.get_title("left") == each.sentence
        assert words(axes)[each.unit].get_color() == MUTED
        color = REGULARIZED if agree.mean() >= 0.9 else OVERFIT
        assert words(axes)[f"{agree.sum()} of 4 seeds"].get_color() == color
    in_view(figure)


def test_the_side_where_a_claim_holds_is_shaded():
    for axes, each in zip(strips(CLAIMS, VALUES).axes, CLAIMS, strict=True):
        low, high = axes.get_xlim()
        (side,) = spans(axes)
        assert same(side[:2], (each.bound, high) if each.rule == ">" else (low, each.bound))


def test_an_axis_is_logarithmic_where_that_was_asked_for_and_can_be():
    scales = [axes.get_xscale() for axes in strips(CLAIMS, VALUES).axes]
    assert scales == ["linear", "linear", "log"]
    below_zero = [np.array([-1.0, 0.5])]
    assert strips(CLAIMS[2:], below_zero).axes[0].get_xscale() == "linear"


def test_no_seed_hides_another_and_cases_are_called_cases():
    figure = strips(CLAIMS[:1], [np.full(9, 2.0)], unit="cases")
    (axes,) = figure.axes
    heights = dots(axes, "o").get_ydata()
    assert len(np.unique(heights)) == 9 and np.abs(heights).max() < 0.6
    assert "9 of 9 cases" in words(axes)
    in_view(figure)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (0.25, "0.25"), (1e-7, "10⁻⁷"), (2e6, "2×10⁶"), (-3e-5, "-3×10⁻⁵"), (5e4, "50000")],
)
def test_a_ticks_number_is_short(number, text):
    assert short(number) == text
