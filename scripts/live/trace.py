"""One training step of a net as a graph: `Recipe.step`, in which settings and chance are inputs.

`make_fx` writes down what PyTorch does, gradients too. (`torch.export` of such a step turns the gradients
into constants, without an error.)
"""

import torch
from torch.fx.experimental.proxy_tensor import make_fx

from demos.core.engine.network import one_of
from demos.core.engine.recipe import State


class Settings(dict):
    """What a step is told, by name."""

    def __missing__(self, name):
        raise ValueError(f"the step asks for the setting {name!r}: say in `rest` where it rests")


def begun(net):
    """What a net's steps carry, as the recipe has it: parameters, {name: tensor}; what the optimizer keeps.

    Raises NotImplementedError where a step carries more than that.
    """
    parameters, buffers = (one_of(each, 0) for each in net.recipe.network.start([0]))
    state = net.recipe.state(parameters, buffers)
    if state.buffers or state.average:
        raise NotImplementedError(f"{net.name}: the page keeps no running averages")
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
    return Settings({name: torch.tensor(value) for name, value in net.rest.items()})


def one_step(net):
    """f(count, *carried, *taken, *settings) -> (*carried, the loss before the step)."""
    parameters, kept = begun(net)
    net.recipe.network.is_stacked(parameters)  # it makes a module once: not while we trace

    def step(count, *flat):
        flat = iter(flat)

        def like(names):
            return {name: next(flat) for name in names}

        now, held = like(parameters), {what: like(values) for what, values in kept.items()}
        given, hyper = like(net.takes), Settings(like(net.rest))
        batch = net.batch(given, hyper)
        after, state, loss = net.recipe.step(now, State(count, held, {}, {}), batch, hyper)
        held = [value for values in state.kept.values() for value in values.values()]
        return *after.values(), *held, loss

    return step


def trace(net):
    """The step as a GraphModule: (*carried, *taken, *settings) -> (*carried, the loss before the step).

    Raises ValueError where the batch gives less than the recipe asks for, or a setting or number does
    nothing; NotImplementedError for what the page cannot keep.
    """
    check_draws(net)
    inputs = {"count": torch.zeros((), dtype=torch.float64)}
    inputs |= carried(net) | taken(net) | settings(net)
    module = make_fx(one_step(net))(*inputs.values())
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


def check_draws(net):
    """Raises ValueError unless a batch brings all that the recipe leaves to chance, in its shape."""
    hyper = settings(net)
    batch = net.batch(taken(net), hyper)
    brought = {name: tuple(numbers.shape) for name, numbers in batch.draws.items()}
    asked = {n: draw.shape for n, draw in net.recipe.draws(batch.x, batch.y, hyper).items()}
    if brought != asked:
        raise ValueError(f"{net.name}: a step asks chance for {asked}, its batch brings {brought}")
