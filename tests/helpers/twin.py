"""PyTorch beside the page: the plain loop in float64, from any state, with what float32 cannot decide told.

Two engines in float32, both right, part where a ReLU's input is so near zero that rounding decides its
sign. The loop says how near that was: a comparison holds where no unit stood on the fence.
"""

from itertools import repeat

import numpy as np
import torch
from plain import masked
from torch import nn

TALK = {"lr": 0.004, "momentum": 0.05, "weight_decay": 0.0}
FENCE = 2e-7  # of the size of a unit's terms: as near to zero, float32 may see the other side


class Twin:
    """A network with the state of the page's, and SGD with its momentum.

    state: {name: numbers} as the page tells it, or None: the network is taken as it is.
    """

    def __init__(self, network, state=None):
        self.network = network.double()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=0.0)
        self.named = {name.replace(".", "_"): p for name, p in self.network.named_parameters()}
        for name, p in self.named.items() if state else ():
            value, kept = state[name], state[f"{name}_speed"]
            with torch.no_grad():
                p.copy_(torch.tensor(value).view(p.shape))
            self.optimizer.state[p]["momentum_buffer"] = torch.tensor(kept).double().view(p.shape)
        self.first = {name: size(p) for name, p in self.named.items()}

    def train(self, batches, steps, lr, momentum=0.0, weight_decay=0.0):
        """Losses before each step (steps,); and how near a unit came to the fence: below 1 on it."""
        for group in self.optimizer.param_groups:
            group.update(lr=lr, momentum=momentum, weight_decay=weight_decay)
        losses, near = [], []
        for _, (x, y, masks) in zip(range(steps), batches, strict=False):
            self.optimizer.zero_grad()
            out, nearest = forward(self.network, x, masks)
            loss = ((out - y) ** 2).sum()
            loss.backward()
            self.optimizer.step()
            losses.append(loss.item())
            near.append(nearest / FENCE)
        return np.array(losses), min(near)

    def state(self):
        """As the page tells it."""
        state = {}
        for name, p in self.named.items():
            state[name] = p.detach().flatten().numpy()
            kept = self.optimizer.state[p]["momentum_buffer"]
            state[f"{name}_speed"] = kept.flatten().numpy()
        return state

    def __call__(self, x):
        """Answers at inputs (n,) or (n, d), without dropout: (n,)."""
        with torch.no_grad():
            return forward(self.network, rows(x), None)[0][:, 0].numpy()


def forward(network, x, masks):
    """Outputs, and the smallest |input of a ReLU| as a share of the sum of its terms' sizes."""
    masks, nearest = iter(masks or ()), np.inf
    for layer in network:
        if isinstance(layer, nn.Linear):
            with torch.no_grad():
                size = x.abs() @ layer.weight.abs().T + layer.bias.abs()
            x = layer(x)
        elif isinstance(layer, nn.ReLU):
            share = (x.detach().abs() / size)[x != 0]  # nothing but zeros is zero in any arithmetic
            nearest, x = min(nearest, float(share.min())), layer(x)
        else:  # nn.Dropout
            x = x * next(masks, 1.0)
    return x, nearest


def rows(values):
    """As the page keeps them, one row per input: float32, to be reckoned with in float64."""
    values = torch.tensor(np.float32(values)).double()
    return values[:, None] if values.ndim == 1 else values


def every_step(x, y):
    """All points in every step."""
    return repeat((rows(x), rows(y), None))


def drawn(batches, dropout, start=0):
    """The steps of `dropout_bias.Batches` from `start` on."""
    step = 0
    while True:
        x, y, masks = masked(batches(step), dropout)
        if step >= start:
            masks = [mask[0].double() for mask in masks] if dropout else None
            yield x[0].double(), y[0].double(), masks
        step += 1


def size(p):
    return float(p.detach().abs().max())


def compare(page, twin, lr, near=1e-6):
    """Assert that the page's parameters are the twin's, within `near` of their size, and its momentum as
    far as that would move them."""
    for name, wanted in twin.state().items():
        of = name.removesuffix("_speed")
        atol = near * max(twin.first[of], size(twin.named[of])) / (lr if of != name else 1)
        np.testing.assert_allclose(page[name], wanted, rtol=0, atol=atol, err_msg=name)


def trained(page, network, batches, how, steps=3, near=1e-6):
    """Press Step; assert that each is PyTorch's. Returns the twin, the loss before each step, and λ/2 Σw²
    before each and after the last."""
    twin, losses, penalties = Twin(network, page("state")), [], []
    for _ in range(steps):
        penalties.append(how["weight_decay"] / 2 * squares(twin))
        page.press("Step")
        losses += [*twin.train(batches, 1, **how)[0]]
    compare(page("state"), twin, how["lr"], near)
    return twin, losses, [*penalties, how["weight_decay"] / 2 * squares(twin)]


def squares(twin):
    """Σw², biases too."""
    return sum(float((p.detach() ** 2).sum()) for p in twin.network.parameters())


def loss_of(twin, x, y):
    """The loss now."""
    return float(((twin(x) - np.float32(y)) ** 2).sum())
