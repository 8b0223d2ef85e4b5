"""What is claimed of deep networks that train on two moons, by their start and by what was added."""

from dataclasses import replace

from demos.a_good_start import compute_training as deep
from demos.core import rounding
from demos.core.evidence.study import MANY_SEEDS, Claim, Study
from demos.core.evidence.verdicts import TOLD, USUALLY

TITLE = "Deep networks on two moons"
ADAM = {  # twenty layers
    "sigmoid": deep.Fit("sigmoid", "glorot"),
    "tanh": deep.Fit("tanh", "glorot"),
    "tiny": deep.Fit("tanh", "tiny"),
    "he": deep.Fit("relu", "he"),
    "glorot": deep.Fit("relu", "glorot"),
}
PYTORCH = deep.Fit("relu", "default")
SGD = {name: deep.Fit("relu", name, lr=0.01, momentum=0.9) for name in ("he", "default")}
TEN = {"depth": 10, "lr": 0.02}
GUESSING = 0.6  # less than that right is no more than a coin
MORE_SEEDS = 96  # in a deck of 230 claims 80 of 80 would no longer bound nine in ten
ENOUGH = 200  # steps, from He's start
SIGMOIDS = {
    "plain": deep.Fit("sigmoid", "glorot", **TEN),
    "residual": deep.Fit("sigmoid", "glorot", kind=deep.RESIDUAL, **TEN),
    "normalized": deep.Fit("sigmoid", "glorot", kind=deep.NORMALIZED, **TEN),
    "decayed": deep.Fit("sigmoid", "glorot", l2=1e-3, **TEN),
}


def best(seeds, fits, steps):
    """The best share of training points right on the way, of each of {name: Fit}."""
    return {name: deep.right(seeds, replace(fit, steps=steps)).max(0) for name, fit in fits.items()}


def adam(seeds, steps):
    """Twenty layers by Adam, from several starts."""
    return best(seeds, ADAM, steps)


def sgd(seeds, steps):
    """Twenty ReLU layers by SGD with momentum."""
    return best(seeds, SGD, steps)


def sigmoids(seeds, steps):
    """Ten sigmoid layers, and what is told to cure them."""
    return best(seeds, SIGMOIDS, steps)


def longer(seeds, steps):
    """From He's start and from PyTorch's: the best share right, and after how many steps it was enough."""
    from_he = deep.right(seeds, replace(ADAM["he"], steps=min(steps, ENOUGH)))
    shares = deep.right(seeds, replace(PYTORCH, steps=steps))
    until = {"until_he": deep.until(from_he), "until_pytorch": deep.until(shares)}
    return {"best": shares.max(0)} | until


def decayed(seeds, steps, l2):
    """Twenty ReLU layers from He's start with L2: the share right at the end."""
    return {"end": deep.right(seeds, replace(ADAM["he"], steps=steps, l2=l2))[-1]}


def study(name, measure, steps, stuck=(), below=deep.LEARNED, count=MANY_SEEDS, **more):
    """A study of many networks. Those that are `stuck` get right what rounding decides, `below` a bound."""
    return Study(
        f"good-start-{name}",
        measure,
        {"steps": steps, **more.pop("settings", {})},
        count=count,
        batch=MANY_SEEDS,
        roundings=rounding.FEW,
        below=dict.fromkeys(stuck, below),
        ticks=deep.POINTS,
        **more,
    )


BY_ADAM = study("adam", adam, 300, ("sigmoid", "tiny"), count=MORE_SEEDS)
BY_SGD = study("sgd", sgd, 300, ("default",), count=MORE_SEEDS)
TEN_LAYERS = study(
    "ten-sigmoids", sigmoids, 150, ("plain", "residual", "decayed"), count=MORE_SEEDS
)
LONGER = study("longer", longer, 600, shake_all=True)
DECAYED = study("decayed", decayed, 300, ("end",), GUESSING, settings={"l2": 0.2})


def learns(name, sentence, of, quantity, **more):
    """A claim that networks get LEARNED of their points right."""
    return Claim(
        f"good-start-{name}",
        sentence,
        of,
        value=lambda q: q[quantity],
        rule=">",
        bound=deep.LEARNED,
        unit="best share of points right",
        **more,
    )


def stuck(name, sentence, of, quantity):
    """A claim that they do not."""
    return Claim(
        f"good-start-{name}",
        sentence,
        of,
        value=lambda q: q[quantity],
        rule="<",
        bound=deep.LEARNED,
        unit="best share of points right",
    )


CLAIMS = (
    stuck("sigmoid-stuck", "20 sigmoid layers do not learn two moons", BY_ADAM, "sigmoid"),
    learns("tanh-learns", "20 tanh layers from Glorot's start learn two moons", BY_ADAM, "tanh"),
    stuck("tiny-stuck", "20 tanh layers from tiny weights do not learn two moons", BY_ADAM, "tiny"),
    learns("he-learns", "20 ReLU layers from He's start learn two moons", BY_ADAM, "he"),
    Claim(
        "good-start-needs-he",
        "ReLU needs He: from Glorot's start 20 layers do not learn",
        BY_ADAM,
        value=lambda q: q["glorot"],
        rule="<",
        bound=deep.LEARNED,
        unit="best share of points right",
        kind=TOLD,
    ),
    learns(
        "pytorch-learns",
        "Adam, 600 steps: 20 ReLU layers learn from PyTorch's start",
        LONGER,
        "best",
        word=USUALLY,
    ),
    Claim(
        "good-start-he-sooner",
        "20 ReLU layers: He's start needs fewer steps than PyTorch's",
        LONGER,
        value=lambda q: q["until_he"] / q["until_pytorch"],
        rule="<",
        bound=1,
        unit="steps needed, He over PyTorch",
        word=USUALLY,
        log=True,
    ),
    learns(
        "sgd-he", "SGD, 300 steps: 20 ReLU layers learn from He's start", BY_SGD, "he", word=USUALLY
    ),
    stuck(
        "sgd-pytorch", "SGD, 300 steps: 20 ReLU layers stay stuck from PyTorch's", BY_SGD, "default"
    ),
    learns(
        "residual-sigmoids",
        "Residual connections let ten sigmoid layers learn two moons",
        TEN_LAYERS,
        "residual",
        kind=TOLD,
    ),
    learns(
        "normalized-sigmoids",
        "Batch normalization lets ten sigmoid layers learn two moons",
        TEN_LAYERS,
        "normalized",
    ),
    learns(
        "decayed-sigmoids",
        "Weight decay lets ten sigmoid layers learn two moons",
        TEN_LAYERS,
        "decayed",
        kind=TOLD,
    ),
    Claim(
        "good-start-decayed",
        "L2 of 0.2 leaves 20 ReLU layers guessing at the end",
        DECAYED,
        value=lambda q: q["end"],
        rule="<",
        bound=GUESSING,
        unit="share of points right at the end",
        word=USUALLY,
    ),
)
