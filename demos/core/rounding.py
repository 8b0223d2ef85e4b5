"""Other roundings of the same mathematics: how far does a number move that ought to stay?

Another processor adds in another order and rounds its way to another place. To learn how far, a whole
process runs under one rounding, named in the environment variable REGULARIZATION_ROUNDING:

    nudge-N  starts and data are moved by one unit in the last place, up or down by lot N
    order-N  hidden units (and points, where a batch holds them all) stand in another order
    default, avx2   other code paths of torch, MKL and OpenBLAS: nothing here, see `environment`

With no name, nothing moves. Idea: ensemble consistency tests of climate models (Milroy et al. 2018,
"Making root cause analysis feasible for large code bases"), stochastic arithmetic (Sohier et al.,
arXiv:1807.09655). The hooks below stand where a network starts and where data comes in.
"""

import os
import re
import zlib

import numpy as np

VARIABLE = "REGULARIZATION_ROUNDING"
# what makes torch, MKL and OpenBLAS of one machine compute as those of another
PATHS = {
    "default": {
        "ATEN_CPU_CAPABILITY": "default",
        "MKL_CBWR": "COMPATIBLE",
        "OPENBLAS_CORETYPE": "Prescott",
    },
    "avx2": {"ATEN_CPU_CAPABILITY": "avx2", "OPENBLAS_CORETYPE": "Haswell"},
}
ALL = ("nudge-1", "nudge-2", "order-1", *PATHS)
FEW = ("nudge-1", "order-1", "default")  # where a seed takes seconds


def environment(name):
    """The environment variables of a process that rounds as `name` says (a word of ALL)."""
    if name not in PATHS and not re.fullmatch(r"(nudge|order)-\d+", name):
        raise ValueError(f"no rounding is named {name!r}: choose one of {', '.join(ALL)}")
    return PATHS.get(name, {}) | {VARIABLE: name}


def lot(kind, size):
    """Random numbers of this process's rounding: equal for equal sizes; None where it is another."""
    name, _, number = active().partition("-")
    return np.random.default_rng([int(number), size]) if name == kind else None


def active():
    """The rounding of this process, "" where it is the machine's own."""
    return os.environ.get(VARIABLE, "")


def nudge(values):
    """Each number one unit in the last place up, down, or as it is. Array or tensor, same shape."""
    if not active().startswith("nudge"):
        return values
    if hasattr(values, "detach"):
        import torch  # late, as below: the build names roundings, and starts faster without

        moved = nudge(values.detach().numpy())
        return torch.from_numpy(np.array(moved, dtype=moved.dtype))
    values = np.asarray(values)
    direction = lot("nudge", zlib.crc32(values.tobytes())).integers(-1, 2, values.shape)
    towards = np.where(direction > 0, np.inf, -np.inf).astype(values.dtype)
    stays = (direction == 0) | (values == 0)  # what is off stays off
    return np.where(stays, values, np.nextafter(values, towards))


def reorder(tensor, dim):
    """The tensor with what stands along `dim` in another order: the same one for equal lengths."""
    dice = lot("order", tensor.shape[dim])
    if dice is None:
        return tensor
    import torch

    return tensor.index_select(dim, torch.from_numpy(dice.permutation(tensor.shape[dim])))


def start(layers):
    """A network's weights and biases as this process starts them; changes them in place.

    layers: its linear layers in a row. Their hidden units change places, so the function they compute
    does not.
    """
    import torch

    with torch.no_grad():
        for layer, after in zip(layers, [*layers[1:], None], strict=True):
            if after is not None:
                after.weight.copy_(reorder(after.weight, 1))
                layer.weight.copy_(reorder(layer.weight, 0))
                layer.bias.copy_(reorder(layer.bias, 0))
    nudge_parameters(layers)


def nudge_parameters(modules):
    """Every parameter of some modules (a network is a row of them) nudged, in place."""
    import torch

    with torch.no_grad():
        for module in modules:
            for parameter in module.parameters():
                parameter.copy_(nudge(parameter))
