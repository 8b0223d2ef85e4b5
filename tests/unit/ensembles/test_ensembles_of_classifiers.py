"""Ways to combine classifiers against hand counts and scikit-learn; members against the plain loop."""

import numpy as np
import pytest
import torch
from sklearn.metrics import accuracy_score, log_loss

from demos.core.engine import sets
from demos.ensembles import compute_classes as cls

TINY = cls.Fit(points=60, batch=20, steps=4, lr=0.01)


def test_three_ways_to_combine_by_hand():
    # two members, one point, three classes
    logits = torch.log(torch.tensor([[[0.8, 0.1, 0.1]], [[0.2, 0.7, 0.1]]], dtype=torch.float64))
    p = logits.exp()
    torch.testing.assert_close(cls.several(p)[0], torch.tensor([0.5, 0.4, 0.1]).double())
    roots = torch.tensor([0.16, 0.07, 0.01]).double().sqrt()  # a geometric mean
    torch.testing.assert_close(cls.of_logits(logits)[0], roots / roots.sum())
    assert cls.votes(p)[0].tolist() == [0.5, 0.5, 0.0]


def test_accuracy_and_log_loss_are_scikit_learns():
    dice = torch.Generator().manual_seed(3)
    p = torch.rand(4, 50, 10, generator=dice).double().softmax(-1)
    classes = torch.randint(10, (50,), generator=dice)
    y = torch.eye(10).double()[classes]
    for one, right, lost in zip(
        p, cls.accuracy(p, y.expand(4, -1, -1)), cls.nll(p, y), strict=True
    ):
        assert right.item() == pytest.approx(accuracy_score(classes, one.argmax(-1)))
        assert lost.item() == pytest.approx(log_loss(classes, one, labels=range(10)), rel=1e-5)
    sure = torch.tensor([[0.0, 1.0]])
    assert cls.nll(sure, torch.tensor([[1.0, 0.0]])).item() == pytest.approx(-np.log(1e-12))


def test_scores_take_each_way_from_its_own_networks(monkeypatch):
    """One point, two classes. Members say a class with confidence; each way reads other members."""
    y = torch.tensor([[[1.0, 0.0]]])
    sure = {"right": [3.0, 0.0], "wrong": [0.0, 2.0], "unsure": [0.5, 0.0]}
    last = ["wrong", "right", "right", "wrong", "wrong", "wrong"]  # three starts, three bags
    first = ["unsure", "wrong", "wrong", "right", "right", "right"]
    logits = torch.tensor([[[[sure[one]] for one in each]] for each in (first, last)])
    averaged = torch.tensor([[[sure["unsure"]]] * 6])
    monkeypatch.setattr(cls, "networks", lambda *_: (logits, averaged, y))
    found = {name: value.item() for name, value in cls.scores([0], TINY, members=3).items()}
    chance = {name: np.exp(logit[0]) / np.exp(logit).sum() for name, logit in sure.items()}
    expected = {
        "one": chance["wrong"],
        "starts": (chance["wrong"] + 2 * chance["right"]) / 3,
        "bags": chance["wrong"],
        "checkpoints": (chance["unsure"] + chance["wrong"]) / 2,
        "weights": chance["unsure"],
        "logits": 1 / (1 + np.exp(-(3 + 3 - 2) / 3)),
    }
    for name, p in expected.items():
        assert found[f"nll_{name}"] == pytest.approx(-np.log(p), rel=1e-5), name
        assert found[f"accuracy_{name}"] == (p > 0.5), name
    assert found["accuracy_votes"] == 1 and "nll_votes" not in found
    assert found["accuracy_best"] == 1 and found["accuracy_member"] == pytest.approx(2 / 3)


def test_networks_of_a_seed_have_its_points_and_bags_their_own(monkeypatch):
    seen = {}

    def train(recipe, starts, points, hyper, plan, look):
        seen.update(starts=starts, points=points, hyper=hyper, plan=plan, look=look)
        return kept(recipe, starts, points, hyper, plan, look)

    kept = cls.train
    monkeypatch.setattr(cls, "train", train)
    logits, averaged, y = cls.networks([5, 9], TINY, members=2)
    n = y.shape[1]
    assert logits.shape == (2, 2, 4, n, 10) and averaged.shape == (2, 4, n, 10)
    assert seen["starts"] == [5000, 5001, 5002, 5003, 9000, 9001, 9002, 9003]
    assert (seen["plan"].steps, seen["plan"].batch, seen["hyper"]) == (4, 20, {"lr": 0.01})
    for at, seed in enumerate((5, 9)):
        own = sets.split(sets.mnist1d(), seed, 60, 60)
        four = seen["points"].x[4 * at : 4 * at + 4]
        assert torch.equal(four[0], own.train.x[0]) and torch.equal(four[1], own.train.x[0])
        assert not torch.equal(four[2], four[3])
        rows = {tuple(row.tolist()) for row in own.train.x[0]}
        for bag in four[2:]:
            assert {tuple(row.tolist()) for row in bag} < rows
        assert torch.equal(y[at], own.test.y[0])


def test_a_bag_of_trees_is_scikit_learns_and_sees_no_test_point():
    x, fresh, y, truth = cls.digits(seed=2, count=50)
    assert len(x) == len(y) == 50 and len(fresh) == len(truth) == 1797 - 50
    np.testing.assert_allclose(x.mean(0), 0, atol=1e-12)
    spread = x.std(0)
    assert np.allclose(spread[spread > 0], 1)
    found = cls.trees(2, count=50, members=1)
    assert 0 < found["trees"] < found["tree"] < 1  # a bag of one tree saw fewer points


def test_logistic_regression_ends_at_its_only_lowest_point(monkeypatch):
    """There the penalised loss is flat: X'(p - y) + w / C = 0, whatever the start."""
    places = []
    kept = cls.LogisticRegression.fit

    def fit(self, x, y):
        kept(self, x, y)
        if self.tol < 1e-6:
            places.append((x, y, self.coef_.copy(), self.predict_proba(x), self.C))
        return self

    monkeypatch.setattr(cls.LogisticRegression, "fit", fit)
    found = cls.convex(4, count=60, members=2, starts=2)
    assert len(places) == 3 and found["moved"] < 1e-4
    for x, y, weights, p, inverse in places:
        slope = (p - np.eye(10)[y]).T @ x + weights / inverse
        assert np.abs(slope).max() < 1e-3
    assert np.ptp([place[2] for place in places], axis=0).max() < 1e-3
