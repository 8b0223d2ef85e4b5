"""Parts 5 to 7: in every figure of a notebook, what stands under a name is what the name says.

As in `test_notebook_figures`: the notebooks' own cells, with invented networks.
"""

import numpy as np
import plain
import pytest
import torch
from drawn import line, named, same, strips_of, words
from noted import Asked, run
from torch import nn

from demos import bump_error as bump
from demos import correlations as cor
from demos import dropout_bias as db
from demos import ensemble, recorded
from demos.style import INK, NETWORK, OVERFIT, REGULARIZED, SIGNAL

# --- part 5 -------------------------------------------------------------------------------------

HAT = np.interp(bump.GRID, [0.4, 0.5, 0.6], [0, 1, 0])  # a bump of height 1 in the middle gap


@pytest.fixture(scope="module")
def part_5():
    """Figures of part 5, and what was asked for: what is trained is a hat, each of its own height."""
    asked = Asked()

    def follow(network, y, settings, every, optimizer=None):
        steps = range(0, settings.steps + 1, every)
        how = {"decay": settings.weight_decay, "alone": optimizer is not None}
        return np.stack([asked.tag(step=s, **how) * HAT for s in steps]), np.ones(len(steps))

    def outlast(made, settings, nudge=1e-4, seed=0):
        if not settings.weight_decay:
            return np.array(
                [1.0 if bump.step_over_limit(bump.with_bump(m), settings) < 1 else 0 for m in made]
            )
        return np.full(len(made), asked.tag(melted=settings.weight_decay, steps=settings.steps))

    def train(together, x, y, settings):
        return np.full((2, len(together)), asked.tag(trained=settings.weight_decay))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bump, "follow", follow)
        patch.setattr(bump, "outlast", outlast)
        patch.setattr(ensemble, "train", train)
        return run("05-bump-error", patch), asked


def test_part_5_names_bumps_by_when_they_were_looked_at(part_5):
    kept, asked = part_5
    y = bump.Construction().targets()
    dots = np.interp(bump.GRID, bump.POINTS, y)
    six, nine = kept["bump-error-two-networks"].figure.axes
    tall = dots + np.interp(bump.GRID, [0.44, 0.5, 0.56], [0, 0.6, 0])
    for axes, name, values, color in (
        (six, "six units", dots, NETWORK),
        (nine, "nine units", tall, OVERFIT),
    ):
        named(axes, name, color)
        (drawn,) = [one.get_ydata() for one in axes.lines if one.get_color() == color]
        np.testing.assert_allclose(drawn, values, atol=1e-4)
    expected = {
        "bump-error-plain": [("built", 0, 0.0), ("4,000 steps later", 4000, 0.0)],
        "bump-error-live": [("built", 0, 0.08)],
        "bump-error-decay": [("built", 0, 0.08)]
        + [(f"{step:,} steps", step, 0.08) for step in (1000, 4000, 8000)],
    }
    for figure, panels in expected.items():
        for axes, (name, step, decay) in zip(kept[figure].figure.axes, panels, strict=True):
            color = words(axes)[name].get_color()
            height = asked.tag(step=step, decay=decay, alone=False)
            line(axes, bump.GRID, height * HAT, color=color)
            line(axes, bump.POINTS, y, color=INK, marker="o")


def test_part_5_names_heights_by_what_decayed(part_5):
    kept, asked = part_5
    (axes,) = kept["bump-error-formula"].figure.axes

    def heights(steps, decay, alone):
        return [asked.tag(step=s, decay=decay, alone=alone) for s in steps]

    for name, steps, decay, alone, color in (
        ("no decay", [0, 4000], 0.0, False, OVERFIT),
        ("λ everywhere", range(0, 8001, 500), 0.08, False, REGULARIZED),
        ("λ on three units", range(0, 4001, 500), 0.0, True, NETWORK),
    ):
        line(axes, steps, heights(steps, decay, alone), color=color)
        named(axes, name, color)
    (first,) = heights([0], 0.0, True)
    steps = np.arange(0, 8001, 500)
    line(axes, steps, first * np.exp(-2 * 0.004 * 0.08 / 0.95 * steps))  # the formula
    (axes,) = kept["bump-error-decay-many"].figure.axes
    count = kept["bump-error-decay-many"].numbers["count"]
    melted = np.full(count, asked.tag(melted=0.08, steps=4000))
    strips_of(axes, [("no decay", np.ones(count), OVERFIT), ("λ = 0.08", melted, REGULARIZED)])
    over = [
        bump.step_over_limit(bump.with_bump(m), bump.training.Settings()) for m in bump.variations()
    ]
    (axes,) = kept["bump-error-limit"].figure.axes
    stays = np.array(over) < 1
    line(axes, np.array(over)[stays], np.ones(stays.sum()), color=NETWORK)
    assert kept["bump-error-strong"].numbers["loss"] == asked.tag(trained=0.16)


# --- part 6 -------------------------------------------------------------------------------------

ROWS = {
    0.5: 5,
    0.98: 6,
    1.0: 7,
}  # share of dumbbells with an arm: the pixels an invented network likes


def invented(world):
    """A network that likes ink in one row, another one for each world."""
    weights = -np.ones((16, 16))
    weights[ROWS[world.arm_with_dumbbell]] = 1
    layer = nn.Linear(256, 1)
    with torch.no_grad():
        layer.weight[:] = torch.tensor(weights.ravel(), dtype=torch.float32)
        layer.bias[:] = 10.0
    return layer


def test_part_6_names_worlds_groups_and_cures(monkeypatch):
    monkeypatch.setattr(cor, "fitted", lambda kind, seed, world, **_: invented(world))
    kept = run("06-correlations", monkeypatch)
    figure = kept["correlations-dreams"].figure
    names = ("arm at random", "arm with 98 %", "arm with every one")
    for axes, name, row in zip(figure.axes, names, ROWS.values(), strict=True):
        assert axes.get_xlabel() == name
        inked = np.asarray(axes.images[0].get_array()).mean(1) > 0.9
        assert np.flatnonzero(inked).tolist() == [row]
    tests, panels = cor.groups(1000, seed=99), kept["correlations-groups"].figure.axes
    titles = (("arm at random", 0.5, NETWORK), ("arm with 98 % of dumbbells", 0.98, OVERFIT))
    for axes, (title, arm, color) in zip(panels, titles, strict=True):
        assert axes.get_xlabel() == title
        network = invented(cor.World(arm, 1 - arm))
        shares = {name: plain.share_right(network, *images) for name, images in tests.items()}
        strips_of(axes, [(n, np.full(8, s), color) for n, s in shares.items()], names=False)
    sheet = kept["correlations-album"].figure.axes[0].images[0].get_array()
    pixels, dumbbell = cor.sample(1000, seed=0)
    for top, kind in ((1, dumbbell), (19, ~dumbbell)):
        for place, image in enumerate(pixels[kind][-5:].reshape(-1, 16, 16)):
            left = 18 * place + 1
            assert same(sheet[top : top + 16, left : left + 16], image)
    worst, _ = recorded.values("correlations-cures")
    called = {
        "alone": "left alone",
        "decay_weak": "weight decay 0.1",
        "decay_strong": "weight decay 1",
    }
    called |= {
        "dropout": "dropout 0.5",
        "input_dropout": "input dropout 0.3",
        "smoothing": "label smoothing",
    }
    groups = [
        (called.get(n, n), v, REGULARIZED if n != "alone" else OVERFIT) for n, v in worst.items()
    ]
    strips_of(kept["correlations-regularizers"].figure.axes[0], groups)
    found, how = recorded.values("correlations-counterexamples")
    (axes,) = kept["correlations-counterexamples"].figure.axes
    for kind, color in (("mlp", NETWORK), ("cnn", SIGNAL)):
        middle = [np.median(found[f"{kind}_{100 * share:.0f}"]) for share in how["shares"]]
        line(axes, how["shares"], middle, color=color)
        assert abs(words(axes)[kind.upper()].get_position()[1] - middle[-1]) < 0.02
    leaked, copied = kept["correlations-leak"].figure.axes
    for axes, name in ((leaked, ""), (copied, ".clone()")):
        assert axes.get_xlabel() == f"labels = inputs[:, 0]{name}"
        cells = {tuple(text.get_position()): text for text in axes.texts}
        labels = [cells[2, row].get_text() for row in range(6)]
        first = [cells[0, row].get_text() for row in range(6)]
        assert "0.00" in first
        assert (labels == first) == (name == "") and ("0.00" in labels) == (name == "")


# --- part 7 -------------------------------------------------------------------------------------


class Mixer:
    """Invented networks: f(a, b) = t a + (1 - t) b, where t tells how they were asked for."""

    def __init__(self, t, count):
        self.t, self.count = t, count

    def predict(self, x):
        a, b = np.asarray(x, dtype=float).T
        return np.tile(self.t * a + (1 - self.t) * b, (self.count, 1))


@pytest.fixture(scope="module")
def part_7():
    """Figures of part 7, and what was asked for."""
    asked = Asked()

    def train(signals, seeds, dropout=0.0, settings=db.ORIGINAL):
        how = {"loud": signals.loud, "missing": signals.missing, "leak": signals.leak}
        return Mixer(asked.tag(dropout=dropout, steps=settings.steps, **how), len(seeds))

    def linear_shares(p, loud, seeds=None, weight_decay=0.0, steps=2000):
        how = {"p": float(p), "loud": loud, "decay": weight_decay}
        return np.tile([asked.tag(side=side, **how) for side in (0, 1)], (len(seeds or [0]), 1))

    def thinned(whole, point, dropout, count, seed):
        return np.tile(np.linspace(0.5, 1.3, count), (whole.count, 1))

    with pytest.MonkeyPatch.context() as patch:
        for function in (train, linear_shares, thinned):
            patch.setattr(db, function.__name__, function)
        return run("07-dropout", patch), asked


def test_part_7_names_networks_by_labels_dropout_and_loudness(part_7):
    kept, asked = part_7

    def network(leak, dropout, loud=1.0, missing=0.001, steps=10_000):
        how = {"loud": loud, "missing": missing, "leak": leak}
        return asked.tag(dropout=dropout, steps=steps, **how)

    known = len(asked.what)
    expected = {
        "dropout-map": [("plain", network(True, 0)), ("dropout 0.5", network(True, 0.5))],
        "dropout-live": [
            ("leaky labels", network(True, 0)),
            ("copied labels", network(False, 0)),
        ],
    }
    side = np.linspace(0, 1, 101)
    for figure, panels in expected.items():
        for axes, (name, t) in zip(kept[figure].figure.axes, panels, strict=True):
            assert axes.get_title() == name
            grid = t * side + (1 - t) * side[:, None]
            assert same(axes.images[0].get_array(), grid), name
    numbers = kept["dropout-map"].numbers
    assert numbers["first"] == pytest.approx(network(True, 0))
    assert numbers["second_dropout"] == pytest.approx(1 - network(True, 0.5))
    loud = {"loud": 3.0, "steps": 2000}
    expected = {
        "plain": network(False, 0, missing=0, **loud),
        "hidden dropout 0.5": network(False, 0.5, missing=0, **loud),
        "input dropout 0.1": network(False, 0, missing=0.1, **loud),
    }
    for axes, (name, t) in zip(kept["dropout-loud"].figure.axes, expected.items(), strict=True):
        named(axes, name, INK)
        says = ((t, NETWORK), (3 * (1 - t), SIGNAL), (t + 3 * (1 - t), INK))
        strips_of(axes, [("", np.full(8, height), color) for height, color in says], names=False)
    assert len(asked.what) == known, "something was drawn that nobody asked for"
    (axes,) = kept["dropout-average"].figure.axes
    for name, x, color in (("whole network", 1.0, INK), ("their average", 0.9, NETWORK)):
        named(axes, name, color)
        line(axes, [x, x], [0, axes.get_ylim()[1] * 1.12 / 1.2], color=color)


def test_part_7_names_linear_shares_by_input_and_rate(part_7):
    kept, asked = part_7
    (axes,) = kept["dropout-linear"].figure.axes
    rates = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8)
    looks = ((NETWORK, "quiet input, no dropout"), (SIGNAL, "loud input, no dropout"))
    for side, (color, name) in enumerate(looks):
        dots = [
            (p, asked.tag(side=side, p=p, loud=loud, decay=0.0))
            for p in rates
            for loud in (1, 1, 1, 3, 3, 3)
        ]
        line(axes, *np.transpose(dots), color=color)
        alone = asked.tag(side=side, p=0.0, loud=3, decay=0.0)
        line(axes, [0], [alone], color=color)
        named(axes, name, color, (0.025, alone))


def test_part_7_names_recorded_answers_by_what_was_measured(part_7):
    kept, _ = part_7
    original, noisy = (recorded.values(f"dropout-{name}")[0] for name in ("original", "noisy"))
    expected = {
        "dropout-leak": {
            "leak": "leak",
            "leak + dropout": "leak_dropout",
            "copy": "copy",
            "copy + dropout": "copy_dropout",
        },
        "dropout-missing": {
            "never missing": "never",
            "never + dropout": "never_dropout",
            "1 in 100 missing": "often",
        },
        "dropout-noisy": {
            "10,000 steps": "plain",
            "10,000 + dropout": "hidden",
            "250 steps": "early",
        },
    }
    for figure, panels in expected.items():
        values = noisy if figure == "dropout-noisy" else original
        for axes, (name, way) in zip(kept[figure].figure.axes, panels.items(), strict=True):
            named(axes, name, INK)
            looks = (("first", NETWORK), ("second", SIGNAL), ("both", INK))
            groups = [("", values[f"{at}_{way}"], color) for at, color in looks]
            strips_of(axes, groups, names=False)
    looks = (("leak, plain", "leak", OVERFIT), ("copy, plain", "copy", NETWORK))
    looks += (("copy, dropout", "copy_dropout", REGULARIZED),)
    groups = []
    for name, way, color in looks:
        first, second, both = (original[f"{at}_{way}"] for at in ("first", "second", "both"))
        groups.append((name, np.abs(first - second) / both, color))
    strips_of(kept["dropout-honest"].figure.axes[0], groups)


# --- the end ------------------------------------------------------------------------------------


def test_the_end_counts_claims_that_hold_and_that_do_not(monkeypatch):
    def claim(told, holds):
        return {"told": told, "holds": holds}

    rows = [claim(False, True)] * 4 + [claim(True, False)] * 2 + [claim(False, False)]
    record = {"claims": dict(enumerate(rows))}
    monkeypatch.setattr(recorded, "record", lambda: record)
    monkeypatch.setattr(recorded, "table", lambda *family: None)
    numbers = run("08-closing", monkeypatch)["closing-claims"].numbers
    assert numbers == {"claims": 7, "hold": 4, "told": 2, "fail": 1}
