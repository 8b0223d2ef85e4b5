"""Does the recorded evidence still stand? What can be derived is derived again; a sample of seeds is
measured again, and must lie where other roundings of the same mathematics put it."""

import random

import numpy as np

from demos import claims as registry
from demos import spreads
from demos.verdicts import HOLDS, MEASURED, tally
from scripts import study_keys
from scripts.evidence import read_record, said, verdicts
from scripts.measuring import chunks, compute, longest_first


def check(sample=1, jobs=None, backend="loky", dice=None):
    """Recompute some seeds of every study and compare. Returns what is wrong, a line each.

    `dice`: a number that draws the sample; another one each run if left out. It is printed, so that a
    failure can be repeated.
    """
    record, studies = read_record(), registry.all_studies()
    problems = stale(record, {name: study_keys.key(study) for name, study in studies.items()})
    problems += fallen(record)
    dice = random.SystemRandom().randrange(10**6) if dice is None else dice
    print(f"the sample is drawn by DICE={dice}")
    draw, tasks = random.Random(dice), []
    for name, study in studies.items():
        old = record["studies"].get(name)
        if old:
            few = 1 if study.batch == 1 else sample
            drawn = set(draw.sample(old["seeds"], min(few, len(old["seeds"]))))
            # with those of its batch: how many are stacked decides how their sums are rounded
            tasks += [task for task in chunks(study, old["seeds"]) if drawn & set(task[1])]
    for name, _, rows, _ in compute(
        longest_first(tasks, record), backend, jobs=jobs, text="checking claims"
    ):
        problems += moved(studies[name], rows, record["studies"][name])
    return problems


def stale(record, keys):
    """Studies and claims whose code is not the one that was measured, or that have no record."""
    lines = []
    for name, key in keys.items():
        old = record["studies"].get(name)
        if old is None:
            lines.append(f"study {name}: no record: make evidence")
        elif old["key"] != key:
            lines.append(f"study {name}: the record is stale, its code changed: make evidence")
    lines += [
        f"study {n}: recorded, but gone from the code" for n in record["studies"].keys() - keys
    ]
    families = registry.by_family().items()
    current = {c.id: said(c, where) for where, claims in families for c in claims}
    for name, words in current.items():
        old = record["claims"].get(name)
        if old is None:
            lines.append(f"claim {name}: no record: make evidence")
        elif any(old.get(part) != word for part, word in words.items()):
            lines.append(f"claim {name}: the record is stale, its rule changed: make evidence")
    lines += [
        f"claim {n}: recorded, but gone from the code" for n in record["claims"].keys() - current
    ]
    return lines


def fallen(record):
    """Claims whose recorded verdict is not what their values say, and measured ones that do not hold."""
    lines = []
    for name, now in verdicts(record["studies"]).items():
        old = record["claims"].get(name)
        if old is None:
            continue
        parts = [part for part in now if not same(old.get(part), now[part])]
        if parts:
            what = ", ".join(f"{part} is {now[part]}, recorded {old.get(part)}" for part in parts)
            lines.append(f"claim {name}: not what its values say: {what}: make evidence")
        if now["kind"] == MEASURED and now["verdict"] != HOLDS:
            lines.append(
                f"claim {name} {now['verdict']}: {tally(now)}, claimed {now['word']}: "
                f"{now['sentence']}"
            )
    return lines


def same(one, other):
    """Whether two derived values agree: numbers to nine digits, all else exactly."""
    if isinstance(one, float | int) and isinstance(other, float):
        return abs(one - other) <= 1e-8 * abs(other)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return all(map(same, one, other))
    return one == other


def moved(study, rows, recorded):
    """Values that are farther from the recorded ones than other roundings move them."""
    lines = []
    for quantity, values in recorded["values"].items():
        allowed = spreads.margins(recorded, lambda q, name=quantity: q[name])
        allowed += 1.01 * study.grain(values)
        bound = study.below.get(quantity, 0.0)
        for seed, row in rows.items():
            place = recorded["seeds"].index(seed)
            was, now = values[place], row.get(quantity, np.nan)
            if max(abs(was), abs(now)) < bound:  # rounding itself: only its size means anything
                continue
            if not abs(now - was) <= allowed[place]:
                lines.append(
                    f"study {study.name}, seed {seed}: {quantity} was {was:.6g}, is {now:.6g}, "
                    f"allowed to move by {allowed[place]:.2g}"
                )
    return lines
