"""One training step of a net as a graph: `Recipe.step`, in which settings and chance are inputs.

`make_fx` writes down what PyTorch does, gradients too. (`torch.export` of such a step turns the gradients
into constants, without an error.)
"""

from contextlib import contextmanager

import torch
from torch.fx import subgraph_rewriter
from torch.fx.experimental.proxy_tensor import make_fx

from demos.core.engine.network import one_of
from demos.core.engine.recipe import State

aten = torch.ops.aten


def begun(net):
    """What a net's steps carry, as the recipe has it: parameters, {name: tensor}; what the optimizer keeps.

    Raises NotImplementedError where a step carries more than that.
    """
    parameters, buffers = (one_of(each, 0) for each in net.recipe.network.start([0]))
    state = net.recipe.state(parameters, buffers)
    if state.buffers or state.average:
        raise NotImplementedError(f"{net.name}: the page keeps no running averages")
    net.recipe.network.is_stacked(parameters)  # asked once, it makes a module: not while we trace
    return parameters, state.kept


def carried(net):
    """The same by the names that files and the page have for it: {name: tensor}, parameters first."""
    parameters, kept = begun(net)
    named = {undotted(name): value for name, value in parameters.items()}
    for what, values in kept.items():
        named |= {f"{undotted(name)}_{what}": value for name, value in values.items()}
    return named


def undotted(name):
    """A parameter's name without dots: 0_weight."""
    return name.replace(".", "_")


def taken(net):
    """Numbers of the shapes that a batch is made of: {name: tensor}."""
    return {name: torch.full(shape, 0.5) for name, shape in net.takes.items()}


def settings(net):
    """Settings of a step: {name: tensor ()}, each at rest."""
    return {name: torch.tensor(value) for name, value in net.rest.items()}


def one_step(net):
    """f(count, *carried, *taken, *settings) -> (*carried, the loss before the step)."""
    parameters, kept = begun(net)

    def step(count, *flat):
        flat = iter(flat)

        def like(names):
            return {name: next(flat) for name in names}

        now, held = like(parameters), {what: like(values) for what, values in kept.items()}
        given, hyper = like(net.takes), like(net.rest)
        batch = net.batch(given, hyper)
        after, state, loss = net.recipe.step(now, State(count, held, {}, {}), batch, hyper)
        held = [state.kept[what][name] for what, values in kept.items() for name in values]
        return *(after[name] for name in parameters), *held, loss

    return step


def trace(net):
    """The step as a GraphModule: (*carried, *taken, *settings) -> (*carried, the loss before the step).

    Raises ValueError where the batch gives less than the recipe asks for, or a setting or number does
    nothing; NotImplementedError for what the page cannot keep.
    """
    inputs = {"count": torch.zeros((), dtype=torch.float64)}
    inputs |= carried(net) | taken(net) | settings(net)
    with complete(net):
        check_draws(net)
        module = make_fx(one_step(net))(*inputs.values())
    join(module)
    module.graph.eliminate_dead_code()
    places = [node for node in module.graph.nodes if node.op == "placeholder"]
    if places[0].users:
        raise NotImplementedError(
            f"{net.name}: the page does not count steps, as its optimizer does"
        )
    module.graph.erase_node(places[0])
    for name, place in zip([*inputs][1:], places[1:], strict=True):
        if not place.users:
            raise ValueError(f"{net.name}: {name} does nothing in a step: leave it out")
    module.graph.lint()
    module.recompile()
    return module


def join(module):
    """A product and its bias become one operation, a sum over rows and columns too: the page is quicker."""
    for apart, together in ((product_then_bias, layer), (rows_then_columns, total)):
        subgraph_rewriter.replace_pattern_with_filters(module, apart, together, [is_table])


def product_then_bias(x, weights, bias):
    return aten.add.Tensor(aten.mm.default(x, weights), aten.unsqueeze.default(bias, -2))


def layer(x, weights, bias):
    return aten.addmm.default(bias, x, weights)


def rows_then_columns(x):
    return aten.sum.dim_IntList(aten.sum.dim_IntList(x, [-1]), [-1])


def total(x):
    return aten.sum.default(x)


def is_table(match, *_):
    """Whether what comes in first has two dimensions."""
    x, *_ = match.placeholder_nodes
    return len(x.meta["tensor_meta"].shape) == 2


@contextmanager
def complete(net):
    """Raises ValueError for a name that a step asks for and the net does not have."""
    try:
        yield
    except KeyError as error:
        where = "rest, given or streams"
        raise ValueError(
            f"{net.name}: a step asks for {error}: say in {where} what it is"
        ) from None


def check_draws(net):
    """Raises ValueError unless a batch brings all that the recipe leaves to chance, in its shape."""
    hyper = settings(net)
    batch = net.batch(taken(net), hyper)
    brought = {name: tuple(numbers.shape) for name, numbers in batch.draws.items()}
    asked = {n: draw.shape for n, draw in net.recipe.draws(batch.x, batch.y, hyper).items()}
    if brought != asked:
        raise ValueError(f"{net.name}: a step asks chance for {asked}, its batch brings {brought}")
