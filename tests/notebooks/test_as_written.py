"""What a slide writes out in PyTorch or NumPy does what the demos do for many seeds: the cell itself runs
here, with fewer units and steps where that takes long."""

import numpy as np
import pytest
import torch

from demos.core.classification import fit
from demos.core.networks import mlp, predict
from demos.core.polynomials import fit as polynomial
from demos.core.training import Settings
from demos.least_squares import compute as least_squares
from demos.network_fit import compute as network_fit
from demos.opening import compute as moons
from scripts.build.notebooks import read_all

pytestmark = pytest.mark.code


def run(notebook, *changes, needs=""):
    """The names that a notebook's cell with all of these (what it writes, what to write instead) leaves."""
    (book,) = read_all([notebook])
    found = [cell for cell in book.code_cells if all(old in cell.code for old, _ in changes)]
    assert len(found) == 1, f"{len(found)} cells of {notebook} write {changes}"
    code = found[0].code
    for old, new in changes:
        code = code.replace(old, new)
    names = {}
    state = torch.get_rng_state()
    try:
        exec(f"{book.code_cells[0].code}\n{needs}\n{code}", names)
    finally:
        torch.set_rng_state(state)
    return names


def test_the_polynomials_of_the_slide_are_those_of_the_demo():
    names = run("01-least-squares", ("seed, few, many = 0, 5, 20", "seed, few, many = 4, 3, 9"))
    y = least_squares.noisy_targets([4])[:, 0]
    for count in (3, 9):
        expected = polynomial(names["x"], y, count)
        assert names["weights"][count] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        at = least_squares.predict(expected, names["at"])
        assert names["drawn"][count] == pytest.approx(at, abs=1e-9)


def test_the_network_of_the_slide_is_the_first_of_the_demos_many():
    changed = "seed, size, lr, steps = 3, 20, 0.002, 25"
    names = run("03-network-fit", ("seed, size, lr, steps = 0, 100, 0.001, 4000", changed))
    many = network_fit.fit((1, 20, 20, 1), [3], names["y"], Settings(lr=0.002, steps=25))
    x = np.linspace(0, 1, 9)
    assert predict(names["network"], x) == pytest.approx(many.predict(x)[0], abs=1e-5)


def test_the_classifiers_of_the_slide_are_those_of_the_demo():
    needs = "seed = 5\nx, y = moons.shown(seed)"
    decays = (
        'decays, fits = {"left alone": 0, "weight decay": 4}',
        'decays, fits = {"a": 0, "b": 4}',
    )
    names = run("00-opening", decays, ("range(300)", "range(12)"), needs=needs)
    for name, weight_decay in (("a", 0), ("b", 4)):
        network = mlp(moons.WIDTHS, 5)
        settings = moons.Settings(lr=0.01, weight_decay=weight_decay, epochs=12, batch=40)
        fit(network, names["x"], names["y"], settings, seed=5)
        written = predict(names["fits"][name][0], names["x"])
        assert written == pytest.approx(predict(network, names["x"]), abs=1e-4)


def test_weight_decay_is_half_of_it_times_the_sum_of_squares_in_the_loss():
    names = run("04-l2-penalty", ("lam, lr = 0.08, 0.004", "lam, lr = 0.7, 0.02"))
    pairs = zip(names["summed"].parameters(), names["decayed"].parameters(), strict=True)
    start = mlp((1, 50, 1), 0)
    moved = 0
    for (one, other), before in zip(pairs, start.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)
        moved = max(moved, float((one - before).detach().abs().max()))
    assert moved > 0.01
