"""What the page trains, keeps and says, against Python's run of the same network."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.core.training import Settings
from demos.early_stopping import compute as early
from demos.early_stopping.live import readouts
from demos.early_stopping.page import data

STEPS = 120


@pytest.mark.parametrize("moved", [{}, {"patience": 20, "seed": 5, "noise": 0.1}], ids=str)
def test_runs_what_is_kept_and_readouts(page, moved):
    now = {"patience": 100, "seed": 2, "noise": 0.3} | moved
    page.show(live.early_stopping(None, steps=STEPS, stored=([0, 1], [0.5, 0.2])))
    page.move(**moved)
    page.press("Train")
    settings = Settings(lr=0.004, momentum=0.9, steps=STEPS)
    run = early.in_the_page(now["seed"], now["noise"], settings)
    said = readouts(run, now["patience"])
    words = page.words()
    assert words.pop("step") == f"{STEPS}"
    lowest = f"lowest, at step {said.pop('at'):g}"
    assert list(words) == ["held out now", lowest, "kept, to the curve"]
    for word, value in zip(words.values(), said.values(), strict=True):
        assert float(word) == pytest.approx(value, rel=0.01)

    looks, at_dots, at_held, fits = run
    best, end = early.kept(at_held, now["patience"] // 20)
    x, y = early.noisy(now["seed"], now["noise"])
    fit, errors = panels(page("see")["svg"])
    fit.dots(x[:21], y[:21])
    rings = [
        [float(one["attributes"][at]) for at in ("cx", "cy")]
        for one in fit.group("dots signal")["children"]
    ]
    np.testing.assert_allclose(rings, fit.pixels(x[21:], y[21:]), atol=1e-3)
    fit.curve("regularized", early.GRID, fits[best], near=2)
    fit.curve("overfit", early.GRID, fits[-1], near=2)
    fit.curve("talk", [0, 1], [0.5, 0.2])
    errors.curve("network", looks, at_dots, near=2)
    errors.curve("signal", looks, at_held, near=2)
    (mark,) = errors.group("dots regularized")["children"]
    at = float(mark["attributes"]["cx"]), float(mark["attributes"]["cy"])
    np.testing.assert_allclose([at], errors.pixels([looks[best]], [at_held[best]]), atol=2)
    ended = errors.line("truth")
    gave_up = looks[end] - looks[best] >= now["patience"]
    assert len(ended) == 2 * gave_up
    if gave_up:
        np.testing.assert_allclose(ended[:, 0], errors.x.pixel(looks[end]), atol=0.1)
    assert "dashed: patience ends" in labels(page("see")["svg"])["truth"]


def test_the_page_is_given_the_noise_alone():
    given = data()
    for seed, (trained, held) in enumerate(zip(given["noise"], given["heldNoise"], strict=True)):
        drawn = np.random.default_rng(seed).standard_normal(31)
        np.testing.assert_allclose(trained, drawn[:21], rtol=0, atol=1e-6)
        np.testing.assert_allclose(held, drawn[21:], rtol=0, atol=1e-6)


def test_single_steps_are_no_looks_of_their_own(page):
    page.show(live.early_stopping(None))
    page.press("Step", times=3)
    words = page.words()
    assert words["step"] == "3" and "lowest, at step 0" in words
    (_, errors) = panels(page("see")["svg"])
    assert len(errors.line("signal")) == 2  # the start, and where it stands
