"""A training step of a demo as a graph whose settings are inputs.

The demo's own `training.train` runs once, on proxies, with settings no one would choose; wherever one of
them turns up in the graph, an input takes its place. Nothing of the step is written a second time. The
dropout demo's examples are made in the graph too, by its own `draw_examples`: what chance decides comes in.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

import torch
from torch.func import functional_call
from torch.fx.experimental.proxy_tensor import make_fx
from torch.overrides import TorchFunctionMode

from demos.core import training
from demos.dropout.compute import BATCH, WIDTHS, Signals, draw_examples

# no float of a demo equals one of these by chance, and float32 holds each exactly
MARKS = {
    "lr": 2**-7 + 2**-20,
    "momentum": 2**-5 + 2**-19,
    "weight_decay": 2**-4 + 2**-18,
    "keep": 1 - 2**-3 - 2**-17,  # 1 minus the dropout probability: what nn.Dropout computes with
    "missing": 2**-6 + 2**-16,
    "loud": 2 + 2**-15,
}
SGD = ("lr", "momentum", "weight_decay")  # each acts once on each parameter
aten = torch.ops.aten
AS_TENSOR = {
    aten.ge.Scalar: aten.ge.Tensor,
    aten.mul.Scalar: aten.mul.Tensor,
    aten.mul_.Scalar: aten.mul_.Tensor,
    aten.div.Scalar: aten.div.Tensor,
    aten.div_.Scalar: aten.div.Tensor,  # in place it would count as alive
}


class Given:
    """A network that takes its parameters from a list: what `training.train` asks of one."""

    def __init__(self, network, values):
        self.network, self.values = network, values
        self.names = [name for name, _ in network.named_parameters()]

    def __call__(self, x):
        return functional_call(self.network, dict(zip(self.names, self.values, strict=True)), (x,))

    def parameters(self):
        return self.values


@dataclass(frozen=True)
class Batch:
    """What a step trains on. `make(*given)` -> x, y; `shapes`: of what it is given; `drawn`: in each step.

    `settings`: the inputs it needs besides SGD's, with how often each turns up in the graph (None: it
    comes as a tensor). `coins`: shapes of the uniform numbers that decide over hidden units.
    """

    make: Callable
    shapes: dict
    drawn: bool = False
    settings: dict | None = None
    coins: tuple = ()


def whole(points):
    """All points in every step."""
    return Batch(lambda x, y: (x, y), {"x": (points, 1), "y": (points, 1)})


def two_signals(signal, present, leak):
    """The dropout demo's batch from uniform numbers: signal (B, 1), present (B, 2); leak: 0 or 1."""
    ways = []
    for leaky in (False, True):
        signals = Signals(loud=MARKS["loud"], missing=MARKS["missing"], leak=leaky)
        with Dealt([signal.clone(), present]):
            ways.append(draw_examples(signals, len(signal), None))
    (x, copied), (_, leaked) = ways
    return x, torch.where(leak > 0.5, leaked, copied)


SIGNALS = Batch(
    two_signals,
    {"signal": (BATCH, 1), "present": (BATCH, 2)},
    drawn=True,
    settings={
        "keep": 8,
        "missing": 2,
        "loud": 2,
        "leak": None,
    },  # 8: `train` looks again at the end
    coins=tuple((BATCH, units) for units in WIDTHS[1:-1]),
)


class Losses(list):
    """What `StayApart` gives for stacked tensors."""

    def numpy(self):
        return self


class StayApart(TorchFunctionMode):
    """Inside, `torch.stack(tensors).numpy()` gives the tensors themselves: each can be left unused."""

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function is torch.stack:
            return Losses(args[0])
        return function(*args, **(kwargs or {}))


class Dealt(TorchFunctionMode):
    """Inside, `torch.rand` gives these tensors in turn, and `torch.randn` nothing but zeros."""

    def __init__(self, uniform):
        super().__init__()
        self.uniform = list(uniform)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function is torch.rand:
            return self.uniform.pop(0)
        if function is torch.randn:
            return torch.zeros(*args)
        return function(*args, **(kwargs or {}))


def one_step(network, batch):
    """f(*given, *parameters, *buffers): one step of `training.train`; given: the batch's.

    Returns the loss before it, the loss's gradients, the parameters and the momentum buffers after.
    """
    marked = training.Settings(**{name: MARKS[name] for name in SGD}, steps=1)
    count = len(list(network.parameters()))

    def step(*given):
        given, state = given[: -2 * count], given[-2 * count :]
        x, y = batch.make(*given)
        values = [p.detach().clone().requires_grad_() for p in state[:count]]
        model = Given(network, values)
        optimizer = training.sgd(model, marked)
        for value, buffer in zip(values, state[count:], strict=True):
            optimizer.state[value]["momentum_buffer"] = buffer.clone()
        losses = training.train(model, x, y, marked, optimizer)
        gradients = [p.grad for p in values]
        buffers = [optimizer.state[p]["momentum_buffer"] for p in values]
        return losses[0], *gradients, *(p.detach() for p in values), *buffers

    return step


def trace(network, batch):
    """The step as a GraphModule: (*settings, *coins, *what the batch is given, *parameters, *buffers)."""
    state = [p.detach().clone() for p in network.parameters()]
    state += [torch.zeros_like(p) for p in state]
    given = [torch.rand(shape) for shape in batch.shapes.values()]
    own = batch.settings or {}
    given += [torch.tensor(0.0) for hits in own.values() if hits is None]
    with StayApart():
        module = make_fx(one_step(network, batch))(*given, *state)
    remove_hooks(module.graph)
    expected = dict.fromkeys(SGD, len(state) // 2)
    expected |= {name: hits for name, hits in own.items() if hits}
    hits = settings_to_inputs(module.graph, expected, len(batch.coins))
    if hits != expected:
        raise AssertionError(f"each setting acts so often: {expected}, but {dict(hits)}")
    module.graph.eliminate_dead_code()
    module.graph.lint()
    module.recompile()
    return module


def remove_hooks(graph):
    """Drop the profiler's marks that torch.optim leaves: they have effects, so they count as alive."""
    for node in reversed(graph.nodes):
        if node.op == "call_function" and "_record_function" in str(node.target):
            graph.erase_node(node)


def settings_to_inputs(graph, names, coins=0):
    """Replace the marked floats by new inputs, and tossed coins by comparing with `coins` further inputs.

    Returns how often each was met.
    """
    with graph.inserting_before(next(iter(graph.nodes))):
        inputs = {name: graph.placeholder(name) for name in names}
        tossed = cycle([graph.placeholder(f"coins_{n}") for n in range(coins)])
    hits = Counter()

    def found(value):
        """(input's name, sign) of a marked float, or None."""
        if isinstance(value, float):
            for name in names:
                if abs(value) == MARKS[name]:
                    hits[name] += 1
                    return name, value > 0
        return None

    for node in list(graph.nodes):
        if node.op != "call_function":
            continue
        if setting := found(node.kwargs.get("alpha")):  # a + alpha * b
            name, positive = setting
            with graph.inserting_before(node):
                factor = inputs[name]
                if not positive:  # the number, not the million products, gets the minus
                    factor = graph.call_function(aten.neg.default, (factor,))
                scaled = graph.call_function(aten.mul.Tensor, (node.args[1], factor))
            node.args = (node.args[0], scaled)
            node.kwargs = {key: value for key, value in node.kwargs.items() if key != "alpha"}
        for place, value in enumerate(node.args):
            if setting := found(value):
                name, positive = setting
                if not positive:
                    raise AssertionError(f"{name} with a minus in {node.format_node()}")
                node.update_arg(place, inputs[name])
                node.target = AS_TENSOR.get(node.target, node.target)
        if node.target is aten.bernoulli_.float:
            compare(graph, node, next(tossed), inputs["keep"])
    return hits


def compare(graph, node, uniform, keep):
    """A coin that falls with probability `keep` is a uniform number below it."""
    with graph.inserting_before(node):
        below = graph.call_function(aten.lt.Tensor, (uniform, keep))
        kept = graph.call_function(aten._to_copy.default, (below,), {"dtype": torch.float32})
    node.replace_all_uses_with(kept)
    graph.erase_node(node)
