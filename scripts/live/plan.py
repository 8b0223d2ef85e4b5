"""A traced step as a list of operations on arrays in one memory: for a network too wide for the runtime.

Half of such a step is spent on passes over a million weights. Here operations that go number by number
form groups that stay in the cache, and the state is updated where it stands, as PyTorch does it.
`scripts/page/live/planned.js` runs the list, `arithmetic.ts` holds what an operation does.
"""

from dataclasses import dataclass
from math import prod

import torch
from torch.fx.experimental.proxy_tensor import make_fx

from scripts.live.groups import grouped, in_groups, settled
from scripts.live.trace import begun, carried, join, settings, taken, trace

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

    A task: kind, arrays (the last is written), numbers; `each`: how many numbers it goes through one by
    one, into an array that no other task writes, or None. Kinds are the functions of `arithmetic.ts`.
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

    def note(self, kind, arrays, *numbers, each=None):
        places = [array.place for array in arrays]
        self.tasks.append({"kind": kind, "arrays": places, "numbers": [*numbers], "each": each})
        return arrays[-1]

    def each(self, kind, *arrays, factor=None):
        """Number by number, into a new array of the first one's shape."""
        first = arrays[0]
        if not all(isinstance(a, Array) and a.whole and a.shape == first.shape for a in arrays):
            raise NotImplementedError(f"{kind} of {arrays}: not number by number")
        out = self.array(*first.shape)
        numbers = [] if factor is None else [[factor.times, factor.setting]]
        return self.note(kind, [*arrays, out], *numbers, each=prod(out.shape))

    def times(self, one, other):
        if isinstance(one, Factor):
            one, other = other, one
        if isinstance(other, Array):
            return self.each("mul", one, other)
        if other == Factor(1.0):
            return one
        return self.each("scale", one, factor=other)

    def plus_times(self, one, factor, other):
        return self.each("add", one, self.times(factor, other))

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

    def sum_of_columns(self, x, dims, keep=False):
        if dims != [0] or not keep or not x.whole:
            raise NotImplementedError(f"a plan sums columns, not along {dims}")
        return self.note("sumColumns", [x, self.array(1, x.shape[1])], *x.shape)

    def total(self, x):
        if not x.whole:
            raise NotImplementedError("a sum of what is not in one piece")
        return self.note("sum", [x, self.array()], prod(x.shape)) if x.shape else x

    def threshold(self, gradient, x, limit):
        if limit != 0:
            raise NotImplementedError("a plan's gate opens at 0")
        return self.each("gate", gradient, x)


def transposed(writer, x, *dims):
    if dims not in ((), (-2, -1)):
        raise NotImplementedError(f"a plan turns no dimensions {dims}")
    return Array(x.place, x.shape[::-1], x.strides[::-1])


def viewed(writer, x, shape):
    if not x.whole:
        raise NotImplementedError("a view of what is not in one piece")
    return Array(x.place, tuple(shape), in_one_piece(shape))


def squeezed(writer, x, dim):
    at = dim % len(x.shape)
    return viewed(writer, x, (*x.shape[:at], *x.shape[at + 1 :])) if x.shape[at] == 1 else x


def expanded(writer, x, shape):
    if not isinstance(x, Factor):
        raise NotImplementedError("a plan repeats no array")
    return x


IGNORED = {"pin_memory", "memory_format"}  # how PyTorch keeps an array
OPERATIONS = {
    aten.t.default: transposed,
    aten.transpose.int: transposed,
    aten.squeeze.dim: squeezed,
    aten.addmm.default: Writer.layer,
    aten.mm.default: Writer.product,
    aten.relu.default: lambda writer, x: writer.each("relu", x),
    aten.threshold_backward.default: Writer.threshold,
    aten.sub.Tensor: lambda writer, x, y: writer.each("sub", x, y),
    aten.add.Tensor: lambda writer, x, y: writer.each("add", x, y),
    aten.addcmul.default: Writer.plus_times,
    aten.mul.Tensor: Writer.times,
    aten.mul.Scalar: lambda writer, x, number: writer.times(x, Factor(number)),
    aten.pow.Tensor_Scalar: Writer.power,
    aten.sum.default: Writer.total,
    aten.sum.dim_IntList: Writer.sum_of_columns,
    aten.ones_like.default: lambda writer, x: Factor(1.0),
    aten.expand.default: expanded,
    aten.unsqueeze.default: expanded,
}


def plan(net):
    """What `planned.js` needs to train and to ask the network: plain lists and numbers.

    Raises NotImplementedError where the step needs an operation that is not in `OPERATIONS`, or its state
    cannot change in place.
    """
    if net.streams or net.gradients:
        raise NotImplementedError(f"a plan draws nothing and tells no gradients; {CURE}")
    rooms, state = [], carried(net)
    step = Writer(trace(net), rooms)
    named = {name: step.array(*value.shape) for name, value in (state | taken(net)).items()}
    *after, loss = step.run(*named.values(), *(Factor(1.0, name) for name in settings(net)))
    changes = {new.place: named[name].place for name, new in zip(state, after, strict=True)}
    if len(changes) < len(state):
        raise NotImplementedError(f"two parts of a plan's state become one; {CURE}")
    tasks = in_groups(step.tasks, changes)
    check_look(tasks, loss.place, changes)

    answer = Writer(answering(net), rooms)
    grid = answer.array(ROWS, net.recipe.network.layers[0].inputs)
    out = answer.run(grid, *[named[name] for name in state][: len(begun(net)[0])])
    kept = {a.place for a in (*named.values(), loss, grid, out)}
    groups, answers = grouped(settled(tasks, changes), kept), grouped(answer.tasks, kept)
    used = {place for group in (*groups, *answers) for t in group["tasks"] for place in t["arrays"]}
    return {
        "rooms": [room if place in used else 0 for place, room in enumerate(rooms)],
        "named": {name: [a.place, prod(a.shape)] for name, a in named.items()},
        "step": {"groups": groups, "loss": loss.place},
        "answer": {"groups": answers, "in": grid.place, "out": out.place, "rows": ROWS},
    }


def check_look(tasks, loss, changes):
    """Raises NotImplementedError unless the loss is there before the state changes: so far a look goes."""
    written = [task["arrays"][-1] for task in tasks]
    if set(written[: written.index(loss)]) & set(changes):
        raise NotImplementedError(f"a plan's loss comes before its state changes; {CURE}")


def answering(net):
    """What a network says to ROWS inputs, as a GraphModule: (inputs, *parameters) -> outputs."""
    network, (parameters, _) = net.recipe.network, begun(net)

    def answers(x, *values):
        return network.apply(dict(zip(parameters, values, strict=True)), x)[0]

    asked = torch.rand(ROWS, network.layers[0].inputs)
    module = make_fx(answers)(asked, *parameters.values())
    join(module)
    return module
