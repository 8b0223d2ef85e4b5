"""The networks that train in the page, and the numbers its pictures need: what the rooms' `page.py` say."""

from dataclasses import asdict
from functools import lru_cache

import numpy as np

from demos.core import topics
from demos.core.engine.layers import Activation, Dropout, Linear
from demos.core.records import plain
from scripts.errors import BuildError
from scripts.live.trace import begun, undotted

STARTED = (
    Linear,
    Activation,
    Dropout,
)  # what the page knows how to start: `scripts/page/live/start.js`


@lru_cache
def all_nets():
    """{name: Net} of all rooms, in the order of their topics.

    Raises BuildError where two rooms mean two nets by one name.
    """
    found, homes = {}, {}
    for topic, module in topics.modules("page"):
        for net in getattr(module, "NETS", ()):
            if found.setdefault(net.name, net) != net:
                what = f"{topic} and {homes[net.name]} mean two nets by {net.name}"
                raise BuildError(what, "give one another name", module.__file__)
            homes.setdefault(net.name, topic)
    return found


def data():
    """{topic: {name: numbers}} for the live slides, as plain lists."""
    rooms = [(topic, module) for topic, module in topics.modules("page") if hasattr(module, "data")]
    return {topic: plain(module.data()) for topic, module in rooms}


def described(net):
    """What the page must know of a net beside its file or plan, as plain lists and numbers."""
    _, kept = begun(net)
    return {
        "parameters": plain(parameters(net)),
        "kept": [*kept],
        "given": plain(net.given),
        "rest": net.rest,
        "gradients": net.gradients,
        "drawn": drawn(net),
    }


def parameters(net):
    """Name, shape, and the bound of PyTorch's uniform start for each parameter of a net.

    Raises NotImplementedError for a network that starts in another way.
    """
    network = net.recipe.network
    strange = [layer for layer in network.layers if not isinstance(layer, STARTED)]
    if strange or network.init != "default":
        raise NotImplementedError(f"{net.name}: the page starts linear layers, as PyTorch does")
    rows, bound = [], 0.0
    for name, value in begun(net)[0].items():
        if value.ndim == 2:
            bound = 1 / np.sqrt(value.shape[1])
        rows.append({"name": undotted(name), "shape": [*value.shape], "bound": bound})
    return rows


def drawn(net):
    """Where a step's random numbers come from, for `draws.js`. None without any."""
    if not net.streams:
        return None
    streams = [
        {"seed": stream.seed, "calls": [called(call) for call in stream.calls]}
        for stream in net.streams
    ]
    return {"chunk": net.chunk, "streams": streams}


def called(call):
    draws = [{"name": name, "shape": [*shape]} for name, shape in call.draws.items()]
    return asdict(call) | {"draws": draws}
