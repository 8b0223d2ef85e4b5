"""What is claimed of the rate on iris, moons and MNIST-1D.

Told: "accuracy falls as dropout rises" on iris, too (a learner's notes on M. X. Cohen's course, 2023); that
it works better with sufficient data, and for large models; and that a bigger network with dropout may help
(M. Soleymani 2024; M. Straka, NPFL138, lecture 3).
"""

from dataclasses import replace

from demos.core import rounding
from demos.core.evidence.study import FIRST_SEED, Claim, Study
from demos.core.evidence.verdicts import MOSTLY, TOLD, USUALLY
from demos.dropout_mechanics import rates

TITLE = "Dropout's rate"
WITHOUT, WITH = 0, 1  # rows of `rates.scores`


def scored(seeds, rate, fits):
    """Per fit, "narrow" say: {"accuracy_narrow", "nll_narrow", "on_narrow", ...} with dropout, and the
    same without behind "plain_"."""
    found = {}
    for name, given in fits.items():
        for what, values in rates.scores(seeds, (0.0, rate), rates.Fit(**given)).items():
            found |= {f"{what}_{name}": values[WITH], f"plain_{what}_{name}": values[WITHOUT]}
    return found


def spelled(fit):
    """A fit as a record keeps it."""
    return {name: getattr(fit, name) for name in fit.__dataclass_fields__}


def study(name, first=FIRST_SEED, **fits):
    """A study of networks with dropout 0.5 and without."""
    settings = {"rate": 0.5, "fits": {way: spelled(fit) for way, fit in fits.items()}}
    return Study(name, scored, settings, 48, batch=8, roundings=rounding.FEW, first=first)


IRIS = study("mechanics-iris", narrow=rates.NARROW_IRIS, wide=rates.WIDE_IRIS)
# a word was changed after a measurement on seeds from 3000 on
MOONS = study("mechanics-moons", 4000, narrow=rates.NARROW_MOONS, wide=rates.WIDE_MOONS)
SHAPES = study(
    "mechanics-shapes",
    few=replace(rates.SHAPES, points=100),
    some=rates.SHAPES,
    many=replace(rates.SHAPES, points=1600),
    narrow=replace(rates.SHAPES, hidden=8),
)


def gain(name, what="accuracy"):
    """What dropout has more than no dropout."""
    return lambda q: q[f"{what}_{name}"] - q[f"plain_{what}_{name}"]


def more(name, other):
    """By how much dropout's gain is larger in one fit than in another."""
    return lambda q: gain(name)(q) - gain(other)(q)


def accuracy_claim(name, sentence, study, value, rule=">", **kind):
    """A gain in accuracy, or a loss; or one gain against another."""
    unit = "share right, 0.5 minus no dropout"
    return Claim(name, sentence, study, value, rule, 0, unit, **kind)


CLAIMS = (
    accuracy_claim(
        "mechanics-iris-narrow",
        "Iris, 12 units: accuracy falls with dropout 0.5",
        IRIS,
        gain("narrow"),
        "<",
        kind=TOLD,
    ),
    accuracy_claim(
        "mechanics-iris-wide",
        "Iris, 128 units: accuracy falls with dropout 0.5",
        IRIS,
        gain("wide"),
        "<",
        kind=TOLD,
    ),
    Claim(
        "mechanics-read-on",
        "Iris: read in train(), training accuracy is lower",
        IRIS,
        value=lambda q: q["on_narrow"] - q["off_narrow"],
        rule="<",
        bound=0,
        unit="share right, train() minus eval()",
        word=USUALLY,
    ),
    accuracy_claim(
        "mechanics-moons-narrow",
        "Moons, 8 units, 400 points: 0.5 is right less often",
        MOONS,
        gain("narrow"),
        "<",
        word=USUALLY,
    ),
    Claim(
        "mechanics-moons-wide",
        "Moons, 128 units, 40 points: 0.5, smaller log loss",
        MOONS,
        value=gain("wide", "nll"),
        rule="<",
        bound=0,
        unit="log loss, 0.5 minus no dropout",
        word=MOSTLY,
    ),
    accuracy_claim(
        "mechanics-shapes-few",
        "MNIST-1D, 100 points: 0.5 is right more often",
        SHAPES,
        gain("few"),
        word=MOSTLY,
    ),
    accuracy_claim(
        "mechanics-shapes-many",
        "MNIST-1D, 1,600 points: 0.5 is right less often",
        SHAPES,
        gain("many"),
        "<",
        word=USUALLY,
    ),
    accuracy_claim(
        "mechanics-sufficient",
        "Dropout works better with sufficient data",
        SHAPES,
        more("many", "few"),
        kind=TOLD,
    ),
    accuracy_claim(
        "mechanics-bigger",
        "A bigger network with dropout may help",
        SHAPES,
        gain("some"),
        word=MOSTLY,
        kind=TOLD,
    ),
    accuracy_claim(
        "mechanics-large",
        "Dropout works better for large models",
        SHAPES,
        more("some", "narrow"),
        word=MOSTLY,
        kind=TOLD,
    ),
)
