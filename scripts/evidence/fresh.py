"""Measure one claim on seeds that nobody has seen: what a badge offers on stage.

    python -m scripts.evidence.fresh               # {claim: seconds at most}, of those that have seeds
    python -m scripts.evidence.fresh CLAIM SEED …  # a line of JSON for each seed as soon as it is measured

It says what this machine finds and judges nothing: eight seeds are too few for a word, the record stays.
"""

import json
import math
import sys

import numpy as np

from demos.core.evidence import inline
from demos.core.evidence.registry import all_claims
from demos.core.evidence.study import measure
from scripts.evidence.measure import read_record

SEEDS = 8
CALLS = (1, 1, 2, 4)  # so many at a time: the first is soon there, the rest costs less in company
START = 8  # seconds until a process has imported what it needs, on a slow machine


def offers():
    """{claim: seconds that it takes at most}. A call takes no longer than one of the record's batches."""
    record, found = read_record(), {}
    for name, claim in all_claims().items():
        kept = record["studies"].get(claim.study.name)
        if kept is None or kept["census"]:
            continue
        batches = math.ceil(len(kept["seeds"]) / claim.study.batch)
        found[name] = math.ceil(START + len(CALLS) * kept["seconds"] / batches)
    return found


def grouped(seeds):
    """Seeds call by call."""
    start = 0
    for count in CALLS:
        yield seeds[start : start + count]
        start += count


def measured(name, seeds):
    """For each seed, as it comes: its value, whether it agrees, and its place in the badge's strip, px."""
    claim = all_claims()[name]
    recorded = read_record()["claims"][name]["values"]
    place = inline.scale([*recorded, claim.bound], claim.log)
    for some in grouped(seeds):
        rows = measure(claim.study.name, some)
        quantities = {q: [rows[seed][q] for seed in some] for q in rows[some[0]]}
        for seed, value in zip(some, values_of(claim, quantities), strict=True):
            agrees = bool(claim.agrees(value))
            yield {"seed": seed, "value": value, "agrees": agrees, "x": inside(place, value)}


def values_of(claim, quantities):
    return np.asarray(claim.value({q: np.array(v) for q, v in quantities.items()}), float).tolist()


def inside(place, value):
    """The place of a value on a strip, at its end where it lies beyond it."""
    try:
        x = place(value)
    except ValueError:  # no logarithm
        x = 0.0
    return round(min(max(x, 4.0), inline.WIDTH - 4.0), 1)


def main(name=None, *seeds):
    lines, sys.stdout = sys.stdout, sys.stderr  # what a study prints is no answer
    answers = measured(name, [int(seed) for seed in seeds]) if name else [offers()]
    for answer in answers:
        print(json.dumps(answer), file=lines, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
