"""What is claimed of ensembles of classifiers: networks, trees, logistic regression."""

import numpy as np

from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY
from demos.ensembles import compute_classes as cls
from demos.ensembles.claims import SECOND_DRAFT

TITLE = "Ensembles of classifiers"


def networks(seeds, points, steps, batch, lr, members):
    """Accuracy and log loss of one network and of what is made of several, on MNIST-1D."""
    return cls.scores(seeds, cls.Fit(points, batch, steps, lr), members)


def digits(seeds, points, trees, models, inverse):
    """One tree and a bag of them; logistic regressions from other starts, and a bag of them."""
    rows = [
        cls.trees(seed, points, trees) | cls.convex(seed, points, models, inverse) for seed in seeds
    ]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


NETWORKS = Study(
    "ensembles-networks",
    networks,
    {
        **{"points": cls.FIT.points, "steps": cls.FIT.steps, "batch": cls.FIT.batch},
        **{"lr": cls.FIT.lr, "members": cls.MEMBERS},
    },
    batch=2,
    shake_all=True,
    first=SECOND_DRAFT,
)
DIGITS = Study(
    "ensembles-digits",
    digits,
    {"points": cls.DIGITS, "trees": cls.TREES, "models": cls.MODELS, "inverse": cls.INVERSE},
    count=MANY_SEEDS,
    batch=2,
    below={"moved": 1e-4},
)


def gained(what, way):
    """What an ensemble has more than one network."""
    return lambda q: q[f"{what}_{way}"] - q[f"{what}_one"]


def accuracy_claim(name, sentence, way, **more):
    """More right than one network."""
    unit = "share right, minus one network's"
    return Claim(name, sentence, NETWORKS, gained("accuracy", way), ">", 0, unit, **more)


def as_right(name, what, way, points):
    """As many right as one network, give or take so many points in a hundred."""
    within = "a point" if points == 1 else f"{points} points"
    return Claim(
        name,
        f"{what}: as often right, within {within}",
        NETWORKS,
        value=lambda q: np.abs(gained("accuracy", way)(q)),
        rule="<",
        bound=points / 100,
        unit="distance from one's share right",
    )


def nll_claim(name, sentence, way):
    """A smaller log loss than one network's."""
    unit = "log loss, minus one network's"
    return Claim(name, sentence, NETWORKS, gained("nll", way), "<", 0, unit)


CLAIMS = (
    accuracy_claim(
        "ensembles-five-accuracy", "Five starts are right more often", "starts", word=USUALLY
    ),
    nll_claim("ensembles-five-nll", "Five starts have a smaller log loss than one", "starts"),
    as_right("ensembles-checkpoints-accuracy", "Five checkpoints of one run", "checkpoints", 2),
    nll_claim(
        "ensembles-checkpoints-nll",
        "Five checkpoints of one run: a smaller log loss",
        "checkpoints",
    ),
    as_right("ensembles-weights-accuracy", "One run's averaged weights", "weights", 1),
    nll_claim("ensembles-weights-nll", "One run's averaged weights: a smaller log loss", "weights"),
    accuracy_claim(
        "ensembles-bagging-networks", "Bagging makes networks right more often", "bags", kind=TOLD
    ),
    Claim(
        "ensembles-bagging-behind",
        "Five bagged networks are right less often than five starts",
        NETWORKS,
        value=lambda q: q["accuracy_bags"] - q["accuracy_starts"],
        rule="<",
        bound=0,
        unit="share right, bags minus starts",
    ),
    Claim(
        "ensembles-probabilities",
        "Means of probabilities lose less than means of logits",
        NETWORKS,
        value=lambda q: q["nll_starts"] - q["nll_logits"],
        rule="<",
        bound=0,
        unit="log loss, probabilities minus logits",
    ),
    Claim(
        "ensembles-trees",
        "A bag of fifty trees is right more often than one tree",
        DIGITS,
        value=lambda q: q["trees"] - q["tree"],
        rule=">",
        bound=0,
        unit="share right, bag minus one",
    ),
    Claim(
        "ensembles-convex-starts",
        "Logistic regression ends in the same place from any start",
        DIGITS,
        value=lambda q: q["moved"],
        rule="<",
        bound=1e-4,
        unit="largest change of a probability",
        log=True,
    ),
    Claim(
        "ensembles-convex-bags",
        "A bag of logistic regressions has the larger log loss",
        DIGITS,
        value=lambda q: q["nll_logistics"] - q["nll_logistic"],
        rule=">",
        bound=0,
        unit="log loss, bag minus one",
        word=USUALLY,
    ),
)
