"""Figures of augmentation: every picture, dot and seed where it belongs, in view."""

import numpy as np
from artists import in_view, line, named, same, strips_of

from demos.augmentation import draw
from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH

DICE = np.random.default_rng(8)
GROUPS = [("never", DICE.random(6), OVERFIT), ("always", DICE.random(6), NETWORK)]


def test_an_album_has_its_pictures_in_rows():
    rows = [(name, DICE.random((3, 8, 8))) for name in ("one", "two")]
    figure = draw.album(rows)
    (axes,) = figure.axes
    sheet = axes.images[0].get_array()
    assert sheet.shape == (20, 30)
    for row, (name, images) in enumerate(rows):
        named(axes, name, INK)
        for column, image in enumerate(images):
            shown = sheet[10 * row + 1 : 10 * row + 9, 10 * column + 1 : 10 * column + 9]
            assert same(shown, image)
    assert len(axes.lines) == 6  # a frame each
    in_view(figure)


def test_shares_are_strips_in_percent_side_by_side():
    other = [(name, values / 2, color) for name, values, color in GROUPS]
    figure = draw.shares_right([("centred", [0, 100], GROUPS), ("shifted", [0, 30, 60], other)])
    for axes, groups, text in zip(
        figure.axes, (GROUPS, other), ("centred", "shifted"), strict=True
    ):
        percent = [(name, 100 * values, color) for name, values, color in groups]
        strips_of(axes, percent, names=text == "centred")
        assert axes.get_xlabel() == text
    assert same(figure.axes[1].get_xticks(), [0, 30, 60])
    in_view(figure)


def test_gains_are_strips_about_a_line():
    figure = draw.about(GROUPS, "points", (-1, 2), place=0.5)
    (axes,) = figure.axes
    strips_of(axes, GROUPS)
    line(axes, [0.5, 0.5], [0, 1], color=TRUTH)
    assert axes.get_xlabel() == "points"
    in_view(figure)


def test_mixtures_are_rings_and_losses_are_named():
    x, seen, steps = DICE.normal(size=(5, 2)), DICE.normal(size=(7, 2)), np.array([0, 20, 40])
    plain, mixed = np.array([1.1, 1.5, 2.0]), np.array([1.1, 0.8, 0.6])
    figure = draw.mixed_and_learned(x, seen, steps, plain, mixed)
    plane, losses = figure.axes
    line(plane, *x.T, color=INK)
    assert line(plane, *seen.T, color=SIGNAL).get_fillstyle() == "none"
    for values, text, color in ((plain, "plain", OVERFIT), (mixed, "mixup", REGULARIZED)):
        line(losses, steps, values, color=color)
        named(losses, text, color, at=(40, values[-1]))
    in_view(figure)


def test_a_wild_fit_a_calm_one_and_all_errors():
    x, y = np.linspace(0, 1, 4), DICE.random(4)
    fits = {"none": (DICE.random(101), OVERFIT), "inputs": (DICE.random(101), REGULARIZED)}
    figure = draw.calmed(x, y, fits, GROUPS)
    left, right = figure.axes
    line(left, x, y, color=INK)
    for values, color in fits.values():
        line(left, np.linspace(0, 1, 101), values, color=color)
    strips_of(right, GROUPS)


def test_distances_fall_beside_one_over_the_root():
    counts = (1, 100, 10_000)
    away = np.array([[0.5, 0.3, 0.4], [0.05, 0.04, 0.03], [0.004, 0.005, 0.003]])
    figure = draw.approaching(counts, away)
    (axes,) = figure.axes
    for one in away.T:
        line(axes, counts, one, linewidth=1.5)
    line(axes, counts, np.median(away, 1), linewidth=5)
    line(axes, counts, 0.004 * np.array([100, 10, 1]), color=TRUTH)
    assert axes.get_xscale() == axes.get_yscale() == "log"
    in_view(figure)


def test_pictures_stand_above_what_they_cost():
    images = DICE.random((4, 8, 8))
    figure = draw.turned(images, GROUPS, "points")
    above, below = figure.axes
    sheet = above.images[0].get_array()
    for n, image in enumerate(images):
        assert same(sheet[1:9, 10 * n + 1 : 10 * n + 9], image)
    strips_of(below, GROUPS)
    line(below, [0, 0], [0, 1], color=TRUTH)
    in_view(figure)
