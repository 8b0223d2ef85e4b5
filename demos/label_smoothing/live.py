"""What there is to slide: smoothing, how far the blobs reach, learning rate, seed."""

import torch

from demos.core.engine.batches import Data
from demos.core.live import SEEDS, Live
from demos.core.page import named
from demos.label_smoothing import calibration, compute
from demos.label_smoothing.gaps import gap
from demos.label_smoothing.page import FRESH_SEED, SHOWN

SMOOTHINGS = [0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]
SDS = [0.3, 0.6, 1.0, 1.4]
RATES = [0.003, 0.01, 0.03, 0.1]
BARS = 10  # of the reliability diagram on slides: fewer than its error has bins, for eyes
SIDE, REACH = 21, 4.0  # cells of the map in a row, and where it ends


def demo(instead, smoothing=0.0, sd=compute.SD, lr=compute.FIT.lr, seed=0, stored=None):
    """A network on three blobs: how sure it is where, and how often right when so sure.

    `stored`: the talk's share right per bin of confidence, (BARS,).
    """
    choices = {"smoothing": SMOOTHINGS, "sd": SDS, "lr": RATES, "seed": SEEDS}
    talk = {"smoothing": smoothing, "sd": sd, "lr": lr, "seed": seed}
    fixed = {"momentum": compute.FIT.momentum, "bins": calibration.BINS, "bars": BARS}
    fixed |= {"side": SIDE, "reach": REACH}
    nets = [named(compute.FIT.widths)]
    return Live("label-smoothing", instead, talk, choices, fixed, compute.FIT.steps, stored, nets)


def shown(smoothing=0.0, sd=compute.SD, seed=0):
    """What a slide shows of one network: its `Bins` in BARS, and {name: number} as the page says them.

    Also how sure it is on the map's cells, row by row from below, (SIDE, SIDE); and its points, x and y.
    """
    data = compute.points([seed], compute.FIT.points, sd)
    fresh = compute.points([FRESH_SEED], SHOWN, sd, compute.FRESH)
    network, done = compute.trained([seed], data, smoothing)
    out, cells = (network.predict(done.parameters, x)[0] for x in (fresh.x, grid()[None]))
    y, p = fresh.y[0], out.softmax(-1)
    numbers = calibration.scores(out, y) | {"gap": gap(out).mean()}
    return (
        calibration.reliability(p, y, BARS),
        {name: float(value) for name, value in numbers.items()},
        cells.softmax(-1).amax(-1).view(SIDE, SIDE).numpy(),
        Data(data.x[0].numpy(), data.y[0].argmax(-1).numpy()),
    )


def grid():
    """Centres of the map's cells, (SIDE², 2), row by row from below."""
    centres = REACH * ((2 * torch.arange(SIDE) + 1) / SIDE - 1)
    rows = torch.meshgrid(centres, centres, indexing="ij")
    return torch.stack([rows[1].flatten(), rows[0].flatten()], 1)
