"""Demos that train before your eyes: on an exported slide, in JupyterLab, from the same JavaScript.

A cell that ends with `live.network_fit(shown, ...)` takes the stored figure `shown` and the talk's
settings. On a slide the figure comes alive where the browser can train; on paper, and where it cannot,
the figure stays. In JupyterLab the cell shows the same thing as a widget; saved, it is the figure again.

`stored` is what the figure shows of the talk's own run: it stands behind the live one in grey. A curve is
a pair (x, y) of arrays.
"""

import os
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.bump_error import compute as bump_error
from demos.core.curve import NOISE_SD
from demos.core.records import FOLDER, LIVE, plain
from demos.core.training import Settings

MADE = Path(__file__).resolve().parents[2] / "build" / "live"  # by the build, for JupyterLab
NOISES = [0.0, 0.02, 0.05, 0.1, 0.2]
SEEDS = range(16)
RATES = [0.0001, 0.0002, 0.0004, 0.001, 0.002, 0.004, 0.008, 0.012]
COEFFICIENTS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20]
RIDGES = [0.0, 1e-9, 1e-6, 1e-4, 0.01, 0.1]
TALK = Settings()
DIGITS = 5  # of what is stored: finer than a line is thick


class Live:
    """A demo with its settings, and the figure that stands for it where nothing can train.

    talk: {name: value} that the sliders start from, choices: {name: values} that they go through. A value
    between a slider's ends becomes a choice; from any other nothing can start, and the figure says why.
    stored: arrays of the talk's own run, or None.
    """

    def __init__(self, demo, instead, talk, choices, fixed, steps, stored=None):
        choices = {name: with_value(values, talk[name]) for name, values in choices.items()}
        self.demo, self.instead = demo, instead
        stored = None if stored is None else np.round(np.asarray(stored, float), DIGITS)
        self.settings = plain(
            {"talk": talk, "choices": choices, "fixed": fixed, "steps": steps, "stored": stored}
        )
        self.cannot = ", ".join(
            f"{name} {talk[name]} is not on its slider, which has {in_short(values)}"
            for name, values in choices.items()
            if talk[name] not in values
        )

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = self.instead._repr_mimebundle_()
        for_slide = (
            asked.pop("settings", False) or FOLDER in os.environ
        )  # the deck's page, or the build
        if self.cannot:
            print(f"Not live: {self.cannot}.")
            return data, metadata
        if for_slide:  # equal cells give equal outputs, nothing is started
            return data | {LIVE: {"demo": self.demo, "settings": self.settings}}, metadata
        if not (MADE / "parts.json").exists():
            print("Not live yet: run make lab or make deck once, then this cell again.")
            return data, metadata
        widget, parts = widget_class()
        shown = widget(demo=self.demo, settings=self.settings, parts=parts)
        moving, more = shown._repr_mimebundle_(**kwargs)
        return (
            data | moving,
            metadata | more,
        )  # the figure too: for a notebook opened without a kernel


asked = {}  # what the next demo that displays itself is asked for


def for_a_slide():
    """The next demo that displays itself gives a slide its settings, not a notebook its widget."""
    asked["settings"] = True


def with_value(choices, value):
    """Numbers to choose from, one more among them if it lies between two; whole where all are whole."""
    choices = list(choices)
    numbers = all(isinstance(each, (int, float)) for each in (*choices, value))
    if not numbers or value in choices or not min(choices) < value < max(choices):
        return choices
    whole = all(isinstance(each, int) for each in choices)
    return choices if whole and value != int(value) else sorted([*choices, value])


def in_short(choices):
    """What there is to choose from."""
    if all(isinstance(each, (int, float)) for each in choices):
        return f"{choices[0]} to {choices[-1]}"
    return ", ".join(map(str, choices))


@lru_cache
def widget_class():
    """The widget for JupyterLab, its code from the last build; and what all of them load, sent once."""
    import anywidget
    import ipywidgets
    import traitlets

    class Parts(ipywidgets.Widget):
        text = traitlets.Unicode().tag(sync=True)

    class Widget(anywidget.AnyWidget):
        _esm = (MADE / "widget.js").read_text(encoding="utf-8")
        _css = (MADE / "widget.css").read_text(encoding="utf-8")
        demo = traitlets.Unicode().tag(sync=True)
        settings = traitlets.Dict().tag(sync=True)
        state = traitlets.Unicode().tag(sync=True)
        parts = traitlets.Instance(Parts).tag(sync=True, **ipywidgets.widget_serialization)

    return Widget, Parts(text=(MADE / "parts.json").read_text(encoding="utf-8"))


def least_squares(instead, coefficients=20, noise=NOISE_SD, ridge=0.0, seed=0, stored=None):
    """Polynomials by least squares, with ridge: nothing trains, every picture is solved exactly.

    `stored`: the talk's polynomial, a curve.
    """
    choices = {
        "coefficients": COEFFICIENTS,
        "noise": NOISES,
        "ridge": RIDGES,
        "seed": SEEDS,
    }
    talk = {"coefficients": coefficients, "noise": noise, "ridge": ridge, "seed": seed}
    return Live("least-squares", instead, talk, choices, {}, 0, stored)


def weight_decay(
    instead,
    weight_decay=0.1,
    lr=TALK.lr,
    seed=0,
    net="1-100-100-100-1",
    steps=TALK.steps,
    stored=None,
):
    """Weight decay on clean targets, drawn far outside the data; its price apart from the loss.

    `stored`: the talk's network, a curve.
    """
    choices = {
        "weight_decay": [0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0],
        "lr": RATES,
        "seed": SEEDS,
        "net": ["1-50-50-1", "1-100-100-1", "1-1000-1000-1", "1-100-100-100-1"],
    }
    talk = {"weight_decay": weight_decay, "lr": lr, "seed": seed, "net": net}
    return Live("weight-decay", instead, talk, choices, {"momentum": TALK.momentum}, steps, stored)


def bump(
    instead, weight_decay=0.08, lr=TALK.lr, steps=8000, made=bump_error.THE_TALKS, stored=None
):
    """The bump the loss cannot see: what the data and what decay pull at its three neurons.

    `made`: the construction it starts from; `stored`: the talk's network after its steps, a curve.
    """
    choices = {"weight_decay": [0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32], "lr": RATES}
    talk = {"weight_decay": weight_decay, "lr": lr}
    built = {
        "start": [p.detach().flatten().tolist() for p in bump_error.with_bump(made).parameters()],
        "y": made.targets(),
        "gap": bump_error.POINTS[made.gap : made.gap + 2],
    }
    return Live("bump", instead, talk, choices, {"momentum": TALK.momentum} | built, steps, stored)


def network_fit(
    instead,
    seed=0,
    noise=NOISE_SD,
    lr=0.001,
    net="1-100-100-1",
    steps=TALK.steps,
    stored=None,
):
    """The wide network on noisy points: noise, learning rate, seed and width to slide.

    `stored`: the talk's network, a curve.
    """
    choices = {
        "noise": NOISES,
        "lr": RATES,
        "seed": SEEDS,
        "net": ["1-6-1", "1-50-50-1", "1-100-100-1", "1-1000-1000-1"],
    }
    talk = {"noise": noise, "lr": lr, "seed": seed, "net": net}
    fixed = {"momentum": TALK.momentum, "weight_decay": 0.0}
    return Live("network-fit", instead, talk, choices, fixed, steps, stored)


def dropout(
    instead,
    labels="leaky",
    missing=0.001,
    dropout=0.0,
    seed=0,
    steps=10_000,
    stored=None,
    **fixed,
):
    """Two inputs that say the same: what dropout of inputs or of hidden units makes of them.

    `stored`: the talk's answers to (1, 0), (0, 1) and (1, 1), (3,). `fixed`: `loud`, how loud the second
    input is, and other settings of the training than the talk's.
    """
    choices = {
        "missing": [0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.5],
        "dropout": [0.0, 0.1, 0.25, 0.5, 0.75],
        "labels": ["copied", "leaky"],
        "seed": SEEDS,
    }
    talk = {"missing": missing, "dropout": dropout, "labels": labels, "seed": seed}
    trained = {"lr": TALK.lr, "momentum": TALK.momentum, "weight_decay": 0.01, "loud": 1.0}
    return Live("dropout", instead, talk, choices, trained | fixed, steps, stored)
