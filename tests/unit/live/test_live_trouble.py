"""What a live demo says when its picture says nothing: a step too long, units off, a long way back."""

import json

import numpy as np
import pytest
from drawn import panels
from rooms import NETS, live, network, widths

from demos.bump_error import compute as bump_error
from demos.core.curve import OUTSIDE_X
from demos.core.networks import predict

LEFT = "The step is too long: the curve has left the picture."
DIVERGING = {
    "network_fit": (live.network_fit(None, steps=400, lr=10.0), LEFT),
    "weight_decay": (live.l2_penalty(None, steps=400, lr=10.0), LEFT),
    "bump-error": (live.bump_error(None, steps=400, lr=10.0), LEFT),
    "dropout": (live.dropout(None, steps=400, lr=10.0), LEFT.replace("curve has", "answers have")),
}


@pytest.mark.parametrize("demo", DIVERGING)
def test_a_step_that_is_too_long_is_said_in_words(page, demo):
    shown, words = DIVERGING[demo]
    page.show(shown)
    assert page("see")["trouble"] == ""
    page.press("Train")
    seen = page("see")
    assert seen["trouble"] == words
    assert seen["aloud"].startswith(words)
    assert "NaN" not in json.dumps(seen["svg"])  # nothing that a browser complains of
    page.press("Reset")
    assert page("see")["trouble"] == ""


def test_a_curve_that_may_come_back_is_gone_for_now(page):
    demo = live.bump_error(None)
    *inner, _ = demo.settings["fixed"]["start"]
    demo.settings["fixed"]["start"] = [*inner, [50.0]]
    page.show(demo)
    assert page("see")["trouble"] == "For now the curve has left the picture."


def test_a_network_whose_units_are_off_says_so(page):
    demo = live.bump_error(None)
    weight, bias, *last = demo.settings["fixed"]["start"]
    demo.settings["fixed"]["start"] = [weight, [-50.0] * len(bias), *last]
    page.show(demo)
    assert page("see")["trouble"].startswith("All units are off")


@pytest.mark.parametrize("net", NETS, ids=[net.name for net in NETS])
def test_units_are_off_only_where_no_layer_lets_anything_through(page, net):
    start = [p.detach().flatten().numpy() for p in network(net).parameters()]
    grid = OUTSIDE_X if widths(net)[0] == 1 else np.linspace(0, 1, 20)
    zeros = np.zeros(net.given.get("x", [0])[0])

    def off(values):
        given = {"net": net.name, "from": values, "data": {"x": zeros, "y": zeros, "grid": grid}}
        if net.streams:
            given["data"] = {"grid": grid}
        first = page("begin", name="one", **given)
        page("end", name="one")
        return first["off"]

    def with_(values, at, number):
        return [*values[:at], np.full_like(values[at], number), *values[at + 1 :]]

    assert not off(start)
    flat = with_(start, len(start) - 2, 0.0)  # the same everywhere, and every unit is on
    assert not off(with_(flat, 1, 5.0))
    for layer in range(len(widths(net)) - 2):
        assert off(with_(start, 2 * layer + 1, -50.0))


def test_a_long_way_back_shows_how_far_it_is_and_can_be_stopped(page):
    demo = live.network_fit(None, steps=4000)
    address = "0~20000_lr:0.002~90000"
    said = page("stop", demo=demo.demo, settings=demo.settings, state=address)
    assert said["words"].startswith("doing again what the address says: step ")
    assert said["words"].endswith(" of 90,000")
    assert all(said["disabled"]["then"]) and not any(said["disabled"]["now"])
    seen = page("see")
    step = int(page.words()["step"].replace(",", ""))
    assert 0 < step < 90_000 and step == len(seen["losses"])
    assert seen["address"] in (f"0~{step}", f"0~20000_lr:0.002~{step}")
    _, loss = panels(seen["svg"])
    assert loss.line("network")[-1, 0] == pytest.approx(loss.x.pixel(step), abs=0.1)


def test_a_bump_starts_from_the_cells_own_construction(page):
    made = bump_error.Construction(shape="parabola", gap=3, slope=5.0)
    page.show(live.bump_error(None, steps=8, made=made))
    network, grid = bump_error.with_bump(made), bump_error.GRID
    values = predict(network, grid)
    assert page.words()["height of the bump"] == f"{bump_error.height(values, made.gap):#.3g}"
    fit, *_ = panels(page("see")["svg"])
    fit.curve("overfit", grid, values)
    fit.dots(bump_error.POINTS, made.targets())
