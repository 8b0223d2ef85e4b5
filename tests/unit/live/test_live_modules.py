"""Pieces of the live demos by themselves: random numbers, the address, readouts in full precision."""

import re

import numpy as np
import pytest
import torch
from rooms import DRAWN, live

from demos.bump_error import compute as bump_error
from demos.core.curve import OUTSIDE_X, TEST_X, TRAIN_X, curve, rmse
from demos.dropout import compute as dropout_bias
from demos.dropout.compute import BATCH, CHUNK
from demos.l2_penalty import compute as l2_penalty
from scripts.live.nets import data, drawn


def draws(page, seed, takes):
    """What the page draws for a seed: for each take of so many steps {name: array}; and what is `left`."""
    calls = [*[["take", steps] for steps in takes], ["left"]]
    *taken, left = page("object", kind="Draws", args=[seed, drawn(DRAWN)], calls=calls)
    return [{name: np.reshape(*given) for name, given in take.items()} for take in taken], left


@pytest.mark.parametrize("seed", [0, 15])
def test_the_dropout_demos_examples_are_pythons_bit_for_bit(page, seed):
    taken, left = draws(page, seed, [1, 7, 12, 20, 3])  # two chunks, and the third begun
    assert left == CHUNK - 3
    dice = torch.Generator().manual_seed(seed + dropout_bias.DATA_STREAM)
    expected = {"signal": [], "present": []}
    for _ in range(3):
        expected["signal"].append(torch.rand(CHUNK, BATCH, 1, generator=dice))
        torch.randn(CHUNK * BATCH, generator=dice)  # noise that the slides' demo has none of
        expected["present"].append(torch.rand(CHUNK, BATCH, 2, generator=dice))
    for name, chunks in expected.items():
        found = np.concatenate([take[name] for take in taken])
        assert (found == torch.cat(chunks).numpy()[: len(found)]).all()


@pytest.mark.parametrize("p", [0.1, 0.25, 0.5, 0.75])
def test_a_unit_is_kept_where_the_demo_keeps_it(page, p, seed=4):
    taken, _ = draws(page, seed, [20, 20])
    batches = dropout_bias.Batches(dropout_bias.Signals(), [seed], p)
    for take in taken:
        batches.draw()
        for layer, name in enumerate(("2", "5")):
            kept = take[name] < 1 - np.float32(p)
            assert (kept == dropout_bias.kept(batches.coins[:, layer, 0], p).numpy()).all()


def test_a_look_at_the_next_numbers_uses_none_up(page):
    calls = [["peek", 2], ["take", 1], ["peek", 1], ["take", 1]]
    both, *rest = page("object", kind="Draws", args=[3, drawn(DRAWN)], calls=calls)
    for name, (values, shape) in both.items():
        one, looked, other = (np.reshape(*found[name]) for found in rest)
        assert (np.reshape(values, shape) == np.concatenate([one, other])).all()
        assert (looked == other).all()


CHOICES = {"lr": [0.1, 0.2, 0.4], "noise": [0, 0.5], "seed": [0, 1, 2]}
TALK = {"lr": 0.1, "noise": 0, "seed": 0}


def history(page, *calls):
    return page("object", kind="History", args=[CHOICES, TALK, ["seed"]], calls=calls)


def test_a_history_tells_its_legs_and_begins_anew_where_it_must(page):
    *_, first, second, third, legs, text = history(
        page, ["change", "lr", 0.2], ["parse", "0_lr:0.2~30"], ["change", "lr", 0.4],
        ["change", "noise", 0.5], ["change", "lr", 0.1], ["legs"], ["toString"],
    )  # fmt: skip
    assert (first, second, third) == (False, False, False)
    assert legs == [{"steps": 30, "values": TALK | {"lr": 0.2}}]
    assert text == "0_lr:0.2~30_lr:0.1_noise:0.5~30"
    again, legs, text, step = history(
        page, ["parse", "0~30_lr:0.4~50"], ["change", "seed", 2], ["legs"], ["toString"], ["step"]
    )[1:]
    assert again is True and legs == [] and step == 0
    assert text == "0_lr:0.4_seed:2~0"
    assert history(page, ["change", "lr", 0.2], ["reset"], ["toString"]) == [True, None, ""]


ADDRESSES = {
    "": [],
    "0~12": [(12, {})],
    "0_seed:2~12": [(12, {"seed": 2})],
    "0~3_lr:0.2~5_noise:0.5~9": [(3, {}), (2, {"lr": 0.2}), (4, {"lr": 0.2, "noise": 0.5})],
    "0_lr:0.2_noise:0.5~4_lr:0.4~9_noise:0_lr:0.1~10": [
        (4, {"lr": 0.2, "noise": 0.5}), (5, {"lr": 0.4, "noise": 0.5}), (1, {}),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ADDRESSES.items())
def test_an_address_is_read_leg_by_leg_and_written_again(page, text, expected):
    _, legs, same, values = history(page, ["parse", text], ["legs"], ["toString"], ["values"])
    assert legs == [{"steps": steps, "values": TALK | moved} for steps, moved in expected]
    assert same == text
    if expected:
        assert values == TALK | expected[-1][1]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("0~-5~7", "0~7"),  # back in time
        ("0~5~3~9", "0~9"),
        ("0_lr:0.3_evil:1_lr~8", "0~8"),  # no such choice, no such name, no value
        ("0~5_seed:2~8", "0~8"),  # a seed begins anew: not on the way
        ("0~1.5~x~8", "0~8"),
        ("0~100001", "0~100000"),  # no more than this
        ("nonsense", ""),
    ],
)
def test_what_makes_no_sense_in_an_address_is_passed_over(page, text, means):
    assert history(page, ["parse", text], ["toString"])[1] == means


def numbers(*shape):
    return np.random.default_rng(0).normal(size=shape)


def test_readouts_in_full_precision(page):
    given, rate = data(), {"rel": 1e-12}
    rooms = {"networkFit": "network-fit", "l2Penalty": "l2-penalty", "bumpError": "bump-error"}

    def says(demo, seen, *more, **run):
        rows = page(
            "call",
            path=f"{demo}.says",
            args=[{"seen": seen} | run, given.get(rooms.get(demo)), *more],
        )
        return dict(rows)

    fit, wide, bumpy, all_ = numbers(41), numbers(121), numbers(151), numbers(17 * 17 + 3)
    assert says("networkFit", {"loss": 2.5, "values": fit}) == {
        "loss": 2.5,
        "RMSE to the curve": pytest.approx(rmse(fit, curve(TEST_X)), **rate),
    }
    looks = [{"step": 0, "penalty": 1.5}, {"step": 1, "penalty": 1.25}]
    assert says("l2Penalty", {"loss": 2.5, "values": wide}, looks=looks) == {
        "data loss": 2.5,
        "penalty": 1.25,
        "RMSE outside": pytest.approx(l2_penalty.outside_error(wide), **rate),
    }
    assert says("bumpError", {"loss": 2.5, "values": bumpy}, {"gap": bump_error.POINTS[2:4]}) == {
        "loss": 2.5,
        "height of the bump": pytest.approx(bump_error.height(bumpy), **rate),
    }
    told = says("dropout", {"loss": 2.5, "values": all_}, {"loud": 2})
    assert told == dict(zip(("f(1, 0)", "f(0, 2)", "f(1, 2)"), all_[-3:], strict=True))


@pytest.mark.parametrize(
    "demo", ["network_fit", "l2_penalty", "bump_error", "dropout", "least_squares"]
)
def test_two_demos_in_one_page_cannot_share_an_id(page, demo):
    page.show(getattr(live, demo)(None))
    picture, windows = page("see")["svg"], []
    for one in everything(picture):
        assert "id" not in one["attributes"]  # JupyterLab shows several notebooks in one page
        assert "url(#" not in str(one["attributes"])
        if one["attributes"].get("class") == "window":
            place = [float(one["attributes"][name]) for name in ("x", "y", "width", "height")]
            assert [float(n) for n in one["attributes"]["viewBox"].split()] == place
            windows.append(place)
    frames = [
        one["children"][0]
        for one in everything(picture)
        if one["attributes"].get("class") == "frame"
    ]
    for (x, y, width, height), frame in zip(windows, frames, strict=True):
        edge = [float(number) for number in re.findall(r"[\d.]+", frame["attributes"]["d"])]
        assert edge == [x, y, y + height, x + width]  # M left, top V bottom H right


def everything(element):
    yield element
    for child in element["children"]:
        yield from everything(child)


def test_the_pages_data_is_the_demos(page):
    given = data()
    for seed in (0, 5, 15):
        for noise in (0.0, 0.2):
            expected = curve(TRAIN_X) + noise * np.random.default_rng(seed).standard_normal(21)
            for demo, topic in (("networkFit", "network-fit"), ("leastSquares", "least-squares")):
                args = [{"seed": seed, "noise": noise}, given[topic]]
                found = page("call", path=f"{demo}.data", args=args)
                np.testing.assert_allclose(found["y"], expected, rtol=0, atol=1e-15)
                np.testing.assert_allclose(found["x"], TRAIN_X, rtol=0, atol=1e-15)
    outside = page("call", path="l2Penalty.data", args=[{}, given["l2-penalty"]])
    np.testing.assert_array_equal(outside["grid"], OUTSIDE_X)
    np.testing.assert_array_equal(outside["y"], curve(TRAIN_X))
