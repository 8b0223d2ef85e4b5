"""One network's step as a graph: what the page's exporter starts from."""

import by_hand  # noqa: F401  first: shapes are checked from here on
import pytest
import torch
from torch.fx.experimental.proxy_tensor import make_fx

from demos.core.engine import losses, parts
from demos.core.engine.chance import Dice, numbers
from demos.core.engine.network import mlp, one_of
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.recipe import Batch, Recipe
from demos.core.engine.train import settings

dice = torch.Generator().manual_seed(3)
X, Y = torch.randn(3, 6, 2, generator=dice), torch.randn(3, 6, 1, generator=dice)
NAMES = "lr", "momentum", "dropout", "input_noise", "l2", "clip", "decay", "l1"


@pytest.mark.parametrize("optimizer", [Sgd("momentum"), Adam()])
def test_a_step_of_one_network_is_a_graph_whose_settings_are_inputs(optimizer):
    """Traced once, it follows the step itself with other settings, other coins, other points."""
    chosen = (parts.InputNoise(), parts.L2(), parts.Clip(), parts.Decay(), parts.ProximalL1())
    network = mlp((2, 5, 4, 1), dropout="dropout")
    recipe = Recipe(network, losses.squared_error, optimizer, chosen, mean=False)
    hyper = settings(dict.fromkeys(NAMES, 0.1), 1)
    parameters = one_of(network.start([4])[0], 0)
    state = recipe.state(parameters)
    throws = Dice(recipe.draws(X[0], Y[0], hyper), [4], hyper)
    first = Batch(X[0], Y[0], one_of(numbers(next(throws)), 0))
    graph = make_fx(lambda *given: recipe.step(*given))(parameters, state, first, hyper)
    kinds = {
        str(node.target).split(".")[0] for node in graph.graph.nodes if node.op == "call_function"
    }
    assert kinds == {"aten"}
    assert not any("bmm" in str(node.target) for node in graph.graph.nodes)  # nothing to unstack
    mine = theirs = parameters, state
    for step in range(3):
        hyper = {name: torch.tensor(0.02 * (step + 1), dtype=torch.float64) for name in NAMES}
        batch = Batch(X[step], Y[step], one_of(numbers(next(throws)), 0))
        *mine, loss = graph(*mine, batch, hyper)
        *theirs, same = recipe.step(*theirs, batch, hyper)
        torch.testing.assert_close(loss, same)
        for name, value in theirs[0].items():
            torch.testing.assert_close(mine[0][name], value)
    assert not torch.equal(mine[0]["0.weight"], parameters["0.weight"])
