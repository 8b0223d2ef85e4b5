"""Leaks against plain loops: the nearest point, features by hand, scales by hand; moved digits."""

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_wine, make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold

from demos.cross_validation import compute_leaks as leaks


def nearest(x, y, new):
    """The label of the nearest point, for each new one."""
    return np.array([y[np.argmin(((x - one) ** 2).sum(1))] for one in new])


def test_siblings_lie_together_and_share_a_label():
    x, y, family = leaks.siblings(3, families=400, jitter=0.01, flipped=0.2)
    clean, labels = make_moons(400, noise=0.2, random_state=3)
    assert np.array_equal(family, np.repeat(np.arange(400), 2))
    moved = x - clean[family]
    assert moved.std() == pytest.approx(0.01, rel=0.1) and not np.array_equal(moved[0], moved[1])
    assert np.array_equal(y[::2], y[1::2])
    assert np.mean(y[::2] != labels) == pytest.approx(0.2, abs=0.06)
    assert np.array_equal(leaks.siblings(3, 400, 0.01, 0.0)[1][::2], labels)


def test_accuracy_of_the_nearest_neighbour_three_ways():
    found = leaks.of_siblings(4, families=20)
    x, y, family = leaks.siblings(4, families=20)
    shares = []
    for train, test in KFold(5, shuffle=True, random_state=4).split(x):
        shares.append(np.mean(nearest(x[train], y[train], x[test]) == y[test]))
    assert found["random"] == pytest.approx(np.mean(shares))
    new, labels, _ = leaks.siblings(500_004, 1000)
    assert found["fresh"] == pytest.approx(np.mean(nearest(x, y, new) == labels))


def test_folds_of_families_never_part_one(monkeypatch):
    seen, family = [], leaks.siblings(5, families=20)[2]
    kept = leaks.cross_val_score

    def watched(model, x, y, cv, groups=None):
        if groups is not None:
            for train, test in cv.split(x, y, groups):
                seen.append(set(family[train]) & set(family[test]))
        return kept(model, x, y, cv=cv, groups=groups)

    monkeypatch.setattr(leaks, "cross_val_score", watched)
    found = leaks.of_siblings(5, families=20)
    assert seen == [set()] * 5
    assert found["families"] < found["random"]


def scores(x, y):
    """How far apart a feature's two class means are, over their spread: what SelectKBest ranks by."""
    a, b = x[y == 0], x[y == 1]
    inside = a.var(0) * len(a) + b.var(0) * len(b)
    return np.abs(a.mean(0) - b.mean(0)) / np.sqrt(inside)


def test_features_are_chosen_before_and_inside_each_fold():
    x, y = leaks.noise(6, people=40, features=60)
    assert y.sum() == 20
    found, before, inside = leaks.of_selection(6, 40, 60, kept=5), [], []
    everywhere = np.sort(np.argsort(scores(x, y))[-5:])
    for train, test in StratifiedKFold(5).split(x, y):
        own = np.sort(np.argsort(scores(x[train], y[train]))[-5:])
        for shares, chosen in ((before, everywhere), (inside, own)):
            model = LogisticRegression().fit(x[np.ix_(train, chosen)], y[train])
            shares.append(model.score(x[np.ix_(test, chosen)], y[test]))
    assert found["before"] == pytest.approx(np.mean(before))
    assert found["inside"] == pytest.approx(np.mean(inside))


def votes(x, y, new):
    """The class most of the three nearest points have; of a tie the lowest."""
    rows = [np.argsort(((x - one) ** 2).sum(1))[:3] for one in new]
    return np.array([np.bincount(y[row]).argmax() for row in rows])


def test_scaled_before_is_scaled_by_all_points():
    whole, classes = load_wine(return_X_y=True)
    some = np.random.default_rng(7).permutation(178)[:30]
    x, y = whole[some], classes[some]
    shares = {"before": [], "inside": []}
    for train, test in KFold(5).split(x):
        for way, of in (("before", x), ("inside", x[train])):
            scaled = (x - of.mean(0)) / of.std(0)
            right = votes(scaled[train], y[train], scaled[test]) == y[test]
            shares[way].append(right.mean())
    expected = np.mean(shares["before"]) - np.mean(shares["inside"])
    assert leaks.scaled_before("wine", 7, 30) == pytest.approx(expected)
    assert leaks.of_scaling(7, 30, ("wine",)) == {"wine": pytest.approx(expected)}


def test_a_digit_moves_by_a_pixel():
    x, _ = load_digits(return_X_y=True)
    for before, after in zip(x[:3], leaks.to_the_right(x[:3]), strict=True):
        for row in range(8):
            assert after[8 * row] == 0
            assert np.array_equal(after[8 * row + 1 : 8 * row + 8], before[8 * row : 8 * row + 7])


def test_here_and_there_are_the_same_digits_moved():
    x, y = load_digits(return_X_y=True)
    order = np.random.default_rng(8).permutation(len(y))
    some, others = order[:100], order[100:]
    mean, sd = x[some].mean(0), x[some].std(0)
    sd[sd == 0] = 1
    model = LogisticRegression().fit((x[some] - mean) / sd, y[some])
    found = leaks.elsewhere(8, 100)
    for name, seen in (("here", x[others]), ("there", leaks.to_the_right(x[others]))):
        expected = np.mean(model.predict((seen - mean) / sd) == y[others])
        assert found[name] == pytest.approx(expected, abs=0.002), name
    assert abs(found["estimate"] - found["here"]) < 0.1 < found["here"] - found["there"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"families": 4}, "families is 4: say a whole number, 5 or more"),
        ({"jitter": -1}, "jitter is -1: say a number, 0 or more"),
        ({"flipped": 1.2}, "flipped is 1.2: say a number from 0 to 1"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        leaks.siblings(0, **wrong)
