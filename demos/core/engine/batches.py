"""Which points a step sees: every network's own order, from its own seed."""

from typing import NamedTuple

import torch

from demos.core import checks
from demos.core.engine.chance import AHEAD, generator


class Data(NamedTuple):
    """Points and targets: x (N or 1, n, ...), y (N or 1, n, k); 1 is shared by all networks."""

    x: torch.Tensor
    y: torch.Tensor

    def of(self, networks):
        """The share of some networks, a slice."""
        return Data(*(each if len(each) == 1 else each[networks] for each in self))


def data(x, y):
    """`Data` that all networks share: x (n,) or (n, ...), y (n,) or (n, k), arrays or tensors."""
    x, y = (torch.as_tensor(each, dtype=torch.float32) for each in (x, y))
    x, y = (each[:, None] if each.ndim == 1 else each for each in (x, y))
    return Data(x[None], y[None])


def joined(several):
    """The `Data` of several networks as one, stacked."""
    return Data(*map(torch.cat, zip(*several, strict=True)))


class Whole:
    """All points in every step."""

    def __init__(self, points):
        self.points = points

    def __iter__(self):
        return self

    def __next__(self):
        return self.points


class Batches:
    """Some of the points in each step: `next(batches)` is x (N, size, ...), y (N, size, k).

    Without `replacement` an epoch goes through the points in a new order, in batches of equal size; what
    is left over, fewer than `size`, sits out that epoch. With it, each batch is drawn from all points.
    """

    def __init__(self, points, seeds, size, replacement=False):
        self.points, self.size, self.replacement = points, size, replacement
        self.count = points.x.shape[1]
        checks.whole("batch", size, least=1, most=self.count)
        self.streams = [generator(seed, "order") for seed in seeds]
        many = torch.arange(len(self.streams))[:, None] * self.count
        self.begin = [many if len(each) > 1 else 0 for each in points]  # in x and y laid end to end
        self.flat = [each.flatten(0, 1) for each in points]
        self.ready = iter(())

    def __iter__(self):
        return self

    def __next__(self):
        where = next(self.ready, None)
        if where is None:
            self.ready = iter(self.some())
            where = next(self.ready)
        return Data(
            *(self.chosen(flat, where + at) for flat, at in zip(self.flat, self.begin, strict=True))
        )

    def chosen(self, flat, where):
        return flat.index_select(0, where.flatten()).unflatten(0, where.shape)

    def some(self):
        """The places of some steps' points: (steps, N, size)."""
        if self.replacement:
            rows = [s.integers(self.count, size=(AHEAD, self.size)) for s in self.streams]
        else:
            used = self.count // self.size * self.size
            rows = [s.permutation(self.count)[:used].reshape(-1, self.size) for s in self.streams]
        return torch.stack([torch.from_numpy(row) for row in rows], 1)


def batches(points, seeds, size=None, replacement=False):
    """Batches of `size` points, or all of them where there is none."""
    return Whole(points) if size is None else Batches(points, seeds, size, replacement)
