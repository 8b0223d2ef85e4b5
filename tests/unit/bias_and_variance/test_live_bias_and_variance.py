"""What the page draws, fits and says, against Python's training sets after the same seed."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.bias_and_variance import compute as bv
from demos.bias_and_variance.live import readouts
from demos.core.curve import curve


@pytest.mark.parametrize(
    "moved",
    [{}, {"sets": 2, "degree": 0}, {"degree": 9, "points": 40, "seed": 5}, {"sets": 200}],
    ids=str,
)
def test_sets_fits_and_readouts(page, moved):
    now = {"sets": 30, "degree": 5, "points": 20, "seed": 0} | moved
    page.show(live.bias_and_variance(None, stored=([0.1, 0.9], [0.5, 0.2])))
    page.move(**moved)
    said = readouts(**now)
    page.says(
        **{"bias²": said["bias2"], "variance": said["variance"]},
        mean_test_error=said["mean"],
        median_test_error=said["median"],
    )
    x, y = bv.training_sets(now["seed"], now["sets"], now["points"])
    answers = bv.values(bv.fitted(x, y, now["degree"]))
    cloud, error = panels(page("see")["svg"])
    cloud.dots(x[-1], y[-1])
    cloud.curve("network", bv.GRID, answers[-1])
    cloud.curve("signal", bv.GRID, answers.mean(0))
    cloud.curve("truth", bv.GRID, curve(bv.GRID))
    cloud.curve("talk", [0.1, 0.9], [0.5, 0.2])
    errors = bv.squared_errors(answers) + bv.NOISE_SD**2
    drawn = np.arange(1, now["sets"] + 1)
    error.curve("overfit", drawn, np.cumsum(errors) / drawn)
    error.curve("regularized", drawn, [np.median(errors[:n]) for n in drawn])
    error.curve("truth", [1, 200], [0.09, 0.09])
    words = labels(page("see")["svg"])
    assert words["overfit"] == ["mean over sets"] and words["signal"] == ["mean"]


def test_the_cloud_is_every_fit_there_and_back_again(page):
    page.show(live.bias_and_variance(None, sets=3))
    answers = bv.values(bv.fitted(*bv.training_sets(0, 3), 5))
    cloud, _ = panels(page("see")["svg"])
    line, n = cloud.line("cloud"), len(bv.GRID)
    assert len(line) == 3 * (n + 2)
    for at, fit in enumerate(answers):
        own = line[at * (n + 2) : (at + 1) * (n + 2)]
        expected = cloud.pixels(bv.GRID, fit)
        np.testing.assert_allclose(own[1:-1], expected[:: -1 if at % 2 else 1], atol=0.06)
        assert {*np.sign(own[[0, -1], 0] - 500)} == {-1, 1}  # its ends: out of sight
