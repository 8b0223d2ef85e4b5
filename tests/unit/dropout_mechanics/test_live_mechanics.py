"""What the page computes of networks on the rings, against plain PyTorch with the same masks."""

import numpy as np
import pytest
import torch
from drawn import labels, panels
from rooms import live
from torch import nn

from demos.dropout_mechanics import compute as mech
from demos.dropout_mechanics import page as room
from demos.dropout_mechanics.live import MASKS, REACH, SIDE, asked, drawn, grid, readouts, right
from scripts.live import assets

TALK = {"rate": 0.5, "masks": 40, "seed": 0}


@pytest.fixture
def networks(monkeypatch):
    """The page's networks as it was given them: perhaps trained, and kept, under other roundings."""
    room_data = assets.data()["dropout-mechanics"]
    nets = {
        rate: [[(np.array(each["w"]), np.array(each["b"])) for each in layers] for layers in row]
        for rate, row in zip(room_data["rates"], room_data["nets"], strict=True)
    }
    monkeypatch.setattr("demos.dropout_mechanics.live.networks", lambda: nets)
    return nets


def plain(layers):
    """A network in plain PyTorch, float64: its layers."""
    made = []
    for weights, biases in layers:
        linear = nn.Linear(*weights.T.shape).double()
        linear.weight.data, linear.bias.data = torch.from_numpy(weights), torch.from_numpy(biases)
        made.append(linear.requires_grad_(False))
    return made


def said(layers, x, mask, rate):
    """Probabilities at x through one mask of both layers, or with none."""
    first, second, last = layers
    on = (
        torch.ones(2, room.UNITS)
        if mask is None
        else torch.from_numpy(mask).view(2, -1) / (1 - rate)
    )
    return last(second(first(x).relu() * on[0]).relu() * on[1]).sigmoid()[:, 0]


@pytest.mark.parametrize(
    "moved", [{}, {"rate": 0.75, "masks": 1, "seed": 3}, {"rate": 0.0, "masks": 100}], ids=str
)
def test_the_page_asks_as_pytorch_does(page, networks, moved):
    now = TALK | moved
    page.show(live.dropout_mechanics(None, stored=([1, 100], [0.6, 0.8])))
    page.move(**moved)
    layers, (fresh, y) = plain(networks[now["rate"]][now["seed"]]), room.fresh()
    x = torch.from_numpy(np.concatenate([grid(), fresh]))
    once = said(layers, x, None, 0)
    each = torch.stack([said(layers, x, mask, now["rate"]) for mask in drawn(now["rate"])])
    means = each.cumsum(0) / torch.arange(1, len(each) + 1)[:, None]

    def share(p):
        return float(((p[SIDE**2 :].numpy() > 0.5) == y).mean())

    mean = means[now["masks"] - 1]
    page.says(
        **{
            "eval()": share(once),
            "one_mask": share(means[0]),
            f"mean_of_{now['masks']}": share(mean),
        }
    )
    found = readouts(**now)
    assert found == pytest.approx(
        {"once": share(once), "first": share(means[0]), "mean": share(mean)}
    )
    svg = page("see")["svg"]
    maps = panels(svg)
    for panel, likely in zip(maps[:2], (once, mean), strict=True):
        places, shades = panel.cells("network")
        np.testing.assert_allclose(places, grid(), rtol=0, atol=0.05)
        np.testing.assert_allclose(
            shades, (2 * likely[: SIDE**2] - 1).clamp(0), rtol=0, atol=0.0051
        )
    maps[2].curve("regularized", np.arange(1, 101), [share(p) for p in means])
    maps[2].curve("overfit", [0.9, 110], [share(once)] * 2)
    maps[2].curve("talk", [1, 100], [0.6, 0.8])
    words = labels(svg)
    assert words["overfit"] == ["eval(): nothing dropped"] and words["network"] == [
        "blue: says outer"
    ]


def test_the_pages_networks_are_trained_at_their_rates():
    rates, seeds = room.RATES, [*room.SEEDS]
    whole = mech.trained(seeds, rates, mech.wide(room.UNITS))
    for n, rate in enumerate(rates):
        for seed in seeds:
            weights, biases = room.networks()[rate][seed][1]
            at = n * len(seeds) + seed
            np.testing.assert_allclose(weights, whole["3.weight"][at], rtol=0, atol=6e-5)
            np.testing.assert_allclose(biases, whole["3.bias"][at], rtol=0, atol=6e-5)


def test_the_page_has_each_network_under_its_rate_and_seed(monkeypatch):
    """Stand-ins for trained networks, whose weights say which one they are."""

    def trained(seeds, rates, fit):
        which = torch.tensor([10 * rate + seed for rate in rates for seed in seeds])
        return {"1.weight": which[:, None, None].expand(-1, 3, 2), "1.bias": -which[:, None]}

    monkeypatch.setattr(mech, "trained", trained)
    found = room.networks.__wrapped__()  # what others ask for stays as it is
    assert list(found) == list(room.RATES)
    for rate, row in found.items():
        assert len(row) == len(room.SEEDS)
        for seed, [(weights, biases)] in zip(room.SEEDS, row, strict=True):
            np.testing.assert_allclose(weights, np.full((3, 2), 10 * rate + seed), atol=1e-4)
            np.testing.assert_allclose(biases, [-(10 * rate + seed)], atol=1e-4)


def test_masks_are_as_many_as_asked_and_dropped_as_often():
    made = drawn(0.25)
    assert made.shape == (MASKS[-1], 32) and set(np.unique(made)) == {0.0, 1.0}
    assert made.mean() == pytest.approx(0.75, abs=0.03)


def test_the_map_is_asked_row_by_row_from_below():
    cells = grid().reshape(SIDE, SIDE, 2)
    assert cells[0, 0].tolist() == pytest.approx([-REACH + REACH / SIDE] * 2)
    assert cells[0, -1].tolist() == pytest.approx([REACH - REACH / SIDE, -REACH + REACH / SIDE])


def test_right_is_counted_behind_the_map():
    likely = np.zeros(SIDE**2 + room.ASKED)
    assert right(likely) == 0.5
    likely[SIDE**2 :] = room.fresh()[1]
    assert right(likely) == 1


def test_a_rate_that_was_not_trained_is_told():
    with pytest.raises(ValueError, match="rate is 0.3: say 0.0 or 0.1"):
        asked(rate=0.3)
