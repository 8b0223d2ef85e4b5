"""The networks that train in the browser, and the data their slides need, from the demos themselves."""

from dataclasses import dataclass

import numpy as np

from demos import bump_error, l2_penalty, network_fit
from demos.curve import OUTSIDE_X, TEST_X, TRAIN_X, curve, sample
from demos.networks import mlp

SEEDS = range(16)  # the seeds whose noise is shipped


@dataclass(frozen=True)
class Net:
    """One file to export: a shape, how many points it is trained on, and whether gradients are kept."""

    widths: tuple
    points: int
    gradients: bool = False

    @property
    def name(self):
        return "-".join(map(str, self.widths))

    def network(self, seed=0):
        return mlp(self.widths, seed)


FIT = [(1, 6, 1), (1, 50, 50, 1), network_fit.QUICK, network_fit.WIDE]
NETS = [Net(widths, len(TRAIN_X)) for widths in FIT]
NETS += [Net((1, 9, 1), len(bump_error.POINTS), gradients=True)]
assert {l2_penalty.QUICK_TWO, l2_penalty.TWO_LAYERS} <= set(
    FIT
)  # the penalty's nets are among them


def parameters(net):
    """Name, shape, and the bound of PyTorch's uniform start for each parameter of a net."""
    rows, bound = [], 0.0
    for name, value in net.network().named_parameters():
        if value.ndim == 2:
            bound = 1 / np.sqrt(value.shape[1])
        rows.append({"name": name.replace(".", "_"), "shape": [*value.shape], "bound": bound})
    return rows


def data():
    """Arrays for the slides as plain lists: the noise of each seed, grids, the true curve on them."""
    bumped = bump_error.with_bump()
    return {
        "x": TRAIN_X.tolist(),
        "clean": curve(TRAIN_X).tolist(),
        "noise": [(sample(seed, sd=1.0) - curve(TRAIN_X)).tolist() for seed in SEEDS],
        "testX": TEST_X.tolist(),
        "testY": curve(TEST_X).tolist(),
        "outsideX": OUTSIDE_X.tolist(),
        "outsideY": curve(OUTSIDE_X).tolist(),
        "bump": {
            "x": bump_error.POINTS.tolist(),
            "y": bump_error.THE_TALKS.targets().tolist(),
            "grid": bump_error.GRID.tolist(),
            "gap": bump_error.POINTS[bump_error.THE_TALKS.gap :][:2].tolist(),
            "neurons": list(range(len(bump_error.POINTS), bumped[0].out_features)),
            "start": [p.detach().flatten().tolist() for p in bumped.parameters()],
        },
    }
