"""Figures of batches: every size, step and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of

from demos.batches import draw, paths
from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SCALE, SIGNAL, TRUTH

DICE = np.random.default_rng(6)


def test_variances_drawn_on_their_formulas():
    sizes = np.array([1, 4, 60, 120])
    formula = {"with": 1 / sizes, "without": (120 - sizes) / 119 / sizes}
    drawn = {way: values * 1.01 for way, values in formula.items()}
    figure = draw.shares(sizes, drawn, formula)
    (axes,) = figure.axes
    line(axes, sizes, formula["with"], color=OVERFIT)
    line(axes, sizes[:3], formula["without"][:3], color=REGULARIZED)  # 0 has no place on a log axis
    line(axes, sizes, drawn["with"], color=OVERFIT, marker="o")
    line(axes, sizes[:3], drawn["without"][:3], color=REGULARIZED, marker="s")
    in_view(figure)
    named(axes, "with replacement", OVERFIT)
    named(axes, "without", REGULARIZED)
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "4", "60", "120"]


def test_each_size_by_both_clocks():
    in_epochs, in_steps = (
        [(np.arange(3) * k, np.arange(3) * k * size, DICE.random(3)) for size in (2, 12, 60)]
        for k in (1, 2)
    )
    figure = draw.by_clocks((2, 12, 60), in_epochs, in_steps)
    for n, color in enumerate(SCALE):
        line(figure.axes[0], in_epochs[n][0], in_epochs[n][2], color=color)
        line(figure.axes[1], in_steps[n][1], in_steps[n][2], color=color)
        named(figure.axes[0], f"{(2, 12, 60)[n]}", color)
    assert [axes.get_xlabel() for axes in figure.axes] == ["epoch", "step"]
    in_view(figure)


def test_rows_stand_in_order_on_a_log_axis():
    groups = [("first", DICE.random(6) + 0.1, OVERFIT), ("second", DICE.random(6) + 5, SIGNAL)]
    figure = draw.rows(groups, "loss", low=-3)
    strips_of(figure.axes[0], groups)
    assert figure.axes[0].get_xscale() == "log" and figure.axes[0].get_xlabel() == "loss"
    in_view(figure)


def test_differences_are_strips_about_zero():
    panels = [
        ("more", [-9, 0, 9], DICE.normal(size=5), NETWORK),
        ("less", [-8, 0, 8], DICE.normal(size=7), SIGNAL),
    ]
    figure = draw.differences(panels)
    for axes, (text, ticks, values, color) in zip(figure.axes, panels, strict=True):
        strips_of(axes, [(None, values, color)], names=False)
        line(axes, [0, 0], [0, 1], color=TRUTH)
        assert axes.get_xlabel() == text and same(axes.get_xticks(), ticks)
    in_view(figure)


def test_ratios_are_strips_about_one():
    groups = [
        ("a", 2 ** DICE.uniform(-0.9, 2.9, 6), OVERFIT),
        ("b", 2 ** DICE.uniform(-0.9, 2.9, 6), NETWORK),
    ]
    figure = draw.ratios(groups)
    (axes,) = figure.axes
    strips_of(axes, groups)
    line(axes, [1, 1], [0, 1], color=TRUTH)
    assert axes.get_xscale() == "log" and same(axes.get_xticks(), [0.5, 1, 2, 4, 8])
    in_view(figure)


def test_two_distances_against_the_rate():
    rates = np.array([0.01, 0.1])
    figure = draw.orders(rates, rates**2, rates**3)
    (axes,) = figure.axes
    line(axes, rates, rates**2, color=OVERFIT)
    line(axes, rates, rates**3, color=REGULARIZED)
    named(axes, "the plain loss", OVERFIT)
    named(axes, "Smith’s loss", REGULARIZED)
    assert axes.get_xscale() == axes.get_yscale() == "log"


def test_paths_their_ends_and_their_losses():
    walks, whole = paths.walks(16, 0.1, runs=3), paths.everything(0.1)
    figure = draw.walk(walks, whole)
    places, curve = figure.axes
    line(places, *walks[0].T, color=NETWORK)
    ends = line(places, *walks[:, -1].T, color=INK)
    assert ends.get_marker() == "o"
    for level in draw.LEVELS:
        line(places, *paths.ellipse(level), color=TRUTH)
    for n, lost in enumerate(paths.excess(walks)):
        assert line(curve, np.arange(33), lost, color=NETWORK).get_linewidth() == (1 if n else 4)
    line(curve, np.arange(9), paths.excess(whole), color=TRUTH)
    named(curve, "all points at once", TRUTH)
    assert curve.get_yscale() == "log" and same(curve.get_xlim(), [0, 32])
    assert places.get_xlim()[0] == pytest.approx(-1.6, abs=0.2)
