"""Training N networks: batches, settings along the run, looks at other points, early stopping.

`train` takes blocks of networks that fit a processor's cache, one after the other: a network's numbers do
not depend on its block. Each has its own data (or shares it), seed and settings.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import torch

from demos.core import checks, rounding
from demos.core.engine import losses
from demos.core.engine.batches import Data, batches
from demos.core.engine.chance import Dice
from demos.core.engine.machines import machine


@dataclass(frozen=True)
class Plan:
    """How long, and on what: `steps`, of `batch` points each (None: all), see `batches`.

    schedules: {setting: (steps,)}, what it is multiplied by at each step, see `schedules`. `block`: how
    many networks train side by side before the next ones do.
    """

    steps: int
    batch: int | None = None
    replacement: bool = False
    schedules: dict = field(default_factory=dict)
    block: int = 128

    def __post_init__(self):
        checks.whole("steps", self.steps, least=0)
        checks.whole("block", self.block, least=1)
        for name, factors in self.schedules.items():
            if len(factors) != self.steps:
                raise ValueError(
                    f"the schedule of {name} has {len(factors)} factors for {self.steps} steps"
                )


@dataclass(frozen=True)
class Look:
    """Metrics on points that are not trained on, before the first step and after each `every` steps.

    metrics: {name: f(outputs, targets) -> (N,)}. `watch` is the one that early stopping wants small (or
    large, where `largest`): the parameters of its best look are kept, and a network that has not bettered
    it for `patience` looks stops there; 0: it never stops. `outputs`: keep all outputs, too.
    """

    points: Data
    every: int
    metrics: dict = field(default_factory=lambda: {"nll": losses.nll})
    watch: str = ""
    patience: int = 0
    largest: bool = False
    outputs: bool = False

    def __post_init__(self):
        checks.whole("every", self.every, least=1)
        checks.whole("patience", self.patience, least=0)
        if self.watch or self.patience:
            checks.one_of("watch", self.watch, tuple(self.metrics))

    def of(self, networks):
        """The share of some networks, a slice."""
        return replace(self, points=self.points.of(networks))


class Trained(NamedTuple):
    """What comes out of a run of N networks.

    parameters, buffers, average, best: {name: (N, ...)}. losses (steps, N): of each step's batch, before
    the step; nan once a network stopped. looks (L,): after how many steps; seen: {metric: (L, N)}, nan
    likewise. best_at (N,): the step of `best`. steps (N,): how many a network trained. outputs
    (L, N, n, k): at every look, where it keeps them; later ones of a network that stopped mean nothing.
    """

    parameters: dict
    buffers: dict
    average: dict
    best: dict
    losses: np.ndarray
    looks: np.ndarray
    seen: dict
    best_at: np.ndarray
    steps: np.ndarray
    outputs: np.ndarray | None = None


def train(recipe, seeds, points, hyper, plan, look=None):
    """Train one network per seed; returns `Trained`.

    points: `Data`. hyper: {name: a number, or one per network}, "lr" among them.
    Raises ValueError where settings or data are not one, or one per network.
    """
    seeds, hyper = list(seeds), settings(hyper, len(seeds))
    checks.seeds(seeds)
    several(points, len(seeds))
    points = rounded(points, whole=plan.batch is None)
    done = []
    for first in range(0, len(seeds), plan.block):
        some = slice(first, first + plan.block)
        own = {name: value[some] if value.ndim else value for name, value in hyper.items()}
        run = Run(recipe, seeds[some], points.of(some), own, plan, look and look.of(some))
        done.append(run.go())
    return joined(done)


def settings(hyper, count):
    """Settings as float64 tensors, () or (count,)."""
    made = {name: torch.as_tensor(value, dtype=torch.float64) for name, value in hyper.items()}
    for name, value in made.items():
        if value.shape not in ((), (count,)):
            raise ValueError(f"{name} has shape {tuple(value.shape)}: give one number, or {count}")
    if "lr" not in made:
        raise ValueError("hyper has no lr, the learning rate")
    return made


def rounded(points, whole):
    """Data as this process rounds it; where a step sees the `whole` of it, in another order too."""
    moved = Data(*map(rounding.nudge, points))
    return Data(*(rounding.reorder(each, 1) for each in moved)) if whole else moved


def several(points, count):
    """Raises ValueError unless data is that of one or of `count` networks."""
    x, y = points
    if {len(x), len(y)} - {1, count} or x.shape[1] != y.shape[1] or y.ndim != 3:
        shapes = tuple(x.shape), tuple(y.shape)
        raise ValueError(
            f"x, y have shapes {shapes}: give (1 or {count}, n, ...), (1 or {count}, n, k)"
        )


class Run:
    """One block of networks on its way."""

    def __init__(self, recipe, seeds, points, hyper, plan, look):
        self.count, self.hyper, self.plan, self.look = len(seeds), hyper, plan, look
        self.batches = batches(points, seeds, plan.batch, plan.replacement)
        first = next(batches(points, seeds, plan.batch, plan.replacement))
        asked = recipe.draws(first.x[0], first.y[0], hyper)
        self.machine = machine(recipe, seeds)
        self.dice = Dice(asked, seeds, hyper)
        self.losses = np.full((plan.steps, self.count), np.nan, np.float32)
        self.watching = Watching(look, self.count) if look else None

    def go(self):
        """All steps, or until every network has stopped."""
        for step in range(self.plan.steps):
            if self.look and step % self.look.every == 0 and self.seen(step):
                break
            loss = self.machine.step(next(self.batches), next(self.dice), self.at(step))
            self.losses[step] = loss.numpy()
        else:
            if self.look:
                self.seen(self.plan.steps)
        return self.result()

    def at(self, step):
        """The settings of a step: the same dict as long as nothing changes."""
        if not self.plan.schedules:
            return self.hyper
        scaled = {
            name: self.hyper[name] * float(f[step]) for name, f in self.plan.schedules.items()
        }
        return self.hyper | scaled

    def seen(self, step):
        """Look at the other points. Returns whether all networks have stopped."""
        return self.watching.see(step, self.machine, self.hyper)

    def result(self):
        parameters, buffers, average = self.machine.result()
        watching = self.watching or Watching(None, self.count)
        steps = np.minimum(watching.stopped, self.plan.steps)
        self.losses[np.arange(self.plan.steps)[:, None] >= steps] = np.nan
        seen = {name: np.stack(rows) for name, rows in watching.seen.items()}
        looks = np.array(watching.looks)
        return Trained(
            parameters,
            buffers,
            average,
            watching.best,
            self.losses,
            looks,
            seen,
            watching.at,
            steps,
            np.stack(watching.outputs) if watching.outputs else None,
        )


NEVER = np.iinfo(np.int64).max


class Watching:
    """What was seen so far, the best of it, and who has stopped when."""

    def __init__(self, look, count):
        self.look, self.looks, self.best, self.outputs = look, [], {}, []
        self.seen = {name: [] for name in look.metrics} if look else {}
        self.value = np.full(count, np.inf)
        self.at = np.zeros(count, np.int64)
        self.since = np.zeros(count, np.int64)
        self.stopped = np.full(count, NEVER)

    def see(self, step, machine, hyper):
        """One look; whether all have stopped."""
        out = machine.predict(self.look.points.x, hyper)
        running = self.stopped == NEVER
        self.looks.append(step)
        if self.look.outputs:
            self.outputs.append(out.numpy().copy())
        for name, metric in self.look.metrics.items():
            values = metric(out, self.look.points.y).numpy().astype(float)
            self.seen[name].append(np.where(running, values, np.nan))
        if self.look.watch:
            self.compare(step, machine, running)
        return not (self.stopped == NEVER).any()

    def compare(self, step, machine, running):
        """Keep what is better, stop who has waited long enough."""
        value = self.seen[self.look.watch][-1] * (-1 if self.look.largest else 1)
        better = running & (value < self.value)
        self.value = np.where(better, value, self.value)
        self.at[better] = step
        self.since = np.where(better, 0, self.since + 1)
        self.keep(machine, torch.from_numpy(better))
        if self.look.patience:
            self.stopped[running & (self.since >= self.look.patience)] = step

    def keep(self, machine, better):
        parameters, buffers, _ = machine.result()
        for name, value in (parameters | buffers).items():
            if name not in self.best:
                self.best[name] = value.clone()
            self.best[name][better] = value[better]


def joined(runs):
    """Blocks, side by side; a block that stopped early has looked less often: the rest is nan."""
    if len(runs) == 1:
        return runs[0]
    looks = max((run.looks for run in runs), key=len)

    def filled(rows):
        gap = np.full((len(looks) - len(rows), *rows.shape[1:]), np.nan, rows.dtype)
        return np.concatenate([rows, gap])

    dicts = [
        {
            name: torch.cat([getattr(run, part)[name] for run in runs])
            for name in getattr(runs[0], part)
        }
        for part in ("parameters", "buffers", "average", "best")
    ]
    seen = {name: np.hstack([filled(run.seen[name]) for run in runs]) for name in runs[0].seen}
    whole = (np.concatenate([getattr(run, part) for run in runs]) for part in ("best_at", "steps"))
    kept = [run.outputs for run in runs if run.outputs is not None]
    outputs = np.concatenate([filled(rows) for rows in kept], 1) if kept else None
    return Trained(*dicts, np.hstack([run.losses for run in runs]), looks, seen, *whole, outputs)
