"""What figures share: names, logarithmic axes, shading, strips of seeds, fits side by side."""

import matplotlib as mpl
import numpy as np
import pytest
from artists import in_view, line, named, same, spans, strips_of, words
from matplotlib.colors import to_rgba

from demos.core.charts import GRID, error_strips, fits, strips, true_curve
from demos.core.curve import TRAIN_X, curve, sample
from demos.core.style import (
    INK,
    NETWORK,
    OVERFIT,
    REGULARIZED,
    SHADE,
    TRUTH,
    canvas,
    label_line,
    log_axis,
    shade_outside,
    styled,
    to_svg,
)


def test_a_name_stands_beside_its_point_in_its_lines_colour():
    _, axes = canvas()
    (drawn,) = axes.plot([0, 1, 2], [5, 7, 6], color=NETWORK)
    label_line(drawn, "the end")
    label_line(drawn, "the middle", at=1)
    named(axes, "the end", NETWORK, (2, 6))
    named(axes, "the middle", NETWORK, (1, 7))


@pytest.mark.parametrize("side", ["x", "y"])
def test_a_logarithmic_axis_names_its_decades(side):
    _, axes = canvas()
    axis = getattr(axes, f"{side}axis")
    log_axis(axis, -3.5, 2)
    assert axis.get_scale() == "log"
    assert same(getattr(axes, f"get_{side}lim")(), (10**-3.5, 100))
    assert seen(axis) == {1e-3: "10⁻³", 0.01: "0.01", 0.1: "0.1", 1: "1", 10: "10", 100: "100"}
    log_axis(axis, -6, -1, 2)
    assert seen(axis) == {1e-6: "10⁻⁶", 1e-4: "10⁻⁴", 0.01: "0.01"}
    getattr(axes, f"set_{side}lim")(1e-9, 20)  # where marks lie far out
    assert seen(axis) == {
        1e-8: "10⁻⁸",
        1e-6: "10⁻⁶",
        1e-4: "10⁻⁴",
        0.01: "0.01",
        1: "1",
    }


def seen(axis):
    """The names of the ticks in view: {place: name}."""
    low, high = axis.get_view_interval()
    names = [tick.get_text() for tick in axis.get_ticklabels()]
    places = dict(zip(axis.get_ticklocs(), names, strict=True))
    return {
        float(f"{at:.3g}"): name for at, name in places.items() if 0.99 * low < at < 1.01 * high
    }


@styled
def marks(x, y, scale="linear"):
    """Marks and a curve on axes that are set too narrow for both."""
    figure, axes = canvas()
    axes.plot(x, y, "o")
    axes.plot([0.2, 0.8], [-50, 50])
    axes.axhline(99, marker="x")  # its x is the axes' own, not the data's
    axes.set(xscale=scale, xlim=(0.1, 1), ylim=(0, 1))
    return figure


def test_settings_of_ones_own_change_no_figure():
    def drawn():
        return to_svg(marks([0.2, 0.4], [0.5, 0.9]), "own")

    before = drawn()
    with mpl.rc_context({"axes.titlesize": 5, "axes.grid": True, "xtick.direction": "in"}):
        assert drawn() == before


def test_marks_stay_in_view_and_curves_may_leave():
    (axes,) = marks([0.2, 0.4], [0.5, 0.9]).axes
    assert axes.get_xlim() == (0.1, 1) and axes.get_ylim()[0] == 0
    (axes,) = marks([0.2, 5], [-1, 0.9]).axes
    assert axes.get_xlim() == pytest.approx((0.1, 5 + 0.03 * 4.9))
    assert axes.get_ylim()[0] == pytest.approx(-1 - 0.03 * 100)  # 99 is a mark too
    (axes,) = marks([0.01, 0.4, -1], [0.5, 0.9, 0.5], "log").axes
    assert axes.get_xlim() == pytest.approx((10**-2.06, 1))


def test_shading_lies_on_both_sides_of_the_data():
    _, axes = canvas()
    axes.set_xlim(-1, 2)
    shade_outside(axes)
    (left, right), color = sorted(spans(axes)), to_rgba(SHADE)
    assert left == (-1, 0, color) and right == (1, 2, color)
    assert axes.get_xlim() == (-1, 2)


def test_the_true_curve_is_the_curve():
    _, axes = canvas()
    x = np.linspace(-1, 2, 7)
    true_curve(axes, x)
    line(axes, x, 2.0 ** (-10 * (x - 0.5) ** 2), color=TRUTH)


GROUPS = [
    ("upper", np.array([1.0, 5.0, 2.0, 2.5, 40.0]), NETWORK),
    ("lower", np.array([3.0, 0.5, 0.7]), OVERFIT),
]


def test_strips_show_every_seed_and_the_median_from_top_to_bottom():
    figure, axes = canvas()
    strips(axes, GROUPS)
    strips_of(axes, GROUPS)
    in_view(figure)


def test_errors_over_seeds_are_on_a_logarithmic_axis():
    groups = [(name, np.clip(values, 0.011, 31), color) for name, values, color in GROUPS]
    figure = error_strips(groups)
    (axes,) = figure.axes
    strips_of(axes, groups)
    assert axes.get_xscale() == "log" and "log" in axes.get_xlabel()
    in_view(figure)


def test_fits_show_their_own_network_points_and_name():
    panels = [
        ("first", sample(1), np.sin(3 * GRID), NETWORK),
        ("second", sample(2), 1 - GRID, OVERFIT),
        ("third", sample(3), 0.5 * GRID, REGULARIZED),
    ]
    figure = fits(panels)
    for axes, (name, y, values, color) in zip(figure.axes, panels, strict=True):
        line(axes, GRID, values, color=color)
        line(axes, TRAIN_X, y, color=INK, marker="o", linestyle="None")
        x = np.linspace(0, 1, 301)
        line(axes, x, curve(x), color=TRUTH)
        assert len(axes.lines) == 3
        assert list(words(axes)) == [name]
        named(axes, name, color)
    in_view(figure)


def test_fits_that_leave_the_picture_do_not_move_it():
    """The one that shoots out is the point: the axes stay those of its neighbour."""
    wild = ("wild", sample(1), 100 * (GRID - 0.5), OVERFIT)
    figure = fits([("tame", sample(1), curve(GRID), NETWORK), wild])
    for axes in figure.axes:
        assert axes.get_ylim() == (-0.35, 1.35)
    in_view(figure, but=[line(figure.axes[1], GRID, wild[2])])
