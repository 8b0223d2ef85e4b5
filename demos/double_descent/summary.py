"""What its slides quote."""

import numpy as np

from demos.double_descent import compute as dd
from demos.double_descent import compute_linear as lin

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "forty points fix forty weights with nothing to spare, noise and all; twenty leave a choice, and "
    "the shortest weights are taken",
    "ridge takes short weights in either case, and then more points are what they should be, better",
)


def many(seeds, points=dd.POINTS, strength=0.0, widths=dd.WIDTHS):
    """`Found` of a training set per seed, stacked: (seeds, widths) each."""
    found = [dd.by_width(dd.problem(seed, points), widths, strength) for seed in seeds]
    return dd.Found(*map(np.array, zip(*found, strict=True)))


def by_name(name, values, at=dd.WIDTHS):
    """Medians over seeds (seeds, widths) as a flat dict: {name_width: number}."""
    return {f"{name}_{p}": m for p, m in zip(at, np.median(values, axis=0), strict=True)}


def row(numbers, name, at):
    """One quantity along its widths or counts: (len(at),)."""
    return np.array([numbers[f"{name}_{each}"] for each in at])


def theory(noise_sd=lin.NOISE_SD):
    """The closed form of least squares and of the best ridge, finely: ((ratios, errors), (ratios, errors)).

    Least squares has a gap at 1, where there is no number.
    """
    fine = np.geomspace(0.1, 10, 161)
    plain = [np.nan if abs(np.log(r)) < 1e-9 else lin.limit(r, noise_sd) for r in fine]
    return (fine, np.array(plain)), (fine, np.array([lin.limit_ridge(r, noise_sd) for r in fine]))


def simulated(seed, ratios, ridge, sets=lin.SETS, points=lin.POINTS):
    """Mean errors of so many training sets: (ratios,), with the best ridge or with none."""
    sizes = [round(ratio * points) for ratio in ratios]
    pulls = [lin.best_strength(p) if ridge else 0.0 for p in sizes]
    each = zip(sizes, pulls, strict=True)
    return np.array([lin.errors(seed, p, sets, points, strength=pull).mean() for p, pull in each])
