"""Figures of built-in regularizers: every signal, weight, answer and seed where it belongs, in view."""

import numpy as np
import pytest
from artists import in_view, line, named, same, spans, strips_of

from demos.built_in_regularizers import compute as sig
from demos.built_in_regularizers import draw, summary
from demos.core.evidence import recorded
from demos.core.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, SIGNAL, TRUTH

DICE = np.random.default_rng(7)


def test_signals_stand_on_their_shapes_and_the_known_place_is_shaded():
    rows = [(text, DICE.normal(size=(4, 40)) / 2, DICE.normal(size=(4, 40)) / 2) for text in "ab"]
    figure = draw.signals(rows)
    panels = np.reshape(figure.axes, (2, 4))
    for across, (text, noisy, clean) in zip(panels, rows, strict=True):
        assert across[0].get_ylabel() == text
        for panel, x, shape in zip(across, noisy, clean, strict=True):
            line(panel, range(40), x, color=INK)
            line(panel, range(40), shape, color=TRUTH)
            ((left, right, _),) = spans(panel)
            assert (left, right) == (15.5, 23.5)
    for panel, name in zip(panels[0], sig.NAMES, strict=True):
        named(panel, name, INK)
    assert {panel.get_xlabel() for panel in panels[1]} == {"place"}


def test_a_matrix_has_its_weights_on_diagonals_and_answers_beside_it():
    weights = np.array([1.0, -0.5, 0.25, 0, 0, 0, 0, -1])
    answers = [
        ("one", 3, NETWORK, np.eye(33)[3] - 0.1),
        ("two", 20, REGULARIZED, np.eye(33)[20] - 0.2),
    ]
    figure = draw.matrix(weights, answers)
    left, right = figure.axes
    rows = np.arange(33)
    for tap, weight in enumerate(weights):
        drawn = line(left, rows + tap, rows, color=NETWORK if weight >= 0 else OVERFIT)
        assert drawn.get_markersize() == pytest.approx(2 + 8 * abs(weight))
    assert left.get_ylim()[0] > left.get_ylim()[1]  # the first row is on top
    named(left, "all others: 0", MUTED)
    for text, place, color, given in answers:
        line(right, rows, given, color=color)
        line(right, [place], given[[place]], color=color)
        named(right, text, color, at=(place, given.max()))
    in_view(figure)


def test_shares_are_strips_about_a_line():
    groups = [("one", DICE.random(5), OVERFIT), ("two", DICE.random(5), SIGNAL)]
    figure = draw.shares(groups, "share right", line=("guessing", 0.25, 1))
    (axes,) = figure.axes
    strips_of(axes, groups)
    line(axes, [0.25, 0.25], [0, 1], color=TRUTH)
    named(axes, "guessing", MUTED, at=(0.25, 1))
    assert axes.get_xlabel() == "share right"
    in_view(figure)
    assert not [one for one in draw.shares(groups, "x").axes[0].lines if one.get_color() == TRUTH]


def test_detectors_answer_place_by_place():
    figure = draw.detectors(shape=2, noise_sd=0.5, seed=3)
    dense, slides, _ = sig.found(2, 0.5, 3)
    (axes,) = figure.axes
    named(axes, "dense, one place", OVERFIT, at=(32, dense[-1]))
    named(axes, "slides, maximum", REGULARIZED, at=(32, slides[-1]))
    line(axes, range(33), dense, color=OVERFIT)
    line(axes, range(33), slides, color=REGULARIZED)
    in_view(figure)


def medians_and_bars(axes, x, values, color):
    """Medians on a line, and a bar from the 5th to the 95th percentile at each."""
    line(axes, x, np.median(values, 1), color=color, marker="o")
    for at, some in zip(x, values, strict=True):
        line(axes, [at, at], np.percentile(some, [5, 95]), color=color, marker="None")


def test_what_each_block_costs():
    rows = [
        ("all", DICE.random((8, 21)) / 10, OVERFIT, 0),
        ("some", DICE.random((8, 21)) / 20 - 0.02, REGULARIZED, -20),
    ]
    figure = draw.blocks(rows)
    (axes,) = figure.axes
    for shift, (text, lost, color, _) in zip((-0.07, 0.07), rows, strict=True):
        medians_and_bars(axes, np.arange(1, 9) + shift, 100 * lost, color)
        named(axes, text, color)
    line(axes, [0, 1], [0, 0], color=TRUTH)
    assert list(axes.get_xticks()) == list(range(1, 9))
    in_view(figure)


def test_shares_against_learning_rates():
    rows = [
        ("batch", [0.1, 1.0, 3.0], DICE.random((3, 11)), REGULARIZED, {}),
        ("layer", [0.1, 1.0], DICE.random((2, 11)), SIGNAL, {"at": 0}),
        ("none", [0.1, 1.0, 3.0], DICE.random((3, 11)), OVERFIT, {}),
    ]
    figure = draw.rates(rows)
    (axes,) = figure.axes
    for shift, (text, tried, right, color, _) in zip((0.96, 1, 1.04), rows, strict=True):
        medians_and_bars(axes, shift * np.array(tried), right, color)
        named(axes, text, color)
    assert axes.get_xscale() == "log"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["0.1", "1", "3"]
    in_view(figure)


def test_numbers_that_slides_quote():
    found = {"none_0.01": np.array([1.0, 5.0, 2.0]), "one": np.array([3.0, 1.0, 8.0])}
    assert recorded.medians(found) == {"none_0_01": 2.0, "one": 3.0, "seeds": 3}
    assert summary.means({"a": np.array([1.0, 5.0, 3.0])}) == {"a": 3.0, "seeds": 3}
    assert summary.differences(found, {"more": ("one", "none_0.01")}) == {"more": 2.0}
    blocks = {
        f"without_{way}_{n}": np.array([n, -n]) * sign
        for n in range(1, 9)
        for way, sign in (("all", 1), ("some", 10))
    }
    lost = summary.lost(blocks, "some")
    assert lost.shape == (8, 2) and same(lost[:, 0], 10 * np.arange(1, 9))
