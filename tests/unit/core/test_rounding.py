"""Other roundings: the same mathematics, moved by one unit in the last place or put in another order."""

import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from demos.core import networks, rounding
from demos.core.curve import TRAIN_X
from demos.core.networks import mlp, predict
from demos.core.training import Settings, train


@pytest.fixture
def as_(monkeypatch):
    """Make this process round as named, for what looks at run time."""
    return lambda name: monkeypatch.setenv(rounding.VARIABLE, name)


def test_without_a_name_nothing_is_touched():
    values = torch.ones(3)
    assert rounding.nudge(values) is values
    assert rounding.reorder(values, 0) is values


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_nudge_is_one_unit_in_the_last_place_or_none(as_, kind):
    as_("nudge-1")
    values = np.array([1.0, -3.7, 1e-8, 0.0, 123.0] * 40, dtype=kind)
    moved = rounding.nudge(values)
    assert moved.dtype == kind
    units = (moved - values) / np.spacing(np.abs(values))
    assert set(np.round(units, 1)) <= {
        -1.0,
        -0.5,
        0.0,
        0.5,
        1.0,
    }  # half where the power of two ends
    assert (moved[values == 0] == 0).all()
    assert 0 < (moved != values).mean() < 1
    assert (rounding.nudge(values) == moved).all()
    as_("nudge-2")
    assert (rounding.nudge(values) != moved).any()


def test_a_nudged_tensor_is_a_tensor_of_its_kind(as_):
    as_("nudge-1")
    values = torch.linspace(
        0, 0.99, 30
    )  # one unit in the last place is 6e-8 at most; at 1 it is 1.2e-7
    moved = rounding.nudge(values.clone().requires_grad_())
    assert moved.dtype == torch.float32
    assert not moved.requires_grad
    assert (moved - values).abs().max() < 1e-7


def test_equal_lengths_get_the_same_order(as_):
    as_("order-1")
    x, y = torch.arange(21.0)[:, None], torch.arange(21.0)[None]
    first, second = rounding.reorder(x, 0)[:, 0], rounding.reorder(y, 1)[0]
    assert (first == second).all()
    assert sorted(first.tolist()) == list(range(21))
    assert (first != x[:, 0]).any()


@pytest.mark.parametrize("name", ["nudge-1", "order-1"])
def test_a_network_started_otherwise_is_the_same_function_and_trains_the_same(as_, name):
    x, y = np.linspace(-1, 2, 50), np.sin(TRAIN_X)
    plain = mlp((1, 9, 9, 1), 3)
    before = predict(plain, x)
    loss = train(plain, TRAIN_X, y, Settings(lr=0.001, steps=5))[-1]
    as_(name)
    other = mlp((1, 9, 9, 1), 3)
    pairs = zip(plain.parameters(), other.parameters(), strict=True)
    assert any((one != two).any() for one, two in pairs)
    np.testing.assert_allclose(predict(other, x), before, atol=1e-5)
    assert train(other, TRAIN_X, y, Settings(lr=0.001, steps=5))[-1] == pytest.approx(
        loss, rel=1e-4
    )


def test_with_dropout_units_keep_their_places(as_):
    plain = mlp((1, 9, 9, 1), 3, dropout=0.5)
    as_("order-1")
    for one, two in zip(
        plain.parameters(), mlp((1, 9, 9, 1), 3, dropout=0.5).parameters(), strict=True
    ):
        assert (one == two).all()


def test_a_process_is_told_its_path_and_unknown_names_are_refused():
    default = rounding.environment("default")
    assert default["ATEN_CPU_CAPABILITY"] == "default"
    assert default["MKL_CBWR"] == "COMPATIBLE"
    assert rounding.environment("nudge-7") == {rounding.VARIABLE: "nudge-7"}
    for name in ("nudge", "shake-1", "order-x"):
        with pytest.raises(ValueError, match="choose one of"):
            rounding.environment(name)


@pytest.mark.code  # its processes choose their paths themselves
def test_another_path_is_another_path():
    """What PATHS says reaches torch: its own word for the code path in use."""
    script = "import torch; print(torch.backends.cpu.get_cpu_capability())"
    env = os.environ | rounding.environment("default")
    told = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    assert told.stdout.strip() in ("DEFAULT", "NO AVX")


@pytest.mark.code  # its processes choose their paths themselves
def test_a_study_moves_a_little_under_every_rounding_but_not_to_another_place():
    """A real study, measured in processes of their own as `make evidence` does.

    What is well conditioned stays; what hangs on 25 nearly dependent columns moves, less than seeds differ.
    """
    from scripts.evidence.workers import elsewhere, work

    seeds, steady = list(range(3, 11)), {"few", "few_training", "legendre"}
    _, _, rows, _ = work("least-squares-noisy", seeds)
    nudged = elsewhere("least-squares-noisy", seeds, "nudge-1")[0]
    for name in rounding.ALL:
        there = nudged if name == "nudge-1" else elsewhere("least-squares-noisy", seeds, name)[0]
        for quantity in rows[3]:
            own, other = ([each[seed][quantity] for seed in seeds] for each in (rows, there))
            reach = (1e-9 if quantity in steady else 0.2) * np.ptp(own)
            np.testing.assert_allclose(other, own, rtol=0, atol=reach, err_msg=f"{name} {quantity}")
    moved = {q for q in rows[3] if any(nudged[seed][q] != rows[seed][q] for seed in seeds)}
    assert moved - steady


def test_columns_are_nudged_where_data_comes_in(as_):
    values = np.linspace(0.1, 1, 200)
    plain = networks.column(values)
    as_("nudge-1")
    assert 0 < (networks.column(values) != plain).float().mean() < 1
