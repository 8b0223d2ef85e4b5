"""What the page walks, draws and says, against Python's walks after the same seed."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.weight_decay import noise
from demos.weight_decay import page as given
from demos.weight_decay.draw import EACH
from demos.weight_decay.live import readouts, shown

TALK = {"size": 3.0, "decay": 0.1, "lr": 0.0025, "seed": 0}
KINDS = {"coupled": "network", "decoupled": "regularized"}


@pytest.mark.parametrize(
    "moved",
    [{}, {"size": 0.1}, {"size": 10.0, "decay": 1.0, "seed": 5}, {"lr": 0.01, "decay": 0.01}],
    ids=str,
)
def test_ways_and_readouts(page, moved):
    now = TALK | moved
    page.show(live.weight_decay(None, stored=([0, 1000], [1, 0.3])))
    page.move(**moved)
    said = readouts(**now)
    page.says(
        Adam_with_L2_keeps=said["l2"],
        by_the_formula=said["formula"],
        AdamW_keeps=said["adamw"],
    )
    own, formula, kept, along = shown(**now)
    left, right = panels(page("see")["svg"])
    every = np.arange(noise.STEPS + 1)[::EACH]
    for way, kind in KINDS.items():
        left.curve(kind, every, own[way][::EACH])
        left.curve(f"truth {way}", every, formula[way][::EACH])
        right.curve(kind, given.SIZES, kept[way])
        right.curve(f"truth {way}", given.ALONG, along[way])
    left.curve("talk", [0, 1000], [1, 0.3])
    right.curve("truth", [now["size"]] * 2, [0, 1.2])
    assert labels(page("see")["svg"])["regularized"] == ["AdamW"]


def test_the_page_gets_the_noises():
    found = given.data()
    assert found["sizes"] == given.SIZES and np.array_equal(found["along"], given.ALONG)
    assert set(noise.NOISES) <= set(given.SIZES) and np.diff(given.ALONG).min() > 0
    assert given.ALONG[0] < given.SIZES[0] and given.ALONG[-1] > given.SIZES[-1]


def test_own_ways_are_means_of_copies():
    own, said, kept, along = shown(2.0, 0.2, 0.005, 7)
    walks = noise.walks(noise.gradients(7), [2.0, 0.1], 0.2, 0.005)
    for way, path in walks.items():
        np.testing.assert_allclose(own[way], path[:, 0].mean(1))
        assert kept[way][0] == pytest.approx(path[-1, 1].mean())
        np.testing.assert_allclose(said[way], noise.expected([2.0], way, 0.2, 0.005)[:, 0])
        at = noise.expected([given.ALONG[5]], way, 0.2, 0.005)[-1].item()
        assert along[way][5] == pytest.approx(at)
