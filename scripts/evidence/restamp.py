"""Give the record today's keys where today's code measures the same, to the last digit.

For a change that should move no number: a loop written another way, another way to make keys. A sample of
the recorded seeds is measured, each together with the seeds of its batch, because how many networks are
stacked decides how their sums are rounded. Where a digit differs, the study has to be measured anew.
"""

import random
from collections import Counter, defaultdict

from demos.core.records import plain
from scripts.evidence import measure as evidence
from scripts.evidence import study_keys
from scripts.evidence.workers import chunks, compute, longest_first


def restamp(sample=2, draw=None, claim_ids=None, **where):
    """Adopt today's key of each stale study whose sample of `sample` seeds is the recorded one.

    draw: the number that an earlier call printed, to draw its seeds again. where: `backend`,
    `scheduler` and `jobs` of `measuring.compute`. Returns a line for each study that keeps its old key.
    """
    record = evidence.read_record()
    draw = random.randrange(1_000_000) if draw is None else draw
    print(f"draw {draw}")
    keys, tasks, problems = {}, [], []
    for study, key in stale(record, claim_ids):
        old = record["studies"][study.name]
        if old["settings"] == plain(study.settings):
            keys[study.name] = key
            tasks += drawn(study, old["seeds"], sample, draw)
        else:
            problems.append(f"study {study.name}: its settings changed: make evidence")
    rows, wanted = defaultdict(dict), Counter(name for name, seeds, _ in tasks for _ in seeds)
    tasks = longest_first(tasks, record)
    for name, _, some, _ in compute(tasks, text="restamping", **where):
        rows[name] |= some
        if len(rows[name]) == wanted[name]:
            problems += adopt(record, name, keys[name], rows[name])
    return problems


def stale(record, claim_ids=None):
    """The studies that are recorded under another key than today's: (study, key) each."""
    for study in evidence.chosen(claim_ids):
        key = study_keys.key(study)
        if record["studies"].get(study.name, {"key": key})["key"] != key:
            yield study, key


def drawn(study, recorded, sample, draw):
    """Draw some of the recorded seeds, say which, and give the batches (tasks) that hold them."""
    dice = random.Random(f"{draw} {study.name}")
    seeds = sorted(dice.sample(recorded, min(sample, len(recorded))))
    print(f"study {study.name}: drawn {'cases' if study.cases else 'seeds'} {seeds}")
    return [task for task in chunks(study, recorded) if set(seeds) & set(task[1])]


def adopt(record, name, key, rows):
    """Give a study its new key, in the file too, or say what differs: a list of no or one line."""
    different = differences(record["studies"][name], rows)
    if different:
        more = f" and {len(different) - 1} more" if len(different) > 1 else ""
        return [f"study {name}, {different[0]}{more}: make evidence must measure it anew"]
    record["studies"][name]["key"] = key
    evidence.keep_records(record)
    print(f"study {name}: {len(rows)} measured, every digit is the recorded one")
    return []


def differences(study, rows):
    """Where rows are not what is recorded of a study, to the last recorded digit: a line each."""
    lines, word = [], "case" if study["census"] else "seed"
    for seed, row in rows.items():
        at = study["seeds"].index(seed)
        for quantity in sorted(study["values"].keys() | row.keys()):
            was = study["values"].get(quantity, {at: None})[at]
            now = evidence.rounded(row[quantity]) if quantity in row else None
            if now != was:
                lines.append(f"{word} {seed}: {quantity} was {was}, is {now}")
    return lines
