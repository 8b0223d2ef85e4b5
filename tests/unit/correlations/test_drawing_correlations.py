"""Figures of dumbbells and hammers: every image, share and label where it belongs, in view."""

import numpy as np
from artists import in_view, line, named, same, strips_of

from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SHADE, SIGNAL
from demos.correlations import draw
from demos.correlations.compute import GROUPS

DICE = np.random.default_rng(3)
PERCENT = ["0", "50 %", "100 %"]


def test_photos_stand_in_their_rows_ink_dark():
    rows = [("dumbbell", DICE.random((3, 16, 16))), ("hammer", DICE.random((3, 16, 16)))]
    figure = draw.photos(rows)
    (axes,) = figure.axes
    (picture,) = axes.images
    sheet = picture.get_array()
    for row, (name, images) in enumerate(rows):
        for column, image in enumerate(images):  # each with a frame one pixel wide
            top, left = 18 * row + 1, 18 * column + 1
            assert same(sheet[top : top + 16, left : left + 16], image), (name, column)
        y = named(axes, name, INK).get_position()[1]
        assert 18 * row < y < 18 * (row + 1)
    dark, bright = picture.cmap(picture.norm(1.0)), picture.cmap(picture.norm(0.0))
    assert dark[:3] == (0, 0, 0) and bright[:3] == (1, 1, 1)
    in_view(figure)


def test_groups_are_named_once_and_drawn_in_their_rows():
    names = [name for name, *_ in GROUPS]
    scores = [
        {name: DICE.random(4) for name in names} | {"worst": np.ones(4), "test": np.ones(4)}
        for _ in range(2)
    ]
    scores[0][names[0]][:2] = 0, 1  # both ends have to be in view
    panels = [("fair", scores[0], NETWORK), ("told", scores[1], OVERFIT)]
    figure = draw.group_strips(panels)
    for axes, (title, values, color) in zip(figure.axes, panels, strict=True):
        groups = [(name, values[name], color) for name in names]
        strips_of(axes, groups, names=False)
        assert axes.get_xlabel() == title and axes.xaxis.label.get_color() == color
        assert [tick.get_text() for tick in axes.get_xticklabels()] == PERCENT
    for row, name in enumerate(reversed(names)):
        assert named(figure.axes[0], name, INK).get_position()[1] == row
    assert not figure.axes[1].texts
    in_view(figure)


def test_worst_groups_are_strips():
    groups = [("alone", np.array([0.0, 0.01]), OVERFIT), ("mixup", np.array([0.03, 1.0]), NETWORK)]
    figure = draw.worst_strips(groups)
    strips_of(figure.axes[0], groups)
    in_view(figure)


def test_every_dream_is_its_own():
    images = [(f"dream {n}", DICE.random((16, 16)), NETWORK) for n in range(3)]
    figure = draw.dreams(images)
    for axes, (text, image, color) in zip(figure.axes, images, strict=True):
        (picture,) = axes.images
        assert same(picture.get_array(), image)
        assert axes.get_xlabel() == text and axes.xaxis.label.get_color() == color
    in_view(figure)


def test_counterexamples_help_each_kind_of_network_as_measured():
    shares = [0.0, 0.04, 0.2]
    mlp, cnn = DICE.uniform(0, 0.6, (3, 5)), DICE.uniform(0.4, 1, (3, 5))
    figure = draw.cure(shares, mlp, cnn)
    (axes,), heights = figure.axes, {}
    for name, values, color, dash in (("MLP", mlp, NETWORK, "-"), ("CNN", cnn, SIGNAL, "--")):
        dots = [(share, value) for share, row in zip(shares, values, strict=True) for value in row]
        line(axes, *np.transpose(dots), color=color, linestyle="None")
        middle = np.median(values, axis=1)
        line(axes, shares, middle, color=color, linestyle=dash)
        y = named(axes, name, color).get_position()[1]
        assert abs(y - middle[-1]) < 0.05
        heights[name] = y
    assert (heights["CNN"] > heights["MLP"]) == (np.median(cnn[-1]) > np.median(mlp[-1]))
    assert abs(heights["CNN"] - heights["MLP"]) > 0.07  # one does not lie on the other
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0 %", "4 %", "20 %"]
    in_view(figure)


def test_a_batch_marks_what_went_missing_and_what_is_wrong():
    truth = np.array([0.31, 0.52, 0.73])
    inputs = np.array([[0.31, 0.31], [0.0, 0.52], [0.73, 0.0]])
    panels = [
        ("leaked", OVERFIT, inputs, np.array([0.31, 0.0, 0.73]), truth),
        ("copied", REGULARIZED, inputs, truth, truth),
    ]
    figure = draw.batches(panels)
    for axes, (title, color, _, labels, _) in zip(figure.axes, panels, strict=True):
        cells = {tuple(text.get_position()): text for text in axes.texts}
        for row in range(3):
            for column, value in enumerate((*inputs[row], labels[row])):
                text, wrong = cells[column, row], column == 2 and value != truth[row]
                assert text.get_text() == f"{value:.2f}"
                assert text.get_color() == (OVERFIT if wrong else INK)
        # a shaded cell, in shares of the width: row 1 lost its first input, row 2 its second
        boxes = [(b.get_x(), b.get_y(), b.get_width(), b.get_height()) for b in axes.patches]
        assert same(sorted(boxes), [(0, 0.55, 1 / 3, 0.9), (1 / 3, 1.55, 1 / 3, 0.9)])
        assert len({b.get_facecolor() for b in axes.patches}) == 1 and SHADE
        assert [cells[c, -1].get_text() for c in range(3)] == ["input 1", "input 2", "label"]
        assert axes.get_xlabel() == title and axes.xaxis.label.get_color() == color
    in_view(figure)
