"""The networks that train in the browser, and the data their slides need, from the demos themselves."""

from dataclasses import dataclass

import numpy as np

from demos.bump_error import compute as bump_error
from demos.core import live
from demos.core.curve import OUTSIDE_X, TEST_X, TRAIN_X, curve, sample
from demos.core.networks import mlp
from demos.dropout import compute as dropout_bias
from demos.l2_penalty import compute as l2_penalty
from demos.network_fit import compute as network_fit
from scripts.live.trace import MARKS, SIGNALS, Batch, whole


@dataclass(frozen=True)
class Net:
    """One network to export: a shape, what a step trains on, whether gradients are kept.

    `planned`: not as ONNX but as a plan, faster for a wide net (`scripts.live.plan`).
    """

    widths: tuple
    batch: Batch
    gradients: bool = False
    planned: bool = False

    @property
    def name(self):
        return "-".join(map(str, self.widths))

    def network(self, seed=0):
        return mlp(self.widths, seed, dropout=1 - MARKS["keep"] if self.batch.coins else 0.0)


FINE = np.linspace(0, 1, 401)  # enough for a polynomial of degree 19 to look smooth
WIDE = 1000  # hidden units from which a plan is the faster way
FIT = [(1, 6, 1), (1, 50, 50, 1), network_fit.QUICK, network_fit.WIDE, l2_penalty.QUICK_THREE]
NETS = [Net(widths, whole(len(TRAIN_X)), planned=max(widths) >= WIDE) for widths in FIT]
BUMP = Net((1, 9, 1), whole(len(bump_error.POINTS)), gradients=True)
NETS += [BUMP, Net(dropout_bias.WIDTHS, SIGNALS)]


def parameters(net):
    """Name, shape, and the bound of PyTorch's uniform start for each parameter of a net."""
    rows, bound = [], 0.0
    for name, value in net.network().named_parameters():
        if value.ndim == 2:
            bound = 1 / np.sqrt(value.shape[1])
        rows.append({"name": name.replace(".", "_"), "shape": [*value.shape], "bound": bound})
    return rows


def drawn(batch):
    """Where a step's random numbers come from: `dropout_bias.Batches`' streams. None without any."""
    if not batch.drawn:
        return None
    streams = {"data": dropout_bias.DATA_STREAM, "coins": dropout_bias.MASK_STREAM}
    units = [units for _, units in batch.coins]
    return {"chunk": dropout_bias.CHUNK, "batch": dropout_bias.BATCH, "units": units} | streams


def data():
    """Arrays for the slides as plain lists: the noise of each seed, grids, the true curve on them."""
    points, (_, units, _) = len(bump_error.POINTS), BUMP.widths
    return {
        "x": TRAIN_X.tolist(),
        "clean": curve(TRAIN_X).tolist(),
        "noise": [(sample(seed, sd=1.0) - curve(TRAIN_X)).tolist() for seed in live.SEEDS],
        "testX": TEST_X.tolist(),
        "testY": curve(TEST_X).tolist(),
        "outsideX": OUTSIDE_X.tolist(),
        "outsideY": curve(OUTSIDE_X).tolist(),
        "leastSquares": {"grid": FINE.tolist(), "truth": curve(FINE).tolist()},
        "bump": {
            "x": bump_error.POINTS.tolist(),
            "grid": bump_error.GRID.tolist(),
            "neurons": list(range(points, units)),  # those of the bump come after one a dot
        },
    }
