"""The live demos in Node: their scripts as shipped, without a browser."""

import base64
import json
import math
import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from scripts.build import frontend
from scripts.live import assets

HERE = Path(__file__).parent / "node"


@contextmanager
def in_node(folder):
    """A `Page`; what it loads is written to a folder."""
    modules, parts = folder / "modules.js", folder / "parts.json"
    parts.write_text(assets.parts(), encoding="utf-8")  # installs esbuild too, where it is missing
    modules.write_text(frontend.esbuild(HERE / "modules.js", "--global-name=live"), "utf-8")
    command = [os.path.join(frontend.node_folder(), "node"), HERE / "page.mjs", modules, parts]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, **pipes) as process:
        try:
            yield Page(process)
        finally:
            process.kill()  # asked to stop, it would finish compiling first


class Page:
    """The page's scripts in a process of Node: `page(ask, **more)` is what they tell."""

    def __init__(self, process):
        self.process = process

    def __call__(self, ask, **more):
        """Raises RuntimeError with what the scripts complain of."""
        self.process.stdin.write(json.dumps({"ask": ask} | more, default=written) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline(), object_hook=read)
        if "error" in answer:
            raise RuntimeError(f"{ask}: {answer['error']}")
        return answer["told"]

    # ---- a live demo on show ----
    def show(self, demo, state=""):
        """A `demos.core.live` demo as its slide first shows it; `state`: the address's."""
        self.demo = demo
        self("show", demo=demo.demo, settings=demo.settings, state=state)

    def move(self, **sliders):
        for name, value in sliders.items():
            at = self.demo.settings["choices"][name].index(value)
            said = self("slide", label=LABELS[name], at=at)
            assert said == str(value) or number(said) == value, f"{LABELS[name]} says {said}"

    def press(self, button, times=1):
        for _ in range(times):
            self("press", name=button)

    def words(self):
        """What the line of readouts says: {name: text}."""
        return dict(part.rsplit(" ", 1) for part in self("see")["words"].split(" · "))

    def says(self, digits=3, **expected):
        """Assert that these are all the readouts, each right to the last of so many digits."""
        words = self.words()
        assert list(words) == [name.replace("_", " ") for name in expected]
        for (name, word), value in zip(words.items(), expected.values(), strict=True):
            shown = digits if abs(value) >= 0.001 else 2
            last = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - shown) if value else 0.01
            assert abs(number(word) - value) <= 0.51 * last, (name, word, value)


def number(word):
    """A number as a page writes it: 1,200, −0.14, 1.4×10⁻⁴, 10⁻⁹."""
    digits, power = re.fullmatch(r"(.*?)(?:×?10([⁻⁰¹²³⁴-⁹]+))?", word).groups()
    power = (power or "0").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    return float(f"{digits.replace(',', '').replace('−', '-') or 1}e{power}")


LABELS = {
    "noise": "Noise",
    "lr": "Learning rate",
    "seed": "Seed",
    "net": "Network",
    "weight_decay": "Weight decay",
    "missing": "Input dropout",
    "dropout": "Hidden dropout",
    "labels": "Labels",
    "coefficients": "Coefficients",
    "ridge": "Ridge",
    "members": "Throws in the mean",
    "patience": "Patience, in steps",
    "shared": "Correlation",
    "sets": "Training sets",
    "degree": "Degree",
    "points": "Points in each",
    "smoothing": "Smoothing",
    "sd": "Spread of a blob",
    "which": "Which points",
    "mixup": "Mixup, share of steps",
}


def written(value):
    """Arrays of float32 travel as the text of their bytes; other arrays as lists."""
    array = np.asarray(value)
    if array.dtype == np.float32:
        return {"float32": base64.b64encode(array.tobytes()).decode()}
    return array.tolist()


def read(value):
    if value.keys() != {"float32"}:
        return value
    return np.frombuffer(base64.b64decode(value["float32"]), "<f4")
