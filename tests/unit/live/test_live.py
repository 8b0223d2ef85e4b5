"""What stands behind the live demos: exported files, the cell an author writes."""

import base64
import gzip
import html
import json
import re

import onnx
import pytest
from rooms import NETS, live

from demos.bump_error import compute as bump_error
from demos.core import live as core_live
from demos.core.page import fit
from demos.core.palette import DARK
from demos.core.records import FOLDER, LIVE, Shown
from scripts.errors import BuildError
from scripts.live import assets
from scripts.live.nets import all_nets
from scripts.live.onnx_file import onnx_bytes
from scripts.paths import ROOT

STILL = Shown("still", "<svg></svg>")


def test_an_exported_file_is_valid_small_and_the_same_each_time():
    one, other = (onnx_bytes(fit((1, 4, 1), 6, gradients=True)) for _ in range(2))
    assert one == other
    model = onnx.load_from_string(one)
    onnx.checker.check_model(model)
    assert {i.name for i in model.graph.input} >= {
        "lr",
        "momentum",
        "weight_decay",
        "ticks",
        "grid",
    }
    assert [n.op_type for n in model.graph.node].count("Scan") == 1
    assert not model.functions and not [i for i in model.graph.initializer if i.dims == [4, 1]]
    assert len(one) < 20_000
    assert str(ROOT).encode() not in one and b".py" not in one


def test_every_net_is_packed_with_what_starts_it():
    packed, nets = assets.nets(), all_nets()
    assert set(packed) == set(nets)
    for net in nets.values():
        if net.planned:
            assert packed[net.name]["plan"]["step"]["groups"]
        else:
            onnx.load_from_string(gzip.decompress(base64.b64decode(packed[net.name]["file"])))
        assert packed[net.name]["rest"] == net.rest


@pytest.fixture
def made(tmp_path, monkeypatch):
    """What is made where nothing is kept yet."""
    monkeypatch.setattr(assets, "CACHE", tmp_path)
    made = []
    monkeypatch.setattr(assets, "exported", lambda name: made.append(name) or {"of": name})
    monkeypatch.setattr(assets, "runtime", lambda: made.append("runtime") or {"worker": "its code"})
    return made


def test_each_net_is_exported_once_and_only_where_a_deck_trains_it(made):
    first = assets.parts(["1-6-1"])
    assert json.loads(first)["nets"] == {"1-6-1": {"of": "1-6-1"}}
    assert (
        json.loads(first)["worker"] == "its code" and json.loads(first)["data"]["network-fit"]["x"]
    )
    assert assets.parts(["1-6-1"]) == first and made == ["1-6-1", "runtime"]
    assert [*assets.nets(["1-6-1", "1-9-1"])] == ["1-6-1", "1-9-1"]
    assert made == ["1-6-1", "runtime", "1-9-1"] and sorted(assets.kept_names()) == [
        "1-6-1",
        "1-9-1",
    ]


def test_where_nothing_trains_there_is_no_runtime(made):
    assert json.loads(assets.parts([])).keys() == {"nets", "data"} and made == []


@pytest.mark.parametrize("demo", [live.network_fit, live.l2_penalty, live.bump_error, live.dropout])
def test_a_deck_takes_the_nets_that_its_demos_can_train(demo):
    shown = demo(STILL)
    assert set(used(shown)) <= {net.name for net in NETS}
    offered = shown.settings["choices"].get("net")
    assert offered is None or used(shown) == sorted(offered)
    assert used(shown), "it trains nothing"
    assert used(live.least_squares(STILL)) == []


def used(shown):
    settings = html.escape(json.dumps(shown.settings))
    return assets.used_by(
        f'<figure data-demo="{shown.demo}" data-figure="x" data-settings="{settings}">'
    )


def test_a_net_that_nobody_exports_is_an_error_with_its_cure():
    with pytest.raises(BuildError, match="offers the network 1-7-1") as caught:
        assets.exported("1-7-1")
    assert "1-50-50-1" in caught.value.cure


def test_in_the_build_a_cell_gives_its_figure_and_settings(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    data, metadata = live.network_fit(STILL, seed=3)._repr_mimebundle_()
    assert data["image/svg+xml"] == STILL.svg
    assert metadata == {"figure": "still"}
    given = json.loads(json.dumps(data[LIVE]))  # plain JSON
    assert given["demo"] == "network-fit"
    assert given["settings"]["talk"]["seed"] == 3
    assert given["settings"]["choices"]["net"][0] == "1-6-1"


def test_before_a_build_a_notebook_shows_the_figure_and_what_to_do(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv(FOLDER, raising=False)
    monkeypatch.setattr(core_live, "MADE", tmp_path)
    data, _ = live.bump_error(STILL)._repr_mimebundle_()
    assert data["image/svg+xml"] == STILL.svg
    assert capsys.readouterr().out.startswith("Not live yet: run make lab or make deck once")


def test_after_a_build_a_notebook_shows_the_widget(monkeypatch, tmp_path):
    monkeypatch.delenv(FOLDER, raising=False)
    monkeypatch.setattr(core_live, "MADE", tmp_path)
    for name, text in (
        ("widget.js", "export default {}"),
        ("widget.css", ".live {}"),
        ("parts.json", "{}"),
    ):
        (tmp_path / name).write_text(text)
    core_live.widget_class.cache_clear()
    data, _ = live.l2_penalty(STILL, weight_decay=0.3)._repr_mimebundle_()
    core_live.widget_class.cache_clear()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["image/svg+xml"] == STILL.svg  # what is left of it in a saved notebook


@pytest.mark.parametrize(
    ("demo", "name", "value"),
    [
        (live.least_squares, "coefficients", 13),
        (live.least_squares, "noise", 0.07),
        (live.l2_penalty, "weight_decay", 0.08),
        (live.network_fit, "lr", 0.003),
        (live.dropout, "dropout", 0.4),
    ],
)
def test_a_number_between_the_sliders_ends_becomes_a_choice(demo, name, value):
    settings = demo(STILL, **{name: value}).settings
    choices = settings["choices"][name]
    assert settings["talk"][name] == value
    assert choices == sorted(choices) and choices.count(value) == 1
    assert demo(STILL).settings["choices"][name] == [c for c in choices if c != value]


@pytest.mark.parametrize("build", [True, False])
@pytest.mark.parametrize(
    ("demo", "off", "says"),
    [
        (live.least_squares, {"seed": 40}, "seed 40 is not on its slider, which has 0 to 15"),
        (live.least_squares, {"coefficients": 21}, "coefficients 21 is not.* 1 to 20"),
        (live.least_squares, {"coefficients": 7.5}, "coefficients 7.5 is not"),
        (live.network_fit, {"lr": 0.5, "net": "1-7-1"}, "lr 0.5 is.* net 1-7-1 is.* 1-6-1, 1-50"),
        (live.dropout, {"dropout": 1.0}, "dropout 1.0 is not"),
        (live.dropout, {"labels": "none"}, "labels none is not"),
        (live.bump_error, {"weight_decay": float("nan")}, "weight_decay nan is not"),
    ],
)
def test_from_any_other_value_the_figure_stays_and_says_why(
    monkeypatch, tmp_path, capsys, build, demo, off, says
):
    monkeypatch.delenv(FOLDER, raising=False)
    if build:
        monkeypatch.setenv(FOLDER, str(tmp_path))
    data, _ = demo(STILL, **off)._repr_mimebundle_()
    assert data == STILL._repr_mimebundle_()[0]
    assert re.fullmatch(f"Not live: .*{says}.*\\.\n", capsys.readouterr().out)


def test_in_a_dark_notebook_the_widget_takes_the_dark_palette():
    css = b"".join(assets.styles()).decode()
    (dark,) = re.findall(r'\[data-jp-theme-light="false"\],\.vscode-dark\{([^}]*)\}', css)
    assert f"--ink:{DARK['ink']};" in dark


def test_nets_of_the_choices_are_exported():
    names = {net.name for net in NETS}
    for demo in (live.network_fit(STILL), live.l2_penalty(STILL)):
        assert set(demo.settings["choices"]["net"]) <= names
    assert {"1-9-1", "2-100-100-1"} <= names  # the bump's, dropout's
    assert [len(p) for p in bump_error.with_bump().parameters()][0] == 9
