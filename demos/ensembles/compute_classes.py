"""Ensembles of classifiers: networks on MNIST-1D, trees and logistic regression on digits.

Ways to combine: the mean of probabilities, the mean of logits, votes. Cheap members: checkpoints of one
run (after Huang et al. 2017, arXiv:1704.00109, without their restarts), an average of one run's weights
(Polyak and Juditsky 1992).
"""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from demos.core import rounding
from demos.core.engine import losses, sets
from demos.core.engine.averages import Exponential
from demos.core.engine.batches import joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train
from demos.ensembles.compute import bagged, members_of

CLASSES, MEMBERS = 10, 5
WIDTHS = (40, 128, 128, CLASSES)
KEEPS = 0.99  # of itself, the average of the weights in each step
TREES, MODELS = 50, 16  # in a bag
DIGITS, INVERSE = 200, 0.1  # training points; scikit-learn's C, one over the penalty


@dataclass(frozen=True)
class Fit:
    """How each network is fitted: so many training points, Adam on batches of them."""

    points: int = 400
    batch: int = 32
    steps: int = 800
    lr: float = 0.001


FIT = Fit()


def several(probabilities):
    """Probabilities of an ensemble from those of its members: (..., members, n, k) to (..., n, k)."""
    return probabilities.mean(-3)


def of_logits(logits):
    """The same from the mean of the members' logits, what comes before softmax."""
    return logits.mean(-3).softmax(-1)


def votes(probabilities):
    """Share of members whose most likely class it is: (..., members, n, k) to (..., n, k)."""
    return several(losses.one_hot(probabilities.argmax(-1), probabilities.shape[-1]))


def accuracy(probabilities, y):
    """Share right: probabilities (..., n, k), y one-hot (..., n, k) gives (...)."""
    return losses.accuracy(probabilities, y)


def nll(probabilities, y):
    """Mean of -log p of what came true, in nats, likewise; no p counts as less than 1e-12."""
    return -(y * probabilities.clamp(min=1e-12).log()).sum(-1).mean(-1)


def networks(seeds, fit=FIT, members=MEMBERS):
    """Per seed its own training points: logits (checkpoints, seeds, 2 members, n, k) on its test points,
    those of the averaged weights (seeds, 2 members, n, k), targets (seeds, n, k).

    The first networks of a seed differ by their start, as many others by their points too.
    """
    parts = [sets.split(sets.mnist1d(), seed, fit.points, fit.points) for seed in seeds]
    each = 2 * members
    points = joined(
        bagged(part.train, seed, member) if member >= members else part.train
        for seed, part in zip(seeds, parts, strict=True)
        for member in range(each)
    )
    tested = joined(part.test for part in parts for _ in range(each))
    recipe = Recipe(mlp(WIDTHS), losses.cross_entropy, Adam(), average=Exponential(KEEPS))
    look = Look(tested, fit.steps // members, outputs=True)
    starts = [start for seed in seeds for start in members_of(seed, each)]
    trained = train(recipe, starts, points, {"lr": fit.lr}, Plan(fit.steps, fit.batch), look)
    logits = torch.from_numpy(trained.outputs[1:]).unflatten(1, (len(seeds), each))
    averaged = recipe.network.predict(trained.average, tested.x).unflatten(0, (len(seeds), each))
    return logits, averaged, joined(part.test for part in parts).y


def scores(seeds, fit=FIT, members=MEMBERS):
    """Accuracy and log loss per way to make or combine members: {"accuracy_one": (seeds,), …}."""
    logits, averaged, y = networks(seeds, fit, members)
    last = logits[-1].softmax(-1)
    starts, bags = last[:, :members], last[:, members:]
    ways = {
        "one": starts[:, 0],
        "starts": several(starts),
        "bags": several(bags),
        "logits": of_logits(logits[-1][:, :members]),
        "votes": votes(starts),
        "checkpoints": several(logits[:, :, 0].softmax(-1).transpose(0, 1)),
        "weights": averaged[:, 0].softmax(-1),
    }
    found = {}
    for name, probabilities in ways.items():
        found[f"accuracy_{name}"] = accuracy(probabilities, y).numpy()
        if name != "votes":  # a share of votes is no probability: often 0
            found[f"nll_{name}"] = nll(probabilities, y).numpy()
    each = accuracy(starts, y[:, None].expand_as(starts))
    return found | {"accuracy_best": each.amax(1).numpy(), "accuracy_member": each.mean(1).numpy()}


def digits(seed, count=DIGITS):
    """Training and test points of scikit-learn's digits, standardised: x, test x, y, test y."""
    whole = sets.bundled("digits")
    x, fresh, y, truth = train_test_split(
        whole.x, whole.y, train_size=count, random_state=seed, stratify=whole.y
    )
    scaler = StandardScaler().fit(x)
    return rounding.nudge(scaler.transform(x)), scaler.transform(fresh), y, truth


def trees(seed, count=DIGITS, members=TREES):
    """Share right of one tree and of a bag of them, from `count` training points."""
    x, fresh, y, truth = digits(seed, count)
    tree = DecisionTreeClassifier(random_state=seed)
    bag = BaggingClassifier(tree, n_estimators=members, random_state=seed)
    found = [accuracy_score(truth, model.fit(x, y).predict(fresh)) for model in (tree, bag)]
    return {"tree": found[0], "trees": found[1]}


def convex(seed, count=DIGITS, members=MODELS, inverse=INVERSE, starts=3):
    """Logistic regression: how far other starts move a probability; log loss of one and of a bag.

    inverse: scikit-learn's C, one over the strength of the penalty.
    """
    x, fresh, y, truth = digits(seed, count)
    model = LogisticRegression(C=inverse, tol=1e-8, max_iter=10_000, warm_start=True)
    answers = [model.fit(x, y).predict_proba(fresh)]
    rng = np.random.default_rng(seed)
    for _ in range(starts):
        model.coef_ = rng.standard_normal(model.coef_.shape)
        model.intercept_ = rng.standard_normal(CLASSES)
        answers.append(model.fit(x, y).predict_proba(fresh))
    one = LogisticRegression(C=inverse, max_iter=10_000)
    bag = BaggingClassifier(one, n_estimators=members, random_state=seed).fit(x, y)
    return {
        "moved": np.ptp(answers, axis=0).max(),
        "nll_logistic": log_loss(truth, answers[0]),
        "nll_logistics": log_loss(truth, bag.predict_proba(fresh)),
    }
