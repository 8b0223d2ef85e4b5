"""What is measured of dropout and two inputs that say the same: the plain loop, closed forms, rules."""

import numpy as np
import plain
import pytest
import torch

from demos.core.networks import mlp, predict
from demos.dropout import claims, studies
from demos.dropout import compute as db

CLAIMS = {claim.id: claim for claim in claims.CLAIMS}
WAYS = {"plain": (0.0, False, 0.0, 1.0), "hidden": (0.1, True, 0.5, 0.5)}


def trained(seed, signals, dropout, steps, lr=0.004):
    """A network of the demo after torch's own SGD on the same batches and coins."""
    network = mlp(db.WIDTHS, seed)
    first, _, second, _, last = network
    optimizer = torch.optim.SGD(network.parameters(), lr=lr, momentum=0.05, weight_decay=0.01)
    batches = db.Batches(signals, [seed], dropout)
    for step in range(steps):
        x, y, masks = plain.masked(batches(step), dropout)
        one, two = masks if masks else (torch.ones(1, 1, 1), torch.ones(1, 1, 1))
        out = last(torch.relu(second(torch.relu(first(x[0])) * one[0])) * two[0])
        optimizer.zero_grad()
        ((out - y[0]) ** 2).sum().backward()
        optimizer.step()
    return network


def test_conditions_are_those_of_the_plain_loop_way_by_way():
    """Each way has its own missing inputs, labels, dropout, and its share of the steps."""
    found = studies.conditions([6], WAYS, 0.004, 30, loud=2.0)
    for name, (missing, leak, dropout, share) in WAYS.items():
        signals = db.Signals(loud=2.0, missing=missing, leak=leak)
        network = trained(6, signals, dropout, round(30 * share))
        points = [[1, 0], [0, 2], [1, 2], [0.9, 2], [1, 1.8]]
        first, second, both, *less = predict(network, np.array(points))
        for at, value in (("first", first), ("second", second), ("both", both)):
            assert found[f"{at}_{name}"][0] == pytest.approx(value, abs=2e-5), at
        uneven = abs(first - second) / both
        assert found[f"uneven_{name}"][0] == pytest.approx(uneven, rel=1e-2, abs=1e-4)
        assert found[f"dip_first_{name}"][0] == pytest.approx(both - less[0], abs=4e-5)
        assert found[f"dip_second_{name}"][0] == pytest.approx(both - less[1], abs=4e-5)
    assert not any(key.startswith("average") for key in found)


def test_the_average_is_that_of_networks_with_units_taken_out():
    way = {"short": (0.0, False, 0.5, 1.0)}
    found = studies.conditions([6], way, 0.004, 25, votes=40)
    network = trained(6, db.Signals(missing=0.0), 0.5, 25)
    first, _, second, _, last = network
    dice = torch.Generator().manual_seed(0)
    one, two = (2.0 * db.kept(db.coins((40, 100), dice), 0.5) for _ in range(2))
    with torch.no_grad():
        answers = [
            last(torch.relu(second(torch.relu(first(torch.ones(2))) * a)) * b).item()
            for a, b in zip(one, two, strict=True)
        ]
    assert np.std(answers) > 0.01
    assert found["average_short"][0] == pytest.approx(np.mean(answers), abs=2e-5)


def test_the_linear_cases_are_the_closed_form_in_the_end():
    found = studies.linear([1, 6, 7], (0.1, 0.2, 0.35), (0.5, 2.0, 3.0), 4000)
    assert found["apart"].max() < 1e-9
    soon = studies.linear([7], (0.1, 0.2, 0.35), (0.5, 2.0, 3.0), 3)["apart"]
    shares = db.linear_shares(0.2, 3.0, steps=3)[0]  # case 7: the second rate, the third loudness
    assert soon == pytest.approx(np.abs(shares - 1 / (2 + 0.2 / 0.8)).max())


def test_claims_read_what_they_name():
    ways = {
        "short": {"both": 0.8, "average": 0.9},
        "leak": {"uneven": 0.8, "first": 0.9, "second": 0.1},
        "leak_dropout": {"uneven": 0.2},
        "plain": {"uneven": 0.8, "first": 0.2, "second": 0.9, "error_both": 1, "error_worse": 8},
        "hidden": {"uneven": 0.4, "error_both": 60, "error_worse": 6},
        "input": {"error_both": 15, "error_worse": 2, "dip_first": 0.01, "dip_second": 0.09},
        "early": {"uneven": 0.5},
    }
    q = {f"{key}_{way}": np.array([v]) for way, each in ways.items() for key, v in each.items()}
    expected = {
        "dropout-quiet": -0.1,
        "dropout-leak": 0.8,
        "dropout-leak-evens": 0.25,
        "loud-trusted": 4.5,
        "loud-hidden": 0.5,
        "loud-input-error": 0.25,
        "loud-input-price": 15,
        "loud-unequal": 0.08,
        "loud-hidden-worse": 3,  # three times with one gone, four with both
        "noisy-hidden": 0.5,
        "noisy-early": 0.625,
        "noisy-early-most": 0.75,
    }
    for name, value in expected.items():
        assert CLAIMS[name].value(q) == pytest.approx(value), name


def test_one_wrong_answer_of_three_is_enough_to_say_that_one_signal_does_not_suffice():
    claim = CLAIMS["loud-input"]
    answers = {"first_input": [1.0, 0.85, 1.0], "second_input": [1.05, 1.0, 1.0]}
    q = {key: np.array(row) for key, row in (answers | {"both_input": [0.95, 1.0, 1.2]}).items()}
    assert claim.agrees(claim.value(q)).tolist() == [True, False, False]
