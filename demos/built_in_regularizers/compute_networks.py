"""Networks that look for a shape: dense, convolutional, with and without the largest answer over places."""

from dataclasses import dataclass

import torch
from torch import nn

from demos.built_in_regularizers import compute as sig
from demos.core.engine import layers, losses
from demos.core.engine.batches import joined
from demos.core.engine.network import Network, mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

DENSE, LARGEST, FLAT = "dense", "largest", "flat"
KINDS = DENSE, LARGEST, FLAT
PERMUTED = "permuted"  # LARGEST, on signals whose places are permuted
TESTED = 400  # signals a seed
OTHER = 500_000  # added to a seed: signals to learn from that are none of those asked


@dataclass(frozen=True)
class Fit:
    """How a network is fitted to signals: Adam, all of them in every step."""

    points: int = 40
    noise_sd: float = 0.3
    steps: int = 150
    lr: float = 0.03
    hidden: int = 32  # of the dense network
    filters: int = 16


FIT = Fit()


@dataclass(frozen=True)
class OneChannel:
    """A signal (..., length) as what a convolution reads, (..., 1, length)."""

    def module(self, hyper):
        return nn.Unflatten(-1, (1, -1))

    def __call__(self, run, name, x):
        return x.unsqueeze(-2)


class Amax(nn.Module):
    """The largest value over places, (..., channels, places) to (..., channels)."""

    def forward(self, x):
        return x.amax(-1)


@dataclass(frozen=True)
class OverPlaces:
    """The same, for one network or many."""

    def module(self, hyper):
        return Amax()

    def __call__(self, run, name, x):
        return x.amax(-1)


def network(kind, fit=FIT):
    """One of KINDS: (LENGTH,) in, a logit per class out. FLAT reads the filters' answers place by place."""
    if kind == DENSE:
        return mlp((sig.LENGTH, fit.hidden, sig.CLASSES))
    filters = layers.Conv1d(1, fit.filters, sig.KERNEL), layers.Activation()
    if kind == LARGEST:
        end = OverPlaces(), layers.Linear(fit.filters, sig.CLASSES)
    else:
        end = layers.Flatten(), layers.Linear(fit.filters * sig.PLACES, sig.CLASSES)
    return Network((OneChannel(), *filters, *end))


def weights(network):
    """How many numbers a network learns."""
    return sum(each.numel() for each in network.module().parameters())


def parts(seeds, fit, permute=False):
    """Training signals, test signals at HOME, and shifted ones: `Data` of one network per seed each."""
    counts = {sig.TRAINED: fit.points, sig.AT_HOME: TESTED, sig.SHIFTED: TESTED}
    made = [
        joined(sig.data(seed, count, fit.noise_sd, whose) for seed in seeds)
        for whose, count in counts.items()
    ]
    return [sig.permuted(each, seeds) for each in made] if permute else made


def right(seeds, kind, learned, asked, fit=FIT):
    """Share of each of several `Data` right after training on `learned`: arrays (seeds,)."""
    recipe = Recipe(network(kind, fit), losses.cross_entropy, Adam())
    done = train(recipe, seeds, learned, {"lr": fit.lr}, Plan(fit.steps))
    answers = [recipe.network.predict(done.parameters, each.x) for each in asked]
    pairs = zip(answers, asked, strict=True)
    return [losses.accuracy(out, each.y).numpy() for out, each in pairs]


def scores(seeds, kind, fit=FIT, permute=False):
    """Share of test signals right, at HOME and shifted: two arrays (seeds,)."""
    learned, *asked = parts(seeds, fit, permute)
    return right(seeds, kind, learned, asked, fit)


def shown_everywhere(seeds, points, fit=FIT):
    """Share of shifted signals right, of a dense network that learned from `points` of them: (seeds,)."""
    seen = [sig.data(OTHER + seed, points, fit.noise_sd, sig.SHIFTED) for seed in seeds]
    return right(seeds, DENSE, joined(seen), parts(seeds, fit)[2:], fit)[0]


def on_places(seeds, fit=FIT, ways=(*KINDS, PERMUTED)):
    """Share right at HOME and shifted, per way: {"home_dense": (seeds,), "away_dense", …}."""
    quantities = {}
    for way in ways:
        kind = LARGEST if way == PERMUTED else way
        home, away = scores(seeds, kind, fit, permute=way == PERMUTED)
        quantities |= {f"home_{way}": home, f"away_{way}": away}
    return quantities


def difference(seed, filters=4):
    """How far a convolution is from the dense layer it is, and from itself on a shifted signal.

    Returns the largest difference between nn.Conv1d and its matrix, over a random signal; and between its
    answers to the signal a place further and its own answers a place further, where both see all of it.
    """
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        slide = nn.Conv1d(1, filters, sig.KERNEL, bias=False).double()
        x = torch.randn(sig.LENGTH + 1, dtype=torch.float64)
    with torch.no_grad():
        first, next_ = (slide(some[None, None])[0] for some in (x[:-1], x[1:]))
    dense = [sig.tied(one[0].detach().numpy()) @ x[:-1].numpy() for one in slide.weight]
    tied = max(abs(first[i].numpy() - each).max() for i, each in enumerate(dense))
    return float(tied), float((first[:, 1:] - next_[:, :-1]).abs().max())
