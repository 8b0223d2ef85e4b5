"""What the engine is held to: torch.nn and torch.optim, one network at a time, in float64.

Imported first by every test of the engine: from here on, shapes are checked at run time.
"""

from jaxtyping import install_import_hook

install_import_hook("demos.core.engine", "beartype.beartype")

from torch import nn  # noqa: E402

from demos.core.engine.chance import Dice, numbers  # noqa: E402
from demos.core.engine.network import one_of  # noqa: E402
from demos.core.engine.recipe import Batch  # noqa: E402
from demos.core.engine.train import settings  # noqa: E402

SAME = 1e-9  # of the largest parameter; float64, a few dozen steps
SEEDS = (3, 14, 15)


class Coins(nn.Module):
    """Dropout whose coins are given: those below 1 - rate keep their unit."""

    def __init__(self, rate):
        super().__init__()
        self.rate, self.coins = rate, None

    def forward(self, x):
        tossed = self.training and self.rate
        return x * (self.coins < 1 - self.rate) / (1 - self.rate) if tossed else x


def with_coins(module):
    """A plain network with every nn.Dropout replaced; {name: Coins}."""
    coins = {}
    for name, layer in list(module.named_modules()):
        if isinstance(layer, nn.Dropout):
            coins[name] = Coins(layer.p)
            place, _, last = name.rpartition(".")
            setattr(module.get_submodule(place), last, coins[name])
    return coins


def double(tensors):
    return {name: value.double() for name, value in tensors.items()}


def steps_of(recipe, points, hyper, steps, seeds=SEEDS):
    """The engine's steps in float64: yields (draws, parameters, state, loss) after each, stacked.

    points: a function of the step that gives x, y (N, ...).
    """
    hyper = settings(hyper, len(seeds))
    parameters, buffers = recipe.network.start(seeds)
    parameters, buffers = double(parameters), double(buffers)
    state = recipe.state(parameters, buffers)
    x, y = points(0)
    asked = recipe.draws(x[0], y[0], hyper)
    dice = Dice(asked, seeds, hyper)
    for step in range(steps):
        draws = double(numbers(next(dice)))
        parameters, state, loss = recipe.step(parameters, state, Batch(*points(step), draws), hyper)
        yield draws, parameters, state, loss


def apart(mine, module):
    """Largest difference between one network's parameters and a module's, over its largest."""
    theirs = dict(module.named_parameters())
    assert mine.keys() == theirs.keys()
    size = max(float(t.detach().abs().max()) for t in theirs.values())
    return max(float((mine[n] - t.detach()).abs().max()) for n, t in theirs.items()) / size


def follow(recipe, points, hyper, steps, oracle, seeds=SEEDS, same=SAME):
    """Hold the engine's first steps to `oracle(n, hyper of n)`, an object with .step(x, y, draws) -> loss.

    Returns the modules that the oracle trained.
    """
    own = [
        {
            name: float(value[n] if value.ndim else value)
            for name, value in settings(hyper, len(seeds)).items()
        }
        for n in range(len(seeds))
    ]
    plain = [oracle(seed, each) for seed, each in zip(seeds, own, strict=True)]
    for step, (draws, parameters, _, loss) in enumerate(
        steps_of(recipe, points, hyper, steps, seeds)
    ):
        x, y = (each.expand(len(seeds), *each.shape[1:]) for each in points(step))
        for n, each in enumerate(plain):
            theirs = each.step(x[n], y[n], one_of(draws, n))
            assert abs(float(loss[n]) - theirs) <= same * max(1, abs(theirs)), (step, n)
            assert apart(one_of(parameters, n), each.module) < same, (step, n)
    return plain
