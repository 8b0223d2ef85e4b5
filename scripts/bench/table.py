"""How long the table of topic 26 takes: tasks x regularizers x paired seeds, strengths chosen.

    python -m scripts.bench.table [--tasks WORD] [--seeds 32] [--share 1.0]

A prototype of the workload, with the engine's own parts: each method trains every strength on every seed at
once, then each seed takes the strength with the best validation loss, and is told apart from its twin
without the method on test data. `--share` shortens the runs; seconds are the processor's.
"""

import argparse
import os
import time
from dataclasses import dataclass, field

os.environ |= {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1"}  # before NumPy and torch start

import numpy as np
import torch

from demos.core.engine import averages, losses, parts, sets
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Look, Plan, train


@dataclass(frozen=True)
class Task:
    """make(seed) -> Set; points for training and validation, at most `test` for the test; steps."""

    make: object
    points: tuple
    steps: int
    test: int = 1000


@dataclass(frozen=True)
class Method:
    """Parts, the strengths that are tried ({name: values}), and what else is special."""

    parts: tuple = ()
    strengths: dict = field(default_factory=dict)
    average: object = None
    patience: int = 0
    nets: int = 1


TASKS = {
    "iris (30)": Task(lambda seed: sets.bundled("iris"), (30, 40), 500),
    "wine (30)": Task(lambda seed: sets.bundled("wine"), (30, 40), 500),
    "breast cancer (40)": Task(lambda seed: sets.bundled("breast cancer"), (40, 100), 500),
    "moons (40)": Task(lambda seed: sets.moons(1140, 0.3, seed), (40, 100), 800),
    "rings (40)": Task(lambda seed: sets.rings(1140, 0.15, seed), (40, 100), 800),
    "blobs (60)": Task(lambda seed: sets.blobs(1160, 2.5, seed, 4), (60, 100), 500),
    "digits (100)": Task(lambda seed: sets.bundled("digits"), (100, 300), 500),
    "digits (500)": Task(lambda seed: sets.bundled("digits"), (500, 300), 1000),
    "MNIST-1D (400)": Task(lambda seed: sets.mnist1d(), (400, 400), 1200),
    "diabetes (60)": Task(lambda seed: sets.bundled("diabetes"), (60, 100), 500),
}
METHODS = {
    "none": Method(),
    "L2": Method((parts.L2(),), {"l2": (0.001, 0.003, 0.01, 0.03)}),
    "decay": Method((parts.Decay(),), {"decay": (0.03, 0.1, 0.3, 1.0)}),
    "L1": Method((parts.ProximalL1(),), {"l1": (0.01, 0.03, 0.1, 0.3)}),
    "L1 and L2": Method(
        (parts.L2(), parts.ProximalL1()),
        {"l2": (0.001, 0.003, 0.01), "l1": (0.01, 0.03, 0.1)},
    ),
    "input noise": Method((parts.InputNoise(),), {"input_noise": (0.1, 0.3, 1.0)}),
    "weight noise": Method((parts.WeightNoise(),), {"weight_noise": (0.03, 0.1)}),
    "label noise": Method((parts.Flip(),), {"flip": (0.05, 0.1, 0.2)}),
    "dropout": Method((), {"dropout": (0.2, 0.5, 0.8)}),
    "smoothing": Method((parts.Smoothing(),), {"smoothing": (0.05, 0.1, 0.2)}),
    "mixup": Method((parts.Mixup(),), {"mixup": (0.2, 0.5, 1.0)}),
    "decay and smoothing": Method(
        (parts.Smoothing(), parts.Decay()), {"smoothing": (0.1, 0.1, 0.1), "decay": (0.1, 0.3, 1.0)}
    ),
    "early stopping": Method(patience=10),
    "averaged weights": Method(average=averages.Exponential(0.99)),
    "five nets": Method(nets=5),
}
FOR_CLASSES = "label noise", "smoothing", "decay and smoothing"  # targets are probabilities


def run(task, name, points, classes, seeds, steps):
    """Test loss and error of the strength that validation chose, per seed: two arrays."""
    method = METHODS[name]
    values = list(zip(*method.strengths.values(), strict=True)) or [()]
    copies = len(values) * method.nets
    many = sets.Parts(
        *(type(part)(*(t.repeat(copies, *[1] * (t.ndim - 1)) for t in part)) for part in points)
    )
    hyper = {"lr": 1e-3} | {
        key: np.repeat([value[n] for value in values], len(seeds) * method.nets)
        for n, key in enumerate(method.strengths)
    }
    loss = losses.cross_entropy if classes else losses.squared_error
    outputs = classes or 1
    network = mlp((points.train.x.shape[-1], 128, 128, outputs), dropout="dropout")
    recipe = Recipe(network, loss, Adam(), method.parts, average=method.average)
    metric = losses.nll if classes else losses.rmse
    patience = {"watch": "loss", "patience": method.patience} if method.patience else {}
    look = Look(many.valid, 10 if method.patience else steps, {"loss": metric}, **patience)
    size = points.train.x.shape[1]
    plan = Plan(steps, 32 if size > 64 else None)
    # five nets: the same data from five starts; strengths: the same start on the same data
    starts = [seed + 10_000 * copy for copy in range(method.nets) for seed in seeds] * len(values)
    trained = train(recipe, starts, many.train, hyper, plan, look)
    kept = trained.best if method.patience else trained.average or trained.parameters
    out = [network.predict(kept, part.x) for part in (many.valid, many.test)]
    shape = len(values), method.nets, len(seeds)
    if method.nets > 1:
        out = [mixed(each, shape, classes) for each in out]
    valid, test = out
    chosen = metric(valid, many.valid.y[: len(valid)]).reshape(len(values), -1).argmin(0)
    wrong = (lambda o, y: 1 - losses.accuracy(o, y)) if classes else losses.rmse
    found = [m(test, many.test.y[: len(test)]).reshape(len(values), -1) for m in (metric, wrong)]
    return [each.gather(0, chosen[None])[0].numpy() for each in found]


def mixed(out, shape, classes):
    """The ensembles' outputs: the mean of the probabilities, as logits, or of the predictions."""
    out = out.unflatten(0, shape)
    mean = out.softmax(-1).mean(1).log() if classes else out.mean(1)
    return mean.flatten(0, 1)


def measure(name, seeds, share):
    """One row of the table, and the processor's seconds for it."""
    began, task = time.process_time(), TASKS[name]
    whole = [task.make(seed) for seed in seeds]
    split = [
        sets.split(each, seed, *task.points, task.test)
        for each, seed in zip(whole, seeds, strict=True)
    ]
    points, classes = sets.stacked(split), whole[0].classes
    steps, cells, none = max(10, int(task.steps * share)), [], None
    for method in METHODS:
        if not classes and method in FOR_CLASSES:
            cells.append("")
            continue
        loss, wrong = run(task, method, points, classes, seeds, steps)
        none = (loss, wrong) if none is None else none
        wins = f"{(wrong < none[1]).sum()} \\| {(loss < none[0]).sum()}"
        cells.append(
            f"{wrong.mean():.3f}"
            if method == "none"
            else f"{wrong.mean() - none[1].mean():+.3f}, {wins}"
        )
    return cells, time.process_time() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", default="", help="only tasks with this in their name")
    parser.add_argument("--seeds", type=int, default=32)
    parser.add_argument("--share", type=float, default=1.0, help="of the steps")
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"| error (wins in error \\| in loss) | {' | '.join(METHODS)} | CPU s |")
    print("|---|" + "---|" * (len(METHODS) + 1))
    for name in TASKS:
        if options.tasks in name:
            cells, seconds = measure(name, range(options.seeds), options.share)
            print(f"| {name} | {' | '.join(cells)} | {seconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
