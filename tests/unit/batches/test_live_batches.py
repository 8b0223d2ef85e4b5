"""What the page walks and says, against Python's walks after the same seed."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.batches import page as given
from demos.batches import paths
from demos.batches.live import readouts


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"batch": 1, "lr": 0.4},
        {"batch": 16, "clock": "steps", "seed": 5},
        {"batch": 64, "clock": "steps"},
    ],
    ids=str,
)
def test_paths_losses_and_readouts(page, moved):
    now = {"batch": 4, "lr": 0.1, "clock": "epochs", "seed": 0} | moved
    page.show(live.batches(None, stored=([-1, 0.5], [2, 0.3])))
    page.move(**moved)
    said = readouts(**now)
    page.says(
        steps=said["steps"],
        epochs=said["epochs"],
        mean_loss_of_paths=said["mean"],
        of_all_points=said["whole"],
        paths_below_it=said["below"],
    )
    walks = paths.walks(**now)
    whole = paths.everything(now["lr"], now["clock"])
    places, curve = panels(page("see")["svg"])
    places.curve("network", *walks[0].T)
    places.dots(*walks[:, -1].T)
    places.curve("talk", [-1, 0.5], [2, 0.3])
    curve.curve("network", np.arange(walks.shape[1]), paths.excess(walks[0]))
    curve.curve("truth", np.arange(len(whole)), paths.excess(whole))
    assert labels(page("see")["svg"])["network"] == ["one path", "one path, others pale"]


def test_the_cloud_is_every_path(page):
    page.show(live.batches(None, batch=32))
    walks = paths.walks(32, 0.1)
    _, curve = panels(page("see")["svg"])
    line = curve.line("cloud")
    assert len(line) > 32 * 17  # equal neighbours are read as one
    for lost in paths.excess(walks):
        expected = curve.pixels(np.arange(17), lost)
        assert np.abs(expected[:, None] - line).max(-1).min(-1).max() < 0.06


def test_the_page_gets_the_points_the_best_line_and_rings():
    found = given.data()
    best, curved = paths.bottom(*paths.points())
    assert np.array_equal([found["x"], found["y"]], paths.points())
    assert np.array_equal(found["best"], best) and np.array_equal(found["curved"], curved)
    for level, ring in zip(given.LEVELS, found["rings"], strict=True):
        np.testing.assert_allclose(paths.excess(ring.T), level, rtol=1e-3)
