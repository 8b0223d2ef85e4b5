"""Figures of losses: every curve, dot and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, strips_of
from scipy.special import expit

from demos.core.style import INK, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH
from demos.losses import draw

DICE = np.random.default_rng(8)


def test_along_the_first_logit_of_a_pair():
    z = np.array([-2.0, 0.0, 3.0])
    prediction, loss, slope = draw.along("binary", z, target=0.25)
    assert same(prediction, expit(z)) and same(slope, expit(z) - 0.25)
    assert same(loss, -0.25 * np.log(expit(z)) - 0.75 * np.log(expit(-z)))
    prediction, loss, slope = draw.along("classes", z, target=0.5, other=1.0)
    p = np.exp(z) / (np.exp(z) + np.e + 1)
    rest = np.exp(1.0) / (np.exp(z) + np.e + 1), 1 / (np.exp(z) + np.e + 1)
    assert same(prediction, p) and same(slope, p - 0.5)
    assert same(loss, -0.5 * np.log(p) - 0.25 * np.log(rest[0]) - 0.25 * np.log(rest[1]))


def test_losses_and_pushes_of_four_pairs():
    figure = draw.pushes()
    cost, push = figure.axes
    z = np.linspace(-draw.FAR, draw.FAR, 321)
    p = expit(z)
    line(cost, z, np.log1p(np.exp(-z)), color=REGULARIZED)
    line(cost, z, (z - 1) ** 2 / 2, color=NETWORK)
    line(cost, z, (p - 1) ** 2 / 2, color=OVERFIT)
    line(push, z, z - 1, color=NETWORK)
    line(push, z, p - 1, color=REGULARIZED)
    line(push, z, (p - 1) * p * (1 - p), color=OVERFIT)
    line(push, z, np.exp(z) / (np.exp(z) + 2) - 1, color=SIGNAL, linestyle="--")
    for text, color in (("none", NETWORK), ("sigmoid", REGULARIZED), ("sigmoid, squares", OVERFIT)):
        named(push, text, color)


def test_steps_needed_by_start():
    starts = np.array([-6, -5, -4])
    rows = [("slow", [4000, 300, 40], OVERFIT), ("fast", [7, 6, 5], REGULARIZED)]
    figure = draw.steps_needed(starts, rows)
    (axes,) = figure.axes
    for text, steps, color in rows:
        line(axes, starts, steps, color=color, marker="o")
        named(axes, text, color)
    assert axes.get_yscale() == "log"
    in_view(figure)


def test_a_dot_where_accuracy_moved():
    loss, accuracy = np.array([3.0, 2, 1.5, 1]), np.array([0.25, 0.5, 0.5, 0.75])
    figure = draw.step_by_step(loss, accuracy)
    left, right = figure.axes
    line(left, range(4), loss, color=NETWORK)
    line(right, range(4), 100 * accuracy, color=NETWORK)
    line(right, [1, 3], [50, 75], color=SIGNAL, marker="o")
    in_view(figure)


def test_sum_and_mean_by_step():
    mean, away = np.array([1.0, 0.7, 0.6]), np.array([1.0, 90.0, 1e4])
    figure = draw.sums(mean, mean + 0.01, away)
    (axes,) = figure.axes
    line(axes, range(3), mean, color=NETWORK)
    line(axes, range(3), mean + 0.01, color=REGULARIZED, linestyle="--")
    line(axes, range(3), away, color=OVERFIT)


def test_two_curves_and_the_lowest():
    looks = np.array([0, 10, 20])
    panels = [
        ("straight", np.array([0.7, 0.5, 0.4]), np.array([0.8, 0.6, 0.55])),
        ("wide", np.array([0.7, 0.2, 0.1]), np.array([0.9, 0.4, 1.3])),
    ]
    figure = draw.curves(looks, panels)
    for axes, (text, train, fresh), best in zip(figure.axes, panels, (2, 1), strict=True):
        line(axes, looks, train, color=NETWORK, linestyle="--")
        line(axes, looks, fresh, color=SIGNAL)
        line(axes, [looks[best]], [fresh[best]], color=REGULARIZED, marker="o")
        named(axes, text, INK)
    in_view(figure)


def test_rows_have_their_names_once():
    groups = [("hers", DICE.random(6), NETWORK), ("his", DICE.random(6), OVERFIT)]
    other = [("hers", 10 * DICE.random(6), NETWORK), ("his", 10 * DICE.random(6), OVERFIT)]
    figure = draw.rows([("share", [0, 0.5, 1], groups), ("count", [0, 5, 10], other)])
    left, right = figure.axes
    strips_of(left, groups)
    strips_of(right, other, names=False)
    assert [axes.get_xlabel() for axes in figure.axes] == ["share", "count"]
    assert not right.texts and same(right.get_xticks(), [0, 5, 10])
    in_view(figure)


@pytest.mark.parametrize("target", [1.0, 0.25])
def test_a_pushed_logit_and_its_tangent(target):
    figure = draw.pushed(-2.0, target)
    slopes = []
    for axes, name in zip(figure.axes, draw.BELONG, strict=True):
        (dot,) = [one for one in axes.lines if one.get_marker() == "o"]
        (tangent,) = [one for one in axes.lines if one.get_color() == OVERFIT]
        _, loss, slope = draw.along(name, [-2.0], target)
        assert same(dot.get_xdata(), [-2]) and same(dot.get_ydata(), loss)
        x, y = tangent.get_data()
        assert np.diff(y) / np.diff(x) == pytest.approx(slope)
        assert y.mean() == pytest.approx(loss.item())
        slopes.append(f"gradient {slope[0]:.2f}".replace("-", "−"))
        named(axes, slopes[-1], OVERFIT)
    assert TRUTH  # the dashed level belongs to `pushes`
