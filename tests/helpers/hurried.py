"""Run a notebook from top to bottom with other values in its `# change me` lines, and little training.

As a program: hurried.py NOTEBOOK, on stdin JSON: a list of variants, each {first characters of a line: what
to write for the whole line}. Prints JSON: per variant null, or [cell, error, message, file of the last
frame]. A process of its own: the training is cut short before any demo is imported.
"""

import contextlib
import io
import json
import os
import sys
import traceback
from dataclasses import replace
from pathlib import Path

STEPS = 30  # of training, where a demo asks for more
COUNTED = "05-bump-error"  # looks at its steps by their number: its settings stay, less is done


def hurry(counted):
    """Cut every training short, whatever its settings ask for."""
    if counted:
        hurry_trainers()
        return
    from demos.core import training, wide
    from demos.core.engine.train import Plan
    from demos.correlations import compute as correlations

    def shorter(kind, **most):
        init = kind.__init__

        def hurried(self, *given, **named):
            init(self, *given, **named)
            for name, value in most.items():
                if getattr(self, name) > value:
                    object.__setattr__(self, name, value)

        kind.__init__ = hurried

    shorter(training.Settings, steps=STEPS)
    shorter(Plan, steps=STEPS)
    shorter(correlations.Settings, epochs=1)
    train = wide.train  # by other rules than SGD, it is told its steps without settings
    wide.train = lambda p, x, y, rule, steps, *more, **named: train(
        p, x, y, rule, min(steps, STEPS), *more, **named
    )


def hurry_trainers():
    """The same where settings have to keep what they say: whoever trains stops early."""
    from demos.core import ensemble, training

    def sooner(train):
        def hurried(network, x, y, settings, *more):
            return train(network, x, y, replace(settings, steps=min(settings.steps, STEPS)), *more)

        return hurried

    training.train, ensemble.train = sooner(training.train), sooner(ensemble.train)


def changed(cells, edits):
    """The cells' code with lines replaced, each edit exactly once. Raises ValueError."""
    for begins, line in edits.items():
        places = [
            (at, row)
            for at, code in enumerate(cells)
            for row, text in enumerate(code.split("\n"))
            if text.startswith(begins)
        ]
        if len(places) != 1:
            raise ValueError(f"{len(places)} lines begin with {begins!r}")
        ((at, row),) = places
        lines = cells[at].split("\n")
        if "change me" not in lines[row]:
            raise ValueError(f"{begins!r} begins no line that is to be changed")
        cells = [*cells[:at], "\n".join([*lines[:row], line, *lines[row + 1 :]]), *cells[at + 1 :]]
    return cells


def run(cells):
    """None, or what ended the run: [cell, error, message, file of the last frame]."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.showtraceback = lambda *args, **more: None
    for number, code in enumerate(cells):
        result = shell.run_cell(code, silent=False)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            return [number, type(error).__name__, str(error), frames[-1].filename]
    return None


def main(name):
    hurry(name == COUNTED)
    from demos.core import live
    from scripts.build.notebooks import read_all

    (notebook,) = read_all([name])
    live.MADE = Path("nowhere")  # a widget needs a whole Jupyter: its figure will do
    os.chdir("slides")
    cells, found = [cell.code for cell in notebook.code_cells], []
    with contextlib.redirect_stdout(io.StringIO()):
        for edits in json.load(sys.stdin):
            found.append(run(changed(cells, edits)))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
