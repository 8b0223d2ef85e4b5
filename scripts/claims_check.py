"""Does the recorded evidence still stand? A sample of seeds is measured again and compared."""

import random

import numpy as np

from demos import claims as registry
from scripts import study_keys
from scripts.evidence import chunks, compute, longest_first, of, read_record, said

# How far a value may move, as a share of the range over all recorded seeds: a long training on another
# processor is another draw, a nearly singular system another solution.
SPREAD = {"ill-conditioned": 0.25, "long training": 1.0}


def check(sample=2, jobs=None, backend="loky"):
    """Recompute some seeds of every study and compare. Returns what is wrong, a line each."""
    record, studies, claims = read_record(), registry.all_studies(), registry.all_claims()
    problems = stale(record, {name: study_keys.key(study) for name, study in studies.items()})
    problems += fallen(record, claims)
    tasks = []
    for name, study in studies.items():
        old = record["studies"].get(name)
        if old:
            few = 1 if study.batch == 1 else sample
            dice = random.Random(old["key"])  # other seeds after every change, the same until then
            tasks += chunks(study, sorted(dice.sample(old["seeds"], min(few, len(old["seeds"])))))
    for name, rows, _ in compute(
        longest_first(tasks, record), backend, jobs=jobs, text="checking claims"
    ):
        problems += moved(name, rows, record["studies"][name])
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
        elif any(old[part] != word for part, word in words.items()):
            lines.append(f"claim {name}: the record is stale, its rule changed: make evidence")
    lines += [
        f"claim {n}: recorded, but gone from the code" for n in record["claims"].keys() - current
    ]
    return lines


def fallen(record, claims):
    """Claims that do not hold on the recorded values, and told ones that do."""
    lines = []
    for name, claim in claims.items():
        study = record["studies"].get(claim.study.name)
        if study is None:
            continue
        values = of(claim, study)
        if claim.holds(values) == claim.told:
            count, total = int(claim.agrees(values).sum()), len(values)
            what = "was told to fail, and holds" if claim.told else "no longer holds"
            low, high = claim.share
            need = f"a share of {low:.0%} to {high:.0%}"
            lines.append(
                f"claim {name} {what}: {count} of {total}, needed {need}: {claim.sentence}"
            )
    return lines


def moved(name, rows, study):
    """Values that are not the recorded ones, by the study's tolerance."""
    method, relative = study["tolerance"]["method"], study["tolerance"]["relative"]
    lines = []
    for quantity, recorded in study["values"].items():
        recorded = np.array(recorded)
        spread = SPREAD.get(method, 0.0) * np.ptp(recorded)
        for seed, row in rows.items():
            was, now = recorded[study["seeds"].index(seed)], row.get(quantity, np.nan)
            allowed = max(
                relative * max(abs(was), np.median(np.abs(recorded))), spread, 1e-8 * abs(was)
            )
            if not abs(now - was) <= allowed:
                lines.append(
                    f"study {name}, seed {seed}: {quantity} was {was:.6g}, is {now:.6g}, "
                    f"allowed to move by {allowed:.2g}"
                )
    return lines
