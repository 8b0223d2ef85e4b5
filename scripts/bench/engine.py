"""Training N networks at once: the engine against JAX and the plain PyTorch loop, one run, one thread.

    python -m scripts.bench.engine [--jax PYTHON] [--rows WORD]

JAX is what an expert would write instead (`in_jax`); it is no part of the project's environment:

    python -m venv SOMEWHERE && SOMEWHERE/bin/pip install jax && … --jax SOMEWHERE/bin/python

Without it its columns stay empty. Everything is timed in turns: whole runs, start of the networks, batches
and coins included; the shortest of several turns counts. Times are the processor's, so that what else runs
on the machine counts less.
"""

import argparse
import json
import os
import subprocess
import sys
import time

os.environ |= {"OMP_NUM_THREADS": "1", "TQDM_DISABLE": "1"}  # before NumPy and torch start

import torch

from demos.core.engine import losses, parts
from demos.core.engine.batches import Data
from demos.core.engine.network import mlp
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.recipe import Recipe
from demos.core.engine.train import Plan, train
from scripts.bench.__main__ import figure
from scripts.paths import ROOT

SGD = {
    "optimizer": "sgd",
    "loss": "squared",
    "batch": None,
    "l2": 0.01,
    "momentum": 0.05,
    "lr": 1e-4,
}
ADAM = {"optimizer": "adam", "loss": "cross", "l2": 0.0, "lr": 1e-3}


def row(widths, count, points, steps, options, dropout=0.0, batch=None):
    """One row of the table."""
    name = f"{'-'.join(map(str, widths))}, {options['optimizer']}, {points} points"
    name += f" in batches of {batch}" if batch else ""
    name += f", dropout {dropout}" if dropout else ""
    own = {"widths": widths, "count": count, "points": points, "steps": steps, "dropout": dropout}
    return options | own | {"batch": batch, "name": f"{name}, {count} at once"}


ROWS = [
    row((1, 9, 1), 64, 21, 2000, SGD),
    row((2, 16, 16, 2), 32, 40, 1000, ADAM),
    row((2, 100, 100, 1), 32, 64, 300, SGD),
    row((2, 100, 100, 1), 32, 64, 300, SGD, dropout=0.5),
    row((1, 100, 100, 100, 1), 16, 21, 400, SGD),
    row((1, 1000, 1000, 1), 1, 21, 100, SGD),
    row((64, 128, 128, 10), 32, 100, 300, ADAM, batch=32),
    row((64, 128, 128, 10), 32, 100, 300, ADAM, batch=32, dropout=0.5),
]


def ours(row):
    """A function that trains a row's networks once."""
    network = mlp(row["widths"], dropout="dropout" if row["dropout"] else None)
    optimizer = Adam() if row["optimizer"] == "adam" else Sgd("momentum")
    loss = losses.cross_entropy if row["loss"] == "cross" else losses.squared_error
    own = (parts.L2(),) if row["l2"] else ()
    recipe = Recipe(network, loss, optimizer, own, mean=row["loss"] == "cross")
    wanted = "lr", "l2", "momentum", "dropout"
    hyper = {name: row[name] for name in wanted if row.get(name)}
    plan = Plan(row["steps"], row["batch"], block=row["count"])
    points = made(row)
    return lambda: train(recipe, range(row["count"]), points, hyper, plan)


def made(row):
    """Random points: the speed does not depend on them."""
    dice = torch.Generator().manual_seed(0)
    n, points, (first, *_, last) = row["count"], row["points"], row["widths"]
    x = torch.randn(n, points, first, generator=dice)
    if last == 1:
        return Data(x, x[..., :1].clone())
    return Data(x, losses.one_hot(torch.randint(0, last, (n, points), generator=dice), last))


def plain(row):
    """The plain loop for one network, as many steps; a function that runs it once."""
    network = mlp(row["widths"], dropout="dropout" if row["dropout"] else None)
    (x, *_), (y, *_) = made(row)

    def run():
        module = network.module(0, {"dropout": row["dropout"]})
        if row["optimizer"] == "adam":
            rule = torch.optim.Adam(module.parameters(), row["lr"])
        else:
            own = {"momentum": row["momentum"], "weight_decay": row["l2"]}
            rule = torch.optim.SGD(module.parameters(), row["lr"], **own)
        for _ in range(row["steps"]):
            where = torch.randperm(len(x))[: row["batch"]] if row["batch"] else slice(None)
            rule.zero_grad()
            out = module(x[where])
            if row["loss"] == "cross":
                loss = torch.nn.functional.cross_entropy(out, y[where])
            else:
                loss = ((out - y[where]) ** 2).sum()
            loss.backward()
            rule.step()

    return run


class Jax:
    """`in_jax` in another environment, asked row by row."""

    def __init__(self, python):
        flags = {
            "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
            "JAX_PLATFORMS": "cpu",
        }
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        command = [python, str(ROOT / "scripts" / "bench" / "in_jax.py")]
        self.process = subprocess.Popen(command, env=os.environ | flags, **pipes)

    def seconds(self, row):
        print(json.dumps(row), file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def timed(run):
    began = time.process_time()
    run()
    return time.process_time() - began


def machine(tries=9):
    """What one thread can do here: FLOP/s of a large product, bytes/s of copying."""
    a, b = torch.randn(1000, 1000), torch.randn(1000, 1000)
    big, copy = torch.randn(16_000_000), torch.empty(16_000_000)
    product = min(timed(lambda: torch.mm(a, b)) for _ in range(tries))
    return 2 * 1000**3 / product, 8 * len(big) / min(
        timed(lambda: copy.copy_(big)) for _ in range(tries)
    )


def limit(row, flops, bandwidth):
    """Seconds per network and step that the machine needs: products, or memory, whichever is longer.

    Products: forward, back to the inputs of all but the first layer, gradients. Memory: each parameter and
    what the optimizer keeps of it is read and written once, its gradient too.
    """
    batch, pairs = (
        row["batch"] or row["points"],
        list(zip(row["widths"], row["widths"][1:], strict=False)),
    )
    sizes = [a * b for a, b in pairs]
    products = 2 * batch * (3 * sum(sizes) - sizes[0])
    moved = 4 * sum(a * b + b for a, b in pairs) * (8 if row["optimizer"] == "adam" else 6)
    return max(products / flops, moved / bandwidth)


def measure(row, jax, turns):
    """Microseconds per network and step: ours, JAX's (None without), the plain loop's."""
    runs, best = {"ours": ours(row), "plain": plain(row)}, {}
    for _ in range(turns):
        now = {name: timed(run) for name, run in runs.items()}
        if jax:
            now["jax"] = jax.seconds(row)
        best = {name: min(value, best.get(name, value)) for name, value in now.items()}
    steps = row["steps"] * 1e-6
    return {
        name: value / steps / (1 if name == "plain" else row["count"])
        for name, value in best.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jax", metavar="PYTHON", help="an interpreter that has JAX")
    parser.add_argument("--rows", default="", help="only rows with this in their name")
    parser.add_argument("--turns", type=int, default=7)
    options = parser.parse_args()
    torch.set_num_threads(1)
    if hasattr(os, "sched_setaffinity"):  # JAX has no switch for one thread that covers everything
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    jax = Jax(options.jax) if options.jax else None
    flops, bandwidth = machine()
    columns = "engine", "JAX", "plain loop", "JAX / engine", "plain / engine", "engine / limit"
    print(f"| µs per network and step | {' | '.join(columns)} |")
    print("|---" * (1 + len(columns)) + "|")
    for each in ROWS:
        if options.rows in each["name"]:
            told(each, measure(each, jax, options.turns), limit(each, flops, bandwidth))
    print(
        f"\nThe limit: {flops / 1e9:.0f} GFLOP/s in a large product, {bandwidth / 1e9:.0f} GB/s copied."
    )
    if jax:
        jax.end()


def told(row, times, least):
    """A line of the table."""
    own, rival = times["ours"], times.get("jax")
    cells = [row["name"], figure(own), figure(rival) if rival else "", figure(times["plain"])]
    cells += [f"{rival / own:.2f}" if rival else "", f"{times['plain'] / own:.1f}"]
    print("|", " | ".join([*cells, f"{own * 1e-6 / least:.1f}"]), "|", flush=True)


if __name__ == "__main__":
    sys.exit(main())
