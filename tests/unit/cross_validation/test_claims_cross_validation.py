"""What is measured of splits and leaks, quantity by quantity, and how claims read it."""

import numpy as np
import pytest

from demos.cross_validation import claims, claims_leaks
from demos.cross_validation import compute as cv
from demos.cross_validation import compute_best as best
from demos.cross_validation import compute_leaks as leaks
from demos.cross_validation import compute_order as files
from demos.cross_validation import compute_tests as tests

CLAIMS = {claim.id: claim for claim in (*claims.CLAIMS, *claims_leaks.CLAIMS)}


def reads(study, quantities, expected):
    """Assert that each claim of a study reads its value, and that none is left out."""
    found = {name: np.array([value]) for name, value in quantities.items()}
    assert expected.keys() == {claim.id for claim in CLAIMS.values() if claim.study is study}
    for name, value in expected.items():
        assert CLAIMS[name].value(found).item() == pytest.approx(value), name


def test_of_a_data_set_each_way_is_compared_with_its_truth(monkeypatch):
    estimates = {
        "one": np.array([0.5, 0.9, 0.7, 0.8]),
        "five_splits": np.array([0.6, 0.8, 0.7, 0.7]),
        "five_folds": np.array([0.7, 0.8, 0.9, 0.7]),  # a tie
        "ten_folds": np.array([0.75, 0.85, 0.8, 0.8]),
    }

    def reshuffled(x, y, way, shuffles, tested):
        assert (x, y, shuffles, tested) == ("x", "y", 4, 20)
        return estimates[way]

    monkeypatch.setattr(cv, "moons", lambda seed, points, noise_sd: ("x", "y"))
    monkeypatch.setattr(cv, "truth", lambda x, y, seed, noise_sd: 0.8)
    monkeypatch.setattr(cv, "reshuffled", reshuffled)
    found = claims.splits([3], points=100, noise_sd=0.3, shuffles=4, tested=20)
    one = {name: values.item() for name, values in found.items()}
    assert one["truth"] == 0.8
    for way, values in estimates.items():
        assert one[f"moves_{way}"] == pytest.approx(np.std(values, ddof=1))
        assert one[f"rmse_{way}"] == pytest.approx(np.sqrt(np.mean((values - 0.8) ** 2)))
        assert one[f"first_{way}"] == pytest.approx(values[0] - 0.8)
    assert one["nearer"] == 0.5  # on the first two shuffles
    reads(
        claims.SPLITS,
        one,
        {
            "cv-jumps": one["moves_one"],
            "cv-calmer": one["moves_five_folds"] / one["moves_one"],
            "cv-folds-splits": one["moves_five_folds"] / one["moves_five_splits"],
            "cv-nearer": 0.5,
            "cv-error": one["rmse_five_folds"] / one["rmse_one"],
            "cv-ten-better": one["rmse_ten_folds"] / one["rmse_five_folds"],
            "cv-ten-little": one["rmse_ten_folds"] / one["rmse_five_folds"],
        },
    )


def test_of_iris_what_is_sorted_is_compared_with_what_is_shuffled(monkeypatch):
    asked = []
    row = {"last_sorted": 0.7, "last_shuffled": 0.9, "folds": 0.1}
    monkeypatch.setattr(files, "iris", lambda *given: asked.append(given) or row)
    found = claims.iris([5, 6], **claims.IRIS.settings)
    assert asked == [(5, 0.8, 3), (6, 0.8, 3)] and list(found["folds"]) == [0.1, 0.1]
    reads(claims.IRIS, row, {"cv-sorted": -0.2, "cv-sorted-folds": 0.1})
    assert CLAIMS["cv-sorted"].agrees(-0.2) and not CLAIMS["cv-sorted"].agrees(0.0)


def test_of_test_sets_spread_far_ones_and_the_last_batch(monkeypatch):
    accuracies = np.array([0.75, 0.8, 0.84, 0.85, 0.86])
    hits = np.array([1, 1, 0, 1, 0], bool)
    monkeypatch.setattr(tests, "of_test_sets", lambda seed, sets, tested: (accuracies, 0.8))
    monkeypatch.setattr(tests, "hits", lambda seed, count: hits)
    one = claims.of_model(1, sets=5, tested=100, batched=5, batch=2)
    assert one["spread"] == pytest.approx(accuracies.std() / 0.04)
    assert one["far"] == 0.6  # five points off or more
    assert one["last"] == 0 and one["moved"] == pytest.approx(0.6 - 0.5)
    expected = {
        "cv-formula": abs(one["spread"] - 1),
        "cv-hundred": 0.6,
        "cv-batch-steps": 0,
        "cv-batch-mean": 0.1,
    }
    reads(claims.TEST_SETS, one, expected)
    steps = CLAIMS["cv-batch-steps"].value({"last": np.array([0, 0.5, 1, 0.75, 1 / 3])})
    assert CLAIMS["cv-batch-steps"].agrees(steps).tolist() == [True, True, True, False, False]


def test_intervals_are_asked_for_every_hundredth():
    found = claims.intervals([0, 45], tested=30)
    assert found["told"][1] == pytest.approx(tests.coverage(tests.told, 0.95, 30))
    assert found["exact"][0] == pytest.approx(tests.coverage(tests.exact, 0.5, 30))
    one = {"told": 0.9, "exact": 0.97}
    reads(claims.INTERVALS, one, {"cv-interval-told": 0.9, "cv-interval-exact": 0.97})


def test_claims_of_leaks_read_what_is_promised_and_what_is_kept():
    one = {"random": 0.9, "families": 0.6, "fresh": 0.65}
    reads(claims_leaks.SIBLINGS, one, {"cv-siblings": 0.25, "cv-families": 0.05 - 0.25})
    one = {"before": 0.9, "inside": 0.55}
    reads(claims_leaks.SELECTION, one, {"cv-selection": 0.9, "cv-selection-inside": 0.35})
    one = {"wine": 0.1, "mean": -0.02}
    expected = {"cv-scaling-flatters": -0.02, "cv-scaling-little": 0.02}
    reads(claims_leaks.SCALING, one, expected)
    one = {"estimate": 0.9, "here": 0.92, "there": 0.3}
    reads(claims_leaks.ELSEWHERE, one, {"cv-elsewhere": 0.6, "cv-here": 0.02})


def test_the_best_of_one_ten_and_all(monkeypatch):
    tested, fresh = np.linspace(0.4, 0.6, 12), np.linspace(0.3, 0.52, 12)
    monkeypatch.setattr(best, "scores", lambda seed, *given: (tested, fresh))
    found = claims_leaks.coins([1], tried=12, tested=100, fresh=1000)
    one = {name: values.item() for name, values in found.items()}
    for name, place in (("1", 0), ("10", 9), ("all", 11)):
        assert one[f"chosen_{name}"] == tested[place] and one[f"fresh_{name}"] == fresh[place]
    expected = {"cv-best": 0.6, "cv-best-ten": tested[9], "cv-best-fresh": 0.02}
    reads(claims_leaks.COINS, one, expected)


def test_studies_pass_their_settings_on(monkeypatch):
    asked = {}

    def listening(name, row):
        return lambda *given: asked.update({name: given}) or row

    monkeypatch.setattr(leaks, "of_siblings", listening("siblings", {"fresh": 1.0}))
    monkeypatch.setattr(leaks, "of_selection", listening("selection", {"before": 1.0}))
    monkeypatch.setattr(leaks, "of_scaling", listening("scaling", {"wine": 0.25, "digits": 0.75}))
    monkeypatch.setattr(leaks, "elsewhere", listening("elsewhere", {"here": 1.0}))
    monkeypatch.setattr(best, "scores", listening("coins", (np.ones(100), np.zeros(100))))
    claims_leaks.siblings([7], **claims_leaks.SIBLINGS.settings)
    claims_leaks.selection([7], **claims_leaks.SELECTION.settings)
    found = claims_leaks.scaling([7], **claims_leaks.SCALING.settings)
    claims_leaks.elsewhere([7], **claims_leaks.ELSEWHERE.settings)
    claims_leaks.coins([7], **claims_leaks.COINS.settings)
    assert found["mean"].tolist() == [0.5]
    assert asked == {
        "siblings": (7, 100, 0.01, 0.2),
        "selection": (7, 50, 1000, 20),
        "scaling": (7, 60, ("wine", "breast cancer", "digits")),
        "elsewhere": (7, 300),
        "coins": (7, 100, 100, 1000),
    }
