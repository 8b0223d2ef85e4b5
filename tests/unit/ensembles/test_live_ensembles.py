"""What the page throws and says, against Python's throws after the same seed."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.ensembles import compute as ens
from demos.ensembles.live import GAMES, THROWERS, readouts

COUNTS = [1, 2, 4, 8, 16, 32, 64]


@pytest.mark.parametrize(
    "moved", [{}, {"members": 3, "shared": 0.8, "seed": 5}, {"shared": 1.0}], ids=str
)
def test_throws_means_and_readouts(page, moved):
    now = {"members": 16, "shared": 0.3, "seed": 0} | moved
    page.show(live.ensembles(None, stored=([1, 64], [0.5, 0.2])))
    page.move(**moved)
    members, shared = now["members"], now["shared"]
    said = readouts(**now)
    page.says(
        **{"one_throw": said["one"], f"mean_of_{members}": said["mean"], "formula": said["formula"]}
    )
    thrown = ens.throws(now["seed"], GAMES, THROWERS[-1], shared)
    assert said["mean"] == pytest.approx((thrown[:, :members].mean(1) ** 2).sum(1).mean())
    disc, error = panels(page("see")["svg"])
    disc.dots(*thrown[0, :members].T)
    shown = list(dict.fromkeys([*COUNTS, members]))
    error.dots(shown, ens.misses(thrown, shown))
    every = np.arange(1, 65)
    error.curve("regularized", every, ens.of_the_mean(ens.DISC, shared, every))
    error.curve("talk", [1, 64], [0.5, 0.2])
    assert labels(page("see")["svg"])["regularized"] == ["formula", "their mean"]
