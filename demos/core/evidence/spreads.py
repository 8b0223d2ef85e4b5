"""How far a recorded value may move on another machine: measured under other roundings.

Some seeds of a study are measured under every rounding (see `rounding`). How far a seed moved is the
largest distance from its recorded value. A seed that was not measured so is taken to move as the one
that moved most, by as much or by the same share, whichever is less at the median seed. A check allows
FACTOR times that, and never less than the digits that a record keeps.
"""

import zlib

import numpy as np

FACTOR = 3  # other machines are not among our roundings (seen elsewhere: 1.6 times, in 4 of 36)
MOST = 0.9  # a seed in ten may go wild: that does not make the others undecided
DIGITS = 1e-8  # relative: what is kept in a record
DRAWS = 20  # made-up machines, to see how far a median over seeds moves


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


def spread(values, found, part=1.0):
    """How far each of `values`, (seeds,), is taken to move; `found` as `moved` gives it.

    `part`: who was not measured again is taken to move as far as this part of those who were.
    """
    values = np.asarray(values, dtype=float)
    if not found:
        return np.zeros(len(values))
    places, distances = np.array(list(found)), np.array(list(found.values()))
    sizes = np.abs(values[places])
    shares = distances / np.where(sizes > 0, sizes, np.inf)
    relative = (sizes > 0).all() and shares.max() * np.median(np.abs(values)) < distances.max()
    unit = np.abs(values) if relative else np.ones(len(values))
    given = shares if relative else distances
    taken = np.quantile(given, part) * unit
    taken[places] = np.maximum(distances, np.median(given) * unit[places])
    return taken


def of(study, value, part=1.0):
    """`value(quantities)` of a recorded study and how far each seed's is taken to move: (seeds,) twice."""
    values = np.asarray(value(arrays(study["values"])), dtype=float)
    return values, spread(values, moved(study, value), part)


def margins(study, value):
    """How far `value(quantities)` of each recorded seed may move on another machine: (seeds,)."""
    return margin(*of(study, value))


def margin(values, taken):
    """How far a check lets values go that are taken to move so: of the same shape."""
    return FACTOR * taken + DIGITS * np.abs(values)


def margins_by_others(study, value, place):
    """How far the seed at `place` may move if only others were measured again: what it says of itself may
    be wrong. Infinite where there are no others."""
    values, found = np.asarray(value(arrays(study["values"])), dtype=float), moved(study, value)
    found.pop(place, None)
    if not found:
        return np.inf
    return float(margin(values, spread(values, found))[place])


def undecided(study, claim):
    """Which recorded seeds of a claim other roundings may put on its bound's other side: (seeds,).

    Of a claim on a logarithmic scale, those that may be there on that scale too: a factor is what moves.
    """
    values, taken = of(study, claim.value, MOST)
    reach = (np.abs(values - claim.bound) <= FACTOR * taken) & (taken > 0)
    others = (claim.value(arrays(part["values"])) for part in study["again"].values())
    positive = claim.bound > 0 and all((np.asarray(each) > 0).all() for each in (values, *others))
    if not (claim.log and positive):
        return reach
    values, taken = of(study, lambda quantities: np.log(claim.value(quantities)), MOST)
    return reach & (np.abs(values - np.log(claim.bound)) <= FACTOR * taken)


def near(study, claims):
    """Undecided seeds that were not measured again themselves."""
    seen = {seed for part in study["again"].values() for seed in part["seeds"]}
    masks = [undecided(study, claim) for claim in claims]
    close = {study["seeds"][place] for mask in masks for place in np.flatnonzero(mask)}
    return sorted(close - seen)


def shaken(values, taken, name):
    """The values of another machine, made up: each moved by what it is taken to move, up or down.

    `name`: any text; it draws which way. What is nowhere negative, an error or a count, stays so: one that
    would move down by more than it has is divided by as much as the other way would multiply it.
    """
    dice = np.random.default_rng(zlib.crc32(name.encode()))
    moved = values + np.where(dice.random(len(values)) < 0.5, -taken, taken)
    below = (moved < 0) & (values > 0) & (np.asarray(values) >= 0).all()
    return np.where(below, values / (1 + taken / np.where(values > 0, values, 1)), moved)


def of_summary(values, taken, summarize):
    """How far `summarize(values)`, a number, moves over DRAWS made-up machines at most."""
    own = summarize(values)
    draws = [summarize(shaken(values, taken, f"machine {n}")) for n in range(DRAWS)]
    return float(np.max(np.abs(np.array(draws) - own)))
