"""Networks on three blobs of points that overlap, and on few digits; labels hard, smoothed, flipped,
wrong, or the true probabilities, which on blobs are known."""

from dataclasses import dataclass

import numpy as np
import torch

from demos.core import checks
from demos.core.engine import losses, sets
from demos.core.engine.batches import Data, joined
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.parts import Flip, Smoothing
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train
from demos.label_smoothing import calibration
from demos.label_smoothing.gaps import gap

CLASSES, RADIUS, SD = 3, 1.5, 1.0  # of the blobs: their centres lie on a circle
SMOOTHING = 0.1
TRAINED, FRESH = "trained", "fresh"  # whose points
ANGLES = np.pi / 2 + 2 * np.pi * np.arange(CLASSES) / CLASSES
CENTRES = RADIUS * np.stack([np.cos(ANGLES), np.sin(ANGLES)], 1)
WRONG = 6  # labels that are wrong, of the trained points


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to blobs: SGD with momentum, all points in every step."""

    points: int = 60
    widths: tuple = (2, 64, 64, CLASSES)
    steps: int = 1000
    lr: float = 0.03  # three times that, and rounding decides where a network ends
    momentum: float = 0.9


@dataclass(frozen=True)
class DigitsFit:
    """How a network is fitted to digits: Adam on batches."""

    points: int = 100
    valid: int = 200
    widths: tuple = (64, 128, 128, 10)
    steps: int = 400
    batch: int = 32
    lr: float = 0.001


FIT, DIGITS = Fit(), DigitsFit()
TESTED = 2001  # fresh points a seed


def blobs(seed, count, sd=SD, whose=TRAINED):
    """x (count, 2) float32 and classes (count,), as many of each, in turn."""
    checks.whole("seed", seed, least=0)
    checks.number("sd", sd, least=0)
    checks.whole("points", count, least=CLASSES)
    y = np.arange(count) % CLASSES
    dice = np.random.default_rng([seed, (TRAINED, FRESH).index(whose)])
    return (CENTRES[y] + sd * dice.standard_normal((count, 2))).astype(np.float32), y


def posterior(x, sd=SD):
    """How likely each class is at x (..., 2), since the blobs are known: (..., CLASSES)."""
    squares = np.square(np.asarray(x)[..., None, :] - CENTRES).sum(-1)
    odds = np.exp(-(squares - squares.min(-1, keepdims=True)) / (2 * sd**2))
    return odds / odds.sum(-1, keepdims=True)


def points(seeds, count, sd=SD, whose=TRAINED):
    """`Data` of one network per seed."""
    rows = [blobs(seed, count, sd, whose) for seed in seeds]
    x, y = (torch.from_numpy(np.stack(each)) for each in zip(*rows, strict=True))
    return Data(x, losses.one_hot(y, CLASSES))


def some_wrong(y, seeds, count=WRONG):
    """Labels y (N, n, k) of which `count` are the next class's instead, which ones by the seed."""
    y = y.clone()
    for row, seed in enumerate(seeds):
        rows = np.random.default_rng([seed, 2]).permutation(y.shape[1])[:count]
        y[row, rows] = y[row, rows].roll(1, -1)
    return y


def recipe(widths=FIT.widths, parts=None):
    """Cross-entropy, SGD with momentum, smoothing."""
    parts = (Smoothing("smoothing"),) if parts is None else parts
    return Recipe(mlp(widths), losses.cross_entropy, Sgd("momentum"), parts)


def trained(seeds, data, smoothing=0.0, flip=0.0, fit=FIT, look=None):
    """Networks on `data`, smoothing and flip one number or one a network: (network, `Trained`)."""
    checks.number("smoothing", smoothing, least=0, most=1)
    parts = (Smoothing("smoothing"), *((Flip("flip"),) if np.any(flip) else ()))
    made = recipe(fit.widths, parts)
    hyper = {"lr": fit.lr, "momentum": fit.momentum, "smoothing": smoothing}
    hyper |= {"flip": flip} if np.any(flip) else {}
    return made.network, train(made, seeds, data, hyper, Plan(fit.steps), look)


def answers(seeds, data, tested, smoothing=0.0, flip=0.0, fit=FIT):
    """Logits on `tested` after training, (N, n, k)."""
    network, done = trained(seeds, data, smoothing, flip, fit)
    return network.predict(done.parameters, tested.x)


def flipped_like(smoothing, classes=CLASSES):
    """The share of labels to flip to another class for the mean label to be the smoothed: s (K - 1) / K."""
    return smoothing * (classes - 1) / classes


WAYS = ("hard", "smoothed", "flipped", "soft", "wrong", "wrong smoothed")


def ways(seeds, data, smoothing, sd):
    """Targets (6 N, n, k), smoothings and flips (6 N,) of WAYS, one after the other."""
    wrong = some_wrong(data.y, seeds)
    soft = torch.from_numpy(posterior(data.x.numpy(), sd)).float()
    targets = torch.cat([data.y, data.y, data.y, soft, wrong, wrong])
    smooth = np.repeat([0, smoothing, 0, 0, 0, smoothing], len(seeds)).astype(float)
    flip = np.repeat([0, 0, flipped_like(smoothing), 0, 0, 0], len(seeds)).astype(float)
    return targets, smooth, flip


def on_blobs(seeds, smoothing=SMOOTHING, sd=SD, fit=FIT, tested=TESTED):
    """Scores of every way to label, {"nll_hard": (seeds,), ...}, all of a seed from one start."""
    data, fresh = points(seeds, fit.points, sd), points(seeds, tested, sd, FRESH)
    targets, smooth, flip = ways(seeds, data, smoothing, sd)
    many = len(WAYS)
    out = answers(
        [*seeds] * many,
        Data(data.x.repeat(many, 1, 1), targets),
        repeated(fresh, many),
        smooth,
        flip,
        fit,
    )
    out = out.unflatten(0, (many, len(seeds)))
    found = {}
    for way, logits in zip(WAYS, out, strict=True):
        scores = calibration.scores(logits, fresh.y) | {"gap": gap(logits).mean(-1)}
        found |= {f"{name}_{way}": value.numpy() for name, value in scores.items()}
    return found


def repeated(data, many):
    """The same data for each of several sets of networks."""
    return Data(data.x.repeat(many, 1, 1), data.y.repeat(many, 1, 1))


def two(seeds, smoothing=SMOOTHING, sd=SD, fit=FIT, tested=TESTED):
    """Logits with hard and with smoothed labels on fresh points, (2, seeds, n, k), and their labels."""
    data, fresh = points(seeds, fit.points, sd), points(seeds, tested, sd, FRESH)
    smooth = np.repeat([0, smoothing], len(seeds)).astype(float)
    out = answers([*seeds] * 2, repeated(data, 2), repeated(fresh, 2), smooth, 0.0, fit)
    return out.unflatten(0, (2, len(seeds))), fresh.y


def growing(seeds, smoothing=SMOOTHING, sd=SD, fit=FIT, every=500):
    """Mean gap on the trained points with hard and with smoothed labels, before and during training.

    Returns steps (L,) and gaps (L, 2, seeds).
    """
    data = repeated(points(seeds, fit.points, sd), 2)
    look = Look(data, every, {"gap": lambda out, _: gap(out).mean(-1)})
    smooth = np.repeat([0, smoothing], len(seeds)).astype(float)
    _, done = trained([*seeds] * 2, data, smooth, 0.0, fit, look)
    return done.looks, done.seen["gap"].reshape(-1, 2, len(seeds))


def margin(out, y):
    """The own logit minus the highest other one, of the point where that is least: (N, n, k) to (N,)."""
    others = out.masked_fill(y > 0.5, -torch.inf).amax(-1)
    return ((out * y).sum(-1) - others).amin(-1)


def straight(seeds, sd=0.3, steps=10_000, lr=0.1, momentum=0.9, count=60):
    """Softmax regression on blobs that lie apart: the least margin after a tenth of the steps, and after
    all of them: (2, seeds)."""
    data = points(seeds, count, sd)
    fit = Fit(count, (2, CLASSES), steps, lr, momentum)
    _, done = trained(seeds, data, 0.0, 0.0, fit, Look(data, steps // 10, {"margin": margin}))
    return done.seen["margin"][[1, -1]]


def digits(seeds, smoothing=SMOOTHING, fit=DIGITS):
    """Logits (2, seeds, n, k) with hard and smoothed labels on validation and on test points, and `Parts`'
    labels of both: (valid logits, valid y, test logits, test y)."""
    parts = [sets.split(sets.bundled("digits"), seed, fit.points, fit.valid) for seed in seeds]
    data, valid, test = (
        joined(getattr(part, name) for part in parts) for name in ("train", "valid", "test")
    )
    made = Recipe(mlp(fit.widths), losses.cross_entropy, Adam(), (Smoothing("smoothing"),))
    smooth = np.repeat([0, smoothing], len(seeds)).astype(float)
    hyper = {"lr": fit.lr, "smoothing": smooth}
    done = train(made, [*seeds] * 2, repeated(data, 2), hyper, Plan(fit.steps, fit.batch))
    said = [made.network.predict(done.parameters, repeated(each, 2).x) for each in (valid, test)]
    valid_out, out = (each.unflatten(0, (2, len(seeds))) for each in said)
    return valid_out, valid.y, out, test.y


def on_digits(seeds, smoothing=SMOOTHING, fit=DIGITS):
    """Scores with hard and smoothed labels, as they come and at a temperature from validation points:
    {"nll_hard": (seeds,), "nll_hard_tempered": (seeds,), ...}."""
    valid_out, valid_y, out, y = digits(seeds, smoothing, fit)
    found = {}
    for way, seen, logits in zip(("hard", "smoothed"), valid_out, out, strict=True):
        t = calibration.temperature(seen, valid_y)
        tempered = calibration.scores(logits / t[:, None, None], y)
        found |= {f"{name}_{way}": v.numpy() for name, v in calibration.scores(logits, y).items()}
        found |= {f"{name}_{way}_tempered": v.numpy() for name, v in tempered.items()}
        found[f"temperature_{way}"] = t.numpy()
    return found
