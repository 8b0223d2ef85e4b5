"""Two inputs as one writes them in plain PyTorch, for the loop on the slide; what its network says.

`compute` has the same for many networks at once, each with random streams of its own.
"""

import numpy as np
import torch


def leaky(count=64, missing=0.001):
    """A batch with the original's slip: inputs (count, 2), and labels (count, 1), a view of them."""
    x = torch.rand(count, 1).repeat(1, 2)  # both inputs carry the label
    y = x[:, :1]  # a view: it will lose what input 1 loses
    x *= torch.rand(count, 2) >= missing  # now and then an input goes missing
    return x, y


def copied(count=64, missing=0.001):
    """The same batch with labels of their own: inputs (count, 2), labels (count, 1)."""
    y = torch.rand(count, 1)
    x = y.repeat(1, 2)  # the same, and the label stays what it was
    x *= torch.rand(count, 2) >= missing
    return x, y


def asked(net, points):
    """What a network says at `points`, (..., 2), nothing dropped: (...), an array."""
    with torch.no_grad():
        return net(torch.as_tensor(points, dtype=torch.float32))[..., 0].numpy()


def square(net, points=101):
    """f(a, b) on a grid over the unit square: (points, points), indexed [b, a]."""
    a, b = np.meshgrid(np.linspace(0, 1, points), np.linspace(0, 1, points))
    return asked(net, np.stack([a, b], axis=-1))
