"""Demos that train before your eyes: on an exported slide, in JupyterLab, from the same JavaScript.

A cell that ends with `live.network_fit(shown, ...)` takes the stored figure `shown` and the talk's
settings. On a slide the figure comes alive where the browser can train; on paper, and where it cannot,
the figure stays. In JupyterLab the cell shows the same thing as a widget.
"""

import os
from functools import lru_cache
from pathlib import Path

from demos.curve import NOISE_SD
from demos.records import FOLDER, plain
from demos.training import Settings

MIME = "application/vnd.talk.live+json"
MADE = Path(__file__).resolve().parents[1] / "build" / "live"  # by the build, for JupyterLab
RATES = [0.0001, 0.0002, 0.0004, 0.001, 0.002, 0.004, 0.008, 0.012]
TALK = Settings()


class Live:
    """A demo with its settings, and the figure that stands for it where nothing can train."""

    def __init__(self, demo, instead, talk, choices, fixed, steps):
        for name, value in talk.items():
            if value not in choices[name]:
                raise ValueError(f"{name}={value!r} is none of {choices[name]}")
        self.demo, self.instead = demo, instead
        self.settings = plain({"talk": talk, "choices": choices, "fixed": fixed, "steps": steps})

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = self.instead._repr_mimebundle_()
        if FOLDER in os.environ:  # the build: equal cells give equal outputs, nothing is started
            return data | {MIME: {"demo": self.demo, "settings": self.settings}}, metadata
        if not (MADE / "parts.json").exists():
            note = "To train it here, run `make deck` once in the project's folder."
            return data | {"text/plain": note}, metadata
        return widget_class()(demo=self.demo, settings=self.settings)._repr_mimebundle_(**kwargs)


@lru_cache
def widget_class():
    """The widget for JupyterLab, its code from the last build; what it loads is sent once."""
    import anywidget
    import ipywidgets
    import traitlets

    class Parts(ipywidgets.Widget):
        text = traitlets.Unicode().tag(sync=True)

    class Widget(anywidget.AnyWidget):
        _esm = (MADE / "widget.js").read_text(encoding="utf-8")
        _css = (MADE / "widget.css").read_text(encoding="utf-8")
        parts = traitlets.Instance(Parts, Parts(text=(MADE / "parts.json").read_text())).tag(
            sync=True, **ipywidgets.widget_serialization
        )
        demo = traitlets.Unicode().tag(sync=True)
        settings = traitlets.Dict().tag(sync=True)
        state = traitlets.Unicode().tag(sync=True)

    return Widget


def network_fit(instead, seed=0, noise=NOISE_SD, lr=0.001, net="1-100-100-1", steps=TALK.steps):
    """The wide network on noisy points: noise, learning rate, seed and width to slide."""
    choices = {
        "noise": [0.0, 0.02, 0.05, 0.1, 0.2],
        "lr": RATES,
        "seed": range(16),
        "net": ["1-6-1", "1-50-50-1", "1-100-100-1", "1-1000-1000-1"],
    }
    talk = {"noise": noise, "lr": lr, "seed": seed, "net": net}
    fixed = {"momentum": TALK.momentum, "weight_decay": 0.0}
    return Live("network-fit", instead, talk, choices, fixed, steps)
