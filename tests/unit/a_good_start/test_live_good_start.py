"""What the page draws, multiplies and says, against Python's layers after the same seed."""

import numpy as np
import pytest
from drawn import labels, panels
from rooms import live

from demos.a_good_start import compute as cp
from demos.a_good_start.live import passes, readouts

TALK = {"depth": 30, "scale": 2.0, "activation": "relu", "way": "plain"}


def as_python(page, now, seed):
    """The page at some settings is what Python computes there."""
    said = readouts(**now, seed=seed)
    page.says(
        digits=2,
        **{
            "activations_of_the_last_layer": said["size"],
            "inputs_apart_there": said["apart"],
            "gradient,_first_over_last_layer": said["gradient"],
        },
    )
    through = passes(**now, seed=seed)
    layers = np.arange(1, now["depth"] + 1)
    there, back = panels(page("see")["svg"])
    there.curve("network", layers, cp.spread(through.activations))
    there.curve("signal", layers, cp.apart(through.activations))
    back.curve("overfit", layers, cp.spread(through.gradients))


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"depth": 50, "scale": 4.0},
        {"depth": 10, "activation": "tanh", "scale": 1.0},
        {"depth": 5, "activation": "sigmoid", "scale": 16.0},
        {"scale": 0.25, "way": "residual"},
        {"depth": 3, "activation": "tanh", "way": "residual"},
    ],
    ids=str,
)
def test_layers_and_readouts(page, moved):
    page.show(live.a_good_start(None, stored=([1, 30], [0.5, 0.2])))
    page.move(**moved)
    as_python(page, TALK | moved, 0)
    there, _ = panels(page("see")["svg"])
    there.curve("talk", [1, 30], [0.5, 0.2])
    words = labels(page("see")["svg"])
    assert words["network"] == ["activations"] and words["signal"] == ["inputs apart"]
    assert words["overfit"] == ["gradients"]


def test_new_weights_are_those_of_the_next_seed_and_after_the_last_of_the_first(page):
    page.show(live.a_good_start(None, depth=3, seed=14))
    page.press("New weights")
    as_python(page, TALK | {"depth": 3}, 15)
    assert page("see")["address"] == "0_seed:15~0"
    page.show(page.demo, state="0_seed:15~0")
    as_python(page, TALK | {"depth": 3}, 15)
    page.press("New weights")
    as_python(page, TALK | {"depth": 3}, 0)
    page.press("The slide’s settings")
    as_python(page, TALK | {"depth": 3}, 14)
