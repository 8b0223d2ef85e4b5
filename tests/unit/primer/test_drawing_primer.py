"""Figures of the first neurons: numbers on the right arrows, lines that are the networks, in view."""

import numpy as np
from artists import in_view, line, named, spans, strips_of, words
from matplotlib.patches import Circle

from demos.core.curve import TRAIN_X, curve
from demos.core.style import INK, MUTED, NETWORK, OVERFIT, TRUTH
from demos.primer import draw
from demos.primer.compute import X, Y

P = np.array([0.5, 1.5, 2.0, -1.25, 0.75, -0.5, 0.25])  # seven numbers, all different


def network(x):
    """The 1-2-1 network P, worked out one x at a time."""
    return (
        np.array([P[4] * max(P[0] * t + P[2], 0) + P[5] * max(P[1] * t + P[3], 0) for t in x])
        + P[6]
    )


def test_a_neuron_has_three_inputs_and_ends_with_relu():
    figure = draw.neuron()
    left, right = figure.axes
    for index in "₁₂₃":
        y = words(left)[f"x{index}"].get_position()[1]
        weight = words(left)[f"w{index}"].get_position()[1]
        assert abs(weight - (y + 0.4 * (3 + 0.3 * (y - 3) - y))) < 0.4  # on its own arrow
    line(right, [-2, -1, 0, 1, 2], [0, 0, 0, 1, 2], color=NETWORK)
    in_view(figure)


def test_layers_without_and_with_relu_are_their_own():
    x = np.linspace(-0.25, 1.25, 31)
    fitted = [("without", 0.3 + 0.1 * x, OVERFIT), ("with", 1 - x**2 / 2, NETWORK)]
    figure = draw.with_and_without(x, fitted)
    for axes, (name, values, color) in zip(figure.axes, fitted, strict=True):
        line(axes, x, values, color=color)
        line(axes, TRAIN_X, curve(TRAIN_X), color=INK, marker="o")
        named(axes, name, color)
        assert [span[:2] for span in sorted(spans(axes))] == [(-0.25, 0), (1, 1.25)]
    in_view(figure)


def test_the_hand_set_network_shows_its_numbers_on_their_arrows():
    figure = draw.hand_network(P)
    left, right = figure.axes
    # which number stands where: (to the left, above) of the middle of the diagram
    expected = {
        "× +0.5": (True, True),  # x to the first neuron
        "× +1.5": (True, False),
        "× +0.75": (False, True),  # the first neuron to the output
        "× −0.5": (False, False),
    }
    for text, place in expected.items():
        x, y = named(left, text, INK).get_position()
        assert (x < 4.6, y > 3.8) == place, text
    biases = {"+2": (4.6, 5.9), "−1.25": (4.6, 1.7), "+0.25": (8.9, 3.8)}
    circles = {tuple(c.get_center()) for c in left.patches if isinstance(c, Circle)}
    for text, place in biases.items():
        named(left, text, INK, place)
        assert place in circles
    x = np.array([-2, -1, 0.5, 2.5])
    line(right, x, network(x), color=NETWORK)
    for at in (-1, 0.5, 1):
        (value,) = network([at])
        line(right, [at], [value], marker="s")
        x, y = named(right, f"g({at:g}) = {value:.4g}".replace("-", "−"), NETWORK).get_position()
        assert abs(x - at) < 0.25 and abs(y - value) < 0.2
    in_view(draw.hand_network())


def test_residuals_join_dots_and_network_and_are_squared():
    figure = draw.residuals(P)
    (axes,) = figure.axes
    outputs = network(X)
    bars = [path.vertices for path in axes.collections[0].get_paths()]
    for bar, x, y, out in zip(bars, X, Y, outputs, strict=True):
        assert np.allclose(bar, [(x, y), (x, out)])
        text = f"{out - y:.3g}² = {(out - y) ** 2:.3g}"
        assert abs(named(axes, text, OVERFIT).get_position()[0] - x) < 0.1
    line(axes, X, Y, color=INK, marker="o")
    in_view(draw.residuals())


def test_steps_of_one_knob_start_where_they_start():
    paths = [
        ("small", np.array([1.5, 1.2, 1.0]), NETWORK),
        ("large", np.array([1.5, -1.9]), OVERFIT),
    ]
    figure = draw.learning_rates(paths)
    c = np.linspace(-2.7, 2.9, 81)

    def loss(c):
        """With the talk's numbers g - c is 0.75, 1.5 - 0.75 · 0 ... at the three points."""
        rest = [0.75 * max(1 + x, 0) - 0.75 * max(2 * x - 1, 0) for x in (-0.5, 0.0, 1.0)]
        return sum((r + c - y) ** 2 for r, y in zip(rest, (0.5, 1.0, 0.5), strict=True))

    for axes, (name, positions, color) in zip(figure.axes, paths, strict=True):
        line(axes, c, loss(c), color=MUTED)
        line(axes, positions, loss(positions), color=color, marker="o", linestyle="-")
        line(axes, [1.5], [loss(1.5)], color=INK, marker="o")
        named(axes, name, color)
    in_view(figure)


def test_spoiled_steps_are_strips_on_a_logarithmic_axis():
    groups = [("untrained", np.array([0.6, 1.9]), MUTED), ("all", np.array([0.006, 0.02]), NETWORK)]
    figure = draw.robust(groups)
    (axes,) = figure.axes
    strips_of(axes, groups)
    assert axes.get_xscale() == "log" and "log" in axes.get_xlabel()
    in_view(figure)


def test_the_curve_behind_is_the_curve():
    figure = draw.with_and_without(np.array([0.0, 1.0]), [("a", [0, 1], OVERFIT)] * 2)
    for axes in figure.axes:
        x = np.linspace(0, 1, 301)
        line(axes, x, curve(x), color=TRUTH)
