"""What is measured of L2 and decay, quantity by quantity, and how claims read it."""

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from demos.core.engine import schedules
from demos.weight_decay import claims, claims_tasks, noise, tables, tasks
from demos.weight_decay import compute as decay

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_tasks.CLAIMS)}


def reads(name, q):
    return CLAIMS[name].value({key: np.array([value]) for key, value in q.items()}).item()


def test_what_is_measured_of_ends():
    found = claims.ends([4, 5], 0.5, 0.8, 30)
    x, y = decay.problem(5)
    slope, six = decay.slope(x, y), np.zeros(6)
    plain = [decay.descended(slope, six, [0.3] * 30, 0.5, way) for way in decay.WAYS]
    assert found["plain"][1] == np.abs(plain[0] - plain[1]).max() < 1e-14
    ends = [decay.descended(slope, six, [0.1] * 30, 0.5, way, 0.8)[-1] for way in decay.WAYS]
    own, weaker = decay.ridge(x, y, 0.5), decay.ridge(x, y, 0.1)
    expected = {
        **{"l2": ends[0] - own, "decay": ends[1] - weaker, "apart": ends[1] - own},
    }
    for name, off in expected.items():
        assert found[name][1] == pytest.approx(np.abs(off).max(), rel=1e-6)


def test_what_is_measured_of_noise():
    found = claims.kept([3, 8], 0.2, 0.01, 40)
    walks = noise.walks(noise.gradients(8, 40), noise.NOISES, 0.2, 0.01)
    for way, path in walks.items():
        for n in range(5):
            assert found[f"{way}_{n}"][1] == pytest.approx(path[-1, n].mean(), abs=1e-12)


def test_what_is_measured_of_boxes():
    found = claims.boxes([1, 6], 1.0, 0.1, 0.01, 60)
    x, y = decay.problem(6)
    rates, slope = 0.01 * schedules.falling(60), decay.slope(x, y)

    def off(goal, strength, way, betas=decay.QUICK):
        return np.abs(decay.adam(slope, np.zeros(6), rates, strength, way, betas)[-1] - goal).max()

    inside = lsq_linear(x, y, bounds=(-1, 1)).x
    expected = {
        "tight": off(inside, 1.0, decay.DECOUPLED),
        "wide": off(np.linalg.lstsq(x, y)[0], 0.1, decay.DECOUPLED),
        "l2": off(decay.ridge(x, y, 1.0), 1.0, decay.COUPLED),
        "slow": off(inside, 1.0, decay.DECOUPLED, decay.BETAS),
    }
    for name, value in expected.items():
        assert found[name][1] == pytest.approx(value, abs=1e-6), name
    assert found["at_edge"][1] == (np.abs(inside) > 1 - 1e-6).sum() > 0


def test_a_cosine_halves_the_logarithm():
    found = claims.scheduled([0, 59], 0.001, 500)
    np.testing.assert_allclose(found["constant"], [0.5 / 60, 0.5], rtol=1e-3)
    np.testing.assert_allclose(found["cosine"], [0.25 / 60, 0.25], rtol=3e-3)


def test_tasks_are_found_by_their_names(monkeypatch):
    monkeypatch.setattr(tasks, "compared", lambda task, seeds: (task, seeds))
    task, seeds = claims_tasks.compared([7], "moons", 9)
    assert (task.name, task.steps, task.lr, seeds) == ("moons", 9, 0.005, [7])


def test_answers_that_are_others_where_biases_are_spared(monkeypatch):
    def trained(task, seeds, way, strengths, lr, on):
        said = np.array([[[0, 1, 2, 3], [1, 1, 1, 1]]])
        right = np.array([[0.5, 0.75]])
        assert (way, strengths, task.steps) == (decay.DECOUPLED, [1.0], 9)
        if on is None:
            return {"said": said, "right": right}
        return {"said": np.where(said == 3, 0, said), "right": right + 0.125}

    monkeypatch.setattr(tasks, "trained", trained)
    found = claims_tasks.spared([0, 1], 1.0, 9)
    assert found["changed"].tolist() == [0.25, 0]
    assert found["right_all"].tolist() == [0.5, 0.75]
    assert found["right_weights"].tolist() == [0.625, 0.875]


def test_each_rule_has_its_table(monkeypatch):
    cross = np.array([[1.0, -1], [-1, 1]])[..., None]
    sums = {"l2": 0.0, "adamw": 1.0, "paper": 3.0}
    made = np.array([[1.0], [-1]])[..., None]
    monkeypatch.setattr(tables, "table", lambda rule, seeds, task: cross + sums[rule] * made)
    found = claims_tasks.entangled([0], 9)
    assert {rule: share.item() for rule, share in found.items()} == pytest.approx(
        {"l2": 1, "adamw": 0.5, "paper": 0.1}
    )


def test_what_is_claimed_of_the_rules():
    q = {"plain": 1e-15, "l2": 2e-15, "decay": 3e-15}
    expected = {"decay-sgd-one": 1e-15, "decay-momentum-l2": 2e-15, "decay-momentum-decay": 3e-15}
    assert {name: reads(name, q) for name in expected} == expected
    said = {way: noise.expected(noise.NOISES, way)[-1] for way in decay.WAYS}
    q = {f"{way}_{n}": value for way, row in said.items() for n, value in enumerate(row)}
    assert reads("decay-noise-foretold", q) == 0
    q |= {"coupled_1": said["coupled"][0] - 0.25, "decoupled_3": said["decoupled"][3] + 0.125}
    assert reads("decay-noise-foretold", q) == pytest.approx(
        said["coupled"][1] - said["coupled"][0] + 0.25
    )
    assert reads("decay-noise-divided", q) == pytest.approx(-0.25)
    assert reads("decay-noise-alike", q) == pytest.approx(0.125)
    q = {"tight": 0.1, "wide": 0.2, "l2": 0.3, "slow": 0.4}
    expected = {"decay-box": 0.1, "decay-box-wide": 0.2, "decay-box-l2": 0.3}
    assert {name: reads(name, q) for name in expected} == expected
    for cosine in (0.6, 0.4):
        assert reads("decay-schedule", {"constant": 1.0, "cosine": cosine}) == pytest.approx(0.2)


def test_what_is_claimed_of_networks():
    q = {"right_none": 0.5, "right_adamw": 0.75, "right_l2": 0.875}
    q |= {"nll_none": 3.0, "nll_adamw": 2.0, "fit_none": 0.25, "fit_adamw": 1.0}
    for name in ("digits", "iris", "moons", "1d"):
        assert reads(f"decay-never-{name}", q) == 0.25
        assert reads(f"decay-loss-{name}", q) == -1
    assert reads("decay-better-digits", q) == reads("decay-better-1d", q) == -0.125
    assert reads("decay-fits-less", q) == 0.75
    assert reads("decay-groups", {"changed": 0.01}) == 0.01
    q = {"l2": 0.25, "adamw": 0.5, "paper": 1.0}
    expected = {"decay-separable": 0.75, "decay-separable-lr": -0.5, "decay-separable-l2": 0.25}
    assert {name: reads(name, q) for name in expected} == expected


def test_each_study_is_of_the_task_in_its_sentence():
    names = {"digits": "digits", "iris": "iris", "moons": "moons", "1d": "MNIST-1D"}
    for end, name in names.items():
        for claim in (CLAIMS[f"decay-never-{end}"], CLAIMS[f"decay-loss-{end}"]):
            assert claim.study.settings["name"] == name
