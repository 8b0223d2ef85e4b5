"""A traced step as an ONNX file: K steps in one call, K chosen by the caller."""

import contextlib
import io
import logging
import warnings

import torch
from torch._higher_order_ops.scan import scan
from torch.export import Dim

from scripts.live.trace import SGD, Given, trace


class Run(torch.nn.Module):
    """K steps, then a look at the network.

    Inputs: SGD's settings and the batch's; what the batch is made of, with a first axis of K where it is
    drawn anew each step, else `ticks` (K,) say how many; grid, parameters, momentum buffers.
    Outputs: the loss before each step (K,), the network's values on the grid, parameters, buffers and,
    if asked for, the gradients of the last step. One step with lr 0 whose state is thrown away is a
    look without a step.
    """

    def __init__(self, network, batch, gradients):
        super().__init__()
        self.step, self.network = trace(network, batch), [network]  # a list: no weight is exported
        self.batch, self.gradients = batch, gradients
        self.count = len(list(network.parameters()))
        network.eval()  # how it answers

    def forward(self, *inputs):
        n, batch = self.count, self.batch
        settings = len(SGD) + len(batch.settings or ())
        settings, rest = inputs[:settings], inputs[settings:]
        rest, state = rest[: -2 * n], rest[-2 * n :]
        *given, grid = rest
        asked = sum(hits is None for hits in (batch.settings or {}).values())
        marked, tensors = settings[: len(settings) - asked], settings[len(settings) - asked :]
        drawn, fixed = (given, []) if batch.drawn else (given[:1], given[1:])

        def one(carry, now):
            now = now if batch.drawn else fixed
            loss, *out = self.step(*marked, *now, *tensors, *carry[: 2 * n])
            out = out[n:] + out[:n] if self.gradients else out[n:]
            return [
                o.clone() for o in out
            ], loss.clone()  # a scan's outputs may not alias its inputs

        start = [*state, *map(torch.zeros_like, state[:n])] if self.gradients else list(state)
        carry, losses = scan(one, start, drawn)
        return losses, Given(self.network[0], carry[:n])(grid), *carry


def names_of(network, batch, gradients):
    """The ONNX inputs' and outputs' names, in order."""
    named = [name.replace(".", "_") for name, _ in network.named_parameters()]
    buffers = [f"{name}_momentum" for name in named]
    inputs = [*SGD, *(batch.settings or ()), *given_names(batch), "grid", *named, *buffers]
    outputs = ["losses", "values", *(f"{name}_after" for name in (*named, *buffers))]
    return inputs, outputs + [f"{name}_gradient" for name in named if gradients]


def given_names(batch):
    """Inputs that a batch is made of: a fixed one is repeated for each tick."""
    coins = [f"coins_{n}" for n, _ in enumerate(batch.coins)]
    return [*coins, *batch.shapes] if batch.drawn else ["ticks", *batch.shapes]


def examples(network, batch):
    """Inputs of the right shapes for K = 3, and which of their axes may change."""
    width = next(network.parameters()).shape[1]
    state = [p.detach().clone() for p in network.parameters()]
    state += [torch.zeros_like(p) for p in state]
    settings = [torch.tensor(0.5) for _ in (*SGD, *(batch.settings or ()))]
    free, shapes = {0: Dim.DYNAMIC}, [*batch.coins, *batch.shapes.values()]
    if batch.drawn:
        given, axes = [torch.rand(3, *shape) for shape in shapes], [free] * len(shapes)
    else:
        given = [torch.zeros(3), *(torch.rand(shape) for shape in shapes)]
        axes = [free] + [None] * len(shapes)
    inputs = (*settings, *given, torch.rand(5, width), *state)
    return inputs, (*[None] * len(settings), *axes, free, *[None] * len(state))


def onnx_bytes(network, batch, gradients=False):
    """The network's training on such batches as ONNX: equal bytes for equal code."""
    inputs, outputs = names_of(network, batch, gradients)
    given, free = examples(network, batch)
    with quiet():
        run = Run(network.train(), batch, gradients)
        program = torch.onnx.export(
            run,
            given,
            input_names=inputs,
            output_names=outputs,
            dynamic_shapes=(free,),
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
