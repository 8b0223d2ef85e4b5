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


def test_an_album_is_laid_out_object_by_arm():
    images = DICE.random((2, 2, 2, 16, 16))
    shares = [("ours", [[0.9, 0.1], [0.2, 0.8]], OVERFIT), ("fair", [[0.5] * 2] * 2, NETWORK)]
    figure = draw.two_by_two(("weights", "hammers"), ("arm", "none"), images, shares)
    (axes,) = figure.axes
    shown = {tuple(one.get_extent()[:4]): one.get_array() for one in axes.images}
    for row, column, n in np.ndindex(2, 2, 2):
        left, top = 52 * column + 17 * n, 17 * row
        assert same(shown[left, left + 16, top + 16, top], images[row, column, n])
    places = {text.get_text(): text.get_position() for text in axes.texts}
    assert places["ours 90 %"][0] < 52 < places["ours 10 %"][0]
    assert places["ours 10 %"][1] < 17 < places["ours 80 %"][1]
    assert places["ours 20 %"][0] < 52 and places["ours 20 %"][1] > 17
    assert places["weights"][1] < 17 < places["hammers"][1]
    assert places["arm"][0] < 52 < places["none"][0]
    named(axes, "ours 90 %", OVERFIT)
    in_view(figure)


def test_every_dream_is_its_own_and_stands_beside_its_difference():
    images = [(f"dream {n}", DICE.random((16, 16)), NETWORK) for n in range(3)]
    figure = draw.dreams(images)
    shown = [axes.images[0].get_array() for axes in figure.axes]
    fair = images[0][1]
    expected = [fair, images[1][1], images[1][1] - fair, images[2][1], images[2][1] - fair]
    assert all(same(*pair) for pair in zip(shown, expected, strict=True))
    for axes, (text, _, color) in zip([figure.axes[n] for n in (0, 1, 3)], images, strict=True):
        assert axes.get_xlabel() == text and axes.xaxis.label.get_color() == color
    more = figure.axes[2].images[0]
    red, _, blue = more.cmap(more.norm(1.0))[:3]
    assert red > blue  # more ink is orange
    assert same(np.round(more.cmap(more.norm(0.0))[:3], 2), [1, 1, 1])
    in_view(figure)


def test_a_climb_shows_its_images_in_order():
    images = [(f"step {n}", DICE.random((16, 16))) for n in range(4)]
    figure = draw.climb(images)
    for axes, (text, image) in zip(figure.axes, images, strict=True):
        assert same(axes.images[0].get_array(), image) and axes.get_xlabel() == text
    in_view(figure)


def test_scatters_tell_two_kinds_apart():
    a, b = DICE.random((2, 6))
    second = np.array([True, False] * 3)
    figure = draw.scatters([("one", a, b, None), ("two", a, b, second)])
    one, two = figure.axes
    line(one, a, b, color=NETWORK, marker="o")
    line(two, a[~second], b[~second], color=NETWORK, marker="o")
    line(two, a[second], b[second], color=SIGNAL, marker="s")
    assert two.get_xlabel() == "a\ntwo"
    in_view(figure)


def test_answers_are_strips():
    groups = [("input 1 alone", np.array([0.8, 0.9]), NETWORK)]
    groups += [("input 2 alone", np.array([0.0, 0.1]), SIGNAL)]
    figure = draw.answers(groups)
    strips_of(figure.axes[0], groups)
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
