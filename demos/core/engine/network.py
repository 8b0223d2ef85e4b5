"""A network: layers in a row. From it come the plain module, parameters drawn from seeds, and outputs."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import nn

from demos.core import checks, rounding
from demos.core.engine import layers as kinds
from demos.core.engine.passes import Run

CONVOLUTIONS = nn.Conv1d, nn.Conv2d
INITS = ("default", "glorot", "he")


@dataclass(frozen=True)
class Network:
    """Layers in a row, and how they start.

    init: "default" is PyTorch's; "glorot" draws weights uniformly with variance 2 / (inputs + outputs)
    (Glorot and Bengio 2010), "he" from a normal distribution with variance 2 / inputs (He et al. 2015,
    arXiv:1502.01852), both with biases at 0.
    """

    layers: tuple
    init: str = "default"

    def __post_init__(self):
        checks.one_of("init", self.init, INITS)
        checks.some("layers", self.layers)

    def module(self, seed=None, hyper=None):
        """The same network as a plain nn.Sequential, its start drawn from `seed` (None: as it comes).

        hyper: {name: number} for dropout and skipped blocks. The caller's random state is left alone.
        """
        with torch.random.fork_rng(devices=[]):
            if seed is not None:
                checks.whole("seed", seed, least=0)
                torch.default_generator.manual_seed(seed)  # torch.manual_seed also writes to GPUs
            module = kinds.modules(self.layers, hyper or {})
            if self.init != "default":
                begin(module, self.init)
        return module

    def start(self, seeds):
        """Parameters and buffers of one network per seed: two dicts {name: (N, ...)}, float32."""
        checks.seeds(seeds)
        made = [self.rounded(self.module(seed)) for seed in seeds]
        parameters = [dict(module.named_parameters()) for module in made]
        buffers = [running(module) for module in made]
        return stacked(parameters), stacked(buffers)

    def rounded(self, module):
        """The module as this process starts it (`rounding`): units in another order where they may."""
        plain = (kinds.Linear, kinds.Activation)
        if all(type(each) in plain and getattr(each, "bias", True) for each in self.layers):
            rounding.start([layer for layer in module if isinstance(layer, nn.Linear)])
        else:  # a coin belongs to a unit's place: units stay where they are
            rounding.nudge_parameters(module)
        return module

    def apply(self, parameters, x, buffers=None, hyper=None, chance=None, training=False):
        """Outputs for x, and what the buffers become.

        With stacked parameters x is (N or 1, B, ...) and outputs (N, B, ...); with those of one network
        (B, ...) gives (B, ...). `chance` is asked in training only (see `passes`).
        """
        several = self.is_stacked(parameters)
        run = Run(parameters, dict(buffers or {}), hyper or {}, chance, training, several)
        return kinds.in_a_row(self.layers, run, "", x), run.buffers

    def predict(self, parameters, x, buffers=None, hyper=None):
        """Outputs in evaluation: no coins, running averages."""
        with torch.no_grad():
            return self.apply(parameters, x, buffers, hyper)[0]

    def is_stacked(self, parameters):
        """Whether parameters are those of several networks."""
        name, dimensions = self.dimensions
        return parameters[name].ndim > dimensions

    @cached_property
    def dimensions(self):
        """Name and dimensions of the first parameter of one network."""
        name, first = next(iter(self.module().named_parameters()))
        return name, first.ndim

    @cached_property
    def groups(self):
        """Names of the parameters by what they are: "weights", "biases", "norms" (of normalizations)."""
        found = {"weights": [], "biases": [], "norms": []}
        for place, module in self.module().named_modules():
            for part, _ in module.named_parameters(recurse=False):
                kind = "biases" if part == "bias" else "weights"
                linear = isinstance(module, (nn.Linear, *CONVOLUTIONS))
                found[kind if linear else "norms"].append(f"{place}.{part}")
        return {kind: frozenset(names) for kind, names in found.items()}


def begin(module, init):
    """Give linear layers and convolutions another start, in place."""
    for layer in module.modules():
        if isinstance(layer, (nn.Linear, *CONVOLUTIONS)):
            if init == "glorot":
                nn.init.xavier_uniform_(layer.weight)
            else:
                nn.init.kaiming_normal_(layer.weight)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)


def running(module):
    """What normalizations follow: {name: tensor}."""
    tensors = module.named_buffers()
    return {name: value for name, value in tensors if not name.endswith("num_batches_tracked")}


def stacked(dicts):
    """Several dicts of tensors as one of stacked tensors, without gradients."""
    return {name: torch.stack([each[name].detach() for each in dicts]) for name in dicts[0]}


def one_of(tensors, n):
    """Network n's share of a dict of stacked tensors, as views."""
    return {name: value[n] for name, value in tensors.items()}


def mlp(widths, activation="relu", dropout=None, init="default"):
    """A fully connected network. widths: units per layer, input and output included.

    dropout: the name in `hyper` of the rate with which every hidden activation is dropped.
    """
    rows = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        rows += [kinds.Linear(inputs, outputs), kinds.Activation(activation)]
        rows += [kinds.Dropout(dropout)] if dropout else []
    while not isinstance(rows[-1], kinds.Linear):  # the output is linear
        rows.pop()
    return Network(tuple(rows), init)
