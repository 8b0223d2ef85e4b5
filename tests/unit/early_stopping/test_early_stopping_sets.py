"""Few real points: who sees what; the networks against the plain loop; scikit-learn's switch."""

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from torch import nn
from torch.nn import functional as F

from demos.core.engine import sets
from demos.early_stopping import compute_sets as few

TINY = few.Task("iris", 30, 6, tested=60, hidden=(7,), lr=0.01, steps=4, every=2, patience=1)
REAL = few.Task("diabetes", 20, 5, tested=50, hidden=(6,), lr=0.01, steps=4, every=2, patience=1)


@pytest.mark.parametrize("task", [few.DIGITS, few.IRIS, few.DIABETES], ids=lambda task: task.name)
def test_nobody_is_in_two_parts_and_classes_have_equal_shares(task):
    fit, held, tested = few.places(task, 3)
    assert (len(fit), len(held)) == (task.pool - task.held, task.held)
    assert len(tested) == task.tested
    assert len({*fit, *held, *tested}) == task.pool + task.tested
    whole = sets.bundled(task.name)
    if whole.classes:
        counts = np.bincount(whole.y[held], minlength=whole.classes)
        assert (counts == task.held / whole.classes).all()
    assert set(few.places(task, 4)[1]) != set(held)


def test_each_standardises_by_what_it_trains_on():
    whole = sets.bundled("iris")
    fit, held, tested = few.places(TINY, 0)
    for everything, own in ((False, fit), (True, np.concatenate([fit, held]))):
        train_on, look_at = few.parts(TINY, 0, everything)
        mean, sd = whole.x[own].mean(0), whole.x[own].std(0)
        np.testing.assert_allclose(train_on.x[0], (whole.x[own] - mean) / sd, atol=1e-5)
        seen = np.concatenate([held, tested])
        np.testing.assert_allclose(look_at.x[0], (whole.x[seen] - mean) / sd, atol=1e-5)
        assert (look_at.y[0].argmax(-1).numpy() == whole.y[seen]).all()


def test_a_feature_that_never_moves_is_nothing():
    whole = sets.Set(np.array([[1.0, 2.0], [1.0, 4.0], [3.0, 9.0]]), np.zeros(3), 0)
    np.testing.assert_allclose(few.standardised(whole, [0, 1]), [[0, -1], [0, 1], [0, 6]])


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("task", [TINY, REAL], ids=lambda task: task.name)
def test_along_the_way_of_the_plain_loop(task, everything):
    seeds = [2, 5]
    found = few.along(task, seeds, everything)
    for at, seed in enumerate(seeds):
        train_on, look_at = few.parts(task, seed, everything)
        (x, y), (seen, truth) = ((each.x[0], each.y[0]) for each in (train_on, look_at))
        torch.manual_seed(seed)
        hidden = nn.Linear(x.shape[1], *task.hidden), nn.ReLU()
        net = nn.Sequential(*hidden, nn.Linear(*task.hidden, y.shape[1]))
        optimizer = torch.optim.Adam(net.parameters(), lr=task.lr)
        classes = y.shape[1] > 1
        loss = F.cross_entropy if classes else F.mse_loss
        for step in range(5):
            if step % 2 == 0:
                out = net(seen).detach()
                held = loss(out[: task.held], truth[: task.held])
                tested = loss(out[task.held :], truth[task.held :])
                right = (out.argmax(-1) == truth.argmax(-1))[task.held :].float().mean()
                values = [held, tested, right if classes else torch.tensor(0.0)]
                for mine, value in zip(found, values, strict=True):
                    assert mine[step // 2, at] == pytest.approx(float(value), rel=1e-3, abs=1e-4)
            optimizer.zero_grad()
            loss(net(x), y).backward()
            optimizer.step()


def test_scores_read_the_kept_look(monkeypatch):
    held = np.array([[3.0, 3.0], [1.0, 2.0], [2.0, 1.0]])  # patience of one: looks 1 and 2

    def along(task, seeds, everything):
        start = 100 * everything
        return held, start + np.arange(6.0).reshape(3, 2), start + np.arange(10.0, 16).reshape(3, 2)

    monkeypatch.setattr(few, "along", along)
    found = {name: list(values) for name, values in few.scores(TINY, [0, 1]).items()}
    assert found == {
        "kept_at": [2, 4],
        "ended_at": [4, 4],
        "loss_end": [4, 5],
        "loss_stopped": [2, 5],
        "loss_everything": [104, 105],
        "loss_anew": [102, 105],
        "right_end": [14, 15],
        "right_stopped": [12, 15],
        "right_everything": [114, 115],
        "right_anew": [112, 115],
    }


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_switches_are_scikit_learns_own():
    x, y = load_digits(return_X_y=True)
    x, fresh, y, truth = train_test_split(x, y, train_size=60, random_state=1, stratify=y)
    mean, sd = x.mean(0), np.where(x.std(0) > 0, x.std(0), 1)
    x, fresh = (x - mean) / sd, (fresh - mean) / sd
    found = few.switches(1, pool=60)
    switch = MLPClassifier(early_stopping=True, random_state=1).fit(x, y)
    assert found["switch"] == pytest.approx(switch.score(fresh, truth), abs=0.01)
    assert found["epochs_switch"] == switch.n_iter_
    assert found["plain"] > found["switch"]
    assert found["epochs_patient"] > found["epochs_switch"]
