"""A hundred digits, moved while a network learns them: what that teaches, and what a wrong move does.

scikit-learn's digits, 8 x 8 pixels from 0 to 1, are centred: every one touches the sides it can reach.
A picture is a row of 64 pixels. Moves are new in every step, for each picture its own.
"""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.batches import Data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.parts import Augment
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

SIDE, CLASSES = 8, 10
SHIFTS = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1))  # pixels
STAY = SHIFTS.index((0, 0))


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to digits: Adam on batches."""

    points: int = 100
    widths: tuple = (SIDE**2, 128, 128, CLASSES)
    steps: int = 600
    batch: int = 32
    lr: float = 0.001


FIT = Fit()


def moved_from(down, right):
    """Where each pixel of a moved picture comes from, (64,); 64 where from outside."""
    row, column = np.divmod(np.arange(SIDE**2), SIDE)
    row, column = row - down, column - right
    inside = (row >= 0) & (row < SIDE) & (column >= 0) & (column < SIDE)
    return np.where(inside, row * SIDE + column, SIDE**2)


FROM = torch.from_numpy(np.stack([moved_from(*shift) for shift in SHIFTS]))  # (9, 64)


def shifted(x, lot):
    """Pictures x (..., B, 64), each moved as its lot (..., B) in [0, 1) says, one of SHIFTS; 0 comes in."""
    return picked(x, FROM[(lot * len(SHIFTS)).long()])


def moved(x, which):
    """All pictures x (..., 64) moved by SHIFTS[which]."""
    return picked(x, FROM[which].expand(x.shape))


def picked(x, places):
    """The pixels at `places`, as large as x; place 64 is black."""
    return torch.cat([x, torch.zeros_like(x[..., :1])], -1).gather(-1, places)


def turned(x, lot=None):
    """Pictures x (..., 64) upside down, by half a turn: a 6 becomes a 9."""
    return x.flip(-1)


CHANGES = {"shifted": shifted, "turned": turned}


def digits(seed, points=FIT.points):
    """A seed's training and test part, `Data` of one network each: pixels 0 to 1, classes one-hot."""
    checks.whole("seed", seed, least=0)
    checks.whole("points", points, least=CLASSES)
    whole = sets.bundled("digits")
    x = torch.as_tensor(whole.x / 16, dtype=torch.float32)
    y = losses.one_hot(torch.as_tensor(whole.y).long(), CLASSES)
    fit, rest = train_test_split(
        np.arange(len(x)), train_size=points, random_state=seed, stratify=whole.y
    )
    return tuple(Data(x[some][None], y[some][None]) for some in (fit, rest))


def trained(seeds, data, shares, change="shifted", fit=FIT):
    """Networks on `data` whose pictures are changed in a share of all cases, one share or one a network.

    Returns the network and `Trained`.
    """
    checks.number("share", shares, least=0, most=1)
    parts = (Augment(CHANGES[change], "share"),)
    recipe = Recipe(mlp(fit.widths), losses.cross_entropy, Adam(), parts)
    hyper = {"lr": fit.lr, "share": shares}
    return recipe.network, train(recipe, seeds, data, hyper, Plan(fit.steps, fit.batch))


WAYS = {"never": 0.0, "half": 0.5, "always": 1.0}  # shares of shifted pictures


def right(network, parameters, data):
    """Share right on centred pictures, and over all eight moves that are none: (N,) each."""

    def said(x):
        return losses.accuracy(network.predict(parameters, x), data.y).numpy()

    away = [said(moved(data.x, which)) for which in range(len(SHIFTS)) if which != STAY]
    return said(data.x), np.mean(away, 0)


def on_digits(seeds, ways=None, change="shifted", fit=FIT):
    """Share right on centred and on shifted test digits: {"centred_never": (seeds,), "shifted_never": …}.

    ways: {name: share of the pictures that are changed}, WAYS if None.
    """
    ways = WAYS if ways is None else ways
    pairs = [digits(seed, fit.points) for seed in seeds]
    data, test = (repeated(joined(each), len(ways)) for each in zip(*pairs, strict=True))
    shares = np.repeat([*ways.values()], len(seeds))
    network, done = trained([*seeds] * len(ways), data, shares, change, fit)
    both = (each.reshape(len(ways), -1) for each in right(network, done.parameters, test))
    return {
        f"{what}_{way}": values
        for what, rows in zip(("centred", "shifted"), both, strict=True)
        for way, values in zip(ways, rows, strict=True)
    }


def repeated(data, many):
    """The same data for each of several sets of networks."""
    return Data(data.x.repeat(many, 1, 1), data.y.repeat(many, 1, 1))


def copies(x, many, sd, seed):
    """`many` noisy copies of x (n, d), one set after the other: (many n, d)."""
    checks.number("sd", sd, least=0)
    dice = np.random.default_rng(seed)
    return np.tile(x, (many, 1)) + sd * dice.standard_normal((many * len(x), x.shape[1]))


def leak(seed, many=9, sd=0.1, points=FIT.points, held=0.2):
    """Nearest neighbours on noisy copies of digits, copies made before the split, or after.

    Returns {"before": validation accuracy, copies split apart; "after": the same, split first;
    "new_before", "new_after": on new digits}.
    """
    data, fresh = (
        Data(each.x[0].numpy(), each.y[0].argmax(-1).numpy()) for each in digits(seed, points)
    )
    x, y = data
    learn, look, labels, wanted = train_test_split(
        copies(x, many, sd, seed), np.tile(y, many), test_size=held, random_state=seed
    )
    before = KNeighborsClassifier(1).fit(learn, labels)
    found = {"before": before.score(look, wanted), "new_before": before.score(*fresh)}
    learn, look, labels, wanted = train_test_split(x, y, test_size=held, random_state=seed)
    after = KNeighborsClassifier(1).fit(copies(learn, many, sd, seed), np.tile(labels, many))
    return found | {"after": after.score(look, wanted), "new_after": after.score(*fresh)}
