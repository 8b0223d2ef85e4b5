"""What is measured of dumbbells and hammers, against a loop that knows no demo; what each claim reads."""

from dataclasses import replace

import numpy as np
import plain
import pytest

from demos.correlations import claims as family
from demos.correlations import compute as cor

BRIEF = cor.Settings(lr=0.003, epochs=4, batch=100)
HOW = {"lr": BRIEF.lr, "epochs": BRIEF.epochs, "batch": BRIEF.batch, "tested": 50}
KINDS = {"dumbbell_arm": (1, 1), "dumbbell_alone": (1, 0), "hammer_arm": (0, 1)}
KINDS |= {"hammer_alone": (0, 0)}  # name: dumbbell?, arm?


def right_by_group(network):
    """Shares of 50 images each, drawn as the family's tests are."""
    shares = {}
    for name, (dumbbell, arm) in KINDS.items():
        labels = np.full(50, bool(dumbbell))
        draws = [family.TEST_SEED, 3, bool(dumbbell), bool(arm)]
        images = cor.draw(labels, np.full(50, bool(arm)), draws, cor.WORLD)
        shares[name] = plain.share_right(network, images.reshape(50, -1), labels)
    return shares


@pytest.mark.parametrize(("arm", "key"), [(0.5, "50"), (0.9, "90")])
def test_a_world_is_measured_as_by_the_plain_loop(arm, key):
    found = family.worlds([5], (0.7, arm), **HOW)
    world = cor.World(arm, 1 - arm)
    network = plain.classifier(*cor.sample(1000, 5, world), 5, BRIEF)
    shares = right_by_group(network)
    for name, share in shares.items():
        # one image of fifty may lie on the boundary
        assert found[f"{name}_{key}"] == pytest.approx(share, abs=0.021), name
    assert found[f"worst_{key}"] == pytest.approx(min(shares.values()), abs=0.021)
    test = arm * (shares["dumbbell_arm"] + shares["hammer_alone"])
    test += (1 - arm) * (shares["dumbbell_alone"] + shares["hammer_arm"])
    assert found[f"test_{key}"] == pytest.approx(test / 2, abs=0.021)
    dream = cor.dream(network)
    assert found[f"ink_{key}"][0] == pytest.approx(dream[:4].mean(), abs=0.02)
    assert abs(dream[:4].mean() - dream.mean()) > 0.02  # above, where the arm comes in, is not all


@pytest.fixture
def asked(monkeypatch):
    """How every network was asked for. The network is its options, the worst group a running number."""
    calls = []

    def fitted(kind, seed, world=cor.WORLD, **options):
        return {"kind": kind, "seed": seed, "world": world} | options

    def scores(nets, tests, world=cor.WORLD):
        calls.append((nets, tests))
        return {"worst": np.full(len(nets), len(calls)), "test": np.full(len(nets), -1)}

    monkeypatch.setattr(cor, "fitted", fitted)
    monkeypatch.setattr(cor, "scores", scores)
    return calls


def test_every_cure_is_the_one_it_is_called(asked):
    found = family.cures([5, 6], family.TRIED, **HOW)
    expected = {
        "alone": {"settings": BRIEF},
        "decay_weak": {"settings": replace(BRIEF, weight_decay=0.1)},
        "decay_strong": {"settings": replace(BRIEF, weight_decay=1.0)},
        "dropout": {"settings": BRIEF, "dropout": 0.5},
        "input_dropout": {"settings": BRIEF, "input_dropout": 0.3},
        "smoothing": {"settings": BRIEF, "change": cor.smooth},
        "mixup": {"settings": BRIEF, "change": cor.mixup},
        "erasing": {"settings": BRIEF, "change": cor.erase},
    }
    assert sorted(found) == sorted(expected)
    for name, options in expected.items():
        nets, _ = asked[int(found[name][0]) - 1]
        start = {"kind": "mlp", "world": cor.WORLD}
        told = [
            net | {"change": getattr(net["change"], "func", net["change"])}
            if "change" in net
            else net
            for net in nets
        ]  # which change; test_claims_correlations.py: how strong
        assert told == [start | {"seed": seed} | options for seed in (5, 6)], name


def test_counterexamples_are_as_many_as_said(asked):
    found = family.counterexamples([5], (0.0, 0.1), **HOW)
    assert sorted(found) == ["cnn_0", "cnn_10", "mlp_0", "mlp_10"]
    for key, worst in found.items():
        kind, percent = key.split("_")
        ((net,), _) = asked[int(worst[0]) - 1]
        assert net["kind"] == kind and net["settings"] == BRIEF
        assert net.get("counterexamples") == pytest.approx(int(percent) / 100)


def test_test_images_are_drawn_from_no_seed_that_is_trained_on(asked):
    family.cures([5], family.TRIED, **HOW)
    tests = asked[0][1]
    assert {len(images) for images, _ in tests.values()} == {50}
    trained = {seed for study in (family.WORLDS, family.CURES) for seed in study.seeds()}
    for seed in trained:
        drawn = cor.groups(50, seed)
        assert not any(np.array_equal(drawn[name][0], tests[name][0]) for name in drawn), seed


def test_the_best_cure_is_one_of_the_cures():
    q = {"alone": np.array([0.9, 0.0]), "a": np.array([0.1, 0.4]), "b": np.array([0.2, 0.3])}
    assert family.best_cure(q).tolist() == [0.2, 0.4]


def test_claims_read_what_their_sentences_say():
    names = "test_98 dumbbell_alone_98 hammer_arm_98 dumbbell_alone_50 mlp_10 mlp_20 cnn_10"
    q = {name: n / 10 for n, name in enumerate(names.split(), 1)}
    q |= {"ink_50": 0.2, "ink_98": 0.5, "ink_100": 0.9, "hammer_alone_98": 0.95}
    expected = {
        "arm-album": 0.1,
        "arm-lone-dumbbell": 0.2,
        "arm-hammer": 1 - 0.3,
        "arm-fair": 0.4,
        "arm-dream": 0.3,
        "arm-dream-always": 0.4,
        "arm-counterexamples": 0.5,
        "arm-counterexamples-more": 0.6,
        "arm-counterexamples-cnn": 0.7,
    }
    values = {claim.id: claim.value(q) for claim in family.CLAIMS if claim.id in expected}
    cures = {"alone": 0.99, "mixup": 0.03, "erasing": 0.02}
    for claim in family.CLAIMS:
        if claim.study is family.CURES:
            assert claim.value(cures) == 0.03, claim.id
    assert values == pytest.approx(expected)
