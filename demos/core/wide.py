"""One wide network, trained on those of its units that are on: the arithmetic of `training.train`.

A ReLU unit that is off at every training point gets no gradient: only weight decay moves it. So the
units that are on are kept in front, and a step works on that block of every weight matrix alone; in
the talk's networks it holds a hundredth to a quarter of the weights. A unit is left out once it has been
off for so long that its momentum has run dry. One of the first layer then stays off for good (its
input, the data, never changes); the others are watched, and taken back the moment they wake.
"""

import math

import torch

from demos.core import rounding

DRY = 1e-12  # the share of an old gradient that is still in the momentum when a unit is left out


class Sgd:
    """PyTorch's SGD with `training.Settings`. It keeps one number per parameter, the momentum."""

    def __init__(self, settings):
        self.lr, self.momentum, self.decay = settings.lr, settings.momentum, settings.weight_decay
        trace = 1 + self.momentum - self.lr * self.decay  # of a step of momentum and decay alone
        slow = (trace + math.sqrt(trace**2 - 4 * self.momentum)) / 2  # its slow eigenvalue
        self.idle = (slow, slow) if self.decay else (1.0, 1.0)  # a step without a gradient
        self.steps = 0

    def update(self, parameter, states, left, right):
        """One step with the gradient left.T @ right, which is never stored."""
        (buffer,) = states
        buffer.addmm_(left.T, right, beta=self.momentum)
        if self.decay:
            buffer.add_(parameter, alpha=self.decay)
        parameter.add_(buffer, alpha=-self.lr)

    def finish(self):
        """All steps are made already."""


class Adam:
    """PyTorch's Adam (Kingma and Ba 2015, arXiv:1412.6980), which keeps two numbers each."""

    def __init__(self, lr, betas=(0.9, 0.999), eps=1e-8):
        self.how = {"lr": lr, "betas": betas, "eps": eps, "fused": True}  # one pass over memory
        self.momentum, self.idle, self.steps = betas[0], (1.0, *betas), 0
        self.now, self.optimizer = [], None

    def update(self, parameter, states, left, right):
        """Note the gradient left.T @ right; `finish` makes the step."""
        parameter.grad = left.T @ right
        self.now.append((parameter, states))

    def finish(self):
        """One step of all that was noted; `steps` counts them, from 1."""
        known = self.optimizer.param_groups[0]["params"] if self.optimizer else []
        if [id(p) for p in known] != [id(p) for p, _ in self.now]:  # a block that was packed anew
            self.optimizer = torch.optim.Adam([p for p, _ in self.now], **self.how)
            for parameter, states in self.now:
                kept = dict(zip(("exp_avg", "exp_avg_sq"), states, strict=True))
                done = torch.tensor(float(self.steps - 1))
                self.optimizer.state[parameter] = kept | {"step": done}
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.now = []


def train(parameters, x, y, rule, steps, states=None, bar=None):
    """Full-batch steps on the sum of squared errors; changes `parameters` and `states` in place.

    parameters: weights (outputs, inputs) and biases (outputs,) in turn, as a network lists them.
    states: a list like it for every number that `rule` keeps; zeros if left out. x: (B,) or (B, d);
    y: (B,). `bar` is told of every step. Returns the loss before each step, (steps,).
    """
    parameters, losses = [p.detach() for p in parameters], torch.empty(steps)
    if states is None:
        states = [[torch.zeros_like(p) for p in parameters] for _ in rule.idle[1:]]
    block = Block([parameters, *states], rule)
    exact = parameters[0].dtype
    x, y = (torch.as_tensor(each, dtype=exact).reshape(len(each), -1) for each in (x, y))
    x, y = (rounding.reorder(rounding.nudge(each), 0) for each in (x, y))
    with torch.no_grad():
        for step in range(steps):
            losses[step] = block.step(x, y)
            if bar is not None:
                bar.update()
        block.give_back([parameters, *states])
    return losses.numpy()


class Block:
    """The units of each hidden layer, sorted; the first `live[layer]` of them are worked on.

    `tensors` are the parameters and what the rule keeps: each a list, weights and biases in turn.
    """

    def __init__(self, tensors, rule):
        self.matrices = [list(each[0::2]) for each in tensors]
        self.vectors = [list(each[1::2]) for each in tensors]
        self.weights, self.biases, self.rule = self.matrices[0], self.vectors[0], rule
        self.live = [len(w) for w in self.weights]
        self.hidden = range(len(self.weights) - 1)
        self.order = [torch.arange(len(w)) for w in self.weights]  # where each unit came from
        dry = math.log(DRY, rule.momentum) if rule.momentum else 0
        self.window = max(20, math.ceil(dry))
        self.behind = 0  # steps that what is outside the block has yet to idle through
        self.asleep = {}  # layer: what is known of its units outside the block
        self.pack()
        self.watch()

    def watch(self):
        """Begin to note who is on, by the largest activation of each unit."""
        self.watched = 0
        self.peak = [self.biases[layer].new_zeros(self.live[layer]) for layer in self.hidden]

    def block(self, layer):
        """Rows and columns of a layer's weights that are worked on."""
        return slice(self.live[layer]), slice(self.live[layer - 1] if layer else None)

    def pack(self):
        """Take the block out of the whole: small and in one piece it is quick to go over."""
        self.packed = []
        for layer in range(len(self.weights)):
            rows, columns = self.block(layer)
            weights = [matrix[layer][rows, columns].contiguous() for matrix in self.matrices]
            biases = [vector[layer][rows, None].contiguous() for vector in self.vectors]
            self.packed.append((weights, biases))

    def unpack(self):
        """Put the block back into the whole."""
        for layer, (weights, biases) in enumerate(self.packed):
            rows, columns = self.block(layer)
            for matrix, weight in zip(self.matrices, weights, strict=True):
                matrix[layer][rows, columns] = weight
            for vector, bias in zip(self.vectors, biases, strict=True):
                vector[layer][rows] = bias[:, 0]

    def forward(self, x):
        """x: (B, d). Returns outputs (B, 1) and every layer's input. Wakes units that turn on."""
        inputs = [x]
        for layer, ((weight, *_), (bias, *_)) in enumerate(self.packed):
            out = torch.addmm(bias[:, 0], inputs[-1], weight.T)
            if layer in self.hidden:
                inputs.append(out.relu_())
                woken = (
                    self.turned_on(layer, inputs[-2]) if layer else ()
                )  # first layer: off is off
                if len(woken):
                    self.wake(layer, woken)
                    return self.forward(x)
        return out, inputs

    def turned_on(self, layer, inputs):
        """Units outside the block that `inputs` (B, live) turn on: their places.

        They sleep on unchanged weights, so that none can wake before the inputs have moved by its
        distance from zero over the length of its weights. Only the nearest are looked at each time.
        """
        rows, columns = self.block(layer)
        if rows.stop == len(self.weights[layer]):
            return ()
        if layer in self.asleep:
            seen, radius, near, weight, bias = self.asleep[layer]
            if (inputs - seen).norm(dim=1).max() < radius:
                out = torch.addmm(bias, inputs, weight.T).amax(0)
                return near[out > 0] if out.max() > 0 else ()
        weight, bias = self.weights[layer][rows.stop :, columns], self.biases[layer][rows.stop :]
        out = torch.addmm(bias, inputs, weight.T).amax(0)
        distance = -out / weight.norm(dim=1).clamp_min(1e-30)
        order = torch.argsort(distance)
        near, rest = order[: len(order) // 16 + 8], order[len(order) // 16 + 8 :]
        radius = 0.999 * distance[rest[0]] if len(rest) else math.inf
        self.asleep[layer] = inputs.clone(), radius, rows.stop + near, weight[near], bias[near]
        return rows.stop + (out > 0).nonzero().flatten()

    def step(self, x, y):
        """One step of the rule. Returns the loss before it."""
        if self.watched == self.window:
            self.leave_out()
        out, inputs = self.forward(x)
        residual = out - y
        delta, ones = 2 * residual, x.new_ones(len(x), 1)
        self.rule.steps += 1
        for layer in reversed(range(len(self.weights))):
            (weight, *kept), (bias, *bias_kept) = self.packed[layer]
            back = delta @ weight if layer else None  # before the weight moves
            self.rule.update(weight, kept, delta, inputs[layer])
            self.rule.update(bias, bias_kept, delta, ones)
            if layer:
                delta = torch.ops.aten.threshold_backward(back, inputs[layer], 0)
        self.rule.finish()
        for peak, out in zip(self.peak, inputs[1:], strict=True):
            torch.maximum(peak, out.amax(0), out=peak)
        self.watched += 1
        self.behind += 1
        return residual.square().sum()

    def leave_out(self):
        """Go on without the units that were off all along, where they are enough to be worth it."""
        on = [peak > 0 for peak in self.peak]
        if any(mask.sum() < 0.95 * len(mask) for mask in on):
            self.unpack()
            self.catch_up()
            for layer, mask in enumerate(on):
                self.live[layer] = int(mask.sum())
                away = torch.ones(len(self.weights[layer]), dtype=torch.uint8)
                away[: len(mask)][mask] = 0
                self.move(layer, torch.argsort(away, stable=True))
            self.pack()
            self.asleep = {}
        self.watch()

    def move(self, layer, order):
        """Put the units of a hidden layer in another order: its rows, the next one's columns."""
        self.order[layer] = self.order[layer][order]
        for matrix in self.matrices:
            matrix[layer] = matrix[layer][order]
            matrix[layer + 1] = matrix[layer + 1][:, order]
        for vector in self.vectors:
            vector[layer] = vector[layer][order]

    def wake(self, layer, units):
        """Take back the units that turned on, one by one: swap each to the end of the block."""
        self.unpack()
        missed = [factor**self.behind for factor in self.rule.idle]
        for unit in sorted(units.tolist()):
            columns, place = self.block(layer)[1], self.live[layer]
            below = self.block(layer + 1)[0]  # the rows that will see this unit
            pair, swapped = [place, unit], [unit, place]
            self.order[layer][pair] = self.order[layer][swapped]
            for matrix, vector, factor in zip(self.matrices, self.vectors, missed, strict=True):
                matrix[layer][pair] = matrix[layer][swapped]
                matrix[layer + 1][:, pair] = matrix[layer + 1][:, swapped]
                matrix[layer][place, columns] *= factor
                matrix[layer + 1][below, place] *= factor
                vector[layer][pair] = vector[layer][swapped]
                vector[layer][place] *= factor
            self.live[layer] += 1
        on = self.peak[layer].new_ones(len(units))
        self.peak[layer] = torch.cat([self.peak[layer], on])
        self.asleep.pop(layer, None), self.asleep.pop(layer + 1, None)
        self.pack()

    def catch_up(self):
        """Let what is outside the block idle through all the steps it sat out."""
        missed = [factor**self.behind for factor in self.rule.idle]
        self.behind = 0
        for matrix, vector, factor in zip(self.matrices, self.vectors, missed, strict=True):
            if factor == 1.0:
                continue
            for layer in range(len(self.weights)):
                rows, columns = self.block(layer)
                matrix[layer][rows.stop :] *= factor
                if layer:
                    matrix[layer][rows, columns.stop :] *= factor
                vector[layer][rows.stop :] *= factor

    def give_back(self, tensors):
        """Everything in the order it came in, into the tensors it came from."""
        self.unpack()
        self.catch_up()
        for layer in self.hidden:
            self.move(layer, torch.argsort(self.order[layer]))
        for given, matrix, vector in zip(tensors, self.matrices, self.vectors, strict=True):
            for to, now in zip(given[0::2] + given[1::2], matrix + vector, strict=True):
                to.copy_(now)
