"""Run a notebook of the talk with invented networks, and read its figures: who stands under which name?"""

from collections import namedtuple
from contextlib import redirect_stdout
from io import StringIO

import numpy as np

from demos import records
from scripts.notebooks import read_all

Kept = namedtuple("Kept", "figure settings numbers")


class Asked:
    """A number for each thing that was asked for, so that what is drawn tells what it was."""

    def __init__(self):
        self.what = {}

    def tag(self, **asked):
        """A number of its own, 0.05, 0.06 ... for what is asked; the same one for the same again."""
        for number, known in self.what.items():
            if known == asked:
                return number
        number = round(0.05 + 0.01 * len(self.what), 2)
        self.what[number] = asked
        return number

    def of(self, number):
        """What a number that was read from a figure was asked for."""
        near = [asked for tag, asked in self.what.items() if abs(tag - number) < 1e-3]
        assert len(near) == 1, f"{number} is nobody's: {self.what}"
        return near[0]


def run(name, monkeypatch):
    """What every cell of a notebook shows or keeps: {figure's name: (figure, settings, numbers)}."""
    kept = {}

    def show(figure, name, settings, numbers, method="closed form"):
        records.make_record(name, settings, numbers, method, True)  # it could be kept
        kept[name] = Kept(figure, settings, numbers)
        return records.Shown(name, "")

    def keep(name, settings, numbers, method="closed form"):
        records.make_record(name, settings, numbers, method, False)
        kept[name] = Kept(None, settings, numbers)

    monkeypatch.setattr(records, "show", show)
    monkeypatch.setattr(records, "keep", keep)
    (notebook,) = read_all([name])
    space = {}
    with redirect_stdout(StringIO()):
        for cell in notebook.code_cells:
            exec(compile(cell.code, str(cell), "exec"), space)
    return kept


def heights(axes, color):
    """The heights of level lines of a colour."""
    lines = [one.get_ydata() for one in axes.lines if one.get_color() == color]
    return [values[0] for values in lines if len(values) > 2 and np.ptp(values) < 1e-6]
