"""What the page computes, draws and says of two detectors, against Python's."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.built_in_regularizers import compute as sig
from demos.built_in_regularizers.live import readouts


@pytest.mark.parametrize(
    "moved",
    [{}, {"place": 3, "shape": "bump", "noise": 1.0, "seed": 5}, {"noise": 0.0, "place": 32}],
    ids=str,
)
def test_signals_answers_and_readouts(page, moved):
    now = {"shape": "step up", "place": 16, "noise": 0.3, "seed": 0} | moved
    page.show(live.built_in_regularizers(None, stored=([0, 32], [1.0, 0.5])))
    page.move(**moved)
    said = readouts(**now)
    page.says(dense_answers=said["dense"], filter_answers=said["slides"])
    seen, found = panels(page("see")["svg"])
    place, shape = now["place"], sig.SHAPES[sig.NAMES.index(now["shape"])]
    clean = sig.placed(shape[None], [place])[0]
    every = np.arange(40)
    seen.dots(every, clean + now["noise"] * sig.noise(now["seed"]))
    seen.curve("truth", every, clean)
    which = sig.NAMES.index(now["shape"])
    dense, slides, where = sig.found(which, now["noise"], now["seed"])
    at = where[place]
    seen.curve(
        "regularized",
        [at - 0.5, at - 0.5, at + 7.5, at + 7.5, at - 0.5],
        [-2.6, 2.6, 2.6, -2.6, -2.6],
    )
    places = np.arange(33)
    found.curve("overfit", places, dense)
    found.curve("regularized", places, slides)
    found.dots([place, place], [dense[place], slides[place]])
    found.curve("talk", [0, 32], [1.0, 0.5])
    said = labels(page("see")["svg"])
    assert said["regularized"] == ["the filter’s find", "slides, maximum"]
    assert said["overfit"] == ["dense looks here", "dense"]
