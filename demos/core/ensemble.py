"""Many networks of one shape trained at once: the arithmetic of `training.train`, stacked.

Forward, backward and the SGD step are written out, so that a whole ensemble is a few batched matrix
products and no gradient is ever stored: it is added straight into the momentum buffer. Wide networks
gain nothing from that: they are trained one by one, by `wide`. A test holds every network of an
ensemble to `training.train` on the same seed, within float32 rounding.
"""

from dataclasses import replace

import numpy as np
import torch
from tqdm import tqdm, trange

from demos.core import checks, rounding, wide
from demos.core.networks import column, mlp

WIDE = 300  # units in a layer from which networks are trained one by one
relu_backward = torch.ops.aten.threshold_backward  # gradient where the unit is on, else 0


class Ensemble:
    """N ReLU networks. weights[l]: (N, outputs, inputs), biases[l]: (N, 1, outputs)."""

    def __init__(self, widths, seeds):
        checks.seeds(seeds)
        networks = [mlp(widths, seed) for seed in seeds]
        parameters = [list(network.parameters()) for network in networks]
        stacked = [torch.stack(same).detach().clone() for same in zip(*parameters, strict=True)]
        self.weights = stacked[0::2]
        self.biases = [bias[:, None, :] for bias in stacked[1::2]]
        self.buffers = [torch.zeros_like(p) for p in self.weights]
        self.bias_buffers = [torch.zeros_like(p) for p in self.biases]

    def __len__(self):
        return len(self.weights[0])

    def parameters(self, n):
        """Weights and biases of network n in turn, as views: changing them changes the ensemble."""
        return one_of(n, self.weights, self.biases)

    def kept(self, n):
        """The momentum of network n, likewise."""
        return one_of(n, self.buffers, self.bias_buffers)

    def forward(self, x, masks=None):
        """x: (N or 1, B, d). Returns outputs (N, B, 1) and every layer's input, for the way back."""
        inputs, last = [x.expand(len(self), -1, -1)], len(self.weights) - 1
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            out = torch.baddbmm(bias, inputs[-1], weight.mT)
            if layer < last:
                out.relu_()
                if masks:
                    out.mul_(masks[layer])
                inputs.append(out)
        return out, inputs

    def step(self, x, y, lr, momentum, weight_decay, masks=None):
        """One SGD step on the sum of squared errors. Returns the loss before it, shape (N,)."""
        out, inputs = self.forward(x, masks)
        residual = out - y  # (N, B, 1)
        delta = 2 * residual  # d loss / d output
        for layer in reversed(range(len(self.weights))):
            weight, bias = self.weights[layer], self.biases[layer]
            back = torch.bmm(delta, weight) if layer else None  # before the weight moves
            buffer, bias_buffer = self.buffers[layer], self.bias_buffers[layer]
            buffer.baddbmm_(delta.mT, inputs[layer], beta=momentum)
            bias_buffer.mul_(momentum).add_(delta.sum(1, keepdim=True))
            for p, v in ((weight, buffer), (bias, bias_buffer)):
                add_scaled(v, p, weight_decay)
                add_scaled(p, v, -lr)
            if layer:
                delta = relu_backward(back, inputs[layer], 0)
                if masks:
                    delta.mul_(masks[layer - 1])
        return residual.square().sum((1, 2))

    def predict(self, x):
        """Outputs without dropout: x (n,) or (n, d), the same for all networks, gives (N, n)."""
        with torch.no_grad():
            return self.forward(column(x)[None])[0][..., 0].numpy()

    def reach(self, x):
        """Per hidden layer, the highest each unit gets before its ReLU, over the points x: (N, units)."""
        with torch.no_grad():
            inputs = self.forward(column(x)[None])[1][:-1]
            layers = zip(self.biases, inputs, self.weights, strict=False)  # the output is no unit
            return [torch.baddbmm(b, i, w.mT).amax(1).numpy() for b, i, w in layers]

    def active(self, x):
        """Per hidden layer, how many units are on for at least one of the points x: (N, layers)."""
        return np.stack([(highest > 0).sum(1) for highest in self.reach(x)], axis=1)


def one_of(n, weights, biases):
    """Network n's share of stacked tensors: (outputs, inputs) and (outputs,) in turn."""
    return [t for w, b in zip(weights, biases, strict=True) for t in (w[n], b[n, 0])]


def add_scaled(to, what, scale):
    """to += scale * what, in place; `scale` is a number, or a tensor with one per network."""
    if isinstance(scale, torch.Tensor):
        to.addcmul_(what, scale)
    elif scale:
        to.add_(what, alpha=scale)


def per_network(value, count):
    """A hyper-parameter: a number as it is, one per network as a (N, 1, 1) tensor."""
    if np.ndim(value) == 0:
        return float(value)
    if len(value) != count:
        raise ValueError(f"{len(value)} values given for {count} networks: give one, or one each")
    return torch.as_tensor(value, dtype=torch.float32).reshape(-1, 1, 1)


def train(ensemble, x, y, settings, weight_decay=None):
    """Full-batch training of every network; changes `ensemble` in place.

    x: (n,) or (n, d), shared. y: (n,), shared, or (N, n), one row per network.
    `weight_decay` (N,) overrides the one in `settings`. Returns losses (steps + 1, N).
    """
    y = rounding.nudge(torch.as_tensor(np.atleast_2d(y), dtype=torch.float32))[..., None]
    if max(len(b[0, 0]) for b in ensemble.biases) >= WIDE:
        losses = one_by_one(ensemble, x, y, settings, weight_decay)
    else:
        batch = rounding.reorder(column(x)[None], 1), rounding.reorder(y, 1), None
        losses = run(ensemble, lambda step: batch, settings, weight_decay)
    with torch.no_grad():
        last = (ensemble.forward(column(x)[None])[0] - y).square().sum((1, 2)).numpy()
    return np.concatenate([losses, last[None]])


def one_by_one(ensemble, x, y, settings, weight_decay=None):
    """The same without stacking, for wide networks: losses (steps, N). y: (N or 1, n, 1)."""
    count = len(ensemble)
    rates = np.broadcast_to(settings.lr, count)
    decays = np.broadcast_to(settings.weight_decay if weight_decay is None else weight_decay, count)
    losses = np.empty((settings.steps, count), dtype=np.float32)
    with tqdm(total=settings.steps * count, desc="training", leave=False) as bar:
        for n, targets in enumerate(y.expand(count, -1, -1)):
            own = replace(settings, lr=float(rates[n]), weight_decay=float(decays[n]))
            losses[:, n] = wide.train(
                ensemble.parameters(n),
                x,
                targets,
                wide.Sgd(own),
                own.steps,
                [ensemble.kept(n)],
                bar,
            )
    return losses


def run(ensemble, batch, settings, weight_decay=None):
    """Train on `batch(step)` = inputs (N or 1, B, d), targets (N or 1, B, 1), dropout masks or None.

    Masks: one (N, B, units) tensor per hidden layer, already divided by 1 - p.
    Returns the loss of each step's batch before the step: (steps, N).
    """
    decay = settings.weight_decay if weight_decay is None else weight_decay
    lr = per_network(settings.lr, len(ensemble))
    decay = per_network(decay, len(ensemble))
    losses = torch.empty(settings.steps, len(ensemble))
    with torch.no_grad():
        for step in trange(settings.steps, desc="training", leave=False):
            x, y, masks = batch(step)
            losses[step] = ensemble.step(x, y, lr, settings.momentum, decay, masks)
    return losses.numpy()
