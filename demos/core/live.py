"""Demos that train before your eyes: on an exported slide, in JupyterLab, from the same JavaScript.

A cell that ends with `live.demo(shown, ...)`, with `live` from a topic's room, takes the stored figure
`shown` and the talk's settings. On a slide the figure comes alive where the browser can train; on paper,
and where it cannot, the figure stays. In JupyterLab the cell shows the same thing as a widget; saved, it
is the figure again.

`stored` is what the figure shows of the talk's own run: it stands behind the live one in grey. A curve is
a pair (x, y) of arrays.
"""

import os
from functools import lru_cache
from pathlib import Path

import numpy as np

from demos.core.records import FOLDER, LIVE, plain
from demos.core.training import Settings

MADE = Path(__file__).resolve().parents[2] / "build" / "live"  # by the build, for JupyterLab
NOISES = [0.0, 0.02, 0.05, 0.1, 0.2]
SEEDS = range(16)
RATES = [0.0001, 0.0002, 0.0004, 0.001, 0.002, 0.004, 0.008, 0.012]
TALK = Settings()
DIGITS = 5  # of what is stored: finer than a line is thick


class Live:
    """A demo with its settings, and the figure that stands for it where nothing can train.

    talk: {name: value} that the sliders start from, choices: {name: values} that they go through. A value
    between a slider's ends becomes a choice; from any other nothing can start, and the figure says why.
    stored: arrays of the talk's own run, or None. nets: names of the networks it trains, where no slider
    `net` offers them.
    """

    def __init__(self, demo, instead, talk, choices, fixed, steps, stored=None, nets=()):
        choices = {name: with_value(values, talk[name]) for name, values in choices.items()}
        self.demo, self.instead = demo, instead
        stored = None if stored is None else np.round(np.asarray(stored, float), DIGITS)
        self.settings = plain(
            {
                **{"talk": talk, "choices": choices, "fixed": fixed, "steps": steps},
                **{"stored": stored, "nets": nets},
            }
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
