"""What is measured of two inputs with one signal, against PyTorch on the same batches; what claims read."""

import numpy as np
import plain
import pytest

from demos.dropout import claims, studies
from demos.dropout import compute as db

SEEDS, STEPS, LR = [2, 3], 24, 0.002
LOUD, NOISE = 2.0, 0.3
WAYS = {  # name: missing, leak, hidden dropout, share of the steps
    "plain": (0.0, False, 0.0, 1.0),
    "often": (0.4, False, 0.0, 1.0),
    "leak": (0.4, True, 0.0, 1.0),
    "hidden": (0.0, False, 0.5, 1.0),
    "early": (0.0, False, 0.0, 0.25),
}


def trained(seed, missing, leak, dropout, steps):
    """PyTorch's SGD on the batches and masks of a seed."""
    signals = db.Signals(loud=LOUD, noise=NOISE, missing=missing, leak=leak)
    return plain.on_batches(db.Batches(signals, [seed], dropout), db.WIDTHS, seed, steps, LR)


def off(network, first, second):
    """RMSE over labels, a label times (first, second) being the inputs."""
    y = np.linspace(0, 1, 101)
    says = plain.outputs(network, np.stack([first * y, second * y], axis=1))
    return np.sqrt(np.mean((says - y) ** 2))


def test_every_condition_is_the_plain_loop_on_its_own_signals():
    found = studies.conditions(SEEDS, WAYS, LR, STEPS, LOUD, NOISE)
    assert len(found) == 8 * len(WAYS)
    for name, (missing, leak, dropout, share) in WAYS.items():
        for at, seed in enumerate(SEEDS):
            network = trained(seed, missing, leak, dropout, int(share * STEPS))
            first, second, both = plain.outputs(network, [[1, 0], [0, LOUD], [1, LOUD]])
            expected = {
                "first": first,
                "second": second,
                "both": both,
                "uneven": abs(first - second) / both,
                "error_both": off(network, 1, LOUD),
                "error_worse": max(off(network, 1, 0), off(network, 0, LOUD)),
                "dip_first": both - plain.outputs(network, [[0.9, LOUD]])[0],
                "dip_second": both - plain.outputs(network, [[1, 0.9 * LOUD]])[0],
            }
            for quantity, value in expected.items():
                mine = found[f"{quantity}_{name}"]
                assert mine.shape == (2,)
                assert mine[at] == pytest.approx(value, rel=1e-3, abs=1e-5), (quantity, name)


def expected_loss_gradient(w, p, loud):
    """Of Σ over both signs and all four masks of probability · (ŷ - y)², inputs over 1 - p."""
    gradient = np.zeros(2)
    for y in (1.0, -1.0):
        for kept in ((0, 0), (0, 1), (1, 0), (1, 1)):
            chance = np.prod([1 - p if keep else p for keep in kept])
            x = y * np.array(kept) * (1, loud) / (1 - p)
            gradient += chance * 2 * (x @ w - y) * x
    return gradient


def descended(p, loud, decay, steps):
    """Shares after gradient descent from zero, in float64."""
    w = np.zeros(2)
    for _ in range(steps):
        slope = expected_loss_gradient(w, p, loud) + decay * w
        w -= 0.2 * (1 - p) / (1 + loud**2) * slope
    return w * (1, loud)


def test_the_linear_theory_is_descent_on_the_expected_loss():
    rates, louds, steps = (0.1, 0.4, 0.6), (1.0, 3.0), 3  # so few that it has not arrived
    found = studies.linear(range(6), rates, louds, steps)["apart"]
    pairs = [(p, loud) for loud in louds for p in rates]
    for case, (p, loud) in enumerate(pairs):
        apart = np.abs(descended(p, loud, 0.0, steps) - (1 - p) / (2 - p)).max()
        assert found[case] == pytest.approx(apart, rel=1e-9)  # the closed form, said another way
        held = db.linear_shares(0.0, loud, weight_decay=0.5, steps=steps)[0]
        np.testing.assert_allclose(held, descended(0.0, loud, 0.5, steps))


@pytest.mark.parametrize("weak", [0.0, 0.5])
def test_decay_reaches_the_linear_network(weak):
    """At the end decay shows: both shares together are n / (n + λ / 2), n the sum of squares."""
    shares = db.linear_shares(0.0, 3.0, weight_decay=weak, steps=400)[0]
    assert shares.sum() == pytest.approx(20 / (20 + weak / 2), rel=1e-4)


def test_linear_networks_start_where_their_seeds_say():
    starts = db.linear_shares(0.2, 1.0, seeds=[4, 5], steps=0)
    for mine, seed in zip(starts, (4, 5), strict=True):
        np.testing.assert_allclose(mine, plain.weights(plain.network((2, 1), seed))[:2])
    assert not db.linear_shares(0.2, 1.0, steps=0).any()


def test_the_ways_are_what_their_names_say():
    named = "COPIES LEAK MISSING LOUD NOISY FASTER".split()
    ways = {study.name: study.settings for study in (getattr(studies, name) for name in named)}
    for settings in ways.values():
        for name, (missing, leak, dropout, share) in settings["ways"].items():
            assert leak == name.startswith("leak"), name
            assert bool(dropout) == (name.endswith("dropout") or name == "hidden"), name
            assert (share < 1) == (name == "early"), name
            often = {"often": 0.01, "input": 0.1}.get(name, studies.RARE)
            never = name.split("_")[0] in ("never", "plain", "hidden", "early")
            assert missing == (0 if never else often), name
    assert ways["dropout-loud"]["loud"] == 3 and ways["dropout-noisy"]["noise"] > 0
    early, late = (
        ways["dropout-faster"],
        ways["dropout-noisy"],
    )  # as many steps as "early" has there
    assert early["steps"] == late["ways"]["early"][-1] * late["steps"]
    assert {key: early[key] for key in ("lr", "noise")} == {
        key: late[key] for key in ("lr", "noise")
    }


def test_claims_read_what_their_sentences_say():
    q, expected = {}, {}
    for n, way in enumerate("leak copy copy_dropout never never_dropout often".split(), 1):
        q |= {f"first_{way}": 10.0 * n, f"second_{way}": 3.0 * n, f"both_{way}": 100.0 * n}
        q |= {f"uneven_{way}": 2.0**n}
    q |= {"both_leak_dropout": 7.0}
    expected["dropout-leak"] = {"dropout-leak": 7}
    expected["dropout-copies"] = {
        "dropout-prefers-first": 14,
        "dropout-no-preference": 14,
        "dropout-unbiases": 2,
        "dropout-nothing-to-remove": 2,
        "dropout-lowers": 100,
    }
    expected["dropout-missing"] = {"dropout-never-missing": 2, "dropout-missing-cures": 2}
    for n, way in enumerate(("plain", "hidden", "input", "early")):
        q |= {f"first_{way}": 1.0 + n, f"second_{way}": 5.0 + n, f"both_{way}": 1.5 * n}
        q |= {f"uneven_{way}": 3.0**n, f"error_both_{way}": 5.0**n, f"error_worse_{way}": 7.0**n}
    expected["dropout-loud"] = {
        "loud-trusted": 5,
        "loud-hidden": 3,
        "loud-input": 6,  # of |3 - 1|, |7 - 1| and |3 - 1|
        "loud-input-error": 49,
        "loud-input-price": 25,
    }
    noisy = {"noisy-hidden": 3, "noisy-early": 27, "dropout-prefers-stronger": 3}
    expected |= {"dropout-noisy": noisy, "dropout-faster": {"dropout-only-faster": 3}}
    q |= {"apart": 0.5}
    expected["dropout-linear"] = {"linear-dropout": 0.5}
    for claim in claims.CLAIMS:
        if claim.id in expected.get(claim.study.name, {}):
            value = expected[claim.study.name].pop(claim.id)
            assert claim.value(q) == pytest.approx(value), claim.id
    assert not any(expected.values())
