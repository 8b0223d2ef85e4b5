"""What does the steps of a run: the recipe's own function, or a faster twin that a test holds to it."""

from demos.core.engine.recipe import Batch


def machine(recipe, seeds):
    """The fastest machine there is for a recipe, at the start of one network per seed."""
    return Functional(recipe, seeds)


class Functional:
    """`Recipe.step`, with parameters and state kept between steps."""

    def __init__(self, recipe, seeds):
        self.recipe = recipe
        self.parameters, self.state = recipe.start(seeds)

    def step(self, points, draws, hyper):
        """One step. Returns the loss before it, (N,)."""
        batch = Batch(*points, draws)
        self.parameters, self.state, loss = self.recipe.step(
            self.parameters, self.state, batch, hyper
        )
        return loss

    def predict(self, x, hyper):
        """Outputs in evaluation."""
        return self.recipe.network.predict(self.parameters, x, self.state.buffers, hyper)

    def result(self):
        """Parameters, buffers and average: {name: (N, ...)} each."""
        return self.parameters, self.state.buffers, self.state.average
