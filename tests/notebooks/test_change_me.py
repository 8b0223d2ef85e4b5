"""A cell marked `# change me` with values that its author did not think of: the notebook still runs to its
end, and what makes no sense is told in the demo's own words."""

import json
import os
import subprocess
import sys

import pytest

from scripts.build.notebooks import read_all
from scripts.paths import ROOT

pytestmark = pytest.mark.code

MOONS, DECAYS, POLYNOMIALS = "seed = ", "decays, fits", "seed, few"
RATES, STEP = "small, right", "lr, momentum"
FIT, SLOPE, TWICE, WIDE = "seed, size", "weight, alpha", "lam, lr =", "widths, seed"
BUMP, DECAY = "made = ", "lam = "
ARM, UNITS, COINS, LOUD = "arm_with", "h = ", "seed, p, steps", "loud, off"
WATCHED = "data_set, noise_sd"
GAMES, SHARED, NOISY = "games, members", "shared = ", "data, noise"
DEGREE, WIDTH = "degree, points", "width, steps"
CERTAIN = "steps, smoothing"
MOVED = "most, share"
# {notebook: [{how a marked line begins: what is written after its "="}, ...]}
RUNS = {
    "00-opening": [{MOONS: "40", DECAYS: '{"a": 50, "b": 0.1}, {}'}],
    "01-least-squares": [{POLYNOMIALS: "40, 13, 25"}, {POLYNOMIALS: "3, 7, 2"}],
    "02-primer": [
        {RATES: "0.0001, 0.2, 10, 6", STEP: "5.0, 0.99, 3.0"},
        {RATES: "0.01, 0.1, 0.35, 0", STEP: "0, 0, 0"},
    ],
    "03-network-fit": [{FIT: "40, 20, 0.5, 400"}, {FIT: "0, 300, 0.001, 1"}],
    "04-l2-penalty": [
        {SLOPE: "-2.0, 0.0, 1.0", TWICE: "0.0, 1.0", WIDE: "(1, 7, 1), 40, 5.0"},
        {SLOPE: "0.0, -1, 1e-9", TWICE: "0.3, 0.0001", WIDE: "l2.TWO_LAYERS, 3, 0.0"},
    ],
    "05-bump-error": [{BUMP: 'bump.Construction("sine", gap=0, slope=-3.0)', DECAY: "7.0"}],
    "06-correlations": [{ARM: "0.0, 40"}, {ARM: "1.0, 3"}],
    "07-dropout": [
        {UNITS: "torch.tensor([-1.0, 0.0, 7.0])", COINS: "40, 0.3, 30", LOUD: "0.5, 0.0"},
        {UNITS: "torch.zeros(2)", COINS: "0, 0.0, 0", LOUD: "-3, 0.3"},
    ],
    "15-bias-and-variance": [
        {DEGREE: "0, 2, 0.0", WIDTH: "1, 5, 0.1, 3"},
        {DEGREE: "9, 12, 3", WIDTH: "50, 2, 0, 2"},
    ],
    "19-early-stopping": [{WATCHED: "40, 0.0, 3"}, {WATCHED: "0, 2, 1"}],
    "20-ensembles": [
        {GAMES: "50, 1", SHARED: "0.0", NOISY: "40, 0.0, 20"},
        {GAMES: "2, 64", SHARED: "1", NOISY: "0, 5, 0"},
    ],
    "22-augmentation": [{MOVED: "2, 1.0"}, {MOVED: "0, 0.0"}],
    "23-label-smoothing": [{CERTAIN: "100, 0.9"}, {CERTAIN: "0, 1.0"}],
}
# the same with one value that makes no sense, and what is said of it
SENTENCES = {
    "00-opening": [({MOONS: "-1"}, "seed is -1: say a whole number, 0 or more")],
    "01-least-squares": [
        ({POLYNOMIALS: "0, 0, 20"}, "coefficients is 0: say a whole number, 1 or more"),
        ({POLYNOMIALS: "2.5, 5, 20"}, "seed is 2.5: say a whole number, 0 or more"),
    ],
    "02-primer": [({STEP: "0.1, 2, 0"}, "momentum is 2: say a number from 0 up to 1, without 1")],
    "03-network-fit": [
        ({FIT: "2.5, 9, 0.001, 9"}, "seed is 2.5: say a whole number, 0 or more"),
    ],
    "04-l2-penalty": [
        ({WIDE: "(1, 7, 1), 0, -1"}, "weight_decay is -1: say a number, 0 or more"),
    ],
    "05-bump-error": [
        (
            {BUMP: "bump.Construction(gap=7)"},
            "gap, counted from 0 between six points, is 7: say a whole number from 0 to 4",
        ),
        (
            {BUMP: 'bump.Construction("line")'},
            "shape is 'line': say 'curve' or 'sine' or 'parabola' or 'random'",
        ),
    ],
    "06-correlations": [
        ({ARM: "1.5, 0"}, "arm_with_dumbbell, a share, is 1.5: say a number from 0 to 1"),
        ({ARM: "0.9, -1"}, "seed is -1: say a whole number, 0 or more"),
    ],
    "07-dropout": [],  # plain PyTorch, which says itself what makes no sense
    "15-bias-and-variance": [
        ({WIDTH: "32, 9, 0.0, 0"}, "sets is 0: say a whole number, 1 or more"),
    ],
    "19-early-stopping": [
        ({WATCHED: "-1, 0.3, 10"}, "seed is -1: say a whole number, 0 or more"),
        ({WATCHED: "7, 0.3, 0"}, "patience is 0: say a whole number, 1 or more"),
    ],
    "20-ensembles": [({NOISY: "-1, 0.3, 20"}, "seed is -1: say a whole number, 0 or more")],
    "22-augmentation": [],  # PyTorch itself says what can be padded
    "23-label-smoothing": [],  # PyTorch itself says what smoothing may be
}


def marked(notebook):
    """The lines of a notebook that are to be changed."""
    return [
        line
        for cell in notebook.code_cells
        for line in cell.code.split("\n")
        if "change me" in line
    ]


def edits(values, lines):
    """{how a line begins: the whole line with another value}."""
    found = {}
    for begins, value in values.items():
        (line,) = [line for line in lines if line.startswith(begins)]
        found[begins] = f"{line.partition(' = ')[0]} = {value}  # change me"
    return found


@pytest.mark.parametrize("notebook", read_all(list(RUNS)), ids=lambda each: each.name)
def test_what_is_to_be_changed_may_be(notebook):
    lines, runs = marked(notebook), RUNS[notebook.name]
    begun = [line for line in lines if any(line.startswith(begins) for begins in runs[0])]
    assert begun == lines, "a marked line that no run here changes"
    sentences = SENTENCES[notebook.name]
    variants = [edits(values, lines) for values in (*runs, *(values for values, _ in sentences))]
    done = subprocess.run(
        [sys.executable, "tests/helpers/hurried.py", notebook.name],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"},
        input=json.dumps(variants),
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found[: len(runs)] == [None] * len(runs)
    for (_, sentence), (_, kind, message, file) in zip(sentences, found[len(runs) :], strict=True):
        assert (kind, message) == ("ValueError", sentence)
        assert file.endswith("demos/core/checks.py")


def test_every_notebook_with_such_a_line_is_here():
    assert [each.name for each in read_all() if marked(each)] == list(RUNS)
