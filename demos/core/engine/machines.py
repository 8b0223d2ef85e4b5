"""What does the steps of a run: the recipe's own function, or a faster twin that a test holds to it."""

from demos.core.engine.chance import numbers
from demos.core.engine.recipe import Batch
from demos.core.engine.written import Written


def machine(recipe, seeds):
    """The fastest machine there is for a recipe, at the start of one network per seed."""
    kind = Written if Written.does(recipe) else Functional
    return kind(recipe, *recipe.network.start(seeds))


class Functional:
    """`Recipe.step`, with parameters and state kept between steps."""

    def __init__(self, recipe, parameters, buffers):
        self.recipe, self.parameters = recipe, parameters
        self.state = recipe.state(parameters, buffers)

    def step(self, points, draws, hyper):
        """One step. draws: of `chance.Dice`. Returns the loss before it, (N,)."""
        batch = Batch(*points, numbers(draws))
        now = self.recipe.step(self.parameters, self.state, batch, hyper)
        self.parameters, self.state, loss = now
        return loss

    def predict(self, x, hyper):
        """Outputs in evaluation."""
        return self.recipe.network.predict(self.parameters, x, self.state.buffers, hyper)

    def result(self):
        """Parameters, buffers and average: {name: (N, ...)} each."""
        return self.parameters, self.state.buffers, self.state.average
