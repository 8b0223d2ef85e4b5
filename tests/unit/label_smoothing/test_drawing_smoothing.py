"""Figures of label smoothing: every gap, bin and seed where it belongs, in view."""

import numpy as np
import pytest
import torch
from artists import in_view, line, named, same, strips_of

from demos.core.engine.batches import Data
from demos.core.style import NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH
from demos.label_smoothing import draw
from demos.label_smoothing.calibration import Bins

DICE = np.random.default_rng(6)
BINS = Bins(*(torch.tensor(row) for row in ([0.25, 0.0, 0.75], [0.2, 0.0, 0.9], [0.5, 0.0, 0.7])))


def test_one_points_gaps_the_formula_and_the_end():
    hard, smoothed = np.log1p(np.arange(1001)), np.minimum(np.arange(1001) / 50, 2.0)
    figure = draw.satisfied(hard, hard + 0.01, smoothed, 2.0)
    (axes,) = figure.axes
    steps = np.unique(np.geomspace(1, 1000, 160).astype(int))
    line(axes, steps, hard[steps], color=OVERFIT)
    line(axes, steps, smoothed[steps], color=REGULARIZED)
    line(axes, steps, hard[steps] + 0.01, color=TRUTH)
    line(axes, [1, 1000], [2.0, 2.0], color=TRUTH)
    named(axes, "hard", OVERFIT)
    named(axes, "smoothed by 0.1", REGULARIZED)
    assert axes.get_xscale() == "log"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "10", "100", "1,000"]
    in_view(figure)


def test_a_line_a_network_and_their_median():
    steps, hard, smoothed = np.array([0, 50, 100]), DICE.random((3, 4)), DICE.random((3, 4)) / 2
    figure = draw.stopped(steps, hard, smoothed, 0.4)
    (axes,) = figure.axes
    for gaps, color in ((hard, OVERFIT), (smoothed, REGULARIZED)):
        for one in gaps.T:
            line(axes, steps, one, color=color, linewidth=1.5)
        line(axes, steps, np.median(gaps, 1), color=color, linewidth=5)
    line(axes, [0, 100], [0.4, 0.4], color=TRUTH)


def test_the_map_is_as_strong_as_the_network_is_sure():
    cells = np.array([[1 / 3, 0.5], [0.8, 1.0]])
    points = Data(
        np.array([[0.0, 1.0], [1.0, -1.0], [-1.0, 0.0], [0.5, 0.5]]), np.array([0, 1, 2, 0])
    )
    figure = draw.sure(cells, points, 2.0, BINS)
    shaded, right, often = figure.axes
    starts, stops, _ = shaded.lines[0].get_xdata().reshape(2, 2, 3).transpose(2, 0, 1)
    assert same(stops - starts, [[0, 0.5], [1.4, 2]])
    assert same((stops + starts) / 2, [[-1, 1], [-1, 1]])
    assert same(shaded.lines[0].get_ydata().reshape(2, 2, 3)[:, :, 0], [[-1, -1], [1, 1]])
    for k, marker in enumerate("os^"):
        line(shaded, *points.x[points.y == k].T, marker=marker)
    for axes, heights in ((right, BINS.right), (often, BINS.share)):
        assert same([bar.get_height() for bar in axes.patches], heights)
        assert same(
            [bar.get_x() + bar.get_width() / 2 for bar in axes.patches], [1 / 6, 0.5, 5 / 6]
        )
    line(right, [0, 1], [0, 1], color=TRUTH)
    in_view(figure)


def test_diagrams_have_a_dot_a_bin_with_points():
    figure = draw.diagrams([("hard", BINS, OVERFIT), ("smoothed", BINS, REGULARIZED)])
    for axes, text, color in zip(
        figure.axes, ("hard", "smoothed"), (OVERFIT, REGULARIZED), strict=True
    ):
        small = line(axes, [0.2], [0.5], color=color, marker="o")
        large = line(axes, [0.9], [0.7], color=color, marker="o")
        assert small.get_markersize() < large.get_markersize()
        assert len([one for one in axes.lines if one.get_marker() == "o"]) == 2
        line(axes, [0.2, 0.2], [0.2, 0.5], color=color)
        line(axes, [0, 1], [0, 1], color=TRUTH)
        named(axes, text, color)
    in_view(figure)


def test_differences_are_strips_about_zero():
    panels = [
        ("more", [-9, 0, 9], DICE.normal(size=5), NETWORK),
        ("less", [-8, 0, 8], DICE.normal(size=7), NETWORK),
    ]
    figure = draw.differences(panels)
    for axes, (text, ticks, values, color) in zip(figure.axes, panels, strict=True):
        assert same(axes.get_xticks(), ticks)
        strips_of(axes, [(None, values, color)], names=False)
        line(axes, [0, 0], [0, 1], color=TRUTH)
        assert axes.get_xlabel() == text
    in_view(figure)


def test_rows_stand_in_order_from_zero():
    groups = [("hard", DICE.random(6), OVERFIT), ("soft", DICE.random(6), SIGNAL)]
    figure = draw.rows(groups, "log loss")
    strips_of(figure.axes[0], groups)
    assert figure.axes[0].get_xlim()[0] == pytest.approx(0, abs=0.05)
    assert figure.axes[0].get_xlabel() == "log loss"
    in_view(figure)
