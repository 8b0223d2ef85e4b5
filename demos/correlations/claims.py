"""What is claimed of classifiers of dumbbells and hammers, and the arm that gives them away."""

from dataclasses import replace
from functools import partial

import numpy as np

from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import MOSTLY, NEARLY_ALWAYS, USUALLY
from demos.correlations import compute as cor

TITLE = "Data bias"
TEST_SEED = 99
SETTINGS = {"lr": 0.003, "epochs": 20, "batch": 100}


def worlds(seeds, arms, lr, epochs, batch, tested):
    """Per world (share of dumbbells with an arm): shares right by group, ink where the arm comes."""
    tests, how, quantities = tested_on(tested), cor.Settings(lr, 0.0, epochs, batch), {}
    for arm in arms:
        world = cor.World(arm, 1 - arm)
        nets = [cor.fitted("mlp", seed, world, settings=how) for seed in seeds]
        found = cor.scores(nets, tests, world)
        key = f"{100 * arm:.0f}"
        quantities |= {
            f"{name.replace(', ', '_').replace(' ', '_')}_{key}": v for name, v in found.items()
        }
        quantities[f"ink_{key}"] = [cor.dream(net)[cor.ARM_ROWS].mean() for net in nets]
    return quantities


def cures(seeds, tried, lr, epochs, batch, tested):
    """Share right in the worst group, left alone and with each regularizer of `tried`.

    tried: name -> (what, strength), for `option`; a strength is a weight decay, a probability, a share
    of the label, or the side of a square in pixels.
    """
    tests, plain = tested_on(tested), cor.Settings(lr, 0.0, epochs, batch)
    options = {"alone": {}} | {name: option(*each, plain) for name, each in tried.items()}
    return {
        name: cor.over_seeds("mlp", seeds, tests, **({"settings": plain} | each))["worst"]
        for name, each in options.items()
    }


def option(what, strength, plain):
    """One regularizer as options of `correlations.fitted`. Raises KeyError for an unknown one."""
    if what == "weight decay":
        return {"settings": replace(plain, weight_decay=strength)}
    if what in ("dropout", "input dropout"):
        return {what.replace(" ", "_"): strength}
    changes = {
        "label smoothing": partial(cor.smooth, amount=strength),
        "mixup": cor.mixup,
        "erasing": partial(cor.erase, size=strength),
    }
    return {"change": changes[what]}


def counterexamples(seeds, shares, lr, epochs, batch, tested):
    """Share right in the worst group when some training images are counterexamples."""
    tests, how = tested_on(tested), cor.Settings(lr, 0.0, epochs, batch)
    return {
        f"{kind}_{100 * share:.0f}": cor.over_seeds(
            kind, seeds, tests, settings=how, counterexamples=share
        )["worst"]
        for kind in ("mlp", "cnn")
        for share in shares
    }


def tested_on(tested):
    """The test images, the same for every network: `tested` of each kind."""
    return cor.groups(tested, seed=TEST_SEED)


def best_cure(q):
    """The best of the seven regularizers, seed by seed."""
    return np.max([values for name, values in q.items() if name != "alone"], axis=0)


WORLDS = Study(
    "correlations-worlds",
    worlds,
    {"arms": (0.5, 0.98, 1.0), "tested": 1000} | SETTINGS,
    batch=4,
    ticks=1000,
)
TRIED = {
    "decay_weak": ("weight decay", 0.1),
    "decay_strong": ("weight decay", 1.0),
    "dropout": ("dropout", 0.5),
    "input_dropout": ("input dropout", 0.3),
    "smoothing": ("label smoothing", 0.1),
    "mixup": ("mixup", None),
    "erasing": ("erasing", 6),
}
CURES = Study(
    "correlations-cures",
    cures,
    {"tried": TRIED, "tested": 1000} | SETTINGS,
    count=MANY_SEEDS,
    batch=4,
    ticks=1000,
)
COUNTER = Study(
    "correlations-counterexamples",
    counterexamples,
    {"shares": (0.0, 0.04, 0.1, 0.2), "tested": 1000} | SETTINGS,
    count=MANY_SEEDS,
    batch=4,
    ticks=1000,
)

CLAIMS = (
    Claim(
        "arm-album",
        "On its own kind of album the MLP is right 19 of 20 times",
        WORLDS,
        value=lambda q: q["test_98"],
        rule=">",
        bound=0.95,
        unit="share right",
    ),
    Claim(
        "arm-lone-dumbbell",
        "The MLP knows fewer than one in five lone dumbbells",
        WORLDS,
        value=lambda q: q["dumbbell_alone_98"],
        rule="<",
        bound=0.2,
        unit="share right",
    ),
    Claim(
        "arm-hammer",
        "The MLP calls nine in ten hammers with an arm dumbbells",
        WORLDS,
        value=lambda q: 1 - q["hammer_arm_98"],
        rule=">",
        bound=0.9,
        unit="share called dumbbell",
        word=USUALLY,
    ),
    Claim(
        "arm-wins",
        "Where arm and object disagree, the arm wins",
        WORLDS,
        value=lambda q: np.maximum(q["dumbbell_alone_98"], q["hammer_arm_98"]),
        rule="<",
        bound=0.5,
        unit="share right, better of two",
    ),
    Claim(
        "arm-flatters",
        "Its score is higher than where arms come at random",
        WORLDS,
        value=lambda q: q["test_98"] - q["test_50"],
        rule=">",
        bound=0,
        unit="share right, 98 % minus random",
    ),
    Claim(
        "arm-fair",
        "With arms at random it knows four in five lone dumbbells",
        WORLDS,
        value=lambda q: q["dumbbell_alone_50"],
        rule=">",
        bound=0.8,
        unit="share right",
    ),
    Claim(
        "arm-dream",
        "Its ideal dumbbell has more ink where the arm comes in",
        WORLDS,
        value=lambda q: q["ink_98"] - q["ink_50"],
        rule=">",
        bound=0.1,
        unit="mean pixel, 98 % minus random",
        word=USUALLY,
    ),
    Claim(
        "arm-dream-always",
        "With an arm at every dumbbell, its ideal has more ink still",
        WORLDS,
        value=lambda q: q["ink_100"] - q["ink_98"],
        rule=">",
        bound=0,
        unit="mean pixel, 100 minus 98 %",
    ),
    Claim(
        "arm-no-cure",
        "The best of seven regularizers leaves nine in ten wrong",
        CURES,
        value=best_cure,
        rule="<",
        bound=0.1,
        unit="worst group, best of seven",
        word=USUALLY,
    ),
    Claim(
        "arm-counterexamples",
        "MLP, one counterexample in ten: worst group above a third",
        COUNTER,
        value=lambda q: q["mlp_10"],
        rule=">",
        bound=1 / 3,
        unit="worst group, MLP",
        word=NEARLY_ALWAYS,
    ),
    Claim(
        "arm-counterexamples-cnn",
        "CNN, one counterexample in ten: worst group above a third",
        COUNTER,
        value=lambda q: q["cnn_10"],
        rule=">",
        bound=1 / 3,
        unit="worst group, CNN",
        word=USUALLY,
    ),
    Claim(
        "arm-counterexamples-more",
        "Two in ten: above half, for the MLP",
        COUNTER,
        value=lambda q: q["mlp_20"],
        rule=">",
        bound=0.5,
        unit="worst group, MLP",
    ),
    Claim(
        "arm-cnn-ahead",
        "Without counterexamples the CNN is mostly ahead",
        COUNTER,
        value=lambda q: q["cnn_0"] - q["mlp_0"],
        rule=">",
        bound=0,
        unit="worst group, CNN minus MLP",
        word=MOSTLY,
    ),
)
