"""What is measured of the two moons, against a loop of its own."""

from dataclasses import replace

import numpy as np
import pytest

from demos.core.networks import mlp, predict
from demos.opening import claims as family
from demos.opening import compute as moons

SEEDS = [2, 3]


@pytest.fixture
def brief(monkeypatch):
    """Ten epochs in place of 300."""
    monkeypatch.setattr(moons, "PLAIN", replace(moons.PLAIN, epochs=10))


def share_right(network, x, y):
    return np.mean(
        [(z > 0) == bool(label) for z, label in zip(predict(network, x), y, strict=True)]
    )


def test_shares_are_those_of_networks_fitted_one_by_one(brief):
    found = family.accuracies(SEEDS, decay=4.0)
    assert sorted(found) == ["decayed_fresh", "decayed_seen", "plain_fresh", "plain_seen"]
    for name, decay in (("plain", 0.0), ("decayed", 4.0)):
        for at, seed in enumerate(SEEDS):
            x, y = moons.moons(moons.POINTS, [seed, 0])
            network = mlp(moons.WIDTHS, seed)
            moons.fit(network, x, y, replace(moons.PLAIN, weight_decay=decay), seed)
            seen, fresh = found[f"{name}_seen"][at], found[f"{name}_fresh"][at]
            assert seen == pytest.approx(share_right(network, x, y), abs=1e-9)
            others = moons.moons(2000, [seed, 1])
            assert fresh == pytest.approx(share_right(network, *others), abs=1e-9)


def test_a_seed_does_not_see_the_others(brief):
    together, alone = family.accuracies(SEEDS, decay=4.0), family.accuracies(SEEDS[1:], decay=4.0)
    for key, shares in together.items():
        assert shares.shape == (2,)
        assert alone[key] == pytest.approx(shares[1:], abs=1e-3), key  # of 2,000 points, two


def test_every_claim_reads_what_its_sentence_says():
    q = {"plain_seen": 1.0, "plain_fresh": 0.85, "decayed_seen": 0.95, "decayed_fresh": 0.88}
    worse = q | {"plain_seen": 0.975, "plain_fresh": 0.95}
    worse |= {"decayed_seen": 0.975, "decayed_fresh": 0.94}
    for claim in family.CLAIMS:
        assert claim.agrees(claim.value(q)) and not claim.agrees(claim.value(worse)), claim.id
