"""Figures of L2 and decay: every way, weight and seed where it belongs, in its colour."""

import numpy as np
from artists import in_view, line, named, strips_of

from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, TRUTH
from demos.weight_decay import draw, flat
from demos.weight_decay.compute import WAYS

DICE = np.random.default_rng(18)
COLORS = dict(zip(WAYS, (NETWORK, REGULARIZED), strict=True))


def test_weights_walk_to_their_dots():
    panels = [
        ("L2", DICE.random((51, 6)), DICE.random(6), NETWORK),
        ("decay", DICE.random((51, 6)), DICE.random(6), REGULARIZED),
    ]
    figure = draw.ways(panels)
    for axes, (name, path, goal, color) in zip(figure.axes, panels, strict=True):
        for k in range(6):
            line(axes, np.arange(51), path[:, k], color=color)
        line(axes, np.full(6, 52), goal, color=INK, marker="o")
        named(axes, name, color)
    in_view(figure)


def test_each_noise_has_its_line_and_the_formulas():
    walks, said = ({way: DICE.random((101, 5)) for way in WAYS} for _ in range(2))
    figure = draw.noises((0.1, 0.5, 1.0, 2.0, 10.0), walks, said)
    every = np.arange(101)[:: draw.EACH]
    for axes, (way, color) in zip(figure.axes, COLORS.items(), strict=True):
        for n in range(5):
            line(axes, every, walks[way][:: draw.EACH, n], color=color)
            line(axes, every, said[way][:: draw.EACH, n], color=TRUTH)
    named(figure.axes[0], "s = 0.1", NETWORK)
    named(figure.axes[0], "s = 10", NETWORK)
    named(figure.axes[1], "AdamW, any s", REGULARIZED)


def test_the_live_figure_has_ways_and_what_is_left():
    walks, said = ({way: DICE.random(101) for way in WAYS} for _ in range(2))
    kept = {way: DICE.random(3) for way in WAYS}
    along = {way: DICE.random(4) for way in WAYS}
    sizes, finer = [0.1, 1, 10], [0.1, 0.5, 2, 10]
    figure = draw.live(2.0, walks, said, sizes, kept, (finer, along))
    left, right = figure.axes
    every = np.arange(101)[:: draw.EACH]
    for way, color in COLORS.items():
        line(left, every, walks[way][:: draw.EACH], color=color)
        line(left, every, said[way][:: draw.EACH], color=TRUTH)
        line(right, sizes, kept[way], color=color)
        line(right, finer, along[way], color=TRUTH)
    line(right, [2, 2], [0, 1], color=TRUTH)
    named(left, "Adam with L2", NETWORK)
    named(left, "AdamW", REGULARIZED)


def test_the_box_its_rings_and_both_ends():
    paths = {way: DICE.random((41, 2)) - 0.5 for way in WAYS}
    free, inside, ends = 3 * DICE.random(6), DICE.random(6), DICE.random(6)
    figure = draw.box(paths, free, inside, ends)
    left, right = figure.axes
    for way, color in COLORS.items():
        line(left, *paths[way][:: draw.EACH].T, color=color, marker="None")
        line(left, *paths[way][-1][:, None], color=color, marker="o")
    best = flat.boxed()
    rings = [
        line(left, *flat.level(through).T, color=TRUTH)
        for through in (best, (best + flat.BEST) / 2)
    ]
    line(left, *flat.BEST[:, None], color=INK, marker="o")
    corners = left.patches[0].get_xy()
    assert {tuple(corner) for corner in corners} == {(-1, -1), (-1, 1), (1, 1), (1, -1)}
    number = np.arange(1, 7)
    line(right, number, free, color=OVERFIT, marker="x")
    line(right, number, inside, color=INK, marker="_")
    line(right, number, ends, color=REGULARIZED, marker="o")
    in_view(figure, but=rings)


def test_strips_about_a_line_in_each_panel():
    groups = [("iris", DICE.random(5), REGULARIZED), ("moons", DICE.random(5) + 0.3, NETWORK)]
    panels = [("gain", 0, [-1, 0, 2], groups), ("loss", 1, [0, 1, 2], groups)]
    figure = draw.about(panels)
    for axes, (name, place, ticks, _) in zip(figure.axes, panels, strict=True):
        strips_of(axes, groups)
        line(axes, [place, place], [0, 1], color=TRUTH)
        assert axes.get_xlabel() == name and axes.get_xlim() == (ticks[0], ticks[-1])
    in_view(figure)
