"""Networks on few points, against plain PyTorch loops; choices and tables, against numbers written out."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from demos.core.engine.network import mlp
from demos.weight_decay import tables, tasks
from demos.weight_decay.compute import COUPLED, DECOUPLED

SHORT = replace(tasks.IRIS, steps=4, lr=0.01)


def plain(way, strength, lr, on, seed=2):
    """An ordinary network after four steps."""
    split = tasks.parts(SHORT, [seed])
    net = mlp(SHORT.widths).module(seed)
    ones = [p for p in net.parameters() if p.ndim == 1]
    others = [p for p in net.parameters() if p.ndim > 1]
    groups = [{"params": others}, {"params": ones, "weight_decay": strength * (on is None)}]
    kind = torch.optim.Adam if way == COUPLED else torch.optim.AdamW
    optimizer = kind(groups, lr=lr, weight_decay=strength)
    for _ in range(4):
        optimizer.zero_grad()
        F.cross_entropy(net(split.train.x[0]), split.train.y[0].argmax(-1)).backward()
        optimizer.step()
    return net, split


@pytest.mark.parametrize("on", [None, "weights"])
@pytest.mark.parametrize("way", [COUPLED, DECOUPLED])
def test_scores_are_those_of_a_plain_loop(way, on):
    found = tasks.trained(SHORT, [5, 2], way, [0.0, 4.0], [0.03, 0.01], on)
    for n, (strength, lr) in enumerate([(0.0, 0.03), (4.0, 0.01)]):
        net, split = plain(way, strength, lr, on)
        with torch.no_grad():
            outs = [net(part.x[0]) for part in split]
        truth = [part.y[0].argmax(-1) for part in split]
        nlls = [F.cross_entropy(out, y).item() for out, y in zip(outs, truth, strict=True)]
        right = [(out.argmax(-1) == y).double().mean() for out, y in zip(outs, truth, strict=True)]
        for name, value in zip(("fit", "valid_nll", "nll"), nlls, strict=True):
            assert found[name][n, 1] == pytest.approx(value, abs=1e-5)
        assert found["valid_right"][n, 1] == pytest.approx(right[1])
        assert found["right"][n, 1] == pytest.approx(right[2])
        np.testing.assert_array_equal(found["said"][n, 1], outs[2].argmax(-1))


def test_one_rate_serves_all_settings():
    one, many = (tasks.trained(SHORT, [1], DECOUPLED, [0.0, 1.0], r) for r in (0.02, [0.02, 0.02]))
    np.testing.assert_array_equal(one["nll"], many["nll"])


def test_points_are_few_and_apart():
    for task in tasks.TASKS:
        train, valid, test = tasks.parts(task, [0, 1])
        assert [each.x.shape[1] for each in (train, valid, test)] == [
            *(task.points, task.valid, task.test)
        ]
        assert train.x.shape[2] == task.widths[0] and train.y.shape[2] == task.widths[-1]
        rows = {tuple(row) for part in (train, valid) for row in part.x[0].numpy().tolist()}
        assert len(rows) > 0.95 * (task.points + task.valid)  # irises have a twin or two
    first, second = (tasks.whole(tasks.MOONS, seed).x for seed in (0, 1))
    assert (first != second).all()


def rows(**lists):
    return {name: np.array(each, float).T for name, each in lists.items()}


def test_strengths_are_chosen_on_validation_points(monkeypatch):
    """Two seeds; three decays, two penalties."""
    own = rows(
        valid_right=[[0.5, 0.7, 0.7], [0.9, 0.1, 0.2]],
        valid_nll=[[3, 2, 1], [1, 2, 3]],
        right=[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]],
        nll=[[1, 2, 3], [4, 5, 6]],
        fit=[[0.01, 0.02, 0.03], [0.04, 0.05, 0.06]],
    )
    other = rows(
        valid_right=[[0.4, 0.6], [0.95, 0.9]],
        valid_nll=[[0.5, 2], [3, 0.5]],
        right=[[0.7, 0.8], [0.85, 0.95]],
        nll=[[7, 8], [9, 10]],
        fit=[[0.07, 0.08], [0.09, 0.1]],
    )
    asked = []

    def trained(task, seeds, way, strengths, lr):
        asked.append((way, tuple(strengths), lr))
        return own if way == DECOUPLED else other

    monkeypatch.setattr(tasks, "trained", trained)
    found = tasks.compared(tasks.MOONS, [0, 1])
    assert asked == [
        (DECOUPLED, (0.0, 0.3, 1.0, 3.0, 10.0), 0.005),
        (COUPLED, (0.003, 0.01, 0.03, 0.1), 0.005),
    ]
    expected = {
        **{"right_none": [0.1, 0.4], "nll_none": [1, 4], "fit_none": [0.01, 0.04]},
        **{"right_adamw": [0.2, 0.4], "nll_adamw": [3, 4], "fit_adamw": [0.03, 0.04]},
        **{"right_l2": [0.8, 0.85], "nll_l2": [7, 10], "fit_l2": [0.07, 0.1]},
        **{"chosen_adamw": [2, 0], "chosen_l2": [1, 2]},
    }
    assert {name: values.tolist() for name, values in found.items()} == expected


def test_cells_of_a_table():
    rates = np.repeat([0.001, 0.002, 0.004, 0.008], 4)
    for rule in ("l2", "adamw", "paper"):
        strengths, lr = tables.settings(rule)
        np.testing.assert_allclose(lr, rates)
        own = np.tile(tables.STRENGTHS["l2" if rule == "l2" else "adamw"], 4)
        per_step = strengths * lr if rule == "paper" else strengths * 0.002
        np.testing.assert_allclose(per_step, own * 0.002)


def test_a_table_is_of_its_rule(monkeypatch):
    def trained(task, seeds, way, strengths, lr):
        sign = 1 if way == COUPLED else -1
        return {"nll": np.exp(sign * (1000 * np.array(lr) + strengths))[:, None] * np.ones(2)}

    monkeypatch.setattr(tables, "trained", trained)
    found = tables.table("l2", [0, 1])
    assert found.shape == (4, 4, 2)
    assert found[1, 2].tolist() == pytest.approx([2.016, 2.016])
    assert tables.table("paper", [0, 1])[3, 0, 0] == pytest.approx(-8 - 0.1 / 4)


def test_what_no_sum_explains():
    r, c = np.meshgrid([1.0, 2, 3], [5.0, 1], indexing="ij")
    assert tables.entangled(r + 2 * c) == pytest.approx(0, abs=1e-12)
    cross = np.array([[1.0, -1], [-1, 1]])
    assert tables.entangled(cross) == pytest.approx(1)
    mixed = cross + np.array([[3.0], [-3]])
    both = tables.entangled(np.stack([cross, mixed], -1))
    assert both.tolist() == pytest.approx([1, 0.1])
