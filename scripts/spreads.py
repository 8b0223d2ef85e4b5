"""How far a recorded value may move: measured under other roundings, a fixed multiple allowed.

Some seeds of a study are measured under every rounding (see `demos.rounding`). How far a seed moved is
the largest distance from its recorded value. A seed that was not measured so is taken to move as the
one that moved most, by as much or by the same share, whichever the measured seeds agree on better.
"""

import numpy as np

FACTOR = 3  # times the spread: eight roundings are not all (measured: 1.6 times was seen in 36)
DIGITS = 1e-8  # relative: what is kept in the record


def moved(study, value):
    """How far `value(quantities)` moved, seed by seed: {place in study["seeds"]: distance}.

    study: as recorded. Seeds that were measured under no other rounding are left out.
    """
    places = {seed: place for place, seed in enumerate(study["seeds"])}
    own, found = value(arrays(study["values"])), {}
    for other in study["again"].values():
        for seed, now in zip(other["seeds"], value(arrays(other["values"])), strict=True):
            place = places[seed]
            found[place] = max(found.get(place, 0.0), abs(float(now) - float(own[place])))
    return found


def arrays(values):
    """{quantity: (seeds,)} as arrays."""
    return {name: np.array(row, dtype=float) for name, row in values.items()}


def spread(values, found):
    """How far each of `values`, (seeds,), is taken to move; `found` as `moved` gives it."""
    values = np.asarray(values, dtype=float)
    if not found:
        return np.zeros(len(values))
    places, distances = np.array(list(found)), np.array(list(found.values()))
    sizes = np.abs(values[places])
    shares = distances / np.where(sizes > 0, sizes, np.inf)
    relative = uneven(shares) < uneven(distances) and (sizes > 0).all()
    unit = np.abs(values) if relative else np.ones(len(values))
    given = shares if relative else distances
    taken = given.max() * unit
    taken[places] = np.maximum(distances, np.median(given) * unit[places])
    return taken


def uneven(distances):
    """How much the largest stands out: over the median, 1 or more."""
    middle = np.median(distances)
    return distances.max() / middle if middle > 0 else np.inf


def margins(study, value):
    """How far `value(quantities)` of each recorded seed may move on another machine: (seeds,)."""
    values = np.asarray(value(arrays(study["values"])), dtype=float)
    return FACTOR * spread(values, moved(study, value)) + DIGITS * np.abs(values)


def near(study, claims):
    """Seeds whose value of a claim may lie on the other side, and that were not measured again."""
    seeds = set()
    for claim in claims:
        values = np.asarray(claim.value(arrays(study["values"])), dtype=float)
        found = moved(study, claim.value)
        close = np.abs(values - claim.bound) <= margins(study, claim.value)
        seeds |= {study["seeds"][place] for place in np.flatnonzero(close) if place not in found}
    return sorted(seeds)
