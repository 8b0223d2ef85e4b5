"""What the page gets of this topic: networks to choose from, and the points they fit."""

from demos.core.curve import TRAIN_X
from demos.core.page import fit, noisy_points
from demos.network_fit.compute import QUICK, WIDE

NETS = [fit(widths, len(TRAIN_X)) for widths in ((1, 6, 1), (1, 50, 50, 1), QUICK, WIDE)]
data = noisy_points
