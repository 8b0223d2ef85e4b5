"""L1 and L2 in networks: too weak on iris, strong enough on MNIST-1D; and how straight tanh becomes.

The course's L1 on iris (M. X. Cohen 2023) adds λ Σ|w| / (number of weights): divided by thousands.
"""

import numpy as np
import torch

from demos.core.engine import losses, sets
from demos.core.engine.batches import Data
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.parts import L1, L2
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train

IRIS = mlp((4, 64, 64, 3))
COUNT = sum(p.numel() for p in IRIS.module(0).parameters())
COURSE = 0.005  # its strongest L1, before it is divided by COUNT
ONE_D = mlp((40, 128, 128, 10))
MOONS = mlp((2, 32, 32, 1), "tanh")
NONE = ("none", 0.0)
SCALES = (0.1, 1.0, 4.0)
ACTIVATIONS = ("tanh", "sigmoid", "relu")


def penalised(network, penalty, on="weights"):
    """The part for a penalty (kind, strength), on weights alone or on all: a tuple of one, or none."""
    kind, _ = penalty
    where = network.groups["weights"] if on == "weights" else None
    return {"none": (), "l1": (L1("strength", where),), "l2": (L2("strength", where),)}[kind]


def trained(network, loss, optimizer, penalty, seeds, data, lr, plan, on="weights"):
    """`Trained` networks, one a seed, under one penalty (kind, strength)."""
    recipe = Recipe(network, loss, optimizer, penalised(network, penalty, on))
    return train(recipe, seeds, data, {"lr": lr, "strength": penalty[1]}, plan)


def irises(seeds, penalties, optimizer, lr, train_on, steps):
    """4-64-64-3 on so many irises, all in every step: {penalty's place: scores}, (seeds,) each.

    right: share of test flowers; nll: log loss there; said: the classes themselves, (seeds, flowers).
    """
    split = [sets.split(sets.bundled("iris"), seed, train_on, 3) for seed in seeds]
    parts, found = sets.stacked(split), []
    for penalty in penalties:
        args = IRIS, losses.cross_entropy, optimizer, penalty, seeds, parts.train, lr
        done = trained(*args, Plan(steps))
        out = IRIS.predict(done.parameters, parts.test.x)
        scores = scored(out, parts.test.y) | {"said": out.argmax(-1).numpy()}
        found.append(scores | {"parameters": done.parameters})
    return found


def scored(out, y):
    """Share right and log loss per network."""
    return {"right": losses.accuracy(out, y).numpy(), "nll": losses.nll(out, y).numpy()}


def course(seeds, l2=0.01, lr=0.05, train_on=117, steps=600):
    """Irises as the course trains them, SGD: without, with its strongest L1, with L2."""
    penalties = NONE, ("l1", COURSE / COUNT), ("l2", l2)
    found = irises(seeds, penalties, Sgd(), lr, train_on, steps)
    base, l1, l2 = found
    apart = [
        (l1["parameters"][n] - p).abs().flatten(1).amax(1) for n, p in base["parameters"].items()
    ]
    return {
        **{
            f"right_{name}": each["right"]
            for name, each in zip(("none", "l1", "l2"), found, strict=True)
        },
        "changed": (l1["said"] != base["said"]).sum(1),
        "moved": torch.stack(apart).amax(0).numpy(),
    }


def few_irises(seeds, l1=0.001, l2=0.01, lr=0.001, train_on=30, steps=600):
    """Thirty irises, Adam: share right and log loss without, with L1, with L2."""
    found = irises(seeds, (NONE, ("l1", l1), ("l2", l2)), Adam(), lr, train_on, steps)
    return {
        f"{what}_{name}": each[what]
        for name, each in zip(("none", "l1", "l2"), found, strict=True)
        for what in ("right", "nll")
    }


def one_d(seeds, l1, l2, points=400, steps=1000, lr=0.001, batch=32):
    """MNIST-1D: share right and log loss on test points without, with L1 and with L2, each at the strength
    that has most right on validation points. l1, l2: strengths."""
    split = [sets.split(sets.mnist1d(), seed, points, 400, 2000) for seed in seeds]
    parts, rows = sets.stacked(split), {}
    for kind, values in (("none", [0.0]), ("l1", l1), ("l2", l2)):
        for value in values:
            args = ONE_D, losses.cross_entropy, Adam(), (kind, value), seeds, parts.train, lr
            done = trained(*args, Plan(steps, batch))
            seen = [ONE_D.predict(done.parameters, part.x) for part in (parts.valid, parts.test)]
            valid = losses.accuracy(seen[0], parts.valid.y).numpy()
            rows.setdefault(kind, []).append({"valid": valid} | scored(seen[1], parts.test.y))
    return best_of(rows)


def best_of(rows):
    """{kind: [{"valid": (N,), "right": (N,), "nll": (N,)}, ...]}: what the best on validation has else."""
    found = {}
    for kind, tried in rows.items():
        best = np.argmax([row["valid"] for row in tried], axis=0)[None]
        for what in ("right", "nll"):
            values = np.stack([row[what] for row in tried])
            found[f"{what}_{kind}"] = np.take_along_axis(values, best, 0)[0]
    return found


def straight(x, out):
    """R² of the straight line (plane) nearest to each network's outputs: x (N or 1, n, d), out (N, n, 1)
    give (N,). In double precision."""
    x, out = x.double(), out.double()
    flat = torch.cat([x, torch.ones_like(x[..., :1])], -1).expand(len(out), -1, -1)
    nearest = flat @ torch.linalg.lstsq(flat, out).solution
    left = (out - nearest).square().sum((-2, -1))
    return (1 - left / (out - out.mean(-2, keepdim=True)).square().sum((-2, -1))).numpy()


def scaled(seeds, activation, scales=SCALES, points=500):
    """R² of the nearest plane to fresh 10-64-64-64-1 networks without biases, weights times each scale:
    (scales, N)."""
    network = mlp((10, 64, 64, 64, 1), activation)
    parameters, _ = network.start(seeds)
    dice = [np.random.default_rng([seed, 5]).standard_normal((points, 10)) for seed in seeds]
    x = torch.tensor(np.array(dice), dtype=torch.float32)
    weights = network.groups["weights"]
    by = [{n: (c if n in weights else 0) * p for n, p in parameters.items()} for c in scales]
    return np.array([straight(x, network.predict(each, x)) for each in by])


def moons(seeds, points, first=0):
    """Two moons a seed as `Data`, labels 0 and 1."""
    made = [sets.moons(points, 0.3, first + seed) for seed in seeds]
    x = torch.tensor(np.array([each.x for each in made]), dtype=torch.float32)
    return Data(
        x, torch.tensor(np.array([each.y for each in made]), dtype=torch.float32)[..., None]
    )


def bent(seeds, strengths, points=40, steps=600, lr=0.005, on="weights"):
    """Tanh networks on two moons under L2: share right on fresh points, R² of the nearest plane there, and
    the share of steps on which the training loss rises; each (strengths, N)."""
    data, fresh = moons(seeds, points), moons(seeds, 1000, 10**6)
    found = {"right": [], "straight": [], "rising": []}
    for strength in strengths:
        args = MOONS, losses.binary_cross_entropy, Adam(), ("l2", strength), seeds, data, lr
        done = trained(*args, Plan(steps), on)
        out = MOONS.predict(done.parameters, fresh.x)
        found["right"].append(losses.binary_accuracy(out, fresh.y).numpy())
        found["straight"].append(straight(fresh.x, out))
        found["rising"].append((np.diff(done.losses, axis=0) > 0).mean(0))
    return {name: np.array(rows) for name, rows in found.items()}
