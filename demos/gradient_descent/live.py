"""What there is to slide: where descent starts, rate, momentum, steps, and whether the rate falls."""

import numpy as np

from demos.core.live import Live
from demos.gradient_descent import compute as gd
from demos.gradient_descent import compute_hills as hills

PLACES = [round(0.1 * n, 1) for n in range(-20, 21)]
RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3]
MOMENTA = [0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99]
STEPS = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100, 200, 500, 1000]
STAYS, FALLS = "stays", "falls to 0"


def demo(
    instead,
    start=-1.8,
    second=-1.0,
    lr=0.01,
    rate=STAYS,
    momentum=0.0,
    steps=100,
    stored=None,
):
    """Descent on a curve with four valleys from `start`, and on three hills from (start, second).

    `stored`: the talk's path on the curve, a curve.
    """
    choices = {"start": PLACES, "second": PLACES, "lr": RATES, "rate": [STAYS, FALLS]}
    choices |= {"momentum": MOMENTA, "steps": STEPS}
    talk = {"start": start, "second": second, "lr": lr, "rate": rate}
    talk |= {"momentum": momentum, "steps": steps}
    return Live("gradient-descent", instead, talk, choices, {}, 0, stored)


def walked(start, second, lr, rate=STAYS, momentum=0.0, steps=100):
    """The paths that the page draws: x on the curve (steps + 1,), places on the surface (steps + 1, 2)."""
    schedule = gd.SCHEDULES[gd.BY_STEP if rate == FALLS else gd.FIXED]
    return (
        gd.path(gd.valleys_slope, start, lr, steps, momentum, schedule),
        gd.path(hills.gradient, np.array([start, second]), lr, steps, momentum, schedule),
    )


def readouts(line, plane):
    """What the page says of two paths: the curve's x and height at the end, the surface's height."""
    numbers = {"x": line[-1], "height": gd.valleys(line[-1]), "surface": hills.peaks(plane[-1])}
    return {name: float(value) for name, value in numbers.items()}
