"""The fast machine: gradients written out (`chain`), updates in place on one piece of memory (`flat`).

It does what `Recipe.step` does, in other words and in fewer passes over memory. A part that does the same
to every number goes over all parameters at once; the others go name by name.
"""

import torch
from torch.optim.adam import adam

from demos.core.engine import chain
from demos.core.engine.chance import numbers
from demos.core.engine.flat import Flat
from demos.core.engine.optimizers import Adam, Sgd
from demos.core.engine.parts import L2
from demos.core.engine.passes import Given

ALL = "all"  # the one name under which a part gets all parameters at once


class Written:
    """N networks that are a `chain`, with SGD or Adam. `parameters`: {name: (N, ...)}, copied."""

    def __init__(self, recipe, parameters, buffers):
        self.recipe, self.flat = recipe, Flat.of(parameters)
        self.gradient = self.flat.like()
        self.chain = chain.Chain(recipe.network, recipe.loss, recipe.mean, self.gradient.views)
        self.rule = RULES[type(recipe.optimizer)](recipe.optimizer, self.flat.whole)
        self.average = Flat.of(parameters) if recipe.average else None
        self.count = torch.zeros((), dtype=torch.float64)
        self.given = self.over = None
        places = "data", "weights", "gradients", "also", "parameters"
        self.acting = {place: [p for p in recipe.parts if p.acts(place)] for place in places}

    @staticmethod
    def does(recipe):
        """Whether it can do a recipe's steps."""
        return chain.fits(recipe.network, recipe.loss) and type(recipe.optimizer) in RULES

    @torch.no_grad()
    def step(self, points, draws, hyper):
        """One step. draws: of `chance.Dice`. Returns the loss before it, (N,)."""
        if hyper is not self.given:
            self.given, self.over = hyper, {n: self.flat.over(v) for n, v in hyper.items()}
        (x, y), parameters = points, self.flat.views
        if self.acting["data"] or self.acting["weights"]:
            chance = Given(numbers(draws))
            x, y, parameters = self.recipe.prepared(x, y, parameters, chance, hyper)
        loss = self.chain(parameters, x, y, draws, hyper)
        gradient = self.gradient.whole
        for part in self.acting["gradients"]:
            gradient = self.changed(part, gradient)
        further = [self.further(part) for part in self.acting["also"]]
        self.rule.step(gradient, self.over)
        for direction in further:
            add(self.flat.whole, direction, -self.over["lr"], out=self.flat.whole)
        for part in self.acting["parameters"]:
            self.replace(part)
        self.follow()
        return loss

    def changed(self, part, gradient):
        """All of a gradient after a part."""
        if at_once(part) and isinstance(part, L2):  # the commonest one, without a new tensor
            strength = self.over[part.strength]
            return add(gradient, self.flat.whole, strength, out=gradient)
        if at_once(part):
            whole = {ALL: gradient}, {ALL: self.flat.whole}
            return part.gradients(*whole, self.over, True)[ALL]
        views = Flat(self.flat.shapes, gradient).views
        return Flat.of(part.gradients(views, self.flat.views, self.given, True)).whole

    def further(self, part):
        """A part's own direction, for all parameters."""
        if at_once(part):
            return part.also({ALL: self.flat.whole}, self.over)[ALL]
        own = self.flat.like()
        for name, direction in part.also(self.flat.views, self.given).items():
            own.views[name].copy_(direction)
        return own.whole

    def replace(self, part):
        """Parameters become what a part makes of them."""
        if at_once(part):
            self.flat.whole.copy_(part.parameters({ALL: self.flat.whole}, self.over)[ALL])
            return
        for name, value in part.parameters(self.flat.views, self.given).items():
            if value is not self.flat.views[name]:
                self.flat.views[name].copy_(value)

    def follow(self):
        """The average after a step."""
        if self.average:
            self.count += 1
            old, now = {ALL: self.average.whole}, {ALL: self.flat.whole}
            self.average.whole.copy_(self.recipe.average(old, now, self.count)[ALL])

    def predict(self, x, hyper):
        """Outputs in evaluation."""
        return self.recipe.network.predict(self.flat.views, x, {}, hyper)

    def result(self):
        """Parameters, buffers and average: {name: (N, ...)} each."""
        return self.flat.views, {}, self.average.views if self.average else {}


def at_once(part):
    """Whether a part may get all parameters as one tensor."""
    return part.each and part.on is None


class InPlaceSgd:
    """`optimizers.Sgd`, in place."""

    def __init__(self, optimizer, parameters):
        self.optimizer, self.parameters = optimizer, parameters
        self.speed = torch.zeros_like(parameters) if optimizer.momentum else None

    def step(self, gradient, over):
        """Move all parameters; over: settings, () or one for each of them."""
        if self.speed is not None:
            rate = over[self.optimizer.momentum]
            add(gradient, self.speed, rate, out=self.speed)
            ahead = self.optimizer.nesterov
            gradient = torch.addcmul(gradient, self.speed, rate) if ahead else self.speed
        add(self.parameters, gradient, -over["lr"], out=self.parameters)


class FusedAdam:
    """`optimizers.Adam` by PyTorch's own fused kernel: one pass over memory.

    It knows one learning rate. Where each network has its own it moves zeros instead, with rate 1.
    """

    def __init__(self, optimizer, parameters):
        self.parameters, self.moved = parameters, None
        self.kept = [torch.zeros_like(parameters)], [torch.zeros_like(parameters)]
        self.steps = [torch.zeros((), dtype=torch.float32)]
        rest = {"fused": True, "amsgrad": False, "maximize": False, "weight_decay": 0.0}
        own = {"beta1": optimizer.beta1, "beta2": optimizer.beta2, "eps": optimizer.eps}
        self.options = rest | own

    def step(self, gradient, over):
        """Move all parameters; over: settings, () or one for each of them."""
        rates = over["lr"]
        if not rates.ndim:
            return self.move(self.parameters, gradient, float(rates))
        if self.moved is None:
            self.moved = torch.zeros_like(self.parameters)
        self.move(self.moved, gradient, 1.0)
        self.parameters.addcmul_(self.moved, rates)
        self.moved.zero_()

    def move(self, what, gradient, rate):
        adam([what], [gradient], *self.kept, [], self.steps, lr=rate, **self.options)


def add(tensor, other, factor, out):
    """out = tensor + factor other; factor () or one for each number."""
    if factor.ndim:
        return torch.addcmul(tensor, other, factor, out=out)
    return torch.add(tensor, other, alpha=float(factor), out=out)


RULES = {Sgd: InPlaceSgd, Adam: FusedAdam}
