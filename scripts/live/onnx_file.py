"""A traced step as an ONNX file: K steps in one call, K chosen by the caller."""

import contextlib
import io
import logging
import warnings

import torch
from torch._higher_order_ops.scan import scan
from torch.export import Dim

from scripts.live.trace import SETTINGS, Given, trace


class Run(torch.nn.Module):
    """K steps, then a look at the network.

    Inputs: the settings, ticks (K,), x and y (points, ...), grid, parameters, momentum buffers.
    Outputs: the loss before each step (K,), the network's values on the grid, parameters, buffers and,
    if asked for, the gradients of the last step. One step with lr 0 whose state is thrown away is a
    look without a step.
    """

    def __init__(self, network, step, gradients):
        super().__init__()
        self.step, self.network = step, [network]  # in a list: its own weights are not exported
        self.count, self.gradients = len(list(network.parameters())), gradients

    def forward(self, lr, momentum, weight_decay, ticks, x, y, grid, *state):
        n = self.count

        def one(carry, _):
            loss, *out = self.step(lr, momentum, weight_decay, x, y, *carry[: 2 * n])
            out = out[n:] + out[:n] if self.gradients else out[n:]
            return [
                o.clone() for o in out
            ], loss.clone()  # a scan's outputs may not alias its inputs

        start = [*state, *map(torch.zeros_like, state[:n])] if self.gradients else list(state)
        carry, losses = scan(one, start, ticks)
        return losses, Given(self.network[0], carry[:n])(grid), *carry


def names_of(network, gradients):
    """The ONNX inputs' and outputs' names, in order."""
    named = [name.replace(".", "_") for name, _ in network.named_parameters()]
    buffers = [f"{name}_momentum" for name in named]
    inputs = [*SETTINGS, "ticks", "x", "y", "grid", *named, *buffers]
    outputs = ["losses", "values", *(f"{name}_after" for name in (*named, *buffers))]
    return inputs, outputs + [f"{name}_gradient" for name in named if gradients]


def onnx_bytes(network, points, gradients=False):
    """The network's training on so many points as ONNX: equal bytes for equal code."""
    inputs_wide = next(network.parameters()).shape[1]
    x, y, grid = torch.rand(points, inputs_wide), torch.rand(points, 1), torch.rand(5, inputs_wide)
    state = [p.detach().clone() for p in network.parameters()]
    state += [torch.zeros_like(p) for p in state]
    settings = [torch.tensor(0.5) for _ in SETTINGS]
    inputs, outputs = names_of(network, gradients)
    free = {0: Dim.DYNAMIC}
    with quiet():
        run = Run(network, trace(network, x, y), gradients)
        program = torch.onnx.export(
            run,
            (*settings, torch.zeros(3), x, y, grid, *state),
            input_names=inputs,
            output_names=outputs,
            dynamic_shapes=(None, None, None, free, None, None, free, (None,) * len(state)),
            dynamo=True,
            verbose=False,
        )
    model = program.model_proto
    strip(model)
    return model.SerializeToString(deterministic=True)


@contextlib.contextmanager
def quiet():
    """The exporter talks a lot, on every channel, of what goes well; and one step needs no bar."""
    nowhere = io.StringIO()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        warnings.simplefilter("ignore")
        level = logging.root.manager.disable
        logging.disable(logging.WARNING)
        try:
            yield
        finally:
            logging.disable(level)


def strip(model):
    """Drop what names source files and stack traces: most of the file, and of no use."""
    model.doc_string = model.producer_version = ""
    del model.metadata_props[:]
    graphs = [model.graph, *model.functions]
    while graphs:
        graph = graphs.pop()
        graph.doc_string = ""
        del graph.metadata_props[:]
        for value in graph.value_info:
            value.doc_string = ""
            del value.metadata_props[:]
        for node in graph.node:
            node.doc_string = ""
            del node.metadata_props[:]
            graphs += [a.g for a in node.attribute if a.HasField("g")]
