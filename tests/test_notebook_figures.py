"""Parts 0 to 4: in every figure of a notebook, what stands under a name is what the name says.

The notebooks' own cells run, with invented networks: each says a number that tells how it was asked for.
What was recorded is the record's.
"""

import numpy as np
import pytest
import torch
from drawn import line, named, same, strips_of, words
from noted import Asked, heights, run
from torch import nn

from demos import l2_penalty as l2
from demos import network_fit as nf
from demos import overfitting as moons
from demos import primer, recorded, training
from demos.curve import OUTSIDE_X, TEST_X, TRAIN_X, curve, sample
from demos.drawing.common import GRID
from demos.style import INK, MUTED, NETWORK, OVERFIT, REGULARIZED, SIGNAL


def level(height):
    """A network of PyTorch that says `height` everywhere."""
    network = nn.Sequential(nn.Linear(1, 1))
    with torch.no_grad():
        network[0].weight[:], network[0].bias[:] = 0, height
    return network


def test_part_0_has_boundaries_and_strips_of_their_own(monkeypatch):
    def fitted(seed, settings, n=40, noise_sd=0.3):
        network = nn.Linear(2, 1)  # "class 1" to the right: of 0.5 left alone, of -1 with decay
        with torch.no_grad():
            network.weight[:] = torch.tensor([[1.0, 0.0]])
            network.bias[:] = 1.0 if settings.weight_decay else -0.5
        return network, *moons.moons(n, [seed, 0], noise_sd)

    monkeypatch.setattr(moons, "fitted", fitted)
    kept = run("00-opening", monkeypatch)
    figure, settings, numbers = kept["opening-moons"]
    looks = (("left alone", 0.5, "plain", OVERFIT), ("weight decay", -1, "decayed", REGULARIZED))
    for axes, (name, at, key, color) in zip(figure.axes, looks, strict=True):
        (text,) = words(axes)
        assert text.startswith(f"{name}\n")
        named(axes, text, color)
        boundary = max(axes.collections[1].get_paths(), key=lambda path: len(path.vertices))
        assert np.allclose(boundary.vertices[:, 0], at, atol=1e-4)
        for what, n, stream in (("its points", 40, 0), ("fresh ones", 2000, 1)):
            x, y = moons.moons(n, [settings["seed"], stream])
            right = np.mean((x[:, 0] > at) == (y == 1))
            assert f"{what} {100 * right:.0f} %" in text
            seen = "seen" if stream == 0 else "fresh"
            assert numbers[f"{seen}_{key}"] == pytest.approx(right, abs=1e-3)
    values, _ = recorded.values("overfitting-moons")
    rows = [("left alone, its points", "plain_seen", OVERFIT)]
    rows += [("left alone, fresh ones", "plain_fresh", OVERFIT)]
    rows += [("weight decay, its points", "decayed_seen", REGULARIZED)]
    rows += [("weight decay, fresh ones", "decayed_fresh", REGULARIZED)]
    strips_of(kept["opening-seeds"].figure.axes[0], [(n, values[k], c) for n, k, c in rows])


def test_part_1_names_polynomials_by_their_coefficients(monkeypatch):
    kept = run("01-least-squares", monkeypatch)
    y, five = sample(0), np.polynomial.Polynomial.fit(TRAIN_X, sample(0), 4)
    few, many = kept["least-squares-noisy"].figure.axes
    line(few, GRID, five(GRID), color=NETWORK)
    named(few, "5 coefficients", NETWORK)
    named(many, "20 coefficients", OVERFIT)
    (twenty,) = [one.get_ydata() for one in many.lines if one.get_color() == OVERFIT]
    misses = np.interp(TRAIN_X, GRID, twenty) - y  # nearly none: it goes through the dots
    assert np.abs(misses).mean() < 0.4 * np.abs(five(TRAIN_X) - y).mean()
    (live,) = kept["least-squares-live"].figure.axes
    line(live, GRID, twenty, color=OVERFIT)
    for axes in (few, many, live):
        line(axes, TRAIN_X, y, color=INK, marker="o")
    dots = [one for one in kept["least-squares-seeds"].figure.axes[0].lines if one.get_alpha()]
    lower, upper = [one.get_xdata() for one in dots]  # drawn from the lowest row up
    for seed in (0, 7, 999):
        off = np.polynomial.Polynomial.fit(TRAIN_X, sample(seed), 4)(TEST_X) - curve(TEST_X)
        assert upper[seed] == pytest.approx(np.sqrt(np.mean(off**2)), rel=1e-6)
    assert (lower > upper).mean() > 0.99
    numbers = kept["least-squares-noise"].numbers
    assert numbers["powers"] == pytest.approx(np.median(lower), rel=1e-6)
    assert kept["least-squares-rcond"].numbers["nothing"] == pytest.approx(numbers["powers"])


def test_part_2_names_activations_rates_and_supplies(monkeypatch):
    asked = Asked()

    def learn_from(supply, seeds, settings, widths=(1, 20, 20, 1)):
        return np.full(len(seeds), asked.tag(supply=supply.__name__, steps=settings.steps))

    monkeypatch.setattr(primer, "learn_from", learn_from)
    real = training.train
    monkeypatch.setattr(  # networks that only began are bent, or straight, as well
        training,
        "train",
        lambda n, x, y, s: real(n, x, y, training.Settings(steps=min(s.steps, 5))),
    )
    kept = run("02-primer", monkeypatch)
    for axes, name, bent in zip(
        kept["primer-relu"].figure.axes, ("without ReLU", "with ReLU"), (False, True), strict=True
    ):
        color = NETWORK if bent else OVERFIT
        named(axes, name, color)
        (values,) = [one.get_ydata() for one in axes.lines if one.get_color() == color]
        assert (np.abs(np.diff(values, 2)).max() > 1e-4) == bent
    for axes, lr in zip(kept["primer-learning-rate"].figure.axes, (0.01, 0.1, 0.35), strict=True):
        color = OVERFIT if lr == 0.35 else NETWORK
        named(axes, f"step size {lr:g}", color)
        (path,) = [one for one in axes.lines if one.get_color() == color]
        distance = path.get_xdata() - 0.0  # the best c: see test_primer
        ratios = np.diff(distance)[1:] / np.diff(distance)[:-1]
        assert ratios == pytest.approx(1 - 6 * lr, abs=1e-3)
    (axes,) = kept["primer-robust"].figure.axes
    expected = [("untrained", "all_points", 0, MUTED), ("all points", "all_points", 2000, NETWORK)]
    expected += [("7 of 21 points", "few_points", 2000, NETWORK)]
    expected += [("noisy answers", "wrong_answers", 2000, NETWORK)]
    groups = [(n, np.full(16, asked.tag(supply=s, steps=k)), c) for n, s, k, c in expected]
    assert len(asked.what) == 4  # nothing was asked but what is drawn
    strips_of(axes, groups)


@pytest.fixture(scope="module")
def part_3():
    """Figures of part 3, and what was asked for: its networks are level, each at a height of its own."""
    asked = Asked()

    class Level:
        def __init__(self, height, count):
            self.height, self.count = height, count

        def predict(self, x):
            return np.full((self.count, len(x)), self.height)

        def active(self, x):
            return np.full((self.count, 2), round(1000 * self.height))

    def fit(widths, seeds, y, settings):
        clean = same(y, curve(TRAIN_X))
        height = asked.tag(widths=widths, clean=clean, lr=settings.lr, steps=settings.steps)
        return Level(height, len(seeds))

    def first_steps(widths, seeds, lr, steps):
        height = asked.tag(first=lr, steps=steps)
        return np.full((steps + 1, len(seeds)), 100 * height), np.full(len(seeds), 950), None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nf, "fit", fit)
        patch.setattr(nf, "first_steps", first_steps)
        patch.setattr(nf, "fit_adam", lambda *a, **k: level(asked.tag(adam=k["lr"])))
        patch.setattr(nf, "fit_sine", lambda *a: (level(asked.tag(sine=a[3])), 0.0))
        return run("03-network-fit", patch), asked


def test_part_3_names_networks_by_width_target_and_rate(part_3):
    kept, asked = part_3

    def network(widths=nf.WIDE, clean=False, lr=0.001):
        return {"widths": widths, "clean": clean, "lr": lr, "steps": 4000}

    space = "\N{NO-BREAK SPACE}"
    expected = {
        "network-fit-noisy": [("20 coefficients", None), ("1-1000-1000-1", network())],
        "network-fit-live": [("1-100-100-1", network(nf.QUICK))],
        "network-fit-original": [
            ("trained on the curve", network(clean=True, lr=0.004)),
            ("trained on the dots", network()),
        ],
        "network-fit-rates": [(f"lr{space}{lr}", network(lr=lr)) for lr in (0.004, 0.001, 0.0004)],
    }
    for figure, panels in expected.items():
        for axes, (name, how) in zip(kept[figure].figure.axes, panels, strict=True):
            color = words(axes)[name].get_color()
            line(axes, TRAIN_X, sample(0), color=INK, marker="o")
            level_at = heights(axes, color)
            assert [asked.of(height) for height in level_at] == ([how] if how else []), name
    (axes,) = kept["network-fit-explosion"].figure.axes
    for lr in (0.004, 0.001, 0.0004):
        color = words(axes)[f"lr{space}{lr}"].get_color()
        (height,) = heights(axes, color)
        assert asked.of(height / 100) == {"first": lr, "steps": 6}
    numbers = kept["network-fit-active"].numbers
    for key, how in (
        ("clean", network(clean=True, lr=0.004)),
        ("long_original", network(lr=0.004)),
        ("long_middle", network()),
        ("long_low", network(lr=0.0004)),
    ):
        assert asked.of(numbers[key] / 1000) == how, key


def test_part_3_names_recorded_errors_by_what_was_measured(part_3):
    kept, _ = part_3

    def values(study):
        return recorded.values(study)[0]

    quick, rates, adam, sine = (values(f"network-{s}") for s in ("quick", "rates", "adam", "sine"))
    began, space = values("network-first-steps"), "\N{NO-BREAK SPACE}"
    groups = [("5 coefficients", quick["five"], REGULARIZED)]
    groups += [("1-100-100-1", quick["noisy"], NETWORK)]
    groups += [("20 coefficients", quick["twenty"], OVERFIT)]
    strips_of(kept["network-fit-seeds"].figure.axes[0], groups)
    groups = [(f"lr{space}0.004", rates["test_1"], OVERFIT)]
    groups += [(f"lr{space}0.0004", rates["test_2"], REGULARIZED)]
    strips_of(kept["network-fit-stuck"].figure.axes[0], groups)
    looks = ((0.004, OVERFIT), (0.001, NETWORK), (0.0004, REGULARIZED))
    groups = [("at the start", np.full(len(began["active_1"]), 950), SIGNAL)]
    groups += [
        (f"lr{space}{lr}", began[f"active_{n}"], color) for n, (lr, color) in enumerate(looks, 1)
    ]
    strips_of(kept["network-fit-active"].figure.axes[0], groups)
    sines = [("dots joined", sine["joined"], NETWORK), ("sine network", sine["test"], OVERFIT)]
    strips_of(kept["network-fit-sine"].figure.axes[1], sines, names=False)
    assert kept["network-fit-adam"].numbers["apart"] == np.median(adam["apart"])
    path, how = recorded.values("network-wide")
    (axes,) = kept["network-fit-long"].figure.axes
    for what, color in (("test", OVERFIT), ("training", INK)):
        middle = [np.median(path[f"{what}_{steps}"]) for steps in how["checkpoints"]]
        line(axes, how["checkpoints"], middle, color=color)
        quoted = ("at_4000", "last") if what == "test" else ("fit_4000", "fit_last")
        numbers = kept["network-fit-long"].numbers
        for key, steps in zip(quoted, (4000, how["checkpoints"][-1]), strict=True):
            assert numbers[key] == np.median(path[f"{what}_{steps}"])


@pytest.fixture(scope="module")
def part_4():
    """Figures of part 4, and what was asked for: its networks are lines through 0, of their own slopes."""
    asked = Asked()

    def checkpoints(widths, seeds, decays, settings, steps, target=curve):
        def lines(leg):
            slopes = [
                asked.tag(
                    layers=len(widths) - 2, wide=widths[1], decay=decay, steps=leg, lr=settings.lr
                )
                for decay in decays
            ]
            each = np.repeat(np.array(slopes)[:, None], len(seeds), axis=1)
            return each[..., None] * OUTSIDE_X, each / 10

        return [lines(leg) for leg in steps]

    def fit(widths, seeds, decays, settings, target=curve):
        return checkpoints(widths, seeds, decays, settings, [settings.steps])[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(l2, "checkpoints", checkpoints)
        patch.setattr(l2, "fit", fit)
        return run("04-l2-penalty", patch), asked


def test_part_4_names_networks_by_layers_and_decay(part_4):
    kept, asked = part_4

    def network(layers, decay, wide=100, steps=4000, lr=0.004):
        return {"layers": layers, "wide": wide, "decay": decay, "steps": steps, "lr": lr}

    expected = {
        "l2-penalty-straight-on": [
            ("two hidden layers", network(2, 0)),
            ("three hidden layers", network(3, 0)),
        ],
        "l2-penalty-slide-settings": [
            ("no penalty", network(2, 0, 1000)),
            ("λ = 0.08", network(2, 0.08, 1000)),
        ],
        "l2-penalty-other-network": [
            ("2 layers, λ = 0.08", network(2, 0.08, 1000)),
            ("3 layers, λ = 0.2", network(3, 0.2, 1000)),
        ],
        "l2-penalty-live": [("3 layers, λ = 0.1", network(3, 0.1))],
        "l2-penalty-constant": [(f"λ = {d:g}", network(3, d)) for d in (0.1, 0.4, 1.0)],
    }
    for figure, panels in expected.items():
        for axes, (name, how) in zip(kept[figure].figure.axes, panels, strict=True):
            color = words(axes)[name].get_color()
            drawn = [one.get_ydata()[-1] / 2 for one in axes.lines if one.get_color() == color]
            assert drawn and [asked.of(slope) for slope in drawn] == [how] * len(drawn), name
    numbers = kept["l2-penalty-price"].numbers
    for key, decay in (("free_loss", 0), ("loss_tenth", 0.1), ("loss_fifth", 0.2)):
        assert asked.of(10 * numbers[key]) == network(3, decay), key
    for axes in kept["l2-penalty-price"].figure.axes:
        decays = [float(tick.get_text()) for tick in axes.get_xticklabels()]
        drawn = [one for one in axes.lines if one.get_color() == REGULARIZED]
        slopes = np.array([asked.tag(**network(3, decay)) for decay in decays])
        lines = slopes[:, None] * OUTSIDE_X[l2.OUTSIDE] - curve(OUTSIDE_X[l2.OUTSIDE])
        error = np.sqrt(np.mean(lines**2, axis=1))
        expected = error if "RMSE" in axes.get_ylabel() else slopes / 10
        np.testing.assert_allclose(drawn[0].get_ydata(), expected)
    (axes,) = kept["l2-penalty-product"].figure.axes
    legs = {
        "1,000 steps": (1000, 0.004),
        "2,000 steps": (2000, 0.004),
        "4,000 steps": (4000, 0.004),
    }
    for name, (steps, lr) in legs.items():
        how = [network(3, decay, steps=steps, lr=lr) for decay in (0.05, 0.1, 0.2, 0.4)]
        products = [steps * lr * one["decay"] for one in how]
        line(axes, products, [asked.tag(**one) for one in how], color=words(axes)[name].get_color())
    half = [network(3, d, steps=steps, lr=0.002) for steps in (2000, 4000) for d in (0.1, 0.2)]
    products = [one["steps"] * 0.002 * one["decay"] for one in half]
    line(axes, products, [asked.tag(**one) for one in half], color=INK)


def test_part_4_names_recorded_errors_by_layers_and_decay(part_4):
    kept, _ = part_4
    values, _ = recorded.values("l2-wide")
    rows = [
        ("2 layers, no penalty", "two_0", NETWORK),
        ("3 layers, no penalty", "three_0", NETWORK),
    ]
    two, three = (
        [f"{n}_{d}" for d in ds]
        for n, ds in (("two", (0.08, 0.2, 0.4)), ("three", (0.08, 0.1, 0.2)))
    )
    rows[1:1] = [(f"λ = {key.split('_')[1]}", key, REGULARIZED) for key in two]
    rows += [(f"λ = {key.split('_')[1]}", key, REGULARIZED) for key in three]
    groups = [(name, values[f"error_{key}"], color) for name, key, color in rows]
    strips_of(kept["l2-penalty-seeds"].figure.axes[0], groups)
