"""A net's training as an ONNX file: K steps in one call, K chosen by the caller.

The traced step is exported by PyTorch and becomes the body of an ONNX `Scan`; what the network answers
afterwards, exported too, stands behind it.
"""

import contextlib
import io
import logging
import warnings

import torch
from onnx import TensorProto, compose, helper
from torch.export import Dim
from torch.fx.experimental.proxy_tensor import make_fx

from scripts.live.trace import begun, carried, settings, taken, trace, undotted

TICKS = "ticks"  # (K,): how many steps, where a batch is the same in each


def onnx_bytes(net):
    """A net's training as ONNX: equal bytes for equal code.

    Inputs: settings; what the batch is made of, with a first axis of K where it is drawn anew each step,
    else `ticks` (K,) says how many; grid, parameters, what the optimizer keeps.
    Outputs: `losses` before each step (K,); `values` on the grid, parameters and what is kept, all after
    the last; and, where the net says so, the gradients of the loss then. One step at rest whose state is
    thrown away is a look without a step.
    """
    with quiet():
        step, answers = exported_step(net), exported_answers(net)
    if list(step.opset_import) != list(answers.opset_import):
        raise AssertionError("two exports of two opsets")
    state, scanned = carried(net), scans(net)
    scan = helper.make_node(
        "Scan",
        [*state, *scanned],
        [*(f"{name}_after" for name in state), "losses"],
        body=body(step.graph, len(state), scanned),
        num_scan_inputs=len(scanned),
    )
    nodes, kept = [scan, *answers.graph.node], answers.graph.initializer
    graph = helper.make_graph(nodes, "training", inputs(net), outputs(net), kept)
    model = helper.make_model(
        graph, opset_imports=step.opset_import, ir_version=step.ir_version, functions=[]
    )
    strip(model)
    return model.SerializeToString(deterministic=True)


def scans(net):
    """What each step gets a piece of: {name: the piece's shape}."""
    drawn = {name: shape for name, shape in net.takes.items() if name not in net.given}
    return drawn or {TICKS: ()}


def exported_step(net):
    """The step alone, its inputs and outputs as `body` wants them."""
    state, batch, told = carried(net), taken(net), settings(net)
    now = [f"{name}_now" for name in state]
    pieces = [name if name in net.given else f"{name}_now" for name in batch]
    return exported(
        trace(net),
        [*state.values(), *batch.values(), *told.values()],
        [*now, *pieces, *told],
        [*(f"{name}_next" for name in state), "loss"],
    )


def body(graph, count, scanned):
    """A step's graph as that of a Scan: state and pieces come in, all else is seen from outside."""
    found = {value.name: value for value in graph.input}
    pieces = [f"{name}_now" for name in scanned]
    tick = helper.make_tensor_value_info(f"{TICKS}_now", TensorProto.FLOAT, [])
    own = [*graph.input[:count], *(found.get(name, tick) for name in pieces)]
    return helper.make_graph(graph.node, "step", own, graph.output, graph.initializer)


class Answers(torch.nn.Module):
    """From the state after: what a network says on a grid and, where asked for, gradients of its loss."""

    def __init__(self, net):
        super().__init__()
        self.network, (self.parameters_of, _) = net.recipe.network, begun(net)
        self.slopes = gradients(net) if net.gradients else None

    def forward(self, grid, *given):
        parameters = dict(zip(self.parameters_of, given, strict=False))
        values, _ = self.network.apply(parameters, grid)
        return values, *(self.slopes(*given) if self.slopes else ())


def gradients(net):
    """The gradients of the loss as a GraphModule: (*parameters, *what a batch is given) -> as many.

    Raises ValueError where a batch is drawn: then there is no one loss.
    """
    if net.streams:
        raise ValueError(f"{net.name}: gradients of a loss that is drawn anew each step")
    parameters, _ = begun(net)
    batch, told = taken(net), settings(net)

    def slopes(*flat):
        now = dict(zip(parameters, flat, strict=False))
        given = net.batch(dict(zip(batch, flat[len(now) :], strict=True)), told)
        return [*net.recipe.gradients(now, {}, given, told)[0].values()]

    return make_fx(slopes)(*parameters.values(), *batch.values())


def exported_answers(net):
    """`Answers` alone, what is inside under names of its own."""
    parameters, _ = begun(net)
    names = [undotted(name) for name in parameters]
    given, called = [*parameters.values()], [f"{name}_after" for name in names]
    if net.gradients:
        batch = taken(net)
        given, called = [*given, *batch.values()], [*called, *batch]
    grid = torch.rand(5, given[0].shape[1])
    model = exported(
        Answers(net).eval(),
        [grid, *given],
        ["grid", *called],
        ["values", *(f"{name}_gradient" for name in names if net.gradients)],
        ({0: Dim.DYNAMIC}, tuple(None for _ in given)),
    )
    return compose.add_prefix(model, "asked_", rename_inputs=False, rename_outputs=False)


def exported(module, given, inputs, outputs, free=None):
    """A module as PyTorch exports it. free: which axes of what it is given may change."""
    return torch.onnx.export(
        module,
        tuple(given),
        input_names=inputs,
        output_names=outputs,
        dynamic_shapes=free,
        dynamo=True,
        verbose=False,
    ).model_proto


def inputs(net):
    """The file's inputs."""
    state, told = carried(net), settings(net)
    rows = ["rows", next(iter(state.values())).shape[1]]
    shapes = dict.fromkeys(told, ())
    shapes |= {name: ("steps", *piece) for name, piece in scans(net).items()} | net.given
    shapes |= {"grid": rows} | {name: value.shape for name, value in state.items()}
    return [described(name, shape) for name, shape in shapes.items()]


def outputs(net):
    """The file's outputs."""
    state, (parameters, _) = carried(net), begun(net)
    answers = [*parameters.values()][-1].shape[0]  # numbers a row: the last layer's biases
    shapes = {"losses": ("steps",), "values": ("rows", answers)}
    shapes |= {f"{name}_after": value.shape for name, value in state.items()}
    if net.gradients:
        shapes |= {f"{undotted(name)}_gradient": value.shape for name, value in parameters.items()}
    return [described(name, shape) for name, shape in shapes.items()]


def described(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape])


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
