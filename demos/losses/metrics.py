"""One in twenty is sick: accuracy, precision, recall and F1 of three ways to say who."""

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, precision_recall_fscore_support

from demos.core import checks, rounding

SHARE = 0.05  # of the sick
APART = (
    0.8  # in both measurements, the sick upwards and the healthy downwards, in units of their sd
)
TRAINED, TESTED = 400, 2000
WAYS = {
    "nobody": DummyClassifier(strategy="most_frequent"),
    "plain": LogisticRegression(),
    "balanced": LogisticRegression(class_weight="balanced"),
}


def people(seed, count, share=SHARE, whose=0):
    """Two measurements of `count` people, (count, 2), and who is sick, (count,) of 0 and 1."""
    checks.number("share, of the sick,", share, least=0, most=1)
    dice = np.random.default_rng([seed, whose])
    sick = (np.arange(count) < round(share * count)).astype(int)
    return APART * (2 * sick[:, None] - 1) + dice.standard_normal((count, 2)), sick


def scored(seed, share=SHARE, trained=TRAINED, tested=TESTED):
    """{"accuracy_plain": …}: four metrics of the three ways, on fresh people."""
    x, sick = people(seed, trained, share)
    fresh, truth = people(seed, tested, share, whose=1)
    found = {}
    for name, model in WAYS.items():
        said = model.fit(rounding.nudge(x), sick).predict(fresh)
        precision, recall, f1, _ = precision_recall_fscore_support(
            truth, said, average="binary", zero_division=0.0
        )
        found[f"accuracy_{name}"] = accuracy_score(truth, said)
        found |= {f"precision_{name}": precision, f"recall_{name}": recall, f"f1_{name}": f1}
    return found
