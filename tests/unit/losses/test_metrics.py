"""Four metrics against counts by hand."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from demos.losses import metrics


def test_people_lie_about_their_centres_and_one_in_twenty_is_sick():
    x, sick = metrics.people(0, 40_000)
    assert sick.mean() == 0.05
    for who, centre in ((0, -metrics.APART), (1, metrics.APART)):
        own = x[sick == who]
        np.testing.assert_allclose(own.mean(0), centre, atol=0.1)
        np.testing.assert_allclose(own.std(0), 1, atol=0.1)
    fresh, _ = metrics.people(0, 40_000, whose=1)
    assert not np.allclose(x, fresh)


@pytest.mark.parametrize("name", ["plain", "balanced"])
def test_scores_are_counts(name):
    found = metrics.scored(9, share=0.2, trained=200, tested=500)
    x, sick = metrics.people(9, 200, 0.2)
    fresh, truth = metrics.people(9, 500, 0.2, whose=1)
    weight = {"plain": None, "balanced": {0: 200 / 2 / 160, 1: 200 / 2 / 40}}[name]
    said = LogisticRegression(class_weight=weight).fit(x, sick).predict(fresh)
    hits = np.sum((said == 1) & (truth == 1))
    precision, recall = hits / said.sum(), hits / truth.sum()
    assert found[f"accuracy_{name}"] == pytest.approx(np.mean(said == truth), abs=0.003)
    assert found[f"precision_{name}"] == pytest.approx(precision, abs=0.01)
    assert found[f"recall_{name}"] == pytest.approx(recall, abs=0.011)
    f1 = 2 * precision * recall / (precision + recall)
    assert found[f"f1_{name}"] == pytest.approx(f1, abs=0.01)


def test_nobody_is_right_about_the_healthy_and_finds_nobody():
    found = metrics.scored(1, share=0.1, trained=50, tested=100)
    assert found["accuracy_nobody"] == 0.9
    assert found["recall_nobody"] == found["precision_nobody"] == found["f1_nobody"] == 0


def test_a_share_that_is_none_is_told():
    with pytest.raises(ValueError, match="share, of the sick, is 1.5: say a number from 0 to 1"):
        metrics.people(0, 10, 1.5)
