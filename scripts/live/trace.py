"""A training step of a demo as a graph whose settings are inputs.

The demo's own `training.train` runs once, on proxies, with settings no one would choose; wherever one of
them turns up in the graph, an input takes its place. Nothing of the step is written a second time.
"""

from collections import Counter

import torch
from torch.func import functional_call
from torch.fx.experimental.proxy_tensor import make_fx
from torch.overrides import TorchFunctionMode

from demos import training

SETTINGS = ("lr", "momentum", "weight_decay")
# no float of a demo equals one of these by chance, and float32 holds each exactly
MARKS = dict(zip(SETTINGS, (2**-7 + 2**-20, 2**-5 + 2**-19, 2**-4 + 2**-18), strict=True))
aten = torch.ops.aten
AS_TENSOR = {
    aten.mul.Scalar: aten.mul.Tensor,
    aten.mul_.Scalar: aten.mul_.Tensor,
    aten.div.Scalar: aten.div.Tensor,
    aten.div_.Scalar: aten.div_.Tensor,
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


def one_step(network):
    """f(x, y, *parameters, *buffers): one step of `training.train`.

    Returns the loss before it, the loss's gradients, the parameters and the momentum buffers after.
    """
    marked = training.Settings(**MARKS, steps=1)

    def step(x, y, *state):
        half = len(state) // 2
        values = [p.detach().clone().requires_grad_() for p in state[:half]]
        given = Given(network, values)
        optimizer = training.sgd(given, marked)
        for value, buffer in zip(values, state[half:], strict=True):
            optimizer.state[value]["momentum_buffer"] = buffer.clone()
        losses = training.train(given, x, y, marked, optimizer)
        gradients = [p.grad for p in values]
        buffers = [optimizer.state[p]["momentum_buffer"] for p in values]
        return losses[0], *gradients, *(p.detach() for p in values), *buffers

    return step


def trace(network, x, y):
    """The step as a GraphModule: (lr, momentum, weight_decay, x, y, *parameters, *buffers)."""
    state = [p.detach().clone() for p in network.parameters()]
    state += [torch.zeros_like(p) for p in state]
    with StayApart():
        module = make_fx(one_step(network))(x, y, *state)
    remove_hooks(module.graph)
    hits = settings_to_inputs(module.graph)
    expected = dict.fromkeys(SETTINGS, len(state) // 2)
    if hits != expected:
        raise AssertionError(f"each setting acts once on each parameter, but {dict(hits)}")
    module.graph.eliminate_dead_code()
    module.graph.lint()
    module.recompile()
    return module


def remove_hooks(graph):
    """Drop the profiler's marks that torch.optim leaves: they have effects, so they count as alive."""
    for node in reversed(graph.nodes):
        if node.op == "call_function" and "_record_function" in str(node.target):
            graph.erase_node(node)


def settings_to_inputs(graph):
    """Replace the marked floats by new inputs. Returns how often each was met."""
    with graph.inserting_before(next(iter(graph.nodes))):
        inputs = {name: graph.placeholder(name) for name in SETTINGS}
    hits = Counter()

    def found(value):
        """(input's name, sign) of a marked float, or None."""
        if isinstance(value, float):
            for name, mark in MARKS.items():
                if abs(value) == mark:
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
    return hits
