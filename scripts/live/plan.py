"""A traced step as a list of operations on arrays in one memory: for a network too wide for the runtime.

Half of such a step is spent on passes over a million weights. Here operations that go number by number
form groups that stay in the cache, and the state is updated where it stands, as PyTorch does it.
`scripts/page/live/planned.js` runs the list, `arithmetic.ts` holds what an operation does.
"""

from collections import Counter
from dataclasses import dataclass
from math import prod

import torch
from torch.fx.experimental.proxy_tensor import make_fx

from scripts.live.onnx_file import quiet
from scripts.live.trace import SGD, Given, trace

ROWS = 64  # the network answers so many inputs in one run
ROOM = 3  # the arithmetic may write so many rows, and so many numbers, past the end
CURE = "export this network as ONNX: Net(…, planned=False)"
aten = torch.ops.aten


@dataclass(frozen=True)
class Array:
    """Numbers of a shape; `place`: which array of the memory; `strides`: how far apart neighbours lie."""

    place: int
    shape: tuple
    strides: tuple

    @property
    def whole(self):
        """Whether its numbers follow one another."""
        return self.strides == in_one_piece(self.shape)


@dataclass(frozen=True)
class Factor:
    """A number known when the step runs: a multiple of a setting, or just a number."""

    times: float
    setting: str | None = None


def in_one_piece(shape):
    return tuple(prod(shape[axis + 1 :]) for axis in range(len(shape)))


class Writer(torch.fx.Interpreter):
    """Runs a graph of PyTorch's operations on `Array`s: each notes what is to be done in `tasks`.

    A task: kind, arrays (the last is written), numbers. Kinds are the functions of `arithmetic.ts`.
    """

    def __init__(self, module, rooms):
        super().__init__(module)
        self.rooms, self.tasks = rooms, []

    def array(self, *shape):
        """A new one."""
        rows, across = (shape[0], prod(shape[1:])) if len(shape) == 2 else (0, prod(shape))
        self.rooms.append((rows + ROOM) * across + ROOM)
        return Array(len(self.rooms) - 1, tuple(shape), in_one_piece(shape))

    def call_function(self, target, args, kwargs):
        if target not in OPERATIONS or kwargs.keys() - IGNORED:
            raise NotImplementedError(f"a plan knows no {target} {kwargs or ''}; {CURE}")
        return OPERATIONS[target](self, *args)

    def note(self, kind, arrays, *numbers):
        self.tasks.append(
            {"kind": kind, "arrays": [a.place for a in arrays], "numbers": [*numbers]}
        )
        return arrays[-1]

    def each(self, kind, *arrays, out=None, factor=None):
        """Number by number, into `out` or a new array of the first one's shape."""
        out = out or self.array(*arrays[0].shape)
        alike = all(a.whole and a.shape == out.shape for a in arrays)
        if not (alike and out.whole):
            raise NotImplementedError(
                f"{kind} of {[a.shape for a in arrays]}: not number by number"
            )
        numbers = [] if factor is None else [[factor.times, factor.setting]]
        return self.note(kind, [*arrays, out], *numbers, prod(out.shape))

    def times(self, one, other, out=None):
        if isinstance(one, Factor):
            one, other = other, one
        if isinstance(other, Array):
            return self.each("mul", one, other, out=out)
        if other == Factor(1.0):
            return one
        return self.each("scale", one, out=out, factor=other)

    def plus(self, one, other, out=None):
        return self.each("add", one, other, out=out)

    def power(self, x, exponent):
        if exponent not in (1, 2):
            raise NotImplementedError(f"a plan knows no power of {exponent}")
        return x if exponent == 1 else self.each("mul", x, x)

    def product(self, a, b):
        out = self.array(a.shape[0], b.shape[1])
        return self.note("product", [a, b, out], *a.strides, *b.strides, *out.shape, a.shape[1])

    def layer(self, bias, x, weights):
        out = self.product(x, weights)
        return self.note("addRow", [out, bias, out], *out.shape)

    def sum_of_columns(self, x, dims, keep):
        if dims != [0] or not x.whole:
            raise NotImplementedError(f"a plan sums columns, not along {dims}")
        return self.note("sumColumns", [x, self.array(1, x.shape[1])], *x.shape)

    def total(self, x):
        return self.note("sum", [x, self.array()], prod(x.shape))

    def threshold(self, gradient, x, limit):
        if limit != 0:
            raise NotImplementedError("a plan's gate opens at 0")
        return self.each("gate", gradient, x)


def as_it_is(writer, x, *_):
    """An array shares its numbers with a copy: a step's state is not needed once it has changed."""
    return x


def transposed(writer, x):
    return Array(x.place, x.shape[::-1], x.strides[::-1])


def viewed(writer, x, shape):
    if not x.whole:
        raise NotImplementedError("a view of what is not in one piece")
    return Array(x.place, tuple(shape), in_one_piece(shape))


def expanded(writer, x, shape):
    if not isinstance(x, Factor):
        raise NotImplementedError("a plan repeats no array")
    return x


IGNORED = {"pin_memory", "memory_format"}  # how PyTorch keeps an array
OPERATIONS = {
    aten.detach.default: as_it_is,
    aten.clone.default: as_it_is,
    aten.t.default: transposed,
    aten.view.default: viewed,
    aten.addmm.default: Writer.layer,
    aten.mm.default: Writer.product,
    aten.relu.default: lambda writer, x: writer.each("relu", x),
    aten.threshold_backward.default: Writer.threshold,
    aten.sub.Tensor: lambda writer, x, y: writer.each("sub", x, y),
    aten.add.Tensor: Writer.plus,
    aten.add_.Tensor: lambda writer, x, y: writer.plus(x, y, out=x),
    aten.mul.Tensor: Writer.times,
    aten.mul_.Tensor: lambda writer, x, y: writer.times(x, y, out=x),
    aten.mul.Scalar: lambda writer, x, number: writer.times(x, Factor(number)),
    aten.pow.Tensor_Scalar: Writer.power,
    aten.sum.default: Writer.total,
    aten.sum.dim_IntList: Writer.sum_of_columns,
    aten.ones_like.default: lambda writer, x: Factor(1.0),
    aten.expand.default: expanded,
    aten.neg.default: lambda writer, x: Factor(-x.times, x.setting),
}
EACH = {"add", "sub", "mul", "scale", "relu", "gate"}


def plan(network, batch):
    """What `planned.js` needs to train and to ask the network: plain lists and numbers.

    Raises NotImplementedError where the step needs an operation that is not in `OPERATIONS`.
    """
    if batch.drawn:
        raise NotImplementedError(f"a plan draws nothing; {CURE}")
    rooms, state = [], [p.detach().clone() for p in network.parameters()]
    with quiet():
        module = trace(network, batch)
    step = Writer(module, rooms)
    given = [step.array(*shape) for shape in batch.shapes.values()]
    values, buffers = ([step.array(*p.shape) for p in state] for _ in range(2))
    loss, *after = step.run(*(Factor(1.0, name) for name in SGD), *given, *values, *buffers)
    if [a.place for a in after[len(state) :]] != [a.place for a in (*values, *buffers)]:
        raise NotImplementedError(
            "a plan's step changes its state in place; this one makes a new one"
        )

    network.eval()
    asked = torch.rand(ROWS, state[0].shape[1])
    forward = make_fx(lambda x, *values: Given(network, values)(x))(asked, *state)
    answer = Writer(forward, rooms)
    grid = answer.array(*asked.shape)
    out = answer.run(grid, *values)
    names = [name.replace(".", "_") for name, _ in network.named_parameters()]
    named = dict(zip(batch.shapes, given, strict=True)) | dict(zip(names, values, strict=True))
    named |= {f"{name}_momentum": buffer for name, buffer in zip(names, buffers, strict=True)}
    kept = {a.place for a in (*named.values(), loss, grid, out)}
    groups, answering = grouped(step.tasks, kept), grouped(answer.tasks, kept)
    used = {
        place for group in (*groups, *answering) for t in group["tasks"] for place in t["arrays"]
    }
    return {
        "rooms": [room if place in used else 0 for place, room in enumerate(rooms)],
        "named": {name: [a.place, prod(a.shape)] for name, a in named.items()},
        "step": {"groups": groups, "loss": loss.place},
        "answer": {"groups": answering, "in": grid.place, "out": out.place, "rows": ROWS},
    }


def grouped(tasks, kept):
    """Neighbours that go number by number through arrays of one size, together.

    What only such a group uses, and is not in `kept`, becomes scratch: -1, -2, …
    """
    groups = []
    for task in tasks:
        size = task["numbers"][-1] if task["kind"] in EACH else None
        if groups and size is not None and groups[-1]["each"] == size:
            groups[-1]["tasks"].append(task)
        else:
            groups.append({"each": size, "tasks": [task]})
    uses = Counter(place for task in tasks for place in task["arrays"])
    for group in groups:
        if group["each"] is None:
            continue
        inside = Counter(place for task in group["tasks"] for place in task["arrays"])
        own = [p for p, count in inside.items() if count == uses[p] and p not in kept]
        for task in group["tasks"]:
            task["arrays"] = [-1 - own.index(p) if p in own else p for p in task["arrays"]]
            task["numbers"] = task["numbers"][:-1]
    return groups
